"""The xAPI connector against the pretend learning record store."""

from typing import Any
from uuid import UUID

import pytest

from hub import sdk
from hub.connectors.xapi import VOIDED, Xapi, XapiSettings
from hub.demo.systems.wire import Credentials
from hub.models.kinds import LearningStatus
from hub.models.learning import LearningRecord
from tests.connectors.conftest import Connect, Connected, read

COURSE = "https://lms.example.org/course/forklift"


def id_of(number: int) -> str:
    return str(UUID(int=number, version=4))


def statement(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": id_of(number),
        "actor": {"account": {"homePage": "https://hr.example.org", "name": f"E-{number:03}"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"},
        "object": {"id": COURSE},
        "timestamp": "2025-12-01T08:00:00Z",
        "stored": f"2026-01-{1 + number:02}T08:00:00.000Z",
        **more,
    }


def voiding(number: int) -> dict[str, Any]:
    return {
        "actor": {"mbox": "mailto:admin@example.org"},
        "verb": {"id": VOIDED},
        "object": {"objectType": "StatementRef", "id": id_of(number)},
    }


def settings(address: str, credentials: Credentials) -> XapiSettings:
    return XapiSettings(
        base_url=address,
        user=credentials.user,
        password=sdk.Secret(credentials.secret),
        page_size=10,
    )


@pytest.fixture
async def lrs(connect: Connect) -> Any:
    seed = {"statements": [statement(number) for number in range(25)]}
    async with connect("learning", seed, Xapi, settings) as connected:
        yield connected


async def test_three_pages_are_read(lrs: Connected) -> None:
    reading = await read(lrs[LearningRecord])
    assert (3, {id_of(number) for number in range(25)}) == (reading.pages, reading.ids)


async def test_what_is_stored_later_comes_with_the_next_reading(lrs: Connected) -> None:
    first = await read(lrs[LearningRecord])
    verb = {"id": "http://adlnet.gov/expapi/verbs/failed"}
    await lrs.vendor.post("/statements", json=statement(99, verb=verb, stored=None))
    second = await read(lrs[LearningRecord], first.checkpoint)
    assert LearningStatus.FAILED is second.records[id_of(99)].status
    assert 10 > len(second.ids)


async def test_a_voided_statement_is_gone(lrs: Connected) -> None:
    first = await read(lrs[LearningRecord])
    await lrs.vendor.post("/statements", json=voiding(3))
    second = await read(lrs[LearningRecord], first.checkpoint)
    assert [id_of(3)] == second.deleted
    assert [] == await lrs[LearningRecord].fetch([id_of(3)])


async def test_a_store_without_statements_is_read(connect: Connect) -> None:
    async with connect("learning", {}, Xapi, settings) as lrs:
        first = await read(lrs[LearningRecord])
        assert set() == first.ids
        assert set() == (await read(lrs[LearningRecord], first.checkpoint)).ids


async def test_a_bad_statement_is_set_aside_and_the_others_stand(connect: Connect) -> None:
    bad = statement(3, timestamp="lately")
    seed = {"statements": [statement(1), statement(2), bad, statement(4)]}
    async with connect("learning", seed, Xapi, settings) as lrs:
        reading = await read(lrs[LearningRecord])
    assert {id_of(number) for number in (1, 2, 4)} == reading.ids
    assert [id_of(3)] == list(reading.rejected)


async def test_only_what_exists_is_fetched(lrs: Connected) -> None:
    found = await lrs[LearningRecord].fetch([id_of(7), "nobody", id_of(900)])
    assert [id_of(7)] == [each.id for each in found]
