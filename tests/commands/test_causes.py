"""Deciding whether lacking competence was a cause."""

from typing import Any

import pytest

from hub.models.kinds import CauseStatus, NonconformityStatus
from hub.models.quality import CompetenceCause, Nonconformity
from hub.models.ref import Ref
from tests.commands.conftest import BRAKE, RAISED, SHIFT, World, gid, person

DECIDE = "decideCause"
CAUSES = "SELECT competence_id, status, share, decided_by_id, note FROM competence_cause"


async def told(world: World, **said: Any) -> dict[str, Any]:
    return {
        "nonconformityId": gid("Nonconformity", RAISED),
        "competence": {"code": "BRAKE"},
        "confirmed": True,
        "share": 0.5,
        "note": "He had not been shown.",
        "expectedVersion": await world.version("nonconformity", RAISED),
        **said,
    }


class TestDeciding:
    async def test_a_confirmed_cause_is_kept_with_who_and_why(self, world: World) -> None:
        row = await world.done(DECIDE, "owner", **await told(world))
        assert ("Nonconformity", RAISED) == (row["nonconformity"].type, row["nonconformity"].id)
        assert [
            (BRAKE, "CONFIRMED", 0.5, person("1"), "He had not been shown.")
        ] == await world.rows(CAUSES)

    async def test_it_is_audited_and_told(self, world: World) -> None:
        await world.done(DECIDE, "owner", **await told(world))
        audited = "SELECT action, note FROM audit WHERE subject_id = :id"
        assert [("CONFIRMED", "He had not been shown.")] == await world.rows(audited, id=RAISED)
        happened = "SELECT type FROM domain_event WHERE subject_id = :id"
        assert [("hub.cause.decided",)] == await world.rows(happened, id=RAISED)
        assert ["CompetenceCause"] == [change.type for change in world.changes]

    async def test_no_needs_no_share(self, world: World) -> None:
        await world.done(DECIDE, "owner", **await told(world, confirmed=False, share=None))
        assert [(BRAKE, "REJECTED", 0.0)] == [each[:3] for each in await world.rows(CAUSES)]

    async def test_a_later_decision_takes_the_place_of_the_former(self, world: World) -> None:
        await world.done(DECIDE, "owner", **await told(world))
        await world.done(DECIDE, "quality adviser of A", "k2", **await told(world, share=1.0))
        assert [(BRAKE, "CONFIRMED", 1.0, person("4"))] == [
            each[:4] for each in await world.rows(CAUSES)
        ]

    async def test_a_suggested_cause_is_decided_on_not_doubled(self, world: World) -> None:
        suggested = CompetenceCause(
            id="C-1",
            nonconformity=Ref("Nonconformity", "number", "A-1", "quality"),
            competence=Ref.code("Competence", "BRAKE"),
            share=0.2,
            status=CauseStatus.SUGGESTED,
        )
        await world.tell("hub", suggested, stream="competence_cause")
        await world.done(DECIDE, "owner", **await told(world))
        assert [(BRAKE, "CONFIRMED")] == [each[:2] for each in await world.rows(CAUSES)]


class TestRights:
    @pytest.mark.parametrize(
        ("who", "codes"),
        [
            ("owner", []),
            ("quality adviser of A", []),
            ("planner of A", ["NOT_ALLOWED"]),
            ("competence manager", ["NOT_ALLOWED"]),
            ("employee", ["NOT_ALLOWED"]),
            ("stranger", ["NOT_ALLOWED"]),
        ],
    )
    async def test_process_owners_and_quality_advisers_may(
        self, world: World, who: str, codes: list[str]
    ) -> None:
        row = await world.decide(DECIDE, who, **await told(world))
        assert codes == [each["code"] for each in row["errors"]]

    async def test_a_role_holds_for_its_own_unit(self, world: World) -> None:
        elsewhere = Nonconformity(
            id="N2",
            number="A-2",
            title="Door",
            status=NonconformityStatus.OPEN,
            raised_at=SHIFT,
            unit=Ref.code("OrganisationUnit", "B"),
        )
        await world.tell("quality", elsewhere)
        ((id_,),) = await world.rows("SELECT id FROM nonconformity WHERE number = 'A-2'")
        said = await told(world, nonconformityId=gid("Nonconformity", id_))
        assert [("NOT_ALLOWED", "nonconformityId")] == await world.refused(
            DECIDE, "quality adviser of A", **said
        )


class TestRefusals:
    async def test_another_version_is_a_conflict(self, world: World) -> None:
        row = await world.decide(DECIDE, "owner", **await told(world, expectedVersion=9))
        (error,) = row["errors"]
        assert ("VERSION_CONFLICT", RAISED) == (error["code"], error["current"].id)

    async def test_the_same_decision_was_taken_already(self, world: World) -> None:
        await world.done(DECIDE, "owner", **await told(world))
        assert [("ALREADY_DONE", "")] == await world.refused(
            DECIDE, "owner", key="k2", **await told(world)
        )

    @pytest.mark.parametrize("share", [None, 0.0, -1.0, 1.01, float("nan"), float("inf")])
    async def test_yes_needs_a_share(self, world: World, share: float | None) -> None:
        said = await told(world, share=share)
        assert [("INVALID", "share")] == await world.refused(DECIDE, "owner", **said)

    async def test_what_was_none_after_all_has_no_cause(self, world: World) -> None:
        cancelled = Nonconformity(
            id="N1",
            number="A-1",
            title="Brake left on",
            status=NonconformityStatus.CANCELLED,
            raised_at=SHIFT,
            process=Ref.code("WorkProcess", "P"),
        )
        await world.tell("quality", cancelled)
        said = await told(world)
        assert [("WRONG_STATE", "nonconformityId")] == await world.refused(DECIDE, "owner", **said)

    async def test_it_has_ten_causes_at_most(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hub.commands.causes.MOST", 1)
        await world.done(DECIDE, "owner", **await told(world))
        said = await told(world, competence={"code": "DOORS"})
        assert [("RULE_VIOLATED", "competence")] == await world.refused(
            DECIDE, "owner", key="k2", **said
        )
