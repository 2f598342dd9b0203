"""What leads from one record to another leads back, and each id leads to its record."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type

from hub.engine.ids import global_id, opaque
from hub.engine.origins import Children, Key, Reference, answered, table_of
from hub.schema import served
from tests.engine.world import Asking

BY_COLUMN = re.compile(r"r\.(\w+) = \{parent\}")
SEES = "DIRECTOR of all"


def edges() -> Iterator[tuple[str, str, str, str]]:
    """Yield each list of records that name their parent: type, field, type of them, their field."""
    for of in served().graph.type_map.values():
        if not isinstance(of, GraphQLObjectType) or table_of(of) is None:
            continue
        for name, field in of.fields.items():
            origin = answered(field).origin
            found = BY_COLUMN.fullmatch(origin.on) if isinstance(origin, Children) else None
            if found and isinstance(origin, Children) and "first" in field.args:
                back = _reference(origin.type, found[1], of.name)
                if back:
                    yield of.name, name, origin.type, back


def _reference(of: str, column: str, target: str) -> str | None:
    type_ = served().graph.type_map[of]
    assert isinstance(type_, GraphQLObjectType)
    for name, field in type_.fields.items():
        origin = answered(field).origin
        if isinstance(origin, Reference) and (origin.column, origin.type) == (column, target):
            return str(name)
    return None


def asked(asking: Asking, text: str, **variables: Any) -> Any:
    viewer = asking.world.viewers[SEES]
    answer = asking.ask(f"query Q($ids: [ID!]!) @purpose(is: AUDIT) {text}", viewer, **variables)
    assert answer.errors == ()
    assert answer.data is not None
    return answer.data


def of_type(asking: Asking, name: str) -> list[str]:
    table = table_of(served().graph.type_map[name])
    assert table is not None
    return [global_id(Key(name, id_), None) for id_ in asking.world.ids[table.concept]]


@pytest.mark.parametrize("edge", list(edges()), ids=lambda each: f"{each[0]}.{each[1]}")
def test_an_edge_and_its_reverse_agree(asking: Asking, edge: tuple[str, str, str, str]) -> None:
    of, name, listed, back = edge
    field = served().graph.type_map[of].fields[name]  # type: ignore[attr-defined]
    where: Any = get_named_type(field.args["where"].type) if "where" in field.args else None
    past = ", where: {includePast: true}" if where and "includePast" in where.fields else ""
    there = asked(
        asking,
        f"{{ nodes(ids: $ids) {{ ... on {of} {{ id {name}(first: 100{past})"
        f" {{ nodes {{ id }} }} }} }} }}",
        ids=of_type(asking, of),
    )["nodes"]
    back_again = asked(
        asking,
        f"{{ nodes(ids: $ids) {{ ... on {listed} {{ id {back} {{ id }} }} }} }}",
        ids=of_type(asking, listed),
    )["nodes"]
    forward = {(one["id"], each["id"]) for one in there if one for each in one[name]["nodes"]}
    backward = {(one[back]["id"], one["id"]) for one in back_again if one and one[back]}

    assert forward == backward


def test_there_are_edges_to_hold_to_their_reverse() -> None:
    assert len(list(edges())) > 5


def test_every_id_that_is_met_leads_to_its_record_and_type(asking: Asking) -> None:
    known = asking.world.global_ids()
    found: dict[str, Any] = {}
    for some in [known[at : at + 100] for at in range(0, len(known), 100)]:
        nodes = asked(asking, "{ nodes(ids: $ids) { __typename id } }", ids=some)["nodes"]
        found.update(zip(some, nodes, strict=True))
    met = {text: node for text, node in found.items() if node is not None}

    assert all(node["id"] == text for text, node in met.items())
    assert len(met) > len(known) / 2


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        opaque("Person"),
        opaque("Person:"),
        opaque("Person:nobody"),
        opaque("Query:1"),
        opaque("String:1"),
        opaque("PersonConnection:1"),
        opaque("Person:1@yesterday"),
        opaque("Fulfilment:1"),
        "A" * 5000,
        "\ud800",
    ],
)
def test_a_forged_id_is_null_without_an_error(asking: Asking, forged: str) -> None:
    assert asked(asking, "{ nodes(ids: $ids) { id } }", ids=[forged])["nodes"] == [None]


def test_an_id_of_one_type_does_not_open_another(asking: Asking) -> None:
    person = asking.world.ids["Person"][0]
    forged = [
        global_id(Key("Competence", person), None),
        global_id(Key("Employment", person), None),
    ]
    assert asked(asking, "{ nodes(ids: $ids) { id } }", ids=forged)["nodes"] == [None, None]
