"""Laws of the mirror: what it holds depends on what was said, not on the order it came in."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.models.competence import Competence
from hub.models.kinds import AssignmentKind, LearningStatus
from hub.models.learning import LearningRecord
from hub.models.person import Employment, Person
from hub.models.planning import WorkAssignment
from hub.models.record import Sourced
from hub.models.ref import Ref
from hub.store import Folded, Origin, Store, concept, identifier
from hub.store.concepts import sourced
from hub.store.identity import By, merge, split
from hub.store.statements import columns
from hub.store.terms import add, save
from tests.conftest import FILE, Clock
from tests.store.conftest import SYSTEMS, Teller

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
NUMBERS = ("1", "2", "3")
MAILS = ("a@x.nl", "b@x.nl", "c@x.nl")
KEYS = ("X1", "X2")
quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Page:
    """What one source says at one moment: a record, or that it is gone."""

    system: str
    minute: int
    record: Sourced
    gone: bool = False

    async def told(self, tell: Teller) -> Folded:
        at = BEGAN + timedelta(minutes=self.minute)
        if self.gone:
            return await tell(self.system, of=type(self.record), deleted=[self.record.id], at=at)
        return await tell(self.system, self.record, at=at)


def refs(target: str) -> st.SearchStrategy[Ref]:
    return st.one_of(
        st.builds(Ref, st.just(target), st.just("employee_number"), st.sampled_from(NUMBERS)),
        st.builds(Ref, st.just(target), st.just("email"), st.sampled_from(MAILS)),
        st.builds(Ref, st.just(target), st.just("id"), st.sampled_from(("0", "1")), st.just("hr")),
    )


def maybe(values: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *values))


ids = st.sampled_from(("0", "1", "2"))
people = st.builds(
    Person,
    id=ids,
    display_name=st.sampled_from(("Jan", "Piet")),
    employee_number=maybe(NUMBERS),
    scim_external_id=maybe(KEYS),
    work_email=maybe(MAILS),
    manager=st.none() | refs("Person"),
)
employments = st.builds(
    Employment, id=ids, person=refs("Person"), valid_from=st.just(date(2020, 1, 1))
)
shifts = st.builds(
    WorkAssignment,
    id=ids,
    title=st.just("Early"),
    kind=st.just(AssignmentKind.SHIFT),
    starts_at=st.just(BEGAN),
    assignees=st.lists(refs("Person"), max_size=2).map(tuple),
)
learning = st.builds(
    LearningRecord,
    id=ids,
    person=refs("Person"),
    competence=st.none()
    | st.builds(Ref, st.just("Competence"), st.just("term"), st.sampled_from(("a|1", "a|2"))),
    status=st.just(LearningStatus.COMPLETED),
)
competences = st.builds(
    Competence, id=ids, name=st.just("C"), uri=maybe(("u:1", "u:2")), code=maybe(("1", "2"))
)
records = st.one_of(people, people, employments, shifts, learning, competences)


@st.composite
def stories(draw: st.DrawFn) -> list[Page]:
    """Return pages, each fetched in a minute of its own."""
    said = draw(
        st.lists(
            st.tuples(st.sampled_from(("hr", "personnel")), records, st.integers(0, 4)),
            min_size=1,
            max_size=9,
        )
    )
    return [
        Page(system=system, minute=minute, record=record, gone=chance == 0)
        for minute, (system, record, chance) in enumerate(said)
    ]


@pytest.fixture
def lives(template: Path) -> Iterator[Callable[[], str]]:
    """Return the address of an empty mirror each time it is called."""
    with tempfile.TemporaryDirectory() as folder:
        count = iter(range(10**6))

        def life() -> str:
            path = Path(folder) / f"{next(count)}.sqlite"
            shutil.copy(template, path)
            return f"{FILE}{path}"

        yield life


def live(address: str, story: Callable[[Teller], Coroutine[Any, Any, Any]]) -> Any:
    """Return what a story leads to in a mirror of its own."""

    async def whole() -> Any:
        store = await Store.open(address, now=Clock())
        try:
            return await story(Teller(store))
        finally:
            await store.close()

    return asyncio.run(whole())


SKIPPED = {
    "version",
    "recorded_at",
    "history",
    "received_at",
    "attempts",
    "generation",
    "fetched_at",
}
HELD = ("identity_link", "term_link", "data_conflict", "quarantined_record", "reference", "claim")


async def held(tell: Teller) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that the mirror holds of the present, but how often and when it changed."""
    tables = [*HELD, *(each.table for each in sourced())]
    tables += [f"{each.table}__{field.name}" for each in sourced() for field in each.tables()]
    found = {}
    for table in tables:
        names = [f'"{name}"' for name in columns(table) if name not in SKIPPED]
        found[table] = sorted(await tell.rows(f"SELECT {', '.join(names)} FROM {table}"), key=repr)
    return found


def tables_after(address: str, pages: list[Page]) -> dict[str, list[tuple[Any, ...]]]:
    async def story(tell: Teller) -> dict[str, list[tuple[Any, ...]]]:
        for page in pages:
            await page.told(tell)
        return await held(tell)

    found: dict[str, list[tuple[Any, ...]]] = live(address, story)
    return found


@quick
@given(pages=stories(), data=st.data())
def test_the_order_of_pages_changes_nothing(
    lives: Callable[[], str], pages: list[Page], data: st.DataObject
) -> None:
    again = data.draw(st.permutations(pages))
    more = data.draw(st.lists(st.sampled_from(pages), max_size=3))
    assert tables_after(lives(), pages) == tables_after(lives(), [*again, *more])


@quick
@given(pages=stories())
def test_telling_all_on_one_page_is_telling_it_piece_by_piece(
    lives: Callable[[], str], pages: list[Page]
) -> None:
    async def at_once(tell: Teller) -> dict[str, list[tuple[Any, ...]]]:
        async with tell.store.transaction() as tx:
            touched: list[str] = []
            for page in pages:
                at = BEGAN + timedelta(minutes=page.minute)
                kept = await tx.keep(
                    Origin(key=page.system, kind=SYSTEMS[page.system]),
                    "all",
                    type(page.record),
                    [] if page.gone else [page.record],
                    deleted=[page.record.id] if page.gone else [],
                    fetched_at=at,
                )
                touched += kept.touched
            await tx.fold(touched)
        return await held(tell)

    assert tables_after(lives(), pages) == live(lives(), at_once)


@quick
@given(pages=stories())
def test_hearing_the_last_word_of_each_again_changes_nothing(
    lives: Callable[[], str], pages: list[Page]
) -> None:
    async def story(tell: Teller) -> None:
        for page in pages:
            await page.told(tell)
        last = {(page.system, type(page.record), page.record.id): page for page in pages}
        before = await held(tell)
        for page in last.values():
            folded = await replace(page, minute=page.minute + 100).told(tell)
            assert () == folded.changes
            assert 0 == tell.kept.changed + tell.kept.created + tell.kept.deleted
        assert before == await held(tell)

    live(lives(), story)


@quick
@given(pages=stories())
def test_the_newest_answer_stands(lives: Callable[[], str], pages: list[Page]) -> None:
    async def story(tell: Teller) -> None:
        for page in reversed(pages):
            await page.told(tell)
        last = {(page.system, type(page.record), page.record.id): page for page in pages}
        for (system, of, id_), page in last.items():
            ((payload, gone),) = await tell.rows(
                "SELECT payload, deleted_at IS NOT NULL FROM source_record"
                " WHERE system = :system AND type = :type AND external_id = :id",
                system=system,
                type=of.__name__,
                id=id_,
            )
            assert page.gone == bool(gone)
            if not page.gone:
                told = concept(of).record(json.loads(payload), id=id_)
                assert page.record == told

    live(lives(), story)


@quick
@given(pages=stories())
def test_history_answers_every_moment(lives: Callable[[], str], pages: list[Page]) -> None:
    """But for where relations lead that led nowhere yet: that is found out, and holds for the past.

    It raises the version, which is the last thing told of a person here.
    """
    everything = "SELECT id, display_name, work_email, manager_id, version FROM person ORDER BY id"
    who = "SELECT owner_id, position, target_id FROM work_assignment__assignees ORDER BY 1, 2"

    async def story(tell: Teller) -> None:
        moments = []
        for page in pages:
            await page.told(tell)
            moments.append((tell.store._now(), await tell.rows(everything), await tell.rows(who)))
        known: set[str] = set()
        for moment, people, assignees in moments:
            known |= {row[0] for row in people}
            told = [row for row in await tell.rows(everything, moment) if row[0] in known]
            assert [row[:3] for row in people] == [row[:3] for row in told]
            assert all(then[3] in (None, now[3]) for then, now in zip(people, told, strict=True))
            assert all(then[4] <= now[4] for then, now in zip(people, told, strict=True))
            later = {row[0] for row in assignees}
            found = [row for row in await tell.rows(who, moment) if row[0] in later]
            assert [row[:2] for row in assignees] == [row[:2] for row in found]
            assert all(
                then[2] in (None, now[2]) for then, now in zip(assignees, found, strict=True)
            )

    live(lives(), story)


@quick
@given(pages=stories(), data=st.data())
def test_a_merge_and_its_split_change_nothing(
    lives: Callable[[], str], pages: list[Page], data: st.DataObject
) -> None:
    async def story(tell: Teller) -> None:
        for page in pages:
            await page.told(tell)
        people = [id_ for (id_,) in await tell.rows("SELECT id FROM person ORDER BY id")]
        if len(people) < 2:
            return
        keep, gone = data.draw(st.permutations(people))[:2]
        links = await tell.rows("SELECT id FROM identity_link WHERE person_id = :p", p=gone)
        before = await held(tell)
        async with tell.store.transaction() as tx:
            await merge(tx, keep, gone, By())
        assert gone not in {id_ for (id_,) in await tell.rows("SELECT id FROM person")}
        async with tell.store.transaction() as tx:
            await split(tx, keep, [id_ for (id_,) in links], By())
        assert before == await held(tell)

    live(lives(), story)


@quick
@given(pages=stories(), data=st.data())
def test_when_a_word_is_mapped_changes_nothing(
    lives: Callable[[], str], pages: list[Page], data: st.DataObject
) -> None:
    target = identifier("Competence", "uri", "", "u:1")

    def after(turn: int) -> Any:
        async def story(tell: Teller) -> dict[str, list[tuple[Any, ...]]]:
            for number, page in enumerate([*pages, None]):
                if number == turn:
                    async with tell.store.transaction() as tx:
                        id_ = await add(tx, "hr", "a", "1", "Competence")
                        await save(tx, id_, target, By())
                if page:
                    await page.told(tell)
            return await held(tell)

        return live(lives(), story)

    assert after(0) == after(data.draw(st.integers(0, len(pages))))
