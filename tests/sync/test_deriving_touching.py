"""Whom a change concerns, where that does not show by what is derived of it."""

from dataclasses import replace
from typing import Any

import pytest

from hub.models.kinds import LearningStatus
from hub.models.ref import Ref
from hub.store import Change, Store
from hub.store.concepts import sourced
from hub.store.identity import By
from hub.store.terms import save
from hub.sync.deriving import note
from hub.sync.deriving.touching import INERT, KNOWN
from tests.conftest import Clock
from tests.sync.organisation import (
    BASE,
    Organisation,
    appraisal,
    competence,
    competence_id,
    learnt,
    on,
    person,
    person_id,
    requirement,
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
