"""What holds of every decision: once, whole, typed, and with what follows from it."""

import asyncio
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.commands.deciding import COMMANDS, deciding
from hub.errors import InputError, UnauthenticatedError
from hub.models.kinds import Role, UserErrorCode
from hub.policy import ANONYMOUS
from hub.schema.mutations import MUTATION
from tests.commands.conftest import (
    ACTION,
    BRAKE,
    RAISED,
    WORD,
    World,
    a_requirement,
    gid,
    person,
)

SAVE, DECIDE = "saveRequirement", "decideActions"
SAVED = "SELECT COUNT(*) FROM competence_requirement"


async def inputs(world: World) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return, for every mutation, somebody who may and what they say."""
    await world.propose(Role.PLANNER)
    links = "SELECT external_id, id, version FROM identity_link"
    link = {
        id_: (gid("IdentityLink", key), version) for id_, key, version in await world.rows(links)
    }
    why = {"reason": "Because."}
    versions = {n: await world.version("person", person(n)) for n in ("6", "8")}
    return {
        SAVE: ("owner", a_requirement()),
        "decideCause": (
            "owner",
            {
                "nonconformityId": gid("Nonconformity", RAISED),
                "competence": {"code": "BRAKE"},
                "confirmed": True,
                "share": 1.0,
                "expectedVersion": 1,
            },
        ),
        "linkIdentity": (
            "integrator",
            {
                "person": {"employeeNumber": "3"},
                "external": {"system": "personnel", "externalId": "u9"},
                **why,
            },
        ),
        "decideIdentityLink": (
            "integrator",
            {"linkId": link["u8"][0], "confirm": True, "expectedVersion": link["u8"][1], **why},
        ),
        "mergePeople": (
            "integrator",
            {
                "keepId": gid("Person", person("8")),
                "mergeId": gid("Person", person("6")),
                "expectedKeepVersion": versions["8"],
                "expectedMergeVersion": versions["6"],
                **why,
            },
        ),
        "splitPerson": (
            "integrator",
            {
                "personId": gid("Person", person("8")),
                "linkIds": [link["u8"][0]],
                "expectedVersion": versions["8"],
                **why,
            },
        ),
        "saveTermLink": (
            "integrator",
            {"termLinkId": gid("TermLink", WORD), "targetId": gid("Competence", BRAKE), **why},
        ),
        "decideActions": (
            "planner of A",
            {
                "actions": [{"id": gid("CouplingAction", ACTION), "expectedVersion": 1}],
                "approve": True,
            },
        ),
    }


class TestOnce:
    def test_every_mutation_of_the_graph_has_a_command(self) -> None:
        assert set(MUTATION.fields) == set(COMMANDS)

    @pytest.mark.parametrize("name", COMMANDS)
    async def test_a_key_sent_again_answers_as_before_and_does_nothing(
        self, world: World, name: str
    ) -> None:
        who, said = (await inputs(world))[name]
        first = await world.done(name, who, **said)
        assert first["replayed"] is False
        before = await world.everything()
        again = await world.done(name, who, **said)
        assert {**first, "replayed": True} == again
        assert before == await world.everything()

    @pytest.mark.parametrize("name", COMMANDS)
    async def test_whoever_is_not_in_the_role_does_nothing(self, world: World, name: str) -> None:
        _, said = (await inputs(world))[name]
        ((code, _),) = await world.refused(name, "stranger", **said)
        assert code in {"NOT_ALLOWED", "NOT_FOUND"}

    async def test_a_key_serves_one_input(self, world: World) -> None:
        await world.done(SAVE, "owner", **a_requirement())
        assert [("KEY_REUSED", "idempotencyKey")] == await world.refused(
            SAVE, "owner", **a_requirement(rank=3)
        )
        _, cause = (await inputs(world))["decideCause"]
        assert [("KEY_REUSED", "idempotencyKey")] == await world.refused(
            "decideCause", "owner", **cause
        )

    async def test_a_key_is_its_owners(self, world: World) -> None:
        await world.done(SAVE, "owner", **a_requirement())
        row = await world.done(SAVE, "competence manager", **a_requirement(rank=3))
        assert not row["replayed"]
        assert [(2,)] == await world.rows(SAVED)

    async def test_a_key_is_kept_for_thirty_days(self, world: World) -> None:
        await world.done(SAVE, "owner", **a_requirement())
        world.clock.wait(days=29)
        assert (await world.done(SAVE, "owner", **a_requirement()))["replayed"]
        world.clock.wait(days=2)
        assert not (await world.done(SAVE, "owner", **a_requirement()))["replayed"]

    async def test_a_refusal_may_be_asked_again_under_the_same_key(self, world: World) -> None:
        await world.refused(SAVE, "owner", **a_requirement(rank=9))
        row = await world.done(SAVE, "owner", **a_requirement())
        assert not row["replayed"]

    async def test_two_at_once_have_one_effect(self, world: World) -> None:
        both = await asyncio.gather(
            *(world.done(SAVE, "owner", **a_requirement()) for _ in range(2))
        )
        assert {False, True} == {row["replayed"] for row in both}
        assert [(1,)] == await world.rows(SAVED)

    async def test_any_sequence_of_keys_has_each_effect_once(self, world: World) -> None:
        told: dict[str, int] = {}
        runner = asyncio.get_running_loop()

        async def send(sent: list[tuple[int, int]], example: int) -> None:
            for number, rank in sent:
                key = f"{example}-{number}"
                row = await world.decide(SAVE, "owner", key, **a_requirement(rank=rank))
                codes = [each["code"] for each in row["errors"]]
                first = told.setdefault(key, rank)
                assert codes == ([] if first == rank else ["KEY_REUSED"])
            assert [(len(told),)] == await world.rows(SAVED)

        @settings(
            max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=6))
        def law(sent: list[tuple[int, int]]) -> None:
            examples.append(sent)
            asyncio.run_coroutine_threadsafe(send(sent, len(examples)), runner).result(60)

        examples: list[Any] = []
        await asyncio.to_thread(law)


class TestWhole:
    async def test_a_fault_before_the_commit_leaves_nothing(self, world: World) -> None:
        for name, (who, said) in (await inputs(world)).items():
            before = await world.everything()
            world.fails = True
            with pytest.raises(RuntimeError):
                await world.decide(name, who, **said)
            assert before == await world.everything()
            assert 0 == world.settled

    async def test_a_fault_in_what_follows_does_not_undo_the_decision(
        self, world: World, caplog: pytest.LogCaptureFixture
    ) -> None:
        async def settle() -> None:
            raise RuntimeError("no network")

        decide = deciding(world.store, world.clock, settle)
        said = {"idempotencyKey": "k1", **a_requirement()}
        with caplog.at_level(logging.ERROR):
            row = await decide(SAVE, said, await world.viewer("owner"))
        assert [] == row["errors"]
        assert [(1,)] == await world.rows(SAVED)
        assert "no network" in caplog.text

    async def test_nobody_decides_without_signing_in(self, world: World) -> None:
        decide = deciding(world.store, world.clock, world.settle)
        with pytest.raises(UnauthenticatedError):
            await decide(SAVE, {"idempotencyKey": "k1", **a_requirement()}, ANONYMOUS)
        with pytest.raises(InputError):
            await decide("dropTables", {"idempotencyKey": "k1"}, await world.viewer("owner"))


NASTY = (
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 1_000_000,
    "'; DROP TABLE person; --",
    "💥\u202e",
    "%",
    ":p0",
    "🚆" * 300,
)


def spoilt(value: Any, nasty: str) -> list[Any]:
    """Return an input with each of its texts replaced in turn."""
    if isinstance(value, str):
        return [nasty]
    if isinstance(value, dict):
        return [
            {**value, name: each} for name, part in value.items() for each in spoilt(part, nasty)
        ]
    if isinstance(value, list):
        return [[each] for part in value[:1] for each in spoilt(part, nasty)]
    return []


class TestHostileInput:
    @pytest.mark.parametrize("name", COMMANDS)
    async def test_it_is_answered_with_errors_never_with_an_exception(
        self, world: World, name: str
    ) -> None:
        who, said = (await inputs(world))[name]
        choices = {"criticality", "enforcement"}  # the schema lets nothing else through
        viewer = await world.viewer(who)
        decide = deciding(world.store, world.clock, world.settle)
        whole = {"idempotencyKey": "k1", **said}
        free = {key: value for key, value in whole.items() if key not in choices}
        for nasty in NASTY:
            for bad in spoilt(free, nasty):
                row = await decide(name, {**whole, **bad}, viewer)
                codes = {each["code"] for each in row["errors"]}
                assert codes <= {each.value for each in UserErrorCode}
                assert all(len(each["message"]) < 300 for each in row["errors"])

    async def test_what_is_no_text_says_where(self, world: World) -> None:
        for nasty in NASTY[:4]:
            said = a_requirement(competence={"code": nasty}, legalBasis=nasty)
            assert [("INVALID", "competence.code"), ("INVALID", "legalBasis")] == sorted(
                await world.refused(SAVE, "owner", **said)
            )

    async def test_a_list_is_bounded_and_what_is_in_it_is_read(self, world: World) -> None:
        one = {"id": gid("CouplingAction", ACTION), "expectedVersion": 1}
        many = {"actions": [one] * 101, "approve": True}
        assert [("INVALID", "actions")] == await world.refused(DECIDE, "planner of A", **many)
        bad = {"actions": [one, {**one, "id": "a\x00b"}], "approve": True}
        assert [("INVALID", "actions.1.id")] == await world.refused(DECIDE, "planner of A", **bad)

    async def test_a_key_is_short_and_there(self, world: World) -> None:
        for key in ("", "k" * 201):
            row = await world.decide(SAVE, "owner", key, **a_requirement())
            assert [["idempotencyKey"]] == [each["path"] for each in row["errors"]]
