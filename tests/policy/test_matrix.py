"""Every role asks for every type through every door: what is hidden is as what is not there."""

from base64 import urlsafe_b64decode
from dataclasses import replace
from typing import Any

import pytest
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from hub.engine.ids import global_id
from hub.engine.origins import Computed, Key, answered, table_of
from hub.models.kinds import PrivacyClass
from hub.policy import Viewer
from hub.schema import served
from tests.engine.world import Asking
from tests.policy.oracle import Facts, facts, traces

GUARDED = (PrivacyClass.SENSITIVE, PrivacyClass.PAY)
PURPOSES = (None, "DEVELOPMENT")
FEW = (
    "employee",
    "manager",
    "director in the line",
    "HR_ADVISER of a unit",
    "HR_ADVISER of all",
    "PLANNER of a unit",
    "INTEGRATOR of all",
    "ADMINISTRATOR of all",
)


def types() -> list[GraphQLObjectType]:
    """Return the types of records that have an id."""
    graph = served().graph
    return [
        each
        for each in graph.get_possible_types(graph.type_map["Node"])  # type: ignore[arg-type]
        if table_of(each) is not None
    ]


@pytest.fixture(scope="package")
def known(asking: Asking) -> Facts:
    """All that is there, whoever may see it."""

    async def read() -> Facts:
        async with asking.store.snapshot() as snapshot:
            return await facts(snapshot)

    return asking.run(read())


def said(purpose: str | None) -> str:
    return (
        f"query Q($ids: [ID!]!) @purpose(is: {purpose}) " if purpose else "query Q($ids: [ID!]!) "
    )


def guarded(of: GraphQLObjectType) -> bool:
    table = table_of(of)
    return table is not None and table.privacy in GUARDED


def ids(known: Facts, of: GraphQLObjectType) -> dict[str, str]:
    """Return the global id of each row that is of a type, by its hub id."""
    table = table_of(of)
    assert table is not None
    rows = known.rows[table.concept].items()
    unmet = table.concept == "Fulfilment"
    return {
        id_: global_id(Key(of.name, id_), None) for id_, row in rows if not unmet or not row["met"]
    }


def there(known: Facts, viewer: Viewer, of: GraphQLObjectType) -> set[str]:
    """Return the global ids of those that are there for a viewer."""
    table = table_of(of)
    assert table is not None
    rows = known.rows[table.concept]
    return {
        text for id_, text in ids(known, of).items() if known.sees(viewer, table.concept, rows[id_])
    }


DOORS = (
    "{ nodes(ids: $ids) { id } }",
    "{ nodes(ids: $ids) { ... { x: id } id } }",
    "{ nodes: nodes(ids: $ids) { ...F } } fragment F on Node { ...G } fragment G on Node { id }",
    "{ nodes(ids: $ids) { " + " ".join(f"... on {each.name} {{ id }}" for each in types()) + " } }",
)


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("door", range(len(DOORS)))
def test_whoever_asks_by_id_is_given_what_they_may_see_and_null_for_the_rest(
    asking: Asking, known: Facts, door: int, purpose: str | None
) -> None:
    every = [text for of in types() for text in ids(known, of).values()]
    who = FEW if door else sorted(asking.world.viewers)
    for viewer in [asking.world.viewers[each] for each in who]:
        seen = {
            text for of in types() for text in there(known, replace(viewer, purpose=purpose), of)
        }
        for at in range(0, len(every), 100):
            some = every[at : at + 100]
            answer = asking.ask(said(purpose) + DOORS[door], viewer, ids=some)
            assert answer.data is not None, answer.errors
            found = [each["id"] if each else None for each in answer.data["nodes"]]
            assert found == [each if each in seen else None for each in some]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_lists_and_their_totals_hold_what_may_be_seen_and_no_more(
    asking: Asking, known: Facts, purpose: str | None
) -> None:
    query = served().graph.query_type
    assert query is not None
    for name, field in query.fields.items():
        page = get_named_type(field.type)
        if "first" not in field.args or not isinstance(page, GraphQLObjectType):
            continue
        of = get_named_type(page.fields["nodes"].type)
        assert isinstance(of, GraphQLObjectType)
        if purpose is None and (guarded(of) or answered(field).privacy in GUARDED):
            continue
        for viewer in [asking.world.viewers[each] for each in FEW]:
            text = (
                f"{{ list: {name}(first: 100) {{ totalCount edges {{ cursor node {{ id }} }} }} }}"
            )
            answer = asking.ask(said(purpose).replace("($ids: [ID!]!)", "") + text, viewer)
            assert answer.data is not None, (name, answer.errors)
            seen = there(known, replace(viewer, purpose=purpose), of)
            found = [each["node"]["id"] for each in answer.data["list"]["edges"]]
            assert set(found) <= seen, name
            assert answer.data["list"]["totalCount"] == len(found)


def leaves(of: GraphQLObjectType) -> str:
    return " ".join(
        name
        for name, each in of.fields.items()
        if is_leaf_type(get_named_type(each.type))
        and not any(is_required_argument(one) for one in each.args.values())
    )


def below(  # noqa: PLR0911, one way to ask for each kind of field
    name: str, of: GraphQLField, purpose: str | None
) -> str | None:
    """Return a field with all plain values below it; None for one that cannot be asked so."""
    named = get_named_type(of.type)
    table = table_of(named)
    hides = answered(of).privacy in GUARDED or (table is not None and table.privacy in GUARDED)
    if purpose is None and hides:
        return None
    if is_leaf_type(named):
        return name
    graph = served().graph
    if "first" in of.args and isinstance(named, GraphQLObjectType):
        inner = get_named_type(named.fields["nodes"].type)
        assert isinstance(inner, GraphQLObjectType)
        if purpose is None and guarded(inner):
            return None
        return f"{name}(first: 3) {{ totalCount nodes {{ {open_leaves(inner, purpose)} }} }}"
    if any(is_required_argument(one) for one in of.args.values()):
        return None
    if isinstance(named, GraphQLObjectType):
        return f"{name} {{ __typename {open_leaves(named, purpose)} }}"
    possible = [each.name for each in graph.get_possible_types(named)]  # type: ignore[arg-type]
    parts = [f"... on {each} {{ __typename }}" for each in possible if purpose]
    return f"{name} {{ __typename {' '.join(parts)} }}"


def open_leaves(of: GraphQLObjectType, purpose: str | None) -> str:
    shown = [
        name
        for name in leaves(of).split()
        if purpose is not None or answered(of.fields[name]).privacy not in GUARDED
    ]
    return " ".join(shown) or "__typename"


def everything(of: GraphQLObjectType, purpose: str | None) -> dict[bool, str]:
    """Return all fields of a type with all below them: those that are computed, and the others."""
    found: dict[bool, list[str]] = {}
    for name, field in of.fields.items():
        text = below(name, field, purpose)
        if text is not None:
            found.setdefault(isinstance(answered(field).origin, Computed), []).append(text)
    return {computed: " ".join(texts) for computed, texts in found.items()}


def ids_in(data: Any) -> set[str]:
    """Return the hub ids that the global ids in an answer carry."""
    found: set[str] = set()
    if isinstance(data, dict):
        for value in data.values():
            found |= ids_in(value)
    elif isinstance(data, list):
        for value in data:
            found |= ids_in(value)
    elif isinstance(data, str):
        try:
            plain = urlsafe_b64decode(data + "=" * (-len(data) % 4)).decode()
        except ValueError:
            return found
        found.add(plain.partition(":")[2].partition("@")[0])
    return found


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("who", FEW)
def test_no_field_of_any_type_shows_or_reads_what_may_not_be_seen(
    asking: Asking, known: Facts, who: str, purpose: str | None
) -> None:
    viewer = asking.world.viewers[who]
    aware = replace(viewer, purpose=purpose)
    hidden, named = known.forbidden(aware), known.named(aware)
    for of in types():
        if purpose is None and guarded(of):
            continue
        some = list(ids(known, of).values())[:30]
        for computed, text in everything(of, purpose).items():
            question = f"{said(purpose)} {{ nodes(ids: $ids) {{ ... on {of.name} {{ {text} }} }} }}"
            answer = asking.ask(question, viewer, ids=some)
            assert answer.executed, (of.name, answer.errors)
            assert not hidden & (traces(answer.plain()) | ids_in(answer.data)), of.name
            if not computed:
                read = {value for _, rows in asking.rows for row in rows for value in row}
                assert not hidden & (read - named | traces(list(read))), of.name
