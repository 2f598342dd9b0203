"""Saving what a subject asks."""

from datetime import date
from typing import Any

import pytest

from hub.models.kinds import Enforcement, Severity
from hub.models.ref import Ref
from hub.models.requirement import CompetenceRequirement
from tests.commands.conftest import BRAKE, DAY, PROCESS, SHIFT, World, a_requirement, gid, hub_id

SAVED = "SELECT id, subject_id, competence_id, required_rank, version FROM competence_requirement"
SAVE = "saveRequirement"


async def saved(world: World, who: str = "owner", **said: Any) -> tuple[str, int]:
    """Save a requirement; return its hub id and version."""
    row = await world.done(SAVE, who, said.pop("key", "k0"), **a_requirement(**said))
    id_ = row["requirement"].id
    return id_, await world.version("competence_requirement", id_)


class TestSaving:
    async def test_what_is_saved_is_asked(self, world: World) -> None:
        id_, version = await saved(world)
        assert [(id_, PROCESS, BRAKE, 2, version)] == await world.rows(SAVED)

    async def test_it_is_audited_told_and_noted(self, world: World) -> None:
        id_, _ = await saved(world)
        audited = "SELECT action, actor_id FROM audit WHERE subject_id = :id"
        assert [("SAVED", hub_id("Person", "employee_number", "1"))] == await world.rows(
            audited, id=id_
        )
        happened = "SELECT id, type FROM domain_event WHERE subject_id = :id"
        ((event, type_),) = await world.rows(happened, id=id_)
        assert "hub.requirement.saved" == type_
        touched = "SELECT key FROM touched WHERE kind = 'Coupling'"
        assert [(event,)] == await world.rows(touched)
        assert [("CompetenceRequirement", id_)] == [(e.type, e.id) for e in world.changes]
        assert 1 == world.settled

    async def test_a_change_keeps_its_id_and_raises_its_version(self, world: World) -> None:
        id_, version = await saved(world)
        changed = await world.done(
            SAVE,
            "owner",
            **a_requirement(id=gid("CompetenceRequirement", id_), expectedVersion=version, rank=3),
        )
        assert id_ == changed["requirement"].id
        assert [(id_, PROCESS, BRAKE, 3, version + 1)] == await world.rows(SAVED)

    async def test_its_owner_agrees_by_saving_and_a_manager_does_not(self, world: World) -> None:
        id_, _ = await saved(world)
        other, _ = await saved(world, "competence manager", key="k2")
        agreed = dict(await world.rows("SELECT id, owner_confirmed_at FROM competence_requirement"))
        assert agreed[id_]
        assert not agreed[other]

    async def test_who_agreed_to_the_same_goes_on_agreeing(self, world: World) -> None:
        id_, version = await saved(world)
        told = a_requirement(id=gid("CompetenceRequirement", id_), expectedVersion=version)
        await world.done(SAVE, "competence manager", **told)
        assert version == await world.version("competence_requirement", id_)
        await world.done(SAVE, "competence manager", "k3", **{**told, "rank": 3})
        ((agreed,),) = await world.rows("SELECT owner_confirmed_at FROM competence_requirement")
        assert agreed is None

    @pytest.mark.parametrize(
        "key", [{"code": "BRAKE"}, {"id": gid("Competence", BRAKE)}], ids=["code", "id"]
    )
    async def test_a_competence_is_named_by_any_of_its_keys(self, world: World, key: Any) -> None:
        await saved(world, competence=key)
        ((_, _, competence, _, _),) = await world.rows(SAVED)
        assert BRAKE == competence


class TestRights:
    @pytest.mark.parametrize(
        ("who", "subject", "codes"),
        [
            ("owner", "P", []),
            ("competence manager", "P", []),
            ("competence manager", "Q", []),
            ("competence manager of A", "P", []),
            ("competence manager of A", "Q", ["NOT_ALLOWED"]),
            ("owner", "Q", ["NOT_ALLOWED"]),
            ("stranger", "P", ["NOT_ALLOWED"]),
            ("quality adviser of A", "P", ["NOT_ALLOWED"]),
        ],
    )
    async def test_the_owner_and_competence_managers_of_its_unit_may(
        self, world: World, who: str, subject: str, codes: list[str]
    ) -> None:
        asks = gid("WorkProcess", hub_id("WorkProcess", "code", subject))
        row = await world.decide(SAVE, who, **a_requirement(subjectId=asks))
        assert codes == [each["code"] for each in row["errors"]]

    async def test_a_profile_of_no_unit_is_for_managers_of_the_whole(self, world: World) -> None:
        asks = gid("JobProfile", hub_id("JobProfile", "code", "J"))
        told = a_requirement(subjectId=asks)
        assert [("NOT_ALLOWED", "subjectId")] == await world.refused(
            SAVE, "competence manager of A", **told
        )
        await world.done(SAVE, "competence manager", **told)

    async def test_what_others_ask_cannot_be_taken_over(self, world: World) -> None:
        doors = gid("WorkProcess", hub_id("WorkProcess", "code", "Q"))
        id_, version = await saved(world, "competence manager", subjectId=doors)
        told = a_requirement(id=gid("CompetenceRequirement", id_), expectedVersion=version)
        assert [("NOT_ALLOWED", "subjectId")] == await world.refused(SAVE, "owner", **told)


class TestRefusals:
    async def test_another_version_is_a_conflict_and_shows_what_stands(self, world: World) -> None:
        id_, version = await saved(world)
        told = a_requirement(id=gid("CompetenceRequirement", id_), expectedVersion=version + 1)
        row = await world.decide(SAVE, "owner", **told)
        (error,) = row["errors"]
        assert ("VERSION_CONFLICT", ["expectedVersion"]) == (error["code"], error["path"])
        assert ("CompetenceRequirement", id_) == (error["current"].type, error["current"].id)

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"rank": 4}, ("INVALID", "rank")),
            ({"rank": 0}, ("INVALID", "rank")),
            ({"enforcement": "BLOCK"}, ("RULE_VIOLATED", "legalBasis")),
            ({"enforcement": "BLOCK", "legalBasis": " "}, ("RULE_VIOLATED", "legalBasis")),
            ({"validUntil": DAY}, ("INVALID", "validUntil")),
            ({"minHolders": 0}, ("INVALID", "minHolders")),
            ({"competence": {"code": "NONE"}}, ("NOT_FOUND", "competence.code")),
            ({"competence": {}}, ("INVALID", "competence")),
            ({"competence": {"code": "BRAKE", "uri": "u"}}, ("INVALID", "competence")),
            ({"subjectId": "no id"}, ("NOT_FOUND", "subjectId")),
            ({"subjectId": gid("WorkProcess", "nothing")}, ("NOT_FOUND", "subjectId")),
            ({"subjectId": gid("Nothing", PROCESS)}, ("NOT_FOUND", "subjectId")),
            ({"subjectId": gid("Competence", BRAKE)}, ("INVALID", "subjectId")),
            ({"subjectId": gid("WorkProcess", PROCESS, SHIFT)}, ("INVALID", "subjectId")),
            ({"id": gid("CompetenceRequirement", "nothing")}, ("NOT_FOUND", "id")),
        ],
    )
    async def test_what_cannot_be_says_where_it_is_wrong(
        self, world: World, said: dict[str, Any], expected: tuple[str, str]
    ) -> None:
        assert [expected] == await world.refused(SAVE, "owner", **a_requirement(**said))

    async def test_all_that_is_wrong_is_told_at_once(self, world: World) -> None:
        told = a_requirement(rank=9, enforcement="BLOCK", validUntil=date(2019, 1, 1))
        assert {
            ("INVALID", "rank"),
            ("RULE_VIOLATED", "legalBasis"),
            ("INVALID", "validUntil"),
        } == set(await world.refused(SAVE, "owner", **told))

    async def test_a_change_needs_the_version_that_was_read(self, world: World) -> None:
        id_, _ = await saved(world)
        told = a_requirement(id=gid("CompetenceRequirement", id_))
        assert [("INVALID", "expectedVersion")] == await world.refused(SAVE, "owner", **told)

    async def test_none_carries_out_itself(self, world: World) -> None:
        wide, version = await saved(world)
        narrow, _ = await saved(world, key="k2", derivedFromId=gid("CompetenceRequirement", wide))
        told = a_requirement(
            id=gid("CompetenceRequirement", wide),
            expectedVersion=version,
            derivedFromId=gid("CompetenceRequirement", narrow),
        )
        assert [("INVALID", "derivedFromId")] == await world.refused(SAVE, "owner", **told)

    async def test_what_a_system_asks_is_changed_in_that_system(self, world: World) -> None:
        asked = CompetenceRequirement(
            id="r",
            subject=Ref.code("WorkProcess", "P"),
            competence=Ref.code("Competence", "BRAKE"),
            required_rank=1,
            criticality=Severity.LOW,
            enforcement=Enforcement.INFORM,
            credential_required=False,
            valid_from=DAY,
        )
        await world.tell("quality", asked)
        ((id_, *_, version),) = await world.rows(SAVED)
        told = a_requirement(id=gid("CompetenceRequirement", id_), expectedVersion=version)
        assert [("WRONG_STATE", "")] == await world.refused(SAVE, "owner", **told)

    async def test_a_subject_asks_a_hundred_competences_at_most(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hub.commands.requirements.MOST", 1)
        await saved(world)
        assert [("RULE_VIOLATED", "subjectId")] == await world.refused(
            SAVE, "owner", **a_requirement(rank=3)
        )
