"""Laws of pages: walked in any steps and either way, a list is what it is."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from graphql import get_named_type
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.models.competence import Competence
from hub.schema import served
from tests.engine.world import Asking, concept_of, source_of

few = settings(max_examples=15, deadline=None)
SEES = "DIRECTOR of all"


def lists() -> list[str]:
    """Return the connections at the root of the graph."""
    query = served().graph.query_type
    assert query is not None
    return sorted(name for name, each in query.fields.items() if "first" in each.args)


def orders() -> list[tuple[str, str]]:
    """Return each connection at the root with each of its orders."""
    query = served().graph.query_type
    assert query is not None
    found = [(name, "") for name in lists()]
    for name in lists():
        by = query.fields[name].args.get("orderBy")
        if by is not None:
            values: Any = get_named_type(by.type)
            found += [(name, each) for each in sorted(values.values)]
    return found


def page(asking: Asking, name: str, order: str, part: str, viewer: str = SEES) -> Any:
    """Return one page of a list."""
    by = f"orderBy: [{order}], " if order else ""
    text = (
        "query @purpose(is: AUDIT) {"
        f" list: {name}({by}{part}) {{ edges {{ cursor node {{ ... on Node {{ id }} }} }}"
        " totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
    )
    answer = asking.ask(text, asking.world.viewers[viewer])
    assert answer.errors == ()
    assert answer.data is not None
    return answer.data["list"]


def ids(part: Any) -> list[str]:
    return [each["node"]["id"] for each in part["edges"]]


def walked(asking: Asking, name: str, order: str, step: int, *, backwards: bool) -> Iterator[str]:
    """Yield the ids of a whole list, page by page, from its beginning or from its end."""
    cursor = None
    while True:
        size, after = ("last", "before") if backwards else ("first", "after")
        at = f', {after}: "{cursor}"' if cursor else ""
        part = page(asking, name, order, f"{size}: {step}{at}")
        yield from reversed(ids(part)) if backwards else ids(part)
        info = part["pageInfo"]
        assert info["startCursor"] == (part["edges"][0]["cursor"] if part["edges"] else None)
        if not info["hasPreviousPage" if backwards else "hasNextPage"]:
            return
        cursor = info["startCursor" if backwards else "endCursor"]


@few
@given(data=st.data())
def test_walking_in_any_step_and_direction_gives_the_list_once_and_in_order(
    asking: Asking, data: st.DataObject
) -> None:
    name, order = data.draw(st.sampled_from(orders()))
    whole = page(asking, name, order, "first: 100")
    step = data.draw(st.integers(1, 7))

    assert len(set(ids(whole))) == whole["totalCount"] == len(ids(whole))
    assert list(walked(asking, name, order, step, backwards=False)) == ids(whole)
    assert list(walked(asking, name, order, step, backwards=True)) == ids(whole)[::-1]


@pytest.mark.parametrize("viewer", ["employee", "manager", "HR_ADVISER of a unit", SEES])
def test_the_total_is_the_number_of_records_that_the_viewer_meets(
    asking: Asking, viewer: str
) -> None:
    for name in lists():
        whole = page(asking, name, "", "first: 100", viewer)
        assert whole["totalCount"] == len(ids(whole))


def test_each_page_says_what_lies_on_either_side_of_it(asking: Asking) -> None:
    whole = page(asking, "people", "NAME_ASC", "first: 100")
    cursor = whole["edges"][4]["cursor"]
    after = page(asking, "people", "NAME_ASC", f'first: 3, after: "{cursor}"')
    before = page(asking, "people", "NAME_ASC", f'last: 2, before: "{cursor}"')

    assert ids(after) == ids(whole)[5:8]
    assert ids(before) == ids(whole)[2:4]
    assert after["pageInfo"]["hasNextPage"] is after["pageInfo"]["hasPreviousPage"] is True
    assert before["pageInfo"]["hasNextPage"] is before["pageInfo"]["hasPreviousPage"] is True
    assert page(asking, "people", "", "first: 0")["edges"] == []


async def tell(asking: Asking, names: Sequence[str], gone: Sequence[str] = ()) -> None:
    """Let the frameworks' source tell of competences, and of some that are gone."""
    records = [Competence(id=f"new {name}", name=name) for name in names]
    async with asking.store.transaction() as tx:
        kept = await tx.keep(
            source_of(concept_of("Competence")),
            "competence",
            Competence,
            records,
            deleted=[f"new {name}" for name in gone],
            fetched_at=tx.moment,
        )
        await tx.fold(kept.touched)


@few
@given(names=st.sets(st.sampled_from(["", "C", "Competence.name.4a", "a", "z"]), min_size=1))
def test_what_is_inserted_between_two_pages_neither_repeats_nor_loses_anything(
    asking: Asking, names: set[str]
) -> None:
    before = ids(page(asking, "competences", "NAME_ASC", "first: 100"))
    walk = walked(asking, "competences", "NAME_ASC", 3, backwards=False)
    met = [next(walk) for _ in range(3)]
    asking.run(tell(asking, sorted(names)))
    met += list(walk)
    asking.run(tell(asking, [], gone=sorted(names)))

    assert [each for each in met if each in before] == before
    assert len(set(met)) == len(met)
    assert ids(page(asking, "competences", "NAME_ASC", "first: 100")) == before
