"""What sources say is kept as they said it; an old page never overwrites a newer answer."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.errors import GuardError
from hub.models.kinds import SystemKind
from hub.models.person import Person
from hub.store import Kept, Origin, Store
from tests.conftest import BEGAN, Clock
from tests.store.conftest import Fault, Teller

HR = Origin(key="hr", kind=SystemKind.HRIS)
NAMES = "SELECT display_name FROM person ORDER BY display_name"
SET_ASIDE = "SELECT external_id, kind, message, attempts, status FROM quarantined_record"


def jan(name: str = "Jan", number: str = "17", **said: Any) -> Person:
    return Person(id=f"E{number}", display_name=name, employee_number=number, **said)


async def test_a_record_new_to_the_hub_is_created(tell: Teller) -> None:
    await tell("hr", jan())
    assert (1, 0, 0) == (tell.kept.created, tell.kept.changed, tell.kept.unchanged)


async def test_reading_the_same_again_changes_nothing(tell: Teller) -> None:
    await tell("hr", jan())
    before = await tell.rows("SELECT * FROM person")
    folded = await tell("hr", jan())
    assert () == folded.changes
    assert Kept(unchanged=1) == tell.kept
    assert before == await tell.rows("SELECT * FROM person")
    assert [] == await tell.rows("SELECT * FROM person_history")


async def test_reading_the_same_again_moves_no_epoch_of_entities(
    tell: Teller, store: Store
) -> None:
    async def epoch() -> int:
        async with store.snapshot() as snapshot:
            return snapshot.epoch("person", "identity_link", "reference", "claim")

    await tell("hr", jan())
    before = await epoch()
    await tell("hr", jan())
    assert before == await epoch()


async def test_of_two_records_of_one_person_the_one_changed_last_is_believed(tell: Teller) -> None:
    first = jan("Jan", changed_at=BEGAN)
    second = replace(first, id="E18", display_name="Johan", changed_at=BEGAN + timedelta(days=1))
    await tell("hr", first, second)
    assert [("Johan",)] == await tell.rows(NAMES)
    await tell("hr", replace(first, changed_at=BEGAN + timedelta(days=2)))
    assert (0, 1) == (tell.kept.changed, tell.kept.unchanged)
    assert [("Jan",)] == await tell.rows(NAMES)


async def test_what_was_said_before_is_kept_in_the_history(tell: Teller) -> None:
    await tell("hr", jan("Jan"))
    await tell("hr", jan("Johan"))
    told = "SELECT payload LIKE '%Jan%' FROM source_record_history"
    assert [True] == [bool(found) for (found,) in await tell.rows(told)]
    assert [("Johan",)] == await tell.rows(NAMES)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ({"source_version": "10"}, {"source_version": "9"}),
        ({"changed_at": 2}, {"changed_at": 1}),
        ({"source_version": "3", "changed_at": 1}, {"source_version": "2", "changed_at": 2}),
    ],
    ids=["whole numbers by value", "by time of change", "version before time"],
)
async def test_an_older_answer_that_comes_later_is_passed_over(
    tell: Teller, clock: Clock, newer: dict[str, Any], older: dict[str, Any]
) -> None:
    began = clock()

    def said(name: str, marks: dict[str, Any]) -> Person:
        told = dict(marks)
        if "changed_at" in told:
            told["changed_at"] = began + timedelta(days=told["changed_at"])
        return jan(name, **told)

    await tell("hr", said("New", newer))
    await tell("hr", said("Old", older))
    assert Kept(stale=1) == tell.kept
    assert [("New",)] == await tell.rows(NAMES)


async def test_without_marks_the_later_fetch_stands(tell: Teller, clock: Clock) -> None:
    early, late = clock(), clock.wait(seconds=9)
    await tell("hr", jan("New"), at=late)
    await tell("hr", jan("Old"), at=early)
    assert [("New",)] == await tell.rows(NAMES)


async def test_a_record_twice_on_a_page_is_kept_once_the_newer(tell: Teller, clock: Clock) -> None:
    day = clock()
    await tell(
        "hr",
        jan("New", changed_at=day + timedelta(days=1)),
        jan("Old", changed_at=day),
    )
    assert 1 == tell.kept.created
    assert [("New",)] == await tell.rows(NAMES)


async def test_a_deleted_record_leaves_nothing_but_history(tell: Teller) -> None:
    await tell("hr", jan())
    await tell("hr", of=Person, deleted=["E17", "never-seen"])
    assert 1 == tell.kept.deleted
    for table in ("person", "reference", "claim", "identity_link"):
        assert [] == await tell.rows(f"SELECT * FROM {table}")
    assert [("Jan",)] == await tell.rows("SELECT display_name FROM person_history")


async def test_an_older_page_does_not_bring_a_deleted_record_back(
    tell: Teller, clock: Clock
) -> None:
    early, late = clock(), clock.wait(seconds=9)
    await tell("hr", of=Person, deleted=["E17"], at=late)
    await tell("hr", jan(), at=early)
    assert [] == await tell.rows(NAMES)


async def test_a_record_that_comes_back_goes_on_counting(tell: Teller) -> None:
    await tell("hr", jan(source_version="7"))
    await tell("hr", of=Person, deleted=["E17"])
    await tell("hr", jan(source_version="1"))
    assert [(2,)] == await tell.rows("SELECT version FROM person")


async def test_a_value_that_its_field_cannot_take_is_set_aside(tell: Teller) -> None:
    await tell("hr", jan(), Person(id="E18", display_name=12, employee_number="18"))  # type: ignore[arg-type]
    assert (1, 1) == (tell.kept.created, tell.kept.quarantined)
    told = await tell.rows(SET_ASIDE)
    assert [("E18", "MAPPING", "display_name: text expected, not int", 1, "WAITING")] == told


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (jan("half \ud800"), "display_name: 'utf-8' codec can't encode"),
        (jan("a\x00b"), "display_name: text holds a zero character"),
        (Person(id="", display_name="Jan"), "id: empty"),
        (Person(id=7, display_name="Jan"), "id: text expected, not int"),  # type: ignore[arg-type]
        (jan(changed_at="2026"), "changed_at: moment expected, not str"),
        (jan(changed_at=datetime(2026, 1, 1)), "changed_at: 2026-01-01T00:00:00 has no time zone"),  # noqa: DTZ001, that is the point
    ],
    ids=["half a character", "zero", "no id", "number", "text", "no zone"],
)
async def test_one_bad_record_leaves_the_page_standing(
    tell: Teller, record: Person, message: str
) -> None:
    await tell("hr", jan("Piet", "18"), record)
    assert [("Piet",)] == await tell.rows(NAMES)
    ((told,),) = await tell.rows("SELECT message FROM quarantined_record")
    assert told.startswith(message)


async def test_a_rejected_record_leaves_what_was_known_of_it(tell: Teller) -> None:
    await tell("hr", jan())
    await tell("hr", of=Person, rejected=[Fault("E17", raw={"name": "E17"})])
    assert [("Jan",)] == await tell.rows(NAMES)
    assert 1 == len(await tell.rows(SET_ASIDE))


async def test_the_same_fault_again_is_no_new_attempt(tell: Teller) -> None:
    for raw in ({"a": 1}, {"a": 1}, {"a": 2}):
        await tell("hr", of=Person, rejected=[Fault("E17", raw=raw)])
    assert [(2,)] == await tell.rows("SELECT attempts FROM quarantined_record")


async def test_a_rejected_record_that_comes_good_is_taken_back(tell: Teller) -> None:
    await tell("hr", of=Person, rejected=[Fault("E17")])
    await tell("hr", jan())
    assert [] == await tell.rows(SET_ASIDE)


async def test_a_fault_without_an_id_is_shown_too(tell: Teller) -> None:
    await tell("hr", of=Person, rejected=[Fault(None, raw="<\ud800>"), Fault(None, raw=b"\x00")])
    assert 2 == len(await tell.rows(SET_ASIDE))


class TestSweeping:
    async def load(self, tell: Teller, count: int, generation: int) -> None:
        people = [jan(f"P{i}", str(i)) for i in range(count)]
        await tell("hr", *people, of=Person, generation=generation)

    async def sweep(self, store: Store, generation: int) -> Kept:
        async with store.transaction() as tx:
            kept = await tx.sweep(HR, "all", Person, generation=generation)
            await tx.fold(kept.touched)
        return kept

    async def test_what_a_full_pass_does_not_meet_is_deleted(
        self, tell: Teller, store: Store
    ) -> None:
        await self.load(tell, 10, 1)
        await self.load(tell, 8, 2)
        assert 2 == (await self.sweep(store, 2)).deleted
        assert [(8,)] == await tell.rows("SELECT count(*) FROM person")

    async def test_a_pass_that_met_nothing_deletes_nothing(
        self, tell: Teller, store: Store
    ) -> None:
        await self.load(tell, 2, 1)
        with pytest.raises(GuardError, match="met no record"):
            await self.sweep(store, 2)
        assert [(2,)] == await tell.rows("SELECT count(*) FROM person")

    async def test_a_pass_that_missed_too_many_deletes_nothing(
        self, tell: Teller, store: Store
    ) -> None:
        await self.load(tell, 20, 1)
        await self.load(tell, 14, 2)
        with pytest.raises(GuardError, match="missed 6 of 20"):
            await self.sweep(store, 2)
        assert [(20,)] == await tell.rows("SELECT count(*) FROM person")

    async def test_a_handful_may_vanish_from_a_small_stream(
        self, tell: Teller, store: Store
    ) -> None:
        await self.load(tell, 6, 1)
        await self.load(tell, 1, 2)
        assert 5 == (await self.sweep(store, 2)).deleted

    async def test_what_was_fetched_since_the_pass_began_is_spared(
        self, tell: Teller, store: Store
    ) -> None:
        await self.load(tell, 5, 1)
        await self.load(tell, 5, 2)
        await tell("hr", jan("Late", "99"))
        assert 0 == (await self.sweep(store, 2)).deleted

    async def test_a_record_that_was_met_but_rejected_stays(
        self, tell: Teller, store: Store
    ) -> None:
        await self.load(tell, 3, 1)
        await self.load(tell, 2, 2)
        await tell("hr", of=Person, rejected=[Fault("E2")], generation=2)
        assert 0 == (await self.sweep(store, 2)).deleted

    async def test_a_fault_that_is_met_no_more_is_forgotten(
        self, tell: Teller, store: Store
    ) -> None:
        await tell("hr", jan(), rejected=[Fault("E2"), Fault("E3")], generation=1)
        await tell("hr", jan(), rejected=[Fault("E3")], generation=2)
        await self.sweep(store, 2)
        assert [("E3",)] == await tell.rows("SELECT external_id FROM quarantined_record")
