"""One record by a key that people or systems know it by."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType

from hub.engine.keys import COLUMNS, hub_id, keyed
from hub.engine.loading import Row
from hub.engine.origins import Batch, Bind, Key
from hub.engine.scope import Scope
from hub.store import canonical_ids, concept

SOURCED = "Sourced"
HELD = (
    "SELECT DISTINCT x.type, x.entity_id FROM source_record x WHERE {named}"
    " AND x.entity_id IS NOT NULL ORDER BY x.type, x.entity_id"
)


def by_key(type_: str) -> Batch:
    """Return what looks up the record of a type that the argument `by` names."""
    of = concept(type_)

    async def found(scope: Scope, rows: Sequence[Row], arguments: Mapping[str, Any]) -> list[Any]:
        by = arguments["by"]
        ((name, value),) = by.items()
        if name == "id":
            id_ = hub_id(value)
            kept = await canonical_ids(scope.request.snapshot, [id_])
            return [Key(type_, kept.get(id_, id_))] * len(rows)
        if name in COLUMNS and COLUMNS[name] not in of.attributes:
            return [None] * len(rows)
        bind = Bind(scope.moment)
        there = await scope.asks.rows(
            f"SELECT k.id FROM {of.table} k WHERE {keyed(by, bind)} ORDER BY k.id LIMIT 1",
            bind.values,
        )
        return [Key(type_, there[0][0]) if there else None] * len(rows)

    return found


async def sourced(scope: Scope, rows: Sequence[Row], arguments: Mapping[str, Any]) -> list[Any]:
    """Return everything that was made of the outside records with an id."""
    bind = Bind(scope.moment)
    by = arguments["by"]
    parts = [
        f"x.system = {bind(by['system'])}",
        f"x.external_id = {bind(by['externalId'])}",
    ]
    if by.get("stream") is not None:
        parts.append(f"x.stream = {bind(by['stream'])}")
    there = await scope.asks.rows(HELD.format(named=" AND ".join(parts)), bind.values)
    found = [Key(scope.request.types[of], id_) for of, id_ in there if _shown(scope, of)]
    return [found] * len(rows)


def _shown(scope: Scope, of: str) -> bool:
    """Whether what is made of records of a concept can be shown with where it comes from."""
    graph = scope.request.schema
    interface, type_ = graph.type_map[SOURCED], graph.type_map.get(scope.request.types.get(of, ""))
    return (
        isinstance(interface, GraphQLInterfaceType)
        and isinstance(type_, GraphQLObjectType)
        and graph.is_sub_type(interface, type_)
    )


async def never(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[None]:
    """Return nothing: records by global ids are read at the root of an answer."""
    return [None] * len(rows)
