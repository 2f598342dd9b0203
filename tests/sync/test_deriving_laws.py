"""Laws of deriving: what is stored depends on the records and the day, not on how it came about."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.engine.moment import About
from hub.models.competence import CompetenceAlignment
from hub.models.credential import Credential
from hub.models.kinds import AlignmentType, CauseStatus, LearningStatus
from hub.models.person import Employment, Person
from hub.models.planning import WorkAssignment
from hub.models.quality import CompetenceCause, Inspection, Nonconformity
from hub.models.record import Sourced
from hub.models.ref import Ref
from hub.models.requirement import CompetenceRequirement
from hub.store import Rows, Store, Transaction, concept
from hub.store.statements import columns
from hub.sync.deriving import derived_at
from tests.conftest import EMPTIED, FILE, Clock, _do, _spoken
from tests.sync.organisation import (
    BASE,
    FADING,
    LAW,
    PASSING,
    Organisation,
    agreement,
    appraisal,
    cause,
    competence,
    course,
    credential,
    cycle,
    employed,
    inspection,
    learnt,
    nonconformity,
    on,
    person,
    process,
    requirement,
    result,
    scale,
    shift,
    unit,
)

PEOPLE = st.sampled_from(("ada", "ben", "cy"))
PROCESSES = st.sampled_from(("shunting", "coupling"))
CODES = st.sampled_from(("brakes", "signals", "safety"))
UNITS = st.sampled_from(("unit", "team", "other"))
IDS = st.sampled_from(("1", "2"))
DAYS = st.integers(-40, 12)
ENDS = st.none() | st.integers(-5, 30)
RANKS = st.integers(1, 3)
MATCHES = CompetenceAlignment(type=AlignmentType.EXACT_MATCH, target_uri="u:signals")
HOW: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    ({}, LAW, {"credential_required": True}, {"valid_from": on(4)}, {"valid_until": on(6)})
)

shifts = st.builds(
    lambda id_, day, people, of, learning: shift(
        id_, day, *people, of=of, learning_purpose=learning
    ),
    IDS.map("w{}".format),
    DAYS,
    st.lists(PEOPLE, max_size=2),
    st.none() | PROCESSES,
    st.booleans(),
)
quality = st.one_of(
    st.builds(
        lambda id_, of, day, passed: inspection(id_, of, day, passed=passed),
        IDS.map("i{}".format),
        st.none() | PEOPLE,
        DAYS,
        st.booleans(),
    ),
    st.builds(nonconformity, IDS.map("n{}".format), IDS.map("i{}".format), DAYS),
    st.builds(cause, IDS.map("c{}".format), IDS.map("n{}".format), st.sampled_from(CauseStatus)),
)
told_of_people = st.one_of(
    st.builds(
        lambda who, at_unit, ends: employed(who, at_unit, valid_until=ends and on(ends)),
        PEOPLE,
        UNITS,
        ENDS,
    ),
    st.builds(
        lambda id_, who, until, code: credential(id_, who, until, competence=code),
        IDS.map("p{}".format),
        PEOPLE,
        ENDS,
        CODES,
    ),
    st.builds(
        lambda id_, who, day, score: appraisal(
            id_, who, day, score, cycle=Ref.external("AppraisalCycle", "y")
        ),
        IDS.map("a{}".format),
        PEOPLE,
        DAYS,
        RANKS.map(str),
    ),
    st.builds(
        lambda id_, who, day, of, status: learnt(
            id_, who, day, intervention=Ref.external("Intervention", of, "hub"), status=status
        ),
        IDS.map("l{}".format),
        PEOPLE,
        DAYS,
        IDS,
        st.sampled_from(LearningStatus),
    ),
    st.builds(agreement, IDS.map("g{}".format), PEOPLE),
    st.builds(result, IDS.map("g{}".format)),
    st.builds(person, PEOPLE),
)
told_of_work = st.one_of(
    st.builds(
        lambda id_, of, asks, rank, how: requirement(id_, of, asks, rank, **how),
        IDS.map("r{}".format),
        PROCESSES,
        CODES,
        RANKS,
        HOW,
    ),
    st.builds(process, PROCESSES, UNITS),
    st.builds(unit, UNITS, st.none() | UNITS),
    st.builds(
        lambda code, broader, decay, uri, same: competence(
            code,
            broader=broader,
            decay=FADING if decay else None,
            uri=uri,
            alignments=(MATCHES,) if same else (),
        ),
        CODES,
        st.lists(CODES, max_size=1),
        st.booleans(),
        st.none() | st.just("u:signals"),
        st.booleans(),
    ),
    st.builds(lambda id_, code, rank: course(id_, **{code: rank}), IDS, CODES, RANKS),
    st.permutations((1, 2, 3)).map(lambda ranks: scale(*ranks)),
    st.builds(cycle, st.just("y"), st.integers(-200, -10)),
)
records = st.one_of(shifts, shifts, quality, told_of_people, told_of_people, told_of_work)
deletions = st.sampled_from(
    (
        (WorkAssignment, "w1"),
        (Inspection, "i1"),
        (Nonconformity, "n1"),
        (CompetenceCause, "c1"),
        (CompetenceRequirement, "r1"),
        (Credential, "p1"),
        (Employment, "e-ada"),
        (Person, "ben"),
    )
)


@dataclass(frozen=True)
class Step:
    """One thing that happens: records, a deletion, days that pass, or a derivation."""

    records: tuple[Sourced, ...] = ()
    gone: tuple[type[Sourced], str] | None = None
    days: int = 0
    derives: bool = False

    async def done(self, hub: Organisation) -> None:
        await hub.tell(*self.records)
        if self.gone:
            await hub.gone(*self.gone)
        hub.clock.wait(days=self.days)
        if self.derives:
            await hub.derive()


def steps(*, days: bool) -> st.SearchStrategy[list[Step]]:
    told = st.lists(records, min_size=1, max_size=4).map(tuple)
    kinds = [
        st.builds(Step, records=told),
        st.builds(Step, records=told),
        st.builds(Step, gone=deletions),
        st.just(Step(derives=True)),
    ]
    if days:
        kinds.append(st.builds(Step, days=st.integers(1, 20)))
    return st.lists(st.one_of(*kinds), min_size=1, max_size=8)


ABOUT = (
    ("Person", "person_id"),
    ("CompetenceRequirement", "requirement_id"),
    ("WorkAssignment", "assignment_id"),
)
NOTHING: frozenset[str] = frozenset()


class KilledError(Exception):
    """The process was killed."""


class Mortal(Store):
    """A store whose process dies in its transaction of a number, before anything is committed."""

    left = -1

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with super().transaction() as tx:
            yield tx
            self.left -= 1
            if self.left == 0:
                raise KilledError


Live = Callable[[Callable[[Organisation], Awaitable[None]]], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def live(request: pytest.FixtureRequest, tmp_path: Path) -> Live:
    """Return what lives a story in an organisation of its own."""
    if request.param == "sqlite":
        path = tmp_path / "hub.sqlite"
        template: Path = request.getfixturevalue("template")

        def address() -> str:
            for each in tmp_path.glob("hub.sqlite*"):
                each.unlink()
            shutil.copy(template, path)
            return f"{FILE}{path}"
    else:
        shared: str = request.getfixturevalue("shared")

        def address() -> str:
            _do(shared, EMPTIED)
            return _spoken(shared)

    async def whole(story: Callable[[Organisation], Awaitable[None]]) -> None:
        clock = Clock()
        store = await Mortal.open(address(), now=clock)
        try:
            hub = Organisation(store, clock)
            await hub.tell(*BASE, process("coupling"), scale(1, 2, 3), person("cy"))
            await story(hub)
        finally:
            await store.close()

    return lambda story: asyncio.run(whole(story))


def law(examples: int) -> Callable[[Any], Any]:
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def steady(stored: dict[str, Rows]) -> dict[str, list[Any]]:
    """Return rows but for the confidence of a state, which fades from day to day."""
    names = [name for name in columns("competence_state") if name not in PASSING]
    place = names.index("confidence")
    return {
        table: [
            row[:place] + row[place + 1 :] if table == "competence_state" else row for row in rows
        ]
        for table, rows in stored.items()
    }


@law(25)
@given(story=steps(days=True))
def test_deriving_as_things_change_is_deriving_from_scratch(live: Live, story: list[Step]) -> None:
    async def lived(hub: Organisation) -> None:
        for step in story:
            await step.done(hub)
        await hub.derive()
        found = await hub.stored()
        assert steady(await hub.from_scratch()) == steady(found)

    live(lived)


@law(10)
@given(story=steps(days=False), kill=st.integers(1, 5))
def test_whoever_is_killed_and_begins_again_derives_the_same(
    live: Live, story: list[Step], kill: int
) -> None:
    """And whoever derives once more writes nothing."""

    async def lived(hub: Organisation) -> None:
        for step in story:
            await step.done(hub)
        assert isinstance(hub.store, Mortal)
        hub.store.left = kill
        try:
            await hub.derive()
        except KilledError:
            await hub.derive()
        hub.store.left = -1
        found = await hub.stored()
        async with hub.store.snapshot() as snapshot:
            epoch = snapshot.epoch()
        await hub.derive()
        async with hub.store.snapshot() as snapshot:
            assert epoch == snapshot.epoch()
        assert await hub.from_scratch() == found

    live(lived)


@law(10)
@given(story=steps(days=True), ahead=st.integers(0, 30))
def test_what_is_derived_for_a_moment_is_what_would_be_stored_then(
    live: Live, story: list[Step], ahead: int
) -> None:
    async def lived(hub: Organisation) -> None:
        for step in story:
            await step.done(hub)
        moment = hub.clock.moment + timedelta(days=ahead)
        async with hub.store.snapshot(as_of=moment) as snapshot:
            foreseen = await derived_at(snapshot, moment)
        hub.clock.wait(days=ahead)
        stored = {
            table: [_timeless(table, row, PASSING) for row in rows]
            for table, rows in (await hub.from_scratch()).items()
        }
        assert stored == {
            table: sorted((_timeless(table, row) for row in rows), key=repr)
            for table, rows in foreseen.items()
        }

    live(lived)


def _timeless(table: str, row: Sequence[Any], without: AbstractSet[str] = NOTHING) -> list[Any]:
    """Return a row, of which some columns are left out already, without what passes or is dated."""
    names = [name for name in columns(table) if name not in without]
    left = {*PASSING, "next_change_on"}
    return [value for name, value in zip(names, row, strict=True) if name not in left]


@law(12)
@given(story=steps(days=True), ahead=st.integers(-20, 30))
def test_what_is_derived_about_some_is_their_part_of_all_that_is(
    live: Live, story: list[Step], ahead: int
) -> None:
    """Of people, requirements and planned work, one by one."""

    async def lived(hub: Organisation) -> None:
        for step in story:
            await step.done(hub)
        moment = hub.clock.moment + timedelta(days=ahead)
        async with hub.store.snapshot(as_of=moment) as snapshot:
            whole = await derived_at(snapshot, moment)
            for of, column in ABOUT:
                for (id_,) in await snapshot.rows(f"SELECT id FROM {concept(of).table}"):
                    about = About(of, frozenset({id_}))
                    part = await derived_at(snapshot, moment, about)
                    for table, rows in part.items():
                        assert _rows(rows) <= _rows(whole[table])
                        if column in columns(table):
                            place = columns(table).index(column)
                            theirs = [row for row in whole[table] if row[place] == id_]
                            assert _rows(theirs) <= _rows(rows)

    live(lived)


def _rows(rows: list[list[Any]]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in rows}
