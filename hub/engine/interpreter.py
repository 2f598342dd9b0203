"""The generic interpreter: answers every field of a level for all its objects at once.

An object is a mapping: a row of a table, or a value that some field gave; `__typename` says its
type where the schema leaves it open, `__as_of` its moment where that is not the question's. A
`Key` stands for a record that is not yet read. What cannot be answered stands in the answer as a
`Failure` until all is done.

Cost: for each field that is a list or is computed one statement per level, and one per type of
record, however many objects the level has.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    get_argument_values,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from hub.engine import connection
from hub.engine.collect import Collector
from hub.engine.failure import Failure, failed, missing
from hub.engine.ids import global_id
from hub.engine.loading import Row, flag, load, needed
from hub.engine.origins import (
    Answered,
    Children,
    Column,
    Command,
    Computed,
    Key,
    Record,
    Reference,
    answered,
    table_of,
)
from hub.engine.scope import Scope, Touched
from hub.store import identifier

TYPE = "__typename"
MANY = 500  # values in one go, after which other questions have their turn
AS_OF = "__as_of"
Path = tuple[str, ...]
Values = list[Any]


@dataclass(slots=True)
class Interpreter:
    """Answers one operation.

    Attributes:
        collector: Says which fields are asked of a type.
        decide: Runs the command of a mutation's field, with the field's input.
    """

    collector: Collector
    decide: Callable[[str, Mapping[str, Any]], Awaitable[Row]]
    _done: int = 0

    async def _turn(self, done: int) -> None:
        """Let other questions have their turn once this one has done much."""
        self._done += done
        if self._done > MANY:
            self._done = 0
            await asyncio.sleep(0)

    async def field(
        self, of: GraphQLObjectType, nodes: list[FieldNode], rows: Sequence[Row], at: "At"
    ) -> Values:
        """Return a field of each of some objects of a type, as it stands in the answer."""
        name = nodes[0].name.value
        if name == TYPE:
            return [of.name] * len(rows)
        asked = of.fields[name]
        try:
            values = await self._values(of, asked, nodes, rows, at)
        except Exception as error:  # noqa: BLE001, a field that fails never fails the rest
            values = [failed(error, nodes)] * len(rows)
        return await self.complete(asked.type, values, nodes, at)

    async def _values(
        self,
        of: GraphQLObjectType,
        asked: GraphQLField,
        nodes: list[FieldNode],
        rows: Sequence[Row],
        at: "At",
    ) -> Values:
        arguments = get_argument_values(asked, nodes[0], self.collector.variables)
        how = answered(asked)
        match how.origin:
            case Record():
                return [
                    global_id(Key(of.name, row["id"]), row.get(AS_OF, at.scope.as_of))
                    for row in rows
                ]
            case Column() as column:
                return [column.of(row) for row in rows]
            case Reference() as reference:
                return [_key(reference, row, at.scope) for row in rows]
            case Children() as children:
                part = connection.Asked(
                    children=children,
                    type=self.collector.schema.type_map[children.type],
                    arguments=arguments,
                    selected=self._of_connection(asked, children, nodes),
                )
                return await connection.listed(part, _parents(children, how, rows), at.scope)
            case Computed(function=function):
                seen = _seen(how, rows)
                there = [row for row in seen if row is not None]
                found = iter(await function(at.scope, there, arguments))
                return [_hidden(asked.type) if row is None else next(found) for row in seen]
            case Command(name=name):
                return [await self.decide(name, arguments["input"])]

    def _of_connection(
        self, asked: GraphQLField, children: Children, nodes: list[FieldNode]
    ) -> frozenset[str] | None:
        """Return the names of the fields of a connection that are asked for; None for a list."""
        named = get_named_type(asked.type)
        if named.name == children.type or not isinstance(named, GraphQLObjectType):
            return None
        return frozenset(each[0].name.value for each in self.collector.below(named, nodes).values())

    async def complete(
        self, of: GraphQLOutputType, values: Values, nodes: list[FieldNode], at: "At"
    ) -> Values:
        """Return values as they stand in the answer."""
        await self._turn(len(values))
        if is_non_null_type(of):
            done = await self.complete(of.of_type, values, nodes, at)
            if None in done:
                absent = missing(nodes, nodes[0].name.value)
                return [absent if each is None else each for each in done]
            return done
        if is_list_type(of):
            return await self._list(of.of_type, values, nodes, at)
        if is_leaf_type(of):
            return [_leaf(of, value, nodes) for value in values]
        return await self._objects(of, values, nodes, at)

    async def _list(
        self, of: GraphQLOutputType, values: Values, nodes: list[FieldNode], at: "At"
    ) -> Values:
        """Complete the items of all lists at once."""
        flat = [item for each in values if isinstance(each, list | tuple) for item in each]
        strict = is_non_null_type(of)
        inner = of.of_type if is_non_null_type(of) else of
        done = iter(await self.complete(inner, flat, nodes, at))
        await self._turn(len(flat))
        return [
            _listed([next(done) for _ in each], strict=strict)
            if isinstance(each, list | tuple)
            else each
            for each in values
        ]

    async def _read(
        self, of: GraphQLOutputType, values: Values, nodes: list[FieldNode], at: "At"
    ) -> Values:
        """Return values with the rows that their keys stand for; None for what is not there."""
        keys: dict[str, set[str]] = {}
        for each in values:
            if isinstance(each, Key):
                keys.setdefault(each.type, set()).add(each.id)
        found: dict[Key, Row] = {}
        for name, ids in keys.items():
            type_ = self.collector.schema.type_map.get(name)
            if not isinstance(type_, GraphQLObjectType) or not self._fits(of, type_):
                continue
            table = table_of(type_)
            if table is None:
                continue
            columns = needed(type_, self.collector.below(type_, nodes))
            rows = await load(at.scope, table, columns, ids)
            at.scope.request.touched.append(
                Touched(concept=table.concept, path=at.path, records=len(rows))
            )
            found.update({Key(name, id_): {**row, TYPE: name} for id_, row in rows.items()})
        return [found.get(each) if isinstance(each, Key) else each for each in values]

    def _fits(self, of: GraphQLOutputType, type_: GraphQLObjectType) -> bool:
        return type_ is of or (
            is_abstract_type(of) and self.collector.schema.is_sub_type(of, type_)
        )

    async def _objects(
        self, of: GraphQLOutputType, values: Values, nodes: list[FieldNode], at: "At"
    ) -> Values:
        """Complete objects, all of one type at once, each record but once."""
        read = await self._read(of, values, nodes, at)
        groups: dict[str, dict[int, Row]] = {}
        for each in read:
            if isinstance(each, Mapping):
                name = each.get(TYPE) or get_named_type(of).name
                groups.setdefault(name, {})[id(each)] = each
        done: dict[int, Any] = {}
        for name, rows in groups.items():
            type_ = self.collector.schema.type_map[name]
            answers = await self.objects(
                cast(GraphQLObjectType, type_), list(rows.values()), nodes, at
            )
            await self._turn(len(rows))
            done.update(zip(rows, answers, strict=True))
        return [done[id(each)] if isinstance(each, Mapping) else each for each in read]

    async def objects(
        self, of: GraphQLObjectType, rows: Sequence[Row], nodes: list[FieldNode], at: "At"
    ) -> Values:
        """Return the answers that objects of one type give to what nodes select of them."""
        answers: Values = [{} for _ in rows]
        for name, selected in self.collector.below(of, nodes).items():
            below = at.below(name)
            strict = selected[0].name.value != TYPE and is_non_null_type(
                of.fields[selected[0].name.value].type
            )
            values = await self.field(of, selected, rows, below)
            await self._turn(len(rows))
            for place, value in enumerate(values):
                if isinstance(answers[place], Failure):
                    continue
                if strict and isinstance(value, Failure):
                    answers[place] = value.above(name)
                else:
                    answers[place][name] = value
        return answers


@dataclass(frozen=True, slots=True)
class At:
    """Where in the answer: with whose eyes, and below which names."""

    scope: Scope
    path: Path

    def below(self, name: str) -> "At":
        """Return one step further down."""
        return At(self.scope, (*self.path, name))


def _key(origin: Reference, row: Row, scope: Scope) -> Key | None:
    id_ = row.get(origin.column)
    if id_ is None:
        return None
    if origin.type is not None:
        return Key(origin.type, identifier(origin.type, id_) if origin.keyed else id_)
    concept = row[origin.type_column or ""]
    return Key(scope.request.types.get(concept, concept), id_)


def _parents(children: Children, how: Answered, rows: Sequence[Row]) -> list[str | None]:
    if children.of is None:
        return [connection.ROOT for _ in rows]
    return [None if row is None else row[children.of] for row in _seen(how, rows)]


def _seen(how: Answered, rows: Sequence[Row]) -> list[Row | None]:
    """Return the rows of which the field may be seen, None for the others."""
    if how.mask is None:
        return list(rows)
    name = flag(how.mask)
    return [row if row.get(name, 1) else None for row in rows]


def _hidden(of: GraphQLOutputType) -> Any:
    """Return what stands where nothing may be seen: an empty list, else null."""
    return [] if is_non_null_type(of) and is_list_type(of.of_type) else None


def _leaf(of: GraphQLLeafType, value: Any, nodes: list[FieldNode]) -> Any:
    if value is None or isinstance(value, Failure):
        return value
    try:
        return of.serialize(value) if isinstance(of, GraphQLScalarType) else str(value)
    except Exception as error:  # noqa: BLE001, whatever the scalar finds wrong
        return failed(error, nodes)


def _listed(items: list[Any], *, strict: bool) -> Any:
    """Return the items of a list; where none may be missing, those that are there."""
    if not strict:
        return [
            item.above(place) if isinstance(item, Failure) else item
            for place, item in enumerate(items)
        ]
    kept = [item for item in items if item is not None]
    for place, item in enumerate(kept):
        if isinstance(item, Failure):
            return item.above(place)
    return kept
