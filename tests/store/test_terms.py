"""What a source's own word means is decided once, and all that used it follows."""

import json
from typing import Any

import pytest

from hub.errors import UsageError
from hub.models.competence import Competence
from hub.models.kinds import LearningStatus
from hub.models.learning import LearningRecord
from hub.models.person import Person
from hub.models.quality import Inspection
from hub.models.ref import Ref
from hub.store import Folded, identifier
from hub.store.identity import By
from hub.store.terms import add, save, suggestions, users
from tests.store.conftest import Teller

ME = By(actor_id="me")
BRAKES = identifier("Competence", "code", "", "C1")
TERMS = "SELECT system, term_kind, external_id, target_type, target_id, status, uses FROM term_link"


def learned(id_: str, term: str = "activity|brakes", **said: Any) -> LearningRecord:
    return LearningRecord(
        id=id_,
        person=Ref("Person", "employee_number", "17"),
        competence=Ref("Competence", "term", term),
        status=LearningStatus.COMPLETED,
        **said,
    )


@pytest.fixture
async def house(tell: Teller) -> Teller:
    """One person and one competence."""
    await tell("hr", Person(id="E1", display_name="Jan", employee_number="17"))
    await tell("hub", Competence(id="C1", code="C1", name="Brakes"))
    return tell


async def the_link(tell: Teller) -> str:
    ((id_,),) = await tell.rows("SELECT id FROM term_link")
    return str(id_)


async def mapped(tell: Teller, target: str | None, **options: Any) -> Folded:
    id_ = await the_link(tell)
    async with tell.store.transaction() as tx:
        return await save(tx, id_, target, ME, **options)


async def test_a_word_never_seen_before_waits_to_be_mapped(house: Teller) -> None:
    await house("learning", learned("L1"))
    seen = ("learning", "activity", "brakes", "Competence", None, "UNMATCHED", 1)
    assert [seen] == await house.rows(TERMS)
    assert [(None,)] == await house.rows("SELECT competence_id FROM learning_record")


async def test_its_uses_are_counted(house: Teller) -> None:
    await house("learning", learned("L1"), learned("L2"), learned("L3"))
    await house("learning", learned("L2", "activity|doors"))
    await house("learning", of=LearningRecord, deleted=["L3"])
    uses = "SELECT external_id, uses FROM term_link ORDER BY external_id"
    assert [("brakes", 1), ("doors", 1)] == await house.rows(uses)


async def test_a_word_that_nobody_mapped_or_uses_is_forgotten(house: Teller) -> None:
    await house("learning", learned("L1"))
    await house("learning", of=LearningRecord, deleted=["L1"])
    assert [] == await house.rows(TERMS)


async def test_mapping_a_word_resolves_all_that_used_it(house: Teller) -> None:
    await house("learning", learned("L1"), learned("L2"))
    folded = await mapped(house, BRAKES)
    assert [{"competence_id": BRAKES}] * 2 == [each.after for each in folded.changes]
    assert {(BRAKES,)} == set(await house.rows("SELECT competence_id FROM learning_record"))


async def test_what_uses_it_later_resolves_at_once(house: Teller) -> None:
    await house("learning", learned("L1"))
    await mapped(house, BRAKES)
    await house("learning", learned("L2"))
    assert {(BRAKES,)} == set(await house.rows("SELECT competence_id FROM learning_record"))


async def test_unmapping_takes_it_back(house: Teller) -> None:
    await house("learning", learned("L1"))
    await mapped(house, BRAKES)
    await mapped(house, None)
    assert [(None,)] == await house.rows("SELECT competence_id FROM learning_record")
    ((history,),) = await house.rows("SELECT history FROM term_link")
    assert ["UNMAPPED", "MAPPED"] == [entry["action"] for entry in json.loads(history)]
    audit = "SELECT action, actor_id FROM audit ORDER BY id"
    assert [("MAPPED", "me"), ("UNMAPPED", "me")] == await house.rows(audit)


async def test_saving_the_same_again_changes_nothing(house: Teller) -> None:
    await house("learning", learned("L1"))
    await mapped(house, BRAKES, levels={"4": 2})
    before = await house.rows("SELECT version, history FROM term_link")
    assert () == (await mapped(house, BRAKES)).changes
    assert before == await house.rows("SELECT version, history FROM term_link")
    assert [('[["4",2]]',)] == await house.rows("SELECT levels FROM term_link")


async def test_a_word_can_be_mapped_before_anyone_uses_it(house: Teller) -> None:
    async with house.store.transaction() as tx:
        id_ = await add(tx, "learning", "activity", "brakes", "Competence")
        await save(tx, id_, BRAKES, ME)
    await house("learning", learned("L1"))
    wanted = ("learning", "activity", "brakes", "Competence", BRAKES, "CONFIRMED", 1)
    assert [wanted] == await house.rows(TERMS)


async def test_one_word_may_mean_things_of_two_types(house: Teller) -> None:
    term = "control|CTRL-1"
    await house(
        "quality",
        Inspection(
            id="I1",
            number="I1",
            process=Ref("WorkProcess", "term", term),
            unit=Ref("OrganisationUnit", "term", term),
        ),
    )
    assert {"WorkProcess", "OrganisationUnit"} == {row[3] for row in await house.rows(TERMS)}


async def test_a_word_waits_for_what_it_stands_for(house: Teller) -> None:
    await house("learning", learned("L1"))
    await mapped(house, BRAKES)
    await house("hub", of=Competence, deleted=["C1"])
    assert [(None,)] == await house.rows("SELECT competence_id FROM learning_record")
    await house("hub", Competence(id="C1", code="C1", name="Brakes"))
    assert [(BRAKES,)] == await house.rows("SELECT competence_id FROM learning_record")


async def test_who_uses_a_word_can_be_asked(house: Teller) -> None:
    await house("learning", learned("L1"))
    wanted = ("LearningRecord", identifier("LearningRecord", "learning", "all", "L1"))
    async with house.store.snapshot() as snapshot:
        assert [wanted] == await users(snapshot, await the_link(house))


async def test_things_of_a_like_name_are_suggested(house: Teller) -> None:
    await house("hub", Competence(id="C2", code="C2", name="Welding"))
    await house("learning", learned("L1"))
    id_ = await the_link(house)
    async with house.store.snapshot() as snapshot:
        assert {id_: [("Competence", BRAKES)]} == await suggestions(snapshot, [id_])


async def test_a_link_that_is_not_there_is_refused(house: Teller) -> None:
    async with house.store.transaction() as tx:
        with pytest.raises(UsageError, match="no term link"):
            await save(tx, "nowhere", BRAKES, ME)
