"""What happened is told once, and says no more than all may read."""

from collections.abc import Sequence
from typing import Any

import pytest

from hub.models.appraisal import Appraisal
from hub.models.coupling import CouplingAction, DomainEvent
from hub.models.kinds import ActionStatus, EligibilityVerdict
from hub.models.person import Person
from hub.models.planning import WorkAssignment
from hub.models.record import Sourced
from hub.store import Change, Origin, Store, Transaction, concept, identifier
from hub.store.outbox import Letter, post
from hub.sync import events
from tests.conftest import Clock
from tests.store.conftest import SYSTEMS
from tests.sync.organisation import BASE, Organisation, appraisal, at, person, shift


@pytest.fixture
async def hub(store: Store, clock: Clock) -> Organisation:
    made = Organisation(store, clock)
    await made.tell(*BASE)
    return made


async def heard(hub: Organisation, changes: Sequence[Change]) -> None:
    async with hub.store.transaction() as tx:
        await events.tell(tx, changes)


async def told(hub: Organisation, *records: Sourced) -> None:
    await heard(hub, await hub.tell(*records))


async def all_events(hub: Organisation) -> list[DomainEvent]:
    found: list[DomainEvent] = await hub.records(DomainEvent)
    return sorted(found, key=lambda each: (each.received_at, each.key))


async def touched(hub: Organisation) -> set[str]:
    rows = await hub.rows("SELECT key FROM touched WHERE kind = 'Coupling'")
    return {key for (key,) in rows}


def event_id(event: DomainEvent) -> str:
    return identifier("DomainEvent", event.key)


def fields(event: DomainEvent) -> dict[str, tuple[Any, Any]]:
    return {each.field: (each.before, each.after) for each in event.changes}


async def test_what_a_source_says_for_the_first_time_otherwise_or_no_more_is_told(
    hub: Organisation,
) -> None:
    await told(hub, shift("w1", 3, "ada"))
    await told(hub, shift("w1", 3, "ada", "ben", comment="Bring tea"))
    await heard(hub, await hub.gone(WorkAssignment, "w1"))
    created, changed, deleted = await all_events(hub)
    assert [
        "hub.work-assignment.created",
        "hub.work-assignment.changed",
        "hub.work-assignment.deleted",
    ] == [each.type for each in (created, changed, deleted)]
    assert {("planning", "WorkAssignment")} == {
        (each.system, each.subject_type) for each in (created, changed, deleted)
    }
    assert {"assignees": (["ada"], ["ada", "ben"]), "comment": (None, "Bring tea")} == (
        fields(changed)
    )
    assert (None, "SHIFT") == fields(created)["kind"]
    assert ("SHIFT", None) == fields(deleted)["kind"]
    assert "Learning purpose" in {each.label for each in created.changes}
    assert {event_id(each) for each in (created, changed, deleted)} == await touched(hub)


async def test_a_page_that_is_read_again_tells_nothing(hub: Organisation) -> None:
    await told(hub, shift("w1", 3, "ada"))
    before = await all_events(hub)
    await told(hub, shift("w1", 3, "ada"))
    assert before == await all_events(hub)


async def test_the_same_change_told_twice_is_one_event(hub: Organisation) -> None:
    changes = await hub.tell(shift("w1", 3, "ada"))
    await heard(hub, changes)
    await heard(hub, changes)
    assert 1 == len(await all_events(hub))


async def test_what_comes_back_as_it_was_is_another_event(hub: Organisation) -> None:
    for people in (["ada"], ["ben"], ["ada"], []):
        await told(hub, shift("w1", 3, *people))
    assert 4 == len({each.key for each in await all_events(hub)})


async def test_it_happened_when_the_source_says_that_it_changed(hub: Organisation) -> None:
    await told(hub, shift("w1", 3, changed_at=at(-1)), shift("w2", 3))
    when = {each.subject_id: each for each in await all_events(hub)}
    ids: dict[str, str] = dict(await hub.rows("SELECT title, id FROM work_assignment"))
    assert at(-1) == when[ids["w1"]].occurred_at < when[ids["w1"]].received_at
    assert when[ids["w2"]].occurred_at == when[ids["w2"]].received_at


async def test_of_what_is_not_open_to_all_only_that_it_changed_is_told(hub: Organisation) -> None:
    await told(hub, appraisal("a1", "ada", -3, "4"))
    await told(hub, person("ada", scim_external_id="x-17", work_email="ada@x.org"))
    judged, who = await all_events(hub)
    assert Appraisal.__name__ == judged.subject_type
    assert {"employee", "status", "completedAt", "ratings"} <= set(fields(judged))
    assert {(None, None)} == set(fields(judged).values())
    assert {"scimExternalId": (None, None), "workEmail": (None, "ada@x.org")} == fields(who)


async def test_of_several_sources_the_one_that_spoke_last_is_named(hub: Organisation) -> None:
    for system, email in (("personnel", "a@x.org"), ("hr", "b@x.org"), ("personnel", "c@x.org")):
        said = Person(id="ada", display_name="ada", employee_number="ada", work_email=email)
        source = Origin(key=system, kind=SYSTEMS[system])
        async with hub.store.transaction() as tx:
            kept = await tx.keep(source, "all", Person, [said], fetched_at=tx.moment)
            folded = await tx.fold(kept.touched)
            await events.tell(tx, folded.changes)
            if folded.changes:
                assert system == (await _last(tx)).system
    assert 2 <= len(await all_events(hub))


async def _last(tx: Transaction) -> DomainEvent:
    rows = await tx.rows("SELECT id FROM domain_event ORDER BY received_at DESC LIMIT 1")
    of = concept(DomainEvent)
    found: DomainEvent = of.decode((await tx.mappings(of.table, [rows[0][0]]))[0])
    return found


async def test_only_what_some_rule_hears_waits_for_the_rules(hub: Organisation) -> None:
    await told(hub, person("cas"))
    assert 1 == len(await all_events(hub))
    assert set() == await touched(hub)


async def test_that_a_relation_found_its_target_is_told_with_the_target(hub: Organisation) -> None:
    await told(hub, shift("w1", 3, "cas"))
    changes = await hub.tell(person("cas"))
    await heard(hub, [each for each in changes if each.type == "WorkAssignment"])
    *_, resolved = await all_events(hub)
    cas = identifier("Person", "employee_number", "", "cas")
    assert {"assignees": ([None], [cas])} == fields(resolved)


async def test_what_the_hub_itself_keeps_comes_from_no_system(hub: Organisation) -> None:
    changes = await hub.tell(*(each for each in BASE if each.id == "brakes"))
    assert [] == changes
    await heard(
        hub,
        [
            Change(type="Competence", id=id_, before={}, after={"name": "brakes"})
            for (id_,) in await hub.rows("SELECT id FROM competence WHERE code = 'brakes'")
        ],
    )
    (event,) = await all_events(hub)
    assert event.system is None


@pytest.mark.parametrize("posted", [False, True], ids=["by the action's key", "by a letter's"])
async def test_an_echo_names_the_action_and_no_rule_hears_it(
    hub: Organisation, *, posted: bool
) -> None:
    await hub.tell(shift("w1", 3, "ada"))
    action = CouplingAction(
        summary="Ben takes over.",
        status=ActionStatus.EXECUTED,
        created_at=at(0),
        attempts=1,
        key="C13:planning:w1:1:ada",
    )
    key = f"{action.key}:2" if posted else action.key
    async with hub.store.transaction() as tx:
        await tx.put({"the action": action})
        letter = Letter(id=key, system="planning", action_id="the action", body={})
        if posted:
            await post(tx, letter)
    await told(hub, shift("w1", 3, "ben", origin=f"hub:{key}"))
    (echo,) = await all_events(hub)
    assert "the action" == echo.caused_by_id
    assert set() == await touched(hub)
    await told(hub, shift("w1", 3, "ada", origin=f"hub:{key}"))
    assert 1 == len(await touched(hub))  # somebody else changed it since, and left the mark


async def test_a_mark_that_no_action_bears_is_as_none(hub: Organisation) -> None:
    await told(hub, shift("w1", 3, "ada", origin="hub:of another hub"))
    (event,) = await all_events(hub)
    assert event.caused_by_id is None
    assert {event_id(event)} == await touched(hub)


async def test_a_judgement_tells_the_worst_verdict_of_a_shift(hub: Organisation) -> None:
    await hub.tell(shift("w1", 3, "ada", "ben"))
    await hub.derive()
    ((id_,),) = await hub.rows("SELECT id FROM work_assignment")
    (event,) = [each for each in await all_events(hub) if each.type == events.JUDGED]
    assert {"verdict": (None, EligibilityVerdict.ELIGIBLE.value)} == fields(event)
    assert ("WorkAssignment", id_, None) == (event.subject_type, event.subject_id, event.system)
    assert event_id(event) in await touched(hub)
    await hub.gone(WorkAssignment, "w1")
    await hub.derive()
    *_, last = await all_events(hub)
    assert (events.JUDGED, {"verdict": (None, None)}) == (last.type, fields(last))


async def test_changed_fields_are_bounded(hub: Organisation, monkeypatch: Any) -> None:
    monkeypatch.setattr(events, "MOST_FIELDS", 2)
    await told(hub, shift("w1", 3, "ada"))
    (event,) = await all_events(hub)
    assert 2 == len(event.changes)


async def test_many_changes_cost_no_more_statements_than_few(hub: Organisation) -> None:
    few = await hub.tell(shift("w0", 3, "ada"))
    many = await hub.tell(*(shift(f"w{number}", 3, "ada") for number in range(1, 60)))
    assert await _statements(hub, few) == await _statements(hub, many)


async def _statements(hub: Organisation, changes: Sequence[Change]) -> int:
    count = 0
    async with hub.store.transaction() as tx:
        run = tx._run

        async def counted(*arguments: Any) -> Any:
            nonlocal count
            count += 1
            return await run(*arguments)

        tx._run = counted  # type: ignore[assignment,method-assign]
        await events.tell(tx, changes)
    return count
