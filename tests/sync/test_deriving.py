import pytest

from hub.competence.eligibility import eligibility, replacements
from hub.models.competence import CompetenceAlignment
from hub.models.evidence import (
    AssignmentEligibility,
    CompetenceEvidence,
    CompetenceState,
    Fulfilment,
)
from hub.models.kinds import (
    AlignmentType,
    AppraisalStatus,
    CauseStatus,
    ContestOutcome,
    EligibilityVerdict,
    EvidenceKind,
    Polarity,
    StateStatus,
)
from hub.models.planning import WorkAssignment
from hub.models.ref import Ref
from hub.models.requirement import CompetenceRequirement
from hub.store import Store
from tests.conftest import Clock
from tests.sync.organisation import (
    BASE,
    FADING,
    LAW,
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
    objection,
    on,
    person,
    person_id,
    process,
    requirement,
    result,
    scale,
    shift,
    unit,
)


@pytest.fixture
async def hub(store: Store, clock: Clock) -> Organisation:
    made = Organisation(store, clock)
    await made.tell(*BASE)
    return made


async def test_work_finished_proves_what_its_process_asks(hub: Organisation) -> None:
    await hub.tell(requirement(), shift("w1", -10, "ada"))
    await hub.derive()
    (piece,) = await hub.records(CompetenceEvidence)
    assert (EvidenceKind.WORK_RESULT, 2, "planning") == (piece.kind, piece.rank, piece.system)
    state = await hub.state("ada")
    assert state is not None
    assert (2, StateStatus.PROVEN, True) == (state.rank, state.status, state.complete)
    assert await hub.state("ben") is None


async def test_whoever_is_asked_meets_it_or_lacks_levels(hub: Organisation) -> None:
    await hub.tell(requirement(), shift("w1", -10, "ada"), shift("w2", 3, "ben"))
    await hub.derive()
    (ada,), (ben,) = await hub.fulfilment("ada"), await hub.fulfilment("ben")
    assert (True, 0, 2) == (ada.met, ada.delta, ada.current_rank)
    assert (False, 2, None, on(3)) == (ben.met, ben.delta, ben.current_rank, ben.needed_by)


async def test_a_certificate_that_ends_before_a_shift_makes_it_impossible(
    hub: Organisation,
) -> None:
    """The colleague whose certificate lasts could replace."""
    await hub.tell(
        requirement(credential_required=True, **LAW),
        shift("past", -10, "ada", "ben"),
        shift("next", 12, "ada"),
        shift("soon", 4, "ada"),
        credential("c1", "ada", 6),
        credential("c2", "ben", 300),
    )
    await hub.derive()
    found = await hub.verdict("next", "ada")
    assert found is not None
    assert found.verdict is EligibilityVerdict.NOT_ELIGIBLE
    names: dict[str, str] = dict(await hub.rows("SELECT id, name FROM credential"))
    assert ["Licence c1"] == [names[each] for each in found.expiring_before_ids]
    before = await hub.verdict("soon", "ada")
    assert before is not None
    assert before.verdict is EligibilityVerdict.ELIGIBLE
    judged = await hub.shift("next", "ben")
    assert [person_id("ben")] == list(replacements(judged, [person_id("ben"), person_id("ada")]))
    assert found.verdict == eligibility(judged, person_id("ada")).verdict


async def test_a_colleague_on_the_shift_who_masters_it_can_be_alongside(hub: Organisation) -> None:
    await hub.tell(
        requirement(),
        requirement("easy", rank=1, of="coupling"),
        process("coupling"),
        shift("hard", -10, "ada"),
        shift("light", -9, "ben", of="coupling"),
        shift("next", 2, "ada", "ben"),
    )
    await hub.derive()
    found = await hub.verdict("next", "ben")
    assert found is not None
    assert (EligibilityVerdict.WITH_SUPERVISION, person_id("ada")) == (
        found.verdict,
        found.supervisor_id,
    )


async def test_who_leaves_is_no_longer_asked_after_the_last_day(
    hub: Organisation, clock: Clock
) -> None:
    """And so one master is left; the other's evidence stays."""
    await hub.tell(
        requirement(), shift("w1", -10, "ada", "ben"), employed("ada", valid_until=on(20))
    )
    await hub.derive()
    assert 2 == len(await hub.records(Fulfilment))
    clock.wait(days=19)
    await hub.derive()
    assert 2 == len(await hub.records(Fulfilment))
    clock.wait(days=1)
    await hub.derive()
    assert [person_id("ben")] == [each.person_id for each in await hub.records(Fulfilment)]
    assert await hub.state("ada") is not None


async def test_who_was_employed_again_is_one_person_asked_since_the_return(
    hub: Organisation,
) -> None:
    await hub.tell(
        requirement(),
        shift("w1", -600, "ada"),
        employed("ada", valid_until=on(-500)),
        employed("ada", id="again", valid_from=on(-30)),
    )
    await hub.derive()
    (found,) = await hub.fulfilment("ada")
    assert (True, on(-30)) == (found.met, found.since)


async def test_a_low_rating_beside_newer_work_is_explained(hub: Organisation) -> None:
    await hub.tell(
        scale(1, 2, 3),
        requirement(rank=3),
        cycle("y", -90),
        appraisal("a1", "ada", -100, "1"),
        shift("w1", -50, "ada"),
        appraisal("a2", "ben", -100, "1"),
    )
    await hub.derive()
    ada, ben = await hub.state("ada"), await hub.state("ben")
    assert ada is not None
    assert ben is not None
    assert (3, True) == (ada.rank, ada.contradictory)
    assert "CONTRADICTED" in {each.code for each in ada.explanation}
    assert {each.evidence_id for each in ada.explanation[2:]} == {
        identifier
        for (identifier,) in await hub.rows(
            "SELECT id FROM competence_evidence WHERE person_id = :p", p=person_id("ada")
        )
    }
    assert (1, False) == (ben.rank, ben.contradictory)


async def test_a_rating_counts_from_the_day_it_is_signed(hub: Organisation, clock: Clock) -> None:
    open_ = {"status": AppraisalStatus.IN_REVIEW, "completed_at": None}
    await hub.tell(scale(1, 2, 3), appraisal("a1", "ada", -5, "2", **open_))
    await hub.derive()
    assert await hub.state("ada") is None
    await hub.tell(appraisal("a1", "ada", 0.01, "2"))
    await hub.derive()
    assert await hub.state("ada") is None
    clock.wait(days=1)
    await hub.derive()
    state = await hub.state("ada")
    assert state is not None
    assert 2 == state.rank


async def test_another_mapping_of_scores_is_another_rank(hub: Organisation) -> None:
    await hub.tell(scale(1, 2, 3), appraisal("a1", "ada", -5, "2"))
    await hub.derive()
    await hub.tell(scale(1, 3, 4))
    await hub.derive()
    state = await hub.state("ada")
    assert state is not None
    assert 3 == state.rank


async def test_a_course_only_claims(hub: Organisation) -> None:
    await hub.tell(
        course("x", brakes=3),
        learnt("l1", "ada", -5, intervention=Ref.external("Intervention", "x", "hub")),
    )
    await hub.derive()
    state = await hub.state("ada")
    assert state is not None
    assert (3, StateStatus.CLAIMED) == (state.rank, state.status)


async def test_a_confirmed_cause_speaks_against_who_did_the_work(hub: Organisation) -> None:
    """A suggested one says nothing."""
    await hub.tell(
        requirement(),
        inspection("i1", "ada", -10, passed=False),
        nonconformity("n1", "i1", -9),
        cause("c1", "n1", CauseStatus.SUGGESTED),
    )
    await hub.derive()
    assert [] == await hub.records(CompetenceEvidence)
    await hub.tell(cause("c1", "n1"))
    await hub.derive()
    (piece,) = await hub.records(CompetenceEvidence)
    assert (person_id("ada"), Polarity.NEGATIVE, 2) == (piece.person_id, piece.polarity, piece.rank)


async def test_evidence_counts_for_what_is_more_general_and_for_what_matches(
    hub: Organisation,
) -> None:
    matching = CompetenceAlignment(type=AlignmentType.EXACT_MATCH, target_uri="u:signals")
    await hub.tell(
        competence("safety"),
        competence("brakes", broader=("safety",)),
        competence("signals", uri="u:signals"),
        competence("signalling", alignments=(matching,)),
        requirement(),
        requirement("r2", asks="signals"),
        shift("w1", -5, "ada"),
    )
    await hub.derive()
    for code in ("safety", "signalling"):
        state = await hub.state("ada", code)
        assert state is not None, code
        assert 2 == state.rank
    assert 4 == len(await hub.records(CompetenceState))


async def test_a_source_that_fell_silent_leaves_all_incomplete(hub: Organisation) -> None:
    for key in ("planning", "learning", "hr"):
        await hub.read(key)
    await hub.tell(requirement(), shift("w1", -5, "ada"), shift("w2", 5, "ada", "ben"))
    await hub.derive()
    assert {True} == {each.complete for each in await hub.records(CompetenceState)}
    await hub.read("learning", error="UPSTREAM_UNAVAILABLE: down")
    await hub.read("hr", error="UPSTREAM_UNAVAILABLE: down")
    await hub.derive()
    (state,) = await hub.records(CompetenceState)
    assert (False, ("learning",)) == (state.complete, state.missing_systems)
    assert {("hr", "learning")} == {each.missing_systems for each in await hub.records(Fulfilment)}
    found = await hub.verdict("w2", "ben")
    assert found is not None
    assert EligibilityVerdict.UNKNOWN is found.verdict
    await hub.read("learning")
    await hub.read("hr")
    await hub.derive()
    assert {True} == {each.complete for each in await hub.records(CompetenceState)}


async def test_a_source_that_falls_silent_changes_no_verdict_that_stands_without_it(
    hub: Organisation,
) -> None:
    for key in ("planning", "learning"):
        await hub.read(key)
    await hub.tell(requirement(), shift("w1", -10, "ada"), shift("w2", 5, "ada"))
    await hub.derive()
    told = "SELECT subject_id FROM domain_event WHERE type = 'hub.eligibility.changed'"
    before = await hub.rows(told)
    await hub.read("learning", error="UPSTREAM_UNAVAILABLE: down")
    await hub.derive()
    found = await hub.verdict("w2", "ada")
    assert found is not None
    assert (EligibilityVerdict.ELIGIBLE, False) == (found.verdict, found.complete)
    assert before == await hub.rows(told)


async def test_what_a_shift_asks_is_what_holds_on_its_day(hub: Organisation) -> None:
    await hub.tell(
        requirement(valid_until=on(3), **LAW), shift("w1", 2, "ada"), shift("w2", 3, "ada")
    )
    await hub.derive()
    first, second = await hub.verdict("w1", "ada"), await hub.verdict("w2", "ada")
    assert first is not None
    assert second is not None
    assert EligibilityVerdict.NOT_ELIGIBLE is first.verdict
    assert EligibilityVerdict.ELIGIBLE is second.verdict


async def test_work_of_no_known_process_is_not_judged(hub: Organisation) -> None:
    await hub.tell(requirement(), shift("w1", 2, "ada", of=None))
    await hub.derive()
    assert [] == await hub.records(AssignmentEligibility)


async def test_who_is_taken_off_a_shift_is_no_longer_judged(hub: Organisation) -> None:
    await hub.tell(requirement(), shift("w1", 2, "ada"))
    await hub.derive()
    await hub.tell(shift("w1", 2, "ben"))
    await hub.derive()
    assert [person_id("ben")] == [
        each.person_id for each in await hub.records(AssignmentEligibility)
    ]
    await hub.gone(WorkAssignment, "w1")
    await hub.derive()
    assert [] == await hub.records(AssignmentEligibility)


async def test_work_that_began_long_ago_is_no_longer_judged(
    hub: Organisation, clock: Clock
) -> None:
    await hub.tell(requirement(), shift("w1", 2, "ada"))
    await hub.derive()
    clock.wait(days=9)
    await hub.derive()
    assert 1 == len(await hub.records(AssignmentEligibility))
    clock.wait(days=1)
    await hub.derive()
    assert [] == await hub.records(AssignmentEligibility)


async def test_a_unit_that_moves_takes_what_it_is_asked_with_it(hub: Organisation) -> None:
    await hub.tell(process("inspecting", "unit"), requirement("r2", of="inspecting"))
    await hub.derive()
    assert 2 == len(await hub.records(Fulfilment))
    await hub.tell(unit("team", "other"))
    await hub.derive()
    assert [] == await hub.records(Fulfilment)


async def test_a_state_that_fades_changes_on_its_day_without_any_record(
    hub: Organisation, clock: Clock
) -> None:
    await hub.tell(competence("brakes", decay=FADING), requirement(), shift("w1", -10, "ada"))
    await hub.derive()
    state = await hub.state("ada")
    assert state is not None
    assert state.decays_on is not None
    clock.wait(days=(state.decays_on - on(0)).days)
    await hub.derive()
    state = await hub.state("ada")
    assert state is not None
    assert StateStatus.DECAYED is state.status
    (found,) = [each for each in await hub.fulfilment("ada") if not each.met]
    assert state.decays_on == found.since


async def test_a_requirement_that_is_withdrawn_leaves_nothing(hub: Organisation) -> None:
    await hub.tell(requirement(), shift("w1", -10, "ada"), shift("w2", 2, "ada"))
    await hub.derive()
    await hub.gone(CompetenceRequirement, "r1")
    await hub.derive()
    stored = await hub.stored()
    assert [0, 0, 0, 1] == [len(rows) for rows in stored.values()]


async def test_an_agreement_covers_what_it_works_on(hub: Organisation) -> None:
    await hub.tell(requirement(), agreement("g1", "ben"), result("g1"))
    await hub.derive()
    ((wanted,),) = await hub.rows("SELECT id FROM development_agreement")
    (ada,), (ben,) = await hub.fulfilment("ada"), await hub.fulfilment("ben")
    assert (None, wanted) == (ada.covered_by_id, ben.covered_by_id)


async def test_nothing_is_written_where_nothing_changed(hub: Organisation) -> None:
    await hub.tell(requirement(), shift("w1", -10, "ada"), shift("w2", 2, "ada", "ben"))
    await hub.derive()
    async with hub.store.snapshot() as snapshot:
        before = snapshot.epoch()
    await hub.derive()
    async with hub.store.snapshot() as snapshot:
        assert before == snapshot.epoch()


async def test_each_verdict_that_changed_is_told_once(hub: Organisation) -> None:
    await hub.tell(requirement(), shift("w1", -10, "ada"), shift("w2", 2, "ada", "ben"))
    told = "SELECT subject_id FROM domain_event WHERE type = 'hub.eligibility.changed'"
    await hub.derive()
    assert 1 == len(await hub.rows(told))
    await hub.tell(person("ada", work_email="ada@x.nl"))
    await hub.derive()
    assert 1 == len(await hub.rows(told))
    await hub.tell(shift("w0", -9, "ben"))
    await hub.derive()
    assert 2 == len(await hub.rows(told))


async def test_what_somebody_objects_to_counts_for_nothing_until_it_is_settled(
    hub: Organisation, clock: Clock
) -> None:
    await hub.tell(requirement(), shift("w1", -10, "ada"))
    work = Ref.external("WorkAssignment", "w1", "planning")
    await hub.tell(objection("b1", "ada", work, -2))
    await hub.derive()
    (piece,) = await hub.records(CompetenceEvidence)
    state = await hub.state("ada")
    assert state is not None
    assert (False, StateStatus.UNKNOWN, True) == (piece.counted, state.status, state.contested)
    dismissed = {"outcome": ContestOutcome.DISMISSED, "settled_at": clock()}
    await hub.tell(objection("b1", "ada", work, -2, **dismissed))
    await hub.derive()
    (piece,) = await hub.records(CompetenceEvidence)
    state = await hub.state("ada")
    assert state is not None
    assert (True, StateStatus.PROVEN, False) == (piece.counted, state.status, state.contested)
