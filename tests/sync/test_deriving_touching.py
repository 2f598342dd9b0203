"""Whom a change concerns, where that does not show by what is derived of it."""

from dataclasses import replace
from typing import Any

import pytest

from hub.models.competence import CompetenceAlignment
from hub.models.credential import Credential
from hub.models.evidence import Contest
from hub.models.kinds import (
    AgreementStatus,
    AlignmentType,
    CauseStatus,
    ContestOutcome,
    LearningStatus,
)
from hub.models.learning import LearningRecord
from hub.models.organisation import JobProfile
from hub.models.person import Employment
from hub.models.quality import CompetenceCause, Nonconformity
from hub.models.record import Sourced
from hub.models.ref import Ref
from hub.models.requirement import CompetenceRequirement
from hub.store import Change, Store
from hub.store.concepts import sourced
from hub.store.identity import By
from hub.store.terms import save
from hub.sync.deriving import note
from hub.sync.deriving.touching import INERT, KNOWN
from tests.conftest import Clock
from tests.sync.organisation import (
    BASE,
    FADING,
    Organisation,
    agreement,
    appraisal,
    at,
    cause,
    competence,
    competence_id,
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
    await made.tell(*BASE, requirement(), shift("w1", -10, "ada"), shift("w2", 2, "ben"))
    await made.derive()
    return made


async def touched(hub: Organisation, kind: str = "Person") -> set[str]:
    rows = await hub.rows("SELECT key FROM touched WHERE kind = :kind", kind=kind)
    return {key for (key,) in rows}


def test_of_every_type_it_is_known_whom_it_concerns() -> None:
    assert {each.name for each in sourced()} == (KNOWN | INERT) - {"Subject"}
    assert not KNOWN & INERT


async def test_what_is_of_an_unknown_type_concerns_everyone(hub: Organisation) -> None:
    async with hub.store.transaction() as tx:
        await note(tx, [Change(type="Novelty", id="1", before={}, after={"name": "x"})])
    assert {""} == await touched(hub, "Everyone")


@pytest.mark.parametrize(
    "record",
    [
        replace(unit("team", "unit"), name="Team"),
        competence("brakes", description="What stops a train."),
    ],
    ids=["unit", "competence"],
)
async def test_what_no_rule_looks_at_concerns_nobody(hub: Organisation, record: Any) -> None:
    assert await hub.tell(record)
    assert set() == await touched(hub)


async def test_a_requirement_concerns_whom_it_asked_and_who_did_its_work(
    hub: Organisation,
) -> None:
    await hub.tell(person("cy"), shift("w3", -3, "cy"))
    await hub.derive()
    await hub.tell(requirement(rank=3))
    assert {person_id(each) for each in ("ada", "ben", "cy")} == await touched(hub)


async def test_who_was_on_a_shift_before_is_concerned_too(hub: Organisation) -> None:
    await hub.tell(shift("w2", 2, "ada"))
    assert {person_id("ada"), person_id("ben")} == await touched(hub)


async def test_levels_of_a_word_give_its_scores_another_rank(hub: Organisation) -> None:
    await hub.tell(scale(1, 1, 1), appraisal("a1", "ben", -5, "2", "good", word="Safety"))
    await hub.derive()
    assert await hub.state("ben") is None
    ((link,),) = await hub.rows("SELECT id FROM term_link")
    ranks = []
    for levels in ({}, {"good": 3}, {"good": 3, "2": 4}):
        async with hub.store.transaction() as tx:
            folded = await save(tx, link, competence_id("brakes"), By(), levels=levels)
            await note(tx, folded.changes)
        await hub.derive()
        state = await hub.state("ben")
        assert state is not None
        ranks.append(state.rank)
    assert [1, 3, 4] == ranks


async def test_an_activity_that_is_aligned_counts_without_an_intervention(
    hub: Organisation,
) -> None:
    aligned = Ref.code("Competence", "signals")
    await hub.tell(
        learnt("l1", "ben", -5, competence=aligned),
        learnt("l2", "ada", -5, competence=aligned, status=LearningStatus.FAILED),
    )
    await hub.derive()
    state = await hub.state("ben", "signals")
    assert state is not None
    assert 1 == state.rank
    assert await hub.state("ada", "signals") is None


async def test_whoever_is_gone_leaves_nothing_derived(hub: Organisation) -> None:
    await hub.gone(type(person("ada")), "ada")
    await hub.derive()
    for rows in (await hub.stored()).values():
        assert person_id("ada") not in {value for row in rows for value in row}


async def test_a_day_that_was_never_derived_is_caught_up_with(
    hub: Organisation, clock: Clock
) -> None:
    await hub.tell(requirement("r2", asks="signals", valid_from=on(3), valid_until=on(6)))
    await hub.derive()
    assert 1 == len(await hub.fulfilment("ada"))
    clock.wait(days=5)
    await hub.derive()
    assert 2 == len(await hub.fulfilment("ada"))
    clock.wait(days=30)
    await hub.derive()
    assert 1 == len(await hub.fulfilment("ada"))


PAPER = Ref.external("Credential", "p1", "hub")
SAME = CompetenceAlignment(type=AlignmentType.EXACT_MATCH, target_uri="u:signals")
WORLD = (
    process("coupling", "other"),
    JobProfile(id="driver", code="driver", title="Driver"),
    *(person(each) for each in ("cy", "dee", "eve", "fay", "gus")),
    employed("cy", "other"),
    employed("gus", "nowhere", job_profile=Ref.code("JobProfile", "driver")),
    requirement("r2", of="coupling", asks="signals"),
    replace(requirement("r3", asks="signals"), subject=Ref.code("JobProfile", "driver")),
    shift("w3", -8, "cy", of="coupling"),
    shift("w4", -9, "dee"),
    scale(1, 2, 3),
    cycle("y", -30),
    appraisal("a1", "cy", -40, "2", cycle=Ref.external("AppraisalCycle", "y")),
    course("x", safety=2),
    competence("safety"),
    learnt("l1", "cy", -20, intervention=Ref.external("Intervention", "x", "hub")),
    credential("p1", "cy", 300, competence="safety"),
    agreement("g1", "cy"),
    result("g1", of="signals"),
    inspection("i1", "cy", -7),
    inspection("i2", "eve", -7),
    inspection("i3", "fay", -7, passed=False),
    nonconformity("n1", "i1", -6),
    nonconformity("n3", "i3", -6),
    cause("c1", "n1"),
    cause("c3", "n3"),
)
CHANGES: dict[str, Sourced | tuple[type[Sourced], str]] = {
    "work that was done asked more": requirement(rank=3),
    "a job asks more": replace(
        requirement("r3", asks="signals", rank=3), subject=Ref.code("JobProfile", "driver")
    ),
    "another did the work": shift("w4", -9, "eve"),
    "a round ends earlier": cycle("y", -60),
    "a course aims higher": course("x", safety=3),
    "a certificate ends earlier": credential("p1", "cy", 100, competence="safety"),
    "somebody objects": objection("b1", "cy", PAPER, -1, competence="safety"),
    "an objection is right": objection(
        "b1", "cy", PAPER, -1, competence="safety", outcome=ContestOutcome.UPHELD, settled_at=at(0)
    ),
    "an objection is no more": (Contest, "b1"),
    "an appraisal is somebody else's": appraisal(
        "a1", "ben", -40, "2", cycle=Ref.external("AppraisalCycle", "y")
    ),
    "the scale is read otherwise": scale(3, 1, 2),
    "a shift ended later": shift("w3", -8, "cy", of="coupling", ends_at=at(-7, 4)),
    "a result is about something else": result("g1", of="brakes"),
    "a result is about what is asked": result("g1", of="signals"),
    "an agreement is withdrawn": replace(agreement("g1", "cy"), status=AgreementStatus.WITHDRAWN),
    "a cause is rejected": cause("c1", "n1", CauseStatus.REJECTED),
    "a cause is confirmed": cause("c1", "n1"),
    "something went wrong later": nonconformity("n1", "i1", -5),
    "an inspection is of another's work": inspection("i1", "ben", -7),
    "something did not go wrong": (Nonconformity, "n1"),
    "a competence fades": competence("signals", decay=FADING),
    "a competence is part of another": competence("signals", broader=("safety",)),
    "a competence has an address": competence("signals", uri="u:signals"),
    "a competence matches another": competence("brakes", alignments=(SAME,)),
    "a competence has another address": competence("signals", uri="u:lights"),
    "a requirement asks more": requirement("r2", of="coupling", asks="signals", rank=3),
    "a requirement is of other work": requirement("r2", of="shunting", asks="signals"),
    "work moves to another unit": process("shunting", "other"),
    "a unit moves": unit("team", "other"),
    "somebody moves": employed("cy", "unit"),
    "somebody was never employed": (Employment, "e-gus"),
    "nothing was learnt": (LearningRecord, "l1"),
    "a certificate is withdrawn": (Credential, "p1"),
    "a cause is no more": (CompetenceCause, "c3"),
    "a requirement ends": (CompetenceRequirement, "r1"),
}


async def test_every_change_reaches_all_whom_it_concerns(hub: Organisation) -> None:
    """Each changes what is derived, and to what it would be had nothing been derived before."""
    await hub.tell(*WORLD)
    await hub.derive()
    before = await hub.stored()
    for what, change in CHANGES.items():
        await (hub.gone(*change) if isinstance(change, tuple) else hub.tell(change))
        await hub.derive()
        found = await hub.stored()
        assert before != found, what
        before = await hub.from_scratch()
        assert before == found, what
