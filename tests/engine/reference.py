"""What the engine is held to: graphql-core's own executor, one object and one statement at a time.

It takes from the declarations what each field means, and nothing from the engine that answers a
level at once: rows are read one by one, lists whole, and cut into pages here.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from graphql import (
    ExecutionResult,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    execute_sync,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
)

from hub.engine.ids import cursor, global_id, read_id
from hub.engine.origins import (
    Answered,
    Bind,
    Children,
    Column,
    Command,
    Computed,
    Key,
    Record,
    Reference,
    Table,
    answered,
    table_of,
)
from hub.engine.scope import Request, Scope
from hub.errors import InputError, LimitError
from hub.models.kinds import PrivacyClass, SystemKind
from hub.policy import Viewer, mask, rows
from hub.schema import served
from hub.store import Snapshot, among, identifier
from hub.store.tables import metadata
from tests.engine.world import FAILED, NOW, Asking, nothing_derived

Row = Mapping[str, Any]
WAYS = (
    "serialize",
    "parse_value",
    "parse_literal",
    "coerce_output_value",
    "coerce_input_value",
    "coerce_input_literal",
)
SILENT = (FAILED, SystemKind.ITSM)
PAGE = 100


@cache
def plain() -> GraphQLSchema:
    """Return the schema as it is written down, with the scalars of the served one."""
    made = build_schema(served().sdl, assume_valid=True)
    for name, type_ in made.type_map.items():
        own = served().graph.type_map[name]
        if isinstance(type_, GraphQLScalarType) and isinstance(own, GraphQLScalarType):
            for way in WAYS:
                setattr(type_, way, getattr(own, way))
    return made


@dataclass(frozen=True)
class Reader:
    """Reads for one viewer."""

    snapshot: Snapshot
    viewer: Viewer
    scope: Scope

    async def resolve(  # noqa: PLR0911, one for each origin
        self, parent: Any, info: GraphQLResolveInfo[Any], **arguments: Any
    ) -> Any:
        """Return the value of one field of one object."""
        graph = served().graph
        of = cast("GraphQLObjectType", graph.type_map[info.parent_type.name])
        field = of.fields[info.field_name]
        how = answered(field)
        row: Row = parent or {}
        strict = is_list_type(field.type.of_type) if is_non_null_type(field.type) else False
        if info.field_name in ("node", "nodes") and of is graph.query_type:
            return await self._by_id(arguments)
        if not await self._shown(of, how, row):
            if isinstance(how.origin, Children):
                return await self._children(how.origin, None, field.type, arguments)
            if isinstance(how.origin, Computed):
                return [] if strict else None
            return how.origin.absent if isinstance(how.origin, Column) else None
        assert not isinstance(how.origin, Command)
        match how.origin:
            case Record():
                return global_id(Key(of.name, row["id"]), row.get("__as_of"))
            case Column() as column:
                return await self._there(column.of(row))
            case Reference() as reference:
                return await self._there(self._key(reference, row))
            case Children() as children:
                of_parent = "" if children.of is None else row[children.of]
                return await self._children(children, of_parent, field.type, arguments)
            case Computed(function=function):
                (value,) = await function(self.scope, [row], arguments)
                return await self._there(value)

    async def _shown(self, of: GraphQLObjectType, how: Answered, row: Row) -> bool:
        """Say whether a field may be seen of one row."""
        table = table_of(of)
        if how.mask is None or table is None:
            return True
        flag = row.get(f"may_{how.mask.value.lower()}")
        if flag is not None:
            return bool(flag)
        return await self._holds(table, row["id"], how.mask)

    async def _holds(self, table: Table, id_: str, class_: PrivacyClass) -> bool:
        policy = mask(table.concept, table.privacy, class_, self.viewer)
        found = await self.snapshot.rows(
            f"SELECT r.id FROM {table.name} r WHERE r.id = :one AND {policy.on('r')}",
            {**policy.parameters, "one": id_},
        )
        return bool(found)

    def _key(self, origin: Reference, row: Row) -> Key | None:
        id_ = row.get(origin.column)
        if id_ is None:
            return None
        if origin.type is not None:
            return Key(origin.type, identifier(origin.type, id_) if origin.keyed else id_)
        concept = row[origin.type_column or ""]
        return Key(self.scope.request.types.get(concept, concept), id_)

    async def _there(self, value: Any) -> Any:
        """Return a value with the rows that keys stand for; of a list, those that are there."""
        if isinstance(value, Key):
            return await self._row(value)
        if isinstance(value, list | tuple):
            found = [await self._there(each) for each in value]
            return [
                each
                for each, asked in zip(found, value, strict=True)
                if each is not None or not isinstance(asked, Key)
            ]
        return value

    async def _row(self, key: Key) -> Row | None:
        """Return one row with all its columns, if it exists for the viewer."""
        type_ = served().graph.type_map.get(key.type)
        table = table_of(type_) if type_ is not None else None
        if table is None:
            return None
        policy = rows(table.concept, table.privacy, self.viewer)
        columns = self._columns(table)
        found = await self.snapshot.rows(
            f"SELECT {', '.join(columns)} FROM {table.name} r"
            f" WHERE r.id = :one AND {table.condition} AND {policy.on('r')}",
            {**policy.parameters, **self.scope.times, "one": key.id},
        )
        if not found:
            return None
        names = [each.partition(".")[2].strip('"') for each in columns]
        return {**dict(zip(names, found[0], strict=True)), "__typename": key.type}

    def _columns(self, table: Table) -> list[str]:
        return [f'r."{each.name}"' for each in metadata().tables[table.name].columns]

    async def _children(
        self,
        children: Children,
        parent: str | None,
        type_: Any,
        arguments: Mapping[str, Any],
    ) -> Any:
        named = served().graph.type_map[children.type]
        table = table_of(named)
        assert table is not None
        is_list = get_named_type(type_).name == children.type
        part = None if is_list else self._part(arguments)
        ordered = await self._listed(children, table, parent, arguments)
        if is_list:
            return [await self._row(Key(children.type, values[-1])) for values in ordered]
        shown, more = self._cut(ordered, *part) if part else (ordered, False)
        backwards = part is not None and part[1]
        nodes = [await self._row(Key(children.type, values[-1])) for values in shown]
        cursors = [cursor(values) for values in shown]
        return {
            "nodes": nodes,
            "edges": [
                {"cursor": mark, "node": node} for mark, node in zip(cursors, nodes, strict=True)
            ],
            "pageInfo": {
                "hasNextPage": more and not backwards,
                "hasPreviousPage": more and backwards,
                "startCursor": cursors[0] if cursors else None,
                "endCursor": cursors[-1] if cursors else None,
            },
            "totalCount": len(ordered),
            "complete": table.owner not in SILENT,
        }

    def _part(self, arguments: Mapping[str, Any]) -> tuple[int, bool]:
        first, last = arguments.get("first"), arguments.get("last")
        if first is not None and last is not None:
            raise InputError("both")
        count = last if first is None else first
        if count is None or not 0 <= count <= PAGE:
            raise LimitError("page", limit="PAGE")
        return count, first is None

    def _cut(
        self, ordered: list[Sequence[Any]], count: int, backwards: bool
    ) -> tuple[list[Sequence[Any]], bool]:
        kept = ordered[max(0, len(ordered) - count) :] if backwards else ordered[:count]
        return kept, len(ordered) > count

    async def _listed(
        self, children: Children, table: Table, parent: str | None, arguments: Mapping[str, Any]
    ) -> list[Sequence[Any]]:
        """Return the values of the order of every row of one parent, in order, its id last."""
        if parent is None:
            return []
        bind = Bind(NOW, self.viewer)
        policy = rows(table.concept, table.privacy, self.viewer)
        parts = [table.condition, policy.on("r"), self._belongs(children, parent, bind)]
        given = {**children.defaults, **(arguments.get("where") or {})}
        for meanings, values in ((children.where, given), (children.narrowed, arguments)):
            for name, meaning in meanings.items():
                if values.get(name) is not None:
                    parts.append(meaning(values[name], bind))
        chosen = [
            one for each in arguments.get("orderBy") or () for one in children.orders[each].by
        ]
        order = [*(chosen or children.order.by), ("r.id", False)]
        by = ", ".join(f"{text} {'DESC' if down else 'ASC'}" for text, down in order)
        columns = ", ".join(text for text, _ in order)
        where = " AND ".join(f"({part})" for part in parts)
        return cast(
            "list[Sequence[Any]]",
            await self.snapshot.rows(
                f"SELECT {columns} FROM {table.name} r WHERE {where} ORDER BY {by}",
                {**bind.values, **policy.parameters, **self.scope.times},
            ),
        )

    def _belongs(self, children: Children, parent: str, bind: Bind) -> str:
        if children.members:
            return among("r.id", bind.named(json.loads(parent)))
        return children.on.format(parent=bind(parent))

    async def _by_id(self, arguments: Mapping[str, Any]) -> Any:
        one = "id" in arguments
        ids = [arguments["id"]] if one else arguments["ids"]
        if len(ids) > PAGE:
            raise InputError("too many")
        found = []
        for text in ids:
            key, _ = read_id(text) or (None, None)
            found.append(await self._node(key) if key else None)
        return found[0] if one else found

    async def _node(self, key: Key) -> Row | None:
        graph = served().graph
        type_ = graph.type_map.get(key.type)
        node = graph.type_map["Node"]
        if not isinstance(type_, GraphQLObjectType) or not graph.is_sub_type(node, type_):  # type: ignore[arg-type]
            return None
        return await self._row(key)


def reference(
    asking: Asking, text: str, viewer: Viewer, variables: Mapping[str, Any]
) -> ExecutionResult:
    """Return how a question is answered by the book."""
    holding = asking.store.snapshot()
    snapshot = asking.run(entered(holding))
    request = Request(
        schema=served().graph, snapshot=snapshot, viewer=viewer, now=NOW, derive=nothing_derived
    )
    reader = Reader(snapshot, viewer, request.scope(None))

    def resolve(parent: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        return asking.run(reader.resolve(parent, info, **arguments))

    try:
        return execute_sync(
            plain(),
            parse(text),
            variable_values=dict(variables),
            field_resolver=resolve,
            type_resolver=lambda value, *_: value["__typename"],
        )
    finally:
        asking.run(left(holding))


async def entered(holding: AbstractAsyncContextManager[Snapshot]) -> Snapshot:
    """Return what a context holds, which is entered."""
    return await holding.__aenter__()


async def left(holding: AbstractAsyncContextManager[Snapshot]) -> None:
    """Leave a context."""
    await holding.__aexit__(None, None, None)
