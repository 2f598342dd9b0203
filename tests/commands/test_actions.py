"""Deciding on proposed actions."""

import json
from datetime import timedelta
from typing import Any

import pytest

from hub.commands.actions import decidable
from hub.models.coupling import CouplingAction
from hub.models.kinds import ActionStatus, Role
from hub.store import concept
from tests.commands.conftest import ACTION, WORK, World, gid, person

DECIDE = "decideActions"
LETTERS = "SELECT id, system, action_id, body FROM outbox ORDER BY id"
PLANNER, LINE_MANAGER, EMPLOYEE = Role.PLANNER, Role.LINE_MANAGER, Role.EMPLOYEE


async def said(world: World, *ids: str, approve: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "actions": [
            {"id": gid("CouplingAction", id_), "expectedVersion": (await world.action(id_))[1]}
            for id_ in ids or (ACTION,)
        ],
        "approve": approve,
        "note": "Agreed by telephone.",
        **more,
    }


async def approvals(world: World) -> list[tuple[str, str, str | None]]:
    ((told,),) = await world.rows("SELECT approvals FROM coupling_action")
    return [(each["role"], each["decision"], each["by_id"]) for each in json.loads(told)]


class TestApproving:
    async def test_what_is_approved_waits_in_the_outbox(self, world: World) -> None:
        await world.propose(PLANNER)
        row = await world.done(DECIDE, "planner of A", **await said(world))
        assert [ACTION] == [key.id for key in row["actions"]]
        assert ("APPROVED", 2) == await world.action()
        assert [("PLANNER", "APPROVED", person("5"))] == await approvals(world)
        ((id_, system, action, body),) = await world.rows(LETTERS)
        assert (f"C13:{ACTION}", "planning", ACTION) == (id_, system, action)
        assert "assignees" == json.loads(body)["fields"][0]["field"]

    async def test_each_change_is_a_letter_of_its_own(self, world: World) -> None:
        await world.propose(PLANNER)
        ((row,),) = await world.rows("SELECT changes FROM coupling_action")
        one = concept(CouplingAction).attributes["changes"].codec.decode(json.loads(row))
        await world.propose(PLANNER, changes=one * 2)
        await world.done(DECIDE, "planner of A", **await said(world))
        letters = [id_ for id_, *_ in await world.rows(LETTERS)]
        assert [f"C13:{ACTION}", f"C13:{ACTION}:2"] == letters

    async def test_both_sides_can_read_who_decided(self, world: World) -> None:
        await world.propose(PLANNER)
        await world.done(DECIDE, "planner of A", **await said(world))
        audited = "SELECT subject_type, subject_id, action, actor_id FROM audit ORDER BY id"
        me = person("5")
        assert [
            ("CouplingAction", ACTION, "APPROVED", me),
            ("WorkAssignment", WORK, "APPROVED", me),
        ] == await world.rows(audited)
        assert [("hub.action.approved",)] == await world.rows("SELECT type FROM domain_event")

    async def test_roles_decide_in_turn_and_the_last_yes_lets_it_out(self, world: World) -> None:
        await world.propose(PLANNER, LINE_MANAGER)
        assert [("NOT_ALLOWED", "actions.0")] == await world.refused(
            DECIDE, "line manager", **await said(world)
        )
        await world.done(DECIDE, "planner of A", **await said(world))
        assert ("PROPOSED", 2) == await world.action()
        assert [] == await world.rows(LETTERS)
        await world.done(DECIDE, "line manager", **await said(world))
        assert ("APPROVED", 3) == await world.action()
        assert 1 == len(await world.rows(LETTERS))

    async def test_one_no_ends_it_and_nothing_is_written(self, world: World) -> None:
        await world.propose(PLANNER, LINE_MANAGER)
        await world.done(DECIDE, "planner of A", **await said(world, approve=False))
        assert ("REJECTED", 2) == await world.action()
        assert [] == await world.rows(LETTERS)
        assert [("hub.action.rejected",)] == await world.rows("SELECT type FROM domain_event")


class TestRights:
    @pytest.mark.parametrize(
        ("who", "role", "codes"),
        [
            ("planner of A", PLANNER, []),
            ("planner of B", PLANNER, ["NOT_ALLOWED"]),
            ("competence manager", PLANNER, ["NOT_ALLOWED"]),
            ("line manager", LINE_MANAGER, []),
            ("planner of A", LINE_MANAGER, ["NOT_ALLOWED"]),
            ("employee", EMPLOYEE, []),
            ("line manager", EMPLOYEE, ["NOT_ALLOWED"]),
            ("stranger", EMPLOYEE, ["NOT_ALLOWED"]),
        ],
    )
    async def test_the_approver_decides_for_the_unit_of_the_work(
        self, world: World, who: str, role: Role, codes: list[str]
    ) -> None:
        await world.propose(role)
        row = await world.decide(DECIDE, who, **await said(world))
        assert codes == [each["code"] for each in row["errors"]]

    async def test_who_may_decide_is_told_beforehand(self, world: World) -> None:
        soon = world.clock() + timedelta(hours=1)
        await world.propose(PLANNER, id_="a")
        await world.propose(LINE_MANAGER, id_="b")
        await world.propose(PLANNER, id_="c", status=ActionStatus.REJECTED)
        await world.propose(PLANNER, id_="d", expires_at=soon)
        may = {
            "planner of A": {"a", "d"},
            "line manager": {"b"},
            "planner of B": set(),
            "stranger": set(),
        }
        for who, expected in may.items():
            viewer = await world.viewer(who)
            async with world.store.snapshot() as snapshot:
                assert expected == await decidable(snapshot, viewer, list("abcd"), world.clock())
        async with world.store.snapshot() as snapshot:
            planner = await world.viewer("planner of A")
            assert {"a"} == await decidable(snapshot, planner, list("abcd"), soon)


class TestAllOrNone:
    async def test_one_that_cannot_be_decided_on_stops_all(self, world: World) -> None:
        await world.propose(PLANNER, id_="a")
        await world.propose(LINE_MANAGER, id_="b")
        await world.propose(PLANNER, id_="c", status=ActionStatus.LAPSED)
        assert [
            ("NOT_ALLOWED", "actions.1"),
            ("WRONG_STATE", "actions.2"),
        ] == await world.refused(DECIDE, "planner of A", **await said(world, "a", "b", "c"))

    async def test_all_are_decided_together(self, world: World) -> None:
        await world.propose(PLANNER, id_="a")
        await world.propose(PLANNER, id_="b")
        await world.done(DECIDE, "planner of A", **await said(world, "a", "b"))
        assert ["APPROVED"] * 2 == [(await world.action(id_))[0] for id_ in ("a", "b")]
        assert 2 == len(await world.rows("SELECT id FROM domain_event"))

    async def test_each_is_named_once_and_at_least_one(self, world: World) -> None:
        await world.propose(PLANNER)
        told = await said(world, ACTION, ACTION)
        assert [("INVALID", "actions.1.id")] == await world.refused(DECIDE, "planner of A", **told)
        assert [("INVALID", "actions")] == await world.refused(
            DECIDE, "planner of A", actions=[], approve=True
        )
        many = {**told, "actions": told["actions"] * 51}
        assert [("INVALID", "actions")] == await world.refused(DECIDE, "planner of A", **many)


class TestState:
    async def test_another_version_is_a_conflict(self, world: World) -> None:
        await world.propose(PLANNER)
        told = await said(world)
        await world.propose(PLANNER)
        row = await world.decide(DECIDE, "planner of A", **told)
        (error,) = row["errors"]
        assert ("VERSION_CONFLICT", ["actions", "0", "expectedVersion"], ACTION) == (
            error["code"],
            error["path"],
            error["current"].id,
        )

    @pytest.mark.parametrize("status", [s for s in ActionStatus if s is not ActionStatus.PROPOSED])
    @pytest.mark.parametrize("approve", [True, False])
    async def test_what_waits_for_nobody_cannot_be_decided_on(
        self, world: World, status: ActionStatus, approve: bool
    ) -> None:
        await world.propose(PLANNER, status=status)
        done = {ActionStatus.APPROVED, ActionStatus.EXECUTED} if approve else {status.REJECTED}
        expected = "ALREADY_DONE" if status in done else "WRONG_STATE"
        assert [(expected, "actions.0")] == await world.refused(
            DECIDE, "planner of A", **await said(world, approve=approve)
        )

    async def test_what_came_too_late_has_lapsed(self, world: World) -> None:
        await world.propose(PLANNER, expires_at=world.clock() + timedelta(hours=1))
        world.clock.wait(hours=2)
        assert [("WRONG_STATE", "actions.0")] == await world.refused(
            DECIDE, "planner of A", **await said(world)
        )

    async def test_an_action_without_approvers_is_decided_by_nobody(self, world: World) -> None:
        await world.propose()
        for who in ("planner of A", "competence manager"):
            assert [("NOT_ALLOWED", "actions.0")] == await world.refused(
                DECIDE, who, **await said(world)
            )
