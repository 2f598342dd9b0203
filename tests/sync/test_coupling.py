"""Rules hear what happens, and what they propose is kept once and kept right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.couplings import RULES
from hub.models.coupling import CouplingAction
from hub.models.credential import Credential
from hub.models.kinds import (
    ActionStatus,
    ApprovalDecision,
    CouplingMode,
    EligibilityVerdict,
    Enforcement,
    Role,
)
from hub.models.planning import WorkAssignment
from hub.models.ref import Ref
from hub.models.shared import AuditEntry
from hub.store import Store, concept
from hub.sync import coupling, roster
from hub.sync.coupling import couple, register
from tests.conftest import Clock
from tests.sync.organisation import at, credential, employed, person, requirement, shift
from tests.sync.pretending import KilledError
from tests.sync.rostering import EARLY, STAFF, Roster, after, place_of, shift_id


@pytest.fixture
async def hub(store: Store, clock: Clock) -> Roster:
    return Roster(store, clock)


async def test_a_shift_after_the_end_of_a_licence_is_proposed_to_who_holds_one(
    hub: Roster,
) -> None:
    await hub.begin(EARLY)
    verdict = await hub.verdict("early", "ada")
    assert verdict is not None
    assert EligibilityVerdict.NOT_ELIGIBLE == verdict.verdict
    one = await hub.action()
    assert ("C13", "WorkAssignment", shift_id()) == (one.rule, one.subject_type, one.subject_id)
    assert (ActionStatus.PROPOSED, at(3), 0) == (one.status, one.expires_at, one.attempts)
    assert one.key.startswith("C13:planning:early:1-")
    assert "ada" == place_of(one)
    assert ["ben"] == after(one)  # and not Cas, who is of another unit
    assert [(Role.PLANNER, ApprovalDecision.PENDING)] == [
        (each.role, each.decision) for each in one.approvals
    ]
    assert one.event_id in await hub.event_ids()


async def test_near_misses_lead_to_nothing(hub: Roster) -> None:
    await hub.begin(
        shift("in time", 1, "ada"),
        shift("covered", 3, "ben"),
        shift("past", -3, "ada"),
        shift("of no known work", 3, "ada", of=None),
    )
    assert [] == await hub.actions()


async def test_a_licence_that_is_only_shown_to_lack_moves_nobody(hub: Roster) -> None:
    asked = requirement(credential_required=True, enforcement=Enforcement.INFORM)
    await hub.begin(asked, EARLY)
    assert [] == await hub.actions()


@pytest.mark.parametrize(
    "unfit",
    [
        (shift("elsewhere", 3, "ben", of=None),),
        (shift("elsewhere", 3, "ben", starts_at=at(3, 15), ends_at=at(3, 23)),),
        (shift("elsewhere", 3, "ben", starts_at=at(3, 4), ends_at=None),),
        (employed("ben", valid_until=at(2).date()),),
        (credential("c-ben", "ben", 3),),
        (credential("c-ben", "ben", 500, rank=1),),
    ],
    ids=["works then", "begins in it", "may last into it", "has left", "lapses too", "lower level"],
)
async def test_who_cannot_is_passed_over_for_the_next(hub: Roster, unfit: Any) -> None:
    await hub.begin(*unfit, EARLY)
    assert ["cas"] == after(await hub.action())


async def test_of_many_who_hold_the_licence_those_nearby_are_looked_at(
    hub: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "MOST_HOLDERS", 2)  # Ada and Ben
    far = [f"far{number}" for number in range(6)]
    people = [one for each in far for one in (person(each), employed(each, "other"))]
    await hub.begin(*people, *(credential(f"c-{each}", each, 500) for each in far), EARLY)
    assert ["ben"] == after(await hub.action())


@pytest.mark.parametrize(
    ("of", "who"), [("team", "ben"), ("unit", "ben"), ("other", "cas"), (None, "ben")]
)
async def test_people_of_the_unit_or_below_it_come_first(
    hub: Roster, of: str | None, who: str
) -> None:
    where = Ref.code("OrganisationUnit", of) if of else None
    await hub.begin(replace(EARLY, unit=where))
    assert [who] == after(await hub.action())


async def test_who_works_right_before_or_after_is_free(hub: Roster) -> None:
    await hub.begin(
        shift("before", 3, "ben", starts_at=at(3, 0), ends_at=at(3, 8)),
        shift("after", 3, "ben", starts_at=at(3, 16), ends_at=at(3, 20)),
        EARLY,
    )
    assert ["ben"] == after(await hub.action())


async def test_where_nobody_can_nothing_is_proposed(hub: Roster) -> None:
    await hub.begin(credential("c-ben", "ben", 2), credential("c-cas", "cas", 2), EARLY)
    assert [] == await hub.actions()


async def test_two_on_one_shift_get_two_replacements(hub: Roster) -> None:
    await hub.begin(
        person("dan"), employed("dan"), credential("c-dan", "dan", 2), shift("s", 3, "ada", "dan")
    )
    found = await hub.actions()
    assert {"ada", "dan"} == {place_of(each) for each in found}
    assert {"ben", "cas"} == {one for each in found for one in after(each)} - {"ada", "dan"}


@pytest.mark.parametrize("by", [timedelta(days=1), timedelta(seconds=1)], ids=str)
@pytest.mark.parametrize("status", [ActionStatus.PROPOSED, ActionStatus.APPROVED])
async def test_a_newer_version_with_another_proposal_takes_the_place_of_the_older(
    hub: Roster, by: timedelta, status: ActionStatus
) -> None:
    await hub.begin(EARLY)
    await hub.decide(await hub.action(), status)
    hub.clock.wait(minutes=1)
    await hub.happen(replace(EARLY, starts_at=at(3) + by, ends_at=at(4, 16)))
    old, new = await hub.actions()
    assert (ActionStatus.SUPERSEDED, ActionStatus.PROPOSED) == (old.status, new.status)
    assert coupling.action_id(new.key) == old.superseded_by_id
    assert at(3) + by == new.expires_at


async def test_a_newer_version_with_the_same_proposal_leaves_the_older(hub: Roster) -> None:
    await hub.begin(EARLY)
    before = await hub.action()
    await hub.happen(replace(EARLY, unit=None, ends_at=at(3, 17)))
    assert before == await hub.action()


async def test_what_was_rejected_is_not_proposed_again_for_a_newer_version(hub: Roster) -> None:
    await hub.begin(EARLY)
    await hub.decide(await hub.action(), ActionStatus.REJECTED)
    await hub.happen(replace(EARLY, ends_at=at(3, 17)))
    assert [ActionStatus.REJECTED] == await hub.statuses()


async def test_a_better_replacement_renews_the_proposal_under_its_key(hub: Roster) -> None:
    await hub.begin(credential("c-ben", "ben", 2), EARLY)
    before = await hub.action()
    await hub.happen(credential("c-ben", "ben", 500))
    await hub.touch(await hub.event_ids())
    await hub.settle()
    now = await hub.action()
    assert (["cas"], ["ben"]) == (after(before), after(now))
    assert (before.key, before.created_at) == (now.key, now.created_at)


@pytest.mark.parametrize("how", ["renewed", "replaced", "gone", "unplanned"])
async def test_a_proposal_lapses_when_there_is_nothing_left_to_do(hub: Roster, how: str) -> None:
    await hub.begin(EARLY)
    match how:
        case "renewed":
            await hub.happen(credential("c-ada", "ada", 500))
        case "replaced":
            await hub.happen(replace(EARLY, assignees=shift("x", 3, "ben").assignees))
        case "gone":
            await hub.vanish(WorkAssignment, "early")
        case _:
            await hub.happen(replace(EARLY, process=None))
    assert [ActionStatus.LAPSED] == await hub.statuses()


async def test_a_problem_that_comes_back_opens_its_action_again(hub: Roster) -> None:
    await hub.begin(EARLY)
    first = await hub.action()
    await hub.happen(credential("c-ada", "ada", 500))
    await hub.happen(credential("c-ada", "ada", 2))
    assert first == await hub.action()


async def test_a_new_licence_that_is_withdrawn_opens_it_too(hub: Roster) -> None:
    await hub.begin(EARLY, credential("c-new", "ada", 500))
    assert [] == await hub.actions()
    await hub.vanish(Credential, "c-new")
    assert [ActionStatus.PROPOSED] == await hub.statuses()


async def test_it_lapses_when_the_shift_begins(hub: Roster) -> None:
    await hub.begin(EARLY)
    hub.clock.wait(days=3)
    await couple(hub.store, hub.clock)
    assert [ActionStatus.LAPSED] == await hub.statuses()


@pytest.mark.parametrize(
    "status",
    [ActionStatus.APPROVED, ActionStatus.EXECUTED, ActionStatus.REJECTED, ActionStatus.FAILED],
)
async def test_what_was_decided_stays_as_it_is(hub: Roster, status: ActionStatus) -> None:
    await hub.begin(EARLY)
    await hub.decide(await hub.action(), status)
    before = await hub.action()
    await hub.touch(await hub.event_ids())
    await hub.settle()
    hub.clock.wait(days=3)
    await couple(hub.store, hub.clock)
    assert before == await hub.action()


async def test_in_the_shadow_it_is_only_logged(hub: Roster) -> None:
    await register(hub.store, hub.clock)
    await hub.mode(CouplingMode.SHADOW)
    await hub.begin(EARLY)
    one = await hub.action()
    assert (ActionStatus.SHADOWED, ()) == (one.status, one.approvals)
    await hub.mode(CouplingMode.APPROVE)
    await hub.touch(await hub.event_ids())
    await hub.settle()
    now = await hub.action()
    assert (one.key, ActionStatus.PROPOSED) == (now.key, now.status)
    assert now.approvals


async def test_a_suggestion_waits_for_nobody(hub: Roster) -> None:
    await register(hub.store, hub.clock)
    await hub.mode(CouplingMode.SUGGEST)
    await hub.begin(EARLY)
    one = await hub.action()
    assert (ActionStatus.PROPOSED, ()) == (one.status, one.approvals)


async def test_a_rule_that_is_switched_off_hears_nothing(hub: Roster) -> None:
    await register(hub.store, hub.clock)
    await hub.set_rule(enabled=False)
    await hub.begin(EARLY)
    assert [] == await hub.actions()
    assert [] == await hub.rows("SELECT key FROM touched")


async def test_a_restart_leaves_what_was_changed_of_a_rule(hub: Roster) -> None:
    await register(hub.store, hub.clock)
    fresh = await hub.rule()
    assert (CouplingMode.APPROVE, True) == (fresh.mode, fresh.enabled)
    assert [("REGISTERED", "Its mode is APPROVE.")] == [
        (each.action, each.note) for each in fresh.history
    ]
    entry = AuditEntry(at=at(0), action="MODE", note="Let us look first.")
    await hub.set_rule(
        mode=CouplingMode.SHADOW, enabled=False, history=(entry,), title="Of an older hub"
    )
    await register(hub.store, hub.clock)
    changed = await hub.rule()
    assert (CouplingMode.SHADOW, False, (entry,)) == (
        changed.mode,
        changed.enabled,
        changed.history,
    )
    assert RULES[0].title == changed.title


async def test_a_restart_writes_nothing_where_nothing_differs(hub: Roster) -> None:
    await register(hub.store, hub.clock)
    before = await hub.rows("SELECT version FROM coupling_rule")
    await register(hub.store, hub.clock)
    assert before == await hub.rows("SELECT version FROM coupling_rule")


async def test_no_mode_goes_beyond_the_highest(hub: Roster) -> None:
    await register(hub.store, hub.clock)
    await hub.mode(CouplingMode.AUTOMATIC)
    await register(hub.store, hub.clock)
    lowered = await hub.rule()
    assert (CouplingMode.APPROVE, "LOWERED") == (lowered.mode, lowered.history[0].action)


async def test_an_echo_is_not_heard_even_when_it_is_on_the_list(hub: Roster) -> None:
    await hub.begin()
    action = CouplingAction(
        summary="x", status=ActionStatus.EXECUTED, created_at=at(0), attempts=1, key="k"
    )
    async with hub.store.transaction() as tx:
        await tx.put({"a": action})
    await hub.heard(await hub.tell(replace(EARLY, origin="hub:k")))
    ((echo,),) = await hub.rows("SELECT id FROM domain_event WHERE caused_by_id IS NOT NULL")
    await hub.derive()
    async with hub.store.transaction() as tx:
        await tx.take("Coupling")
    await hub.touch([echo])
    await couple(hub.store, hub.clock)
    assert ["k"] == [each.key for each in await hub.actions()]


async def test_what_is_on_the_list_and_never_happened_stops_nothing(
    hub: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(hub.store, hub.clock)
    monkeypatch.setattr(coupling, "AT_ONCE", 1)
    await hub.touch(["0", "00"])  # before any other, in the order in which they are taken
    await hub.begin(EARLY)
    assert [ActionStatus.PROPOSED] == await hub.statuses()


async def test_killed_in_the_middle_it_goes_on_from_the_last_batch(
    hub: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(hub.store, hub.clock)
    monkeypatch.setattr(coupling, "AT_ONCE", 3)
    days = (3, 4, 5, 6)
    await hub.tell(*STAFF, *(shift(f"s{day}", day, "ada") for day in days))
    await hub.derive()
    whole, left = coupling.FACTS["C13"], 1

    async def dying(*arguments: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise KilledError
        return await whole(*arguments)

    monkeypatch.setattr(coupling, "FACTS", {"C13": dying})
    with pytest.raises(KilledError):
        await couple(hub.store, hub.clock)
    assert 0 < len(await hub.actions()) < len(days)
    monkeypatch.setattr(coupling, "FACTS", {"C13": whole})
    await couple(hub.store, hub.clock)
    assert len(days) == len(await hub.actions())
    assert [] == await hub.rows("SELECT key FROM touched WHERE kind = 'Coupling'")


SHIFTS = (
    EARLY,
    shift("late", 3, "ada", "ben", starts_at=at(3, 16), ends_at=at(3, 23)),
    shift("next", 4, "ada"),
    shift("fine", 4, "cas", starts_at=at(4, 17), ends_at=at(4, 23)),
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
async def test_events_that_repeat_or_come_in_another_order_lead_to_the_same_actions(
    store: Store, data: st.DataObject
) -> None:
    hub = Roster(store, Clock())
    ids = await _once(hub)
    assert ids
    await _emptied(hub)
    await hub.touch(ids)
    await couple(hub.store, hub.clock)
    wanted = await _kept(hub)
    assert len(wanted) > 1
    await _emptied(hub)
    heard: Sequence[str] = [
        *data.draw(st.permutations(ids)),
        *data.draw(st.lists(st.sampled_from(ids))),
    ]
    while heard:
        size = data.draw(st.integers(1, len(heard)))
        await hub.touch(heard[:size])
        heard = heard[size:]
        await couple(hub.store, hub.clock)
    assert wanted == await _kept(hub)


async def _once(hub: Roster) -> list[str]:
    if not await hub.rows("SELECT 1 FROM coupling_rule"):
        await hub.begin(*SHIFTS)
    return await hub.event_ids()


async def _emptied(hub: Roster) -> None:
    async with hub.store.transaction() as tx:
        await tx.write("coupling_action", "DELETE FROM coupling_action")


async def _kept(hub: Roster) -> list[tuple[Any, ...]]:
    names = [each for each in concept(CouplingAction).attributes if each != "created_at"]
    return sorted(await hub.rows(f"SELECT id, version, {', '.join(names)} FROM coupling_action"))
