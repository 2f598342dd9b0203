"""A hub is wired from its settings, and each of its parts is of use, on both databases."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest

from hub import app, config
from hub.app import Hub
from hub.cli.query import answered
from hub.errors import ConfigError, UnauthenticatedError
from hub.models.kinds import SystemKind
from hub.models.person import Person
from hub.models.ref import Ref
from hub.store import Origin
from hub.sync.run import Order, sync
from tests.conftest import Clock

PERSONNEL = Origin(key="personnel", kind=SystemKind.HRIS)
ADA = "Bearer demo:1017"
HOSTILE = {
    "a page of a thousand million": "{ people(first: 1000000000) { nodes { id } } }",
    "a page of less than nothing": "{ people(first: -1) { nodes { id } } }",
    "both ends of a list": "{ people(first: 1, last: 1) { nodes { id } } }",
    "a list without an end": "{ people { nodes { id } } }",
    "a cursor that is none": '{ people(first: 1, after: "x") { nodes { id } } }',
    "a day that is none": '{ person(by: { employeeNumber: "1" }, asOf: "2026-13-45") { id } }',
    "a moment without offset": (
        '{ person(by: { employeeNumber: "1" }, asOf: "2026-01-01T00:00:00") { id } }'
    ),
    "two keys where one is asked": (
        '{ person(by: { employeeNumber: "1", email: "a@example.org" }) { id } }'
    ),
}


@pytest.fixture
async def hub(database: str, clock: Clock) -> AsyncIterator[Hub]:
    """A hub in which one person and her manager are known."""
    settings = config.Settings(database=database, demo=True)
    async with app.opened(settings, now=clock) as opened:
        await _keep(opened, clock.moment)
        yield opened


async def _keep(hub: Hub, at: datetime) -> None:
    people = [
        Person(id="1", display_name="Ada Jansen", employee_number="1017"),
        Person(
            id="2",
            display_name="Bo de Vries",
            employee_number="1018",
            manager=Ref("Person", "employee_number", "1017"),
        ),
    ]
    async with hub.store.transaction() as tx:
        kept = await tx.keep(PERSONNEL, "employee", Person, people, fetched_at=at)
        folded = await tx.fold(kept.touched)
        await hub.syncing.touching(tx, folded.changes)


async def ask(hub: Hub, query: str, as_: str | None = ADA, **variables: Any) -> dict[str, Any]:
    """Ask as somebody."""
    return await answered(hub, query, variables, as_)


async def test_a_question_is_answered_from_its_own_store(hub: Hub) -> None:
    answer = await ask(hub, "{ hub { demo } me { displayName } }")

    assert {"hub": {"demo": True}, "me": {"displayName": "Ada Jansen"}} == answer["data"]
    assert "errors" not in answer


async def test_a_credential_that_does_not_hold_is_refused(hub: Hub) -> None:
    with pytest.raises(UnauthenticatedError, match="send Authorization"):
        await ask(hub, "{ hub { demo } }", "Bearer demo:9")


async def test_the_rules_of_couplings_are_there_from_the_first_moment(hub: Hub) -> None:
    async with hub.store.snapshot() as snapshot:
        rules = {key for (key,) in await snapshot.rows("SELECT key FROM coupling_rule")}

    assert "C13" in rules


async def test_what_was_touched_is_settled_and_nothing_is_left_to_do(hub: Hub) -> None:
    async with hub.store.snapshot() as snapshot:
        assert await snapshot.rows("SELECT kind FROM touched")

    await hub.syncing.settle()

    async with hub.store.snapshot() as snapshot:
        assert [] == await snapshot.rows("SELECT kind FROM touched")


async def test_without_sources_a_sync_does_nothing(hub: Hub) -> None:
    assert [] == await sync(hub.syncing, Order())


async def test_a_decision_that_may_not_be_made_is_told_in_its_payload(hub: Hub) -> None:
    answer = await ask(
        hub,
        """mutation($first: ID!, $second: ID!) {
          mergePeople(input: {
            idempotencyKey: "1", reason: "the same"
            keepId: $first, expectedKeepVersion: 1, mergeId: $second, expectedMergeVersion: 1
          }) { errors { code } }
        }""",
        first="x",
        second="y",
    )

    assert answer["data"]["mergePeople"]["errors"]


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
async def test_what_no_list_and_no_scalar_takes_is_refused_with_a_code(
    hub: Hub, query: str
) -> None:
    errors = (await ask(hub, query))["errors"]

    assert {each["extensions"]["code"] for each in errors} <= {"BAD_USER_INPUT", "LIMIT_PAGE"}


@pytest.mark.parametrize("id_", ["", "x", "UGVyc29uOjE=", "😀", "' OR 1=1 --", "a" * 10_000])
async def test_a_forged_id_finds_nothing(hub: Hub, id_: str) -> None:
    answer = await ask(hub, "query($id: ID!) { node(id: $id) { id } }", id=id_)

    assert ({"node": None}, None) == (answer["data"], answer.get("errors"))


@pytest.mark.parametrize("text", ["😀", "שלום", "a" * 100_000, "%", "\\", "'\";--"])
async def test_any_text_is_compared_as_text(hub: Hub, text: str) -> None:
    answer = await ask(
        hub, "query($n: String!) { person(by: { employeeNumber: $n }) { id } }", n=text
    )

    codes = {each["extensions"]["code"] for each in answer.get("errors", ())}
    assert codes <= {"BAD_USER_INPUT"}
    assert answer.get("data") in (None, {"person": None})


async def test_a_database_of_another_kind_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError, match="is not known; use"):
        async with app.opened(config.Settings(database="mysql://x")):
            pass
