"""What a viewer may not see makes no difference to any answer: not to a filter, an order, a count.

Two mirrors are alike but for what is hidden from one viewer, and are asked the same.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from graphql import GraphQLInputType, get_named_type
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.policy import Viewer
from hub.schema import served
from hub.store import concepts
from tests.conftest import FILE
from tests.engine.questions import Writer, questions
from tests.engine.world import Asking
from tests.policy.oracle import PERSON, Facts, facts

SEED = 7
thorough = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
KEPT = (
    "id",
    "agreement_id",
    "record_id",
    "record_type",
    "requirement_id",
    "kind",
    "polarity",
    "visible_to",
    "version",
    "recorded_at",
)
"""Columns that say what a row belongs to, or of which class it is."""
FIGURES = frozenset({"coverage", "nonconformityGroups", "replacements"})
"""What is computed over all people: figures as they may be disclosed, and verdicts."""


@dataclass(frozen=True)
class Pair:
    """Two mirrors that differ in what is hidden from one viewer."""

    viewer: Viewer
    one: Asking
    other: Asking

    def close(self) -> None:
        self.one.close()
        self.other.close()


async def change(asking: Asking, viewer: Viewer, seed: int) -> int:
    """Change all that is hidden from a viewer, whatever the purpose; return how many values."""
    random = Random(seed)
    async with asking.store.snapshot() as snapshot:
        known = await facts(snapshot)
    changed = 0
    async with asking.store.transaction() as tx:
        aware = replace(viewer, purpose="DEVELOPMENT")
        for each in concepts().values():
            for id_, row in known.rows[each.name].items():
                values = _others(known, aware, each.name, row, random)
                if values:
                    moved = ", ".join(f'"{name}" = :{name}' for name in values)
                    await tx.write(
                        each.table,
                        f"UPDATE {each.table} SET {moved} WHERE id = :id",
                        {**values, "id": id_},
                    )
                    changed += len(values)
    return changed


def _others(
    known: Facts, viewer: Viewer, name: str, row: Mapping[str, Any], random: Random
) -> dict[str, Any]:
    """Return other values, out of other rows, for what is hidden of a row."""
    if name == "QuarantinedRecord":
        hidden = {"message", "raw"}  # how many there are is said of their source to all
    elif known.sees(viewer, name, row):
        hidden = known.masked(viewer, name, row)
    else:
        hidden = {each for each in row if each not in (*KEPT, PERSON.get(name))}
    rows = list(known.rows[name].values())
    return {each: random.choice(rows)[each] for each in sorted(hidden)}


@pytest.fixture(scope="module", params=["employee", "manager", "PLANNER of a unit"])
def pair(
    request: pytest.FixtureRequest, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    """Two mirrors, for each of some viewers."""
    made = []
    for name in ("one", "other"):
        path = tmp_path_factory.mktemp(name) / "hub.sqlite"
        shutil.copy(template, path)
        made.append(Asking(f"{FILE}{path}", SEED))
    viewer = made[0].world.viewers[request.param]
    assert made[1].run(change(made[1], viewer, SEED)) > 100
    opened = Pair(viewer, *made)
    yield opened
    opened.close()


def told(asking: Asking, viewer: Viewer, text: str, variables: Mapping[str, Any]) -> Any:
    answer = asking.ask(text, viewer, **variables)
    return answer.data, [(each.path, (each.extensions or {})["code"]) for each in answer.errors]


@thorough
@given(data=st.data())
def test_what_is_hidden_makes_no_difference(pair: Pair, data: st.DataObject) -> None:
    asked = data.draw(questions(pair.one.world.global_ids(), without=FIGURES, purpose=None))
    one = told(pair.one, pair.viewer, asked.text, asked.variables)
    assert told(pair.other, pair.viewer, asked.text, asked.variables) == one


def filters() -> list[tuple[str, str]]:
    """Return each list at the root of the graph with each field of its filter, and each order."""
    query = served().graph.query_type
    assert query is not None
    found = []
    for name, field in query.fields.items():
        if "first" in field.args:
            for argument in {"where", "orderBy"} & set(field.args):
                of: Any = get_named_type(field.args[argument].type)
                named = of.fields if argument == "where" else of.values
                found += [(name, f"{argument}.{each}") for each in sorted(named)]
    return sorted(found)


@st.composite
def literals(draw: st.DrawFn, of: GraphQLInputType, name: str, ids: Sequence[str]) -> str:
    """Return literals of an input type."""
    return Writer(draw, ids).plain(of, name)


@settings(thorough, max_examples=80)
@given(data=st.data())
def test_no_filter_and_no_order_tells_what_is_hidden(pair: Pair, data: st.DataObject) -> None:
    name, chosen = data.draw(st.sampled_from(filters()))
    argument, _, field = chosen.partition(".")
    query = served().graph.query_type
    assert query is not None
    if argument == "where":
        of: Any = get_named_type(query.fields[name].args["where"].type)
        ids = pair.one.world.global_ids()
        given_ = f"where: {{{field}: {data.draw(literals(of.fields[field].type, field, ids))}}}"
    else:
        given_ = f"orderBy: [{field}]"
    text = (
        f"query @purpose(is: DEVELOPMENT) {{ {name}(first: 100, {given_})"
        " { totalCount edges { cursor node { id } } } }"
    )
    one = told(pair.one, pair.viewer, text, {})
    assert told(pair.other, pair.viewer, text, {}) == one
