"""Every field, filter and order of the schema gives an answer, on both databases."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from graphql import GraphQLInterfaceType, GraphQLObjectType

from hub.engine.ids import global_id
from hub.engine.origins import Key, Table, table_of
from hub.schema import served
from tests.schema.conftest import Asking
from tests.schema.sweeping import lists, narrowings, selections

VIEWERS = ("1", "2", "4")
UNMET = {
    "Mutation",
    "UserError",
}


def tables() -> dict[str, Table]:
    """Return where the records stand of each type that can be fetched by id."""
    graph = served().graph
    nodes = graph.get_possible_types(cast(GraphQLInterfaceType, graph.type_map["Node"]))
    return {each.name: table for each in nodes if (table := table_of(each))}


async def ids(ask: Asking) -> Mapping[str, list[str]]:
    """Return the global ids of the records of each type."""
    found = {}
    async with ask.store.snapshot() as snapshot:
        for name, table in tables().items():
            rows = await snapshot.rows(
                f"SELECT r.id FROM {table.name} r WHERE {table.condition} ORDER BY r.id"
            )
            found[name] = [global_id(Key(name, id_), None) for (id_,) in rows]
    return found


def named(of: Any) -> Iterator[str]:
    """Yield the type of every object in an answer."""
    for each in of if isinstance(of, list) else [of]:
        if isinstance(each, dict) and "__typename" in each:
            yield each["__typename"]
            for value in each.values():
                yield from named(value)


async def records(ask: Asking) -> set[str]:
    """Return the types met by asking every field of every record."""
    graph = served().graph
    seen: set[str] = set()
    for name, found in (await ids(ask)).items():
        assert found, name
        for selection in selections(graph, cast(GraphQLObjectType, graph.type_map[name])):
            text = (
                "query($ids: [ID!]!) @purpose(is: AUDIT)"
                f" {{ nodes(ids: $ids) {{ ... on {name} {{ {selection} }} }} }}"
            )
            for number in VIEWERS:
                seen.update(named((await ask(text, number, ids=found))["nodes"]))
    return seen


async def test_every_field_of_every_type_is_answered(ask: Asking) -> None:
    graph = served().graph
    seen = await records(ask)
    for selection in selections(graph, cast(GraphQLObjectType, graph.type_map["Query"])):
        for number in VIEWERS:
            seen.update(named(await ask(f"query @purpose(is: AUDIT) {{ {selection} }}", number)))
    every = {
        each.name
        for each in graph.type_map.values()
        if isinstance(each, GraphQLObjectType) and not each.name.startswith("__")
    }
    assert {name for name in every - seen if not name.endswith("Payload")} == UNMET


async def test_every_filter_and_every_order_gives_an_answer(ask: Asking) -> None:
    known = await ids(ask)
    for of, name, field in lists(served().graph):
        asked = " ".join(
            f"a{number}: {name}(first: 2, {narrowing}) {{ totalCount nodes {{ id }} }}"
            for number, narrowing in enumerate(narrowings(field))
        )
        if asked and of.name == "Query":
            await ask(f"query @purpose(is: AUDIT) {{ {asked} }}", "3")
        elif asked and of.name in known:
            await ask(
                f"query($id: ID!) @purpose(is: AUDIT)"
                f" {{ node(id: $id) {{ ... on {of.name} {{ {asked} }} }} }}",
                "3",
                id=known[of.name][0],
            )
