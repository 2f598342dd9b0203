"""The pretend learning record store keeps to xAPI 1.0.3."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.demo.systems.conftest import Serve

PATH = "/statements"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"


def id_of(number: int) -> str:
    return str(UUID(int=number, version=4))


def statement(number: int) -> dict[str, Any]:
    return {
        "id": id_of(number),
        "actor": {"account": {"homePage": "https://noordlijn.example", "name": f"{number % 7}"}},
        "verb": {"id": COMPLETED},
        "object": {"id": f"https://noordlijn.example/course/{number % 3}"},
        "timestamp": "2025-12-01T08:00:00Z",
        "stored": f"2026-01-{1 + number // 24:02}T{number % 24:02}:00:00.000Z",
    }


def voiding(number: int) -> dict[str, Any]:
    return {
        "actor": {"mbox": "mailto:admin@noordlijn.example"},
        "verb": {"id": VOIDED},
        "object": {"objectType": "StatementRef", "id": id_of(number)},
    }


@pytest.fixture
async def lrs(served: Serve) -> Any:
    seed = {"statements": [statement(number) for number in reversed(range(230))]}
    async with served("learning", seed) as client:
        yield client


async def every(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    """Return the ids of a list, along `more` to its end."""
    answer = (await client.get(PATH, params=asked)).json()
    ids = [each["id"] for each in answer["statements"]]
    while answer["more"]:
        answer = (await client.get(f"http://learning.test{answer['more']}")).json()
        ids += [each["id"] for each in answer["statements"]]
    return ids


@pytest.mark.parametrize("limit", [0, 7, 100, 1000])
async def test_pages_reach_the_end(lrs: httpx.AsyncClient, limit: int) -> None:
    ids = [id_of(number) for number in range(230)]
    assert ids == await every(lrs, ascending="true", limit=limit)
    assert ids[::-1] == await every(lrs, limit=limit)


async def test_what_is_stored_while_a_list_is_read_shifts_no_page(
    lrs: httpx.AsyncClient,
) -> None:
    first = (await lrs.get(PATH)).json()
    await lrs.post(PATH, json={**statement(500), "stored": None})
    second = (await lrs.get(f"http://learning.test{first['more']}")).json()
    assert id_of(129) == second["statements"][0]["id"]


async def test_a_page_never_holds_more_than_the_maximum(lrs: httpx.AsyncClient) -> None:
    assert 100 == len((await lrs.get(PATH, params={"limit": 1000})).json()["statements"])


async def test_since_is_exclusive_and_until_inclusive_on_what_was_stored(
    lrs: httpx.AsyncClient,
) -> None:
    asked = {"since": "2026-01-01T02:00:00Z", "until": "2026-01-01T06:00:00+01:00"}
    assert [id_of(number) for number in (3, 4, 5)] == await every(lrs, ascending="true", **asked)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"verb": COMPLETED}, 230),
        ({"verb": VOIDED}, 0),
        ({"activity": "https://noordlijn.example/course/0"}, 77),
        ({"agent": '{"account": {"homePage": "https://noordlijn.example", "name": "3"}}'}, 33),
        ({"registration": "none"}, 0),
    ],
)
async def test_filters_find_what_they_say(
    lrs: httpx.AsyncClient, asked: dict[str, str], found: int
) -> None:
    assert found == len(await every(lrs, **asked))


async def test_what_is_written_is_read_again_as_stored_now(lrs: httpx.AsyncClient) -> None:
    written = {key: value for key, value in statement(500).items() if key != "id"}
    ids = (await lrs.post(PATH, json=[written, statement(501)])).json()
    assert id_of(501) == ids[1]
    read = (await lrs.get(PATH, params={"statementId": ids[0]})).json()
    assert ("2025-12-01T08:00:00Z", "2026-05-04") == (read["timestamp"], read["stored"][:10])
    put = await lrs.put(PATH, params={"statementId": id_of(502)}, json=voiding(3))
    assert 204 == put.status_code
    assert 3 == len(await every(lrs, since="2026-05-01T00:00:00Z"))


async def test_the_same_statement_again_changes_nothing_and_another_is_refused(
    lrs: httpx.AsyncClient,
) -> None:
    assert 200 == (await lrs.post(PATH, json=statement(3))).status_code
    other = {**statement(3), "object": {"id": "https://noordlijn.example/course/other"}}
    assert 409 == (await lrs.post(PATH, json=other)).status_code
    put = await lrs.put(PATH, params={"statementId": id_of(3)}, json=other)
    assert 409 == put.status_code
    assert 230 == len(await every(lrs))


async def test_a_voided_statement_is_found_only_as_voided(lrs: httpx.AsyncClient) -> None:
    await lrs.post(PATH, json=voiding(3))
    assert id_of(3) not in await every(lrs)
    assert 404 == (await lrs.get(PATH, params={"statementId": id_of(3)})).status_code
    voided = await lrs.get(PATH, params={"voidedStatementId": id_of(3)})
    assert id_of(3) == voided.json()["id"]
    assert 404 == (await lrs.get(PATH, params={"voidedStatementId": id_of(4)})).status_code


async def test_every_answer_says_its_version_and_until_when_it_is_complete(
    lrs: httpx.AsyncClient,
) -> None:
    headers = (await lrs.get(PATH)).headers
    assert "1.0.3" == headers["x-experience-api-version"]
    assert headers["x-experience-api-consistent-through"].startswith("2026-05-04T08:00:")
    assert ["1.0.3"] == (await lrs.get("/about")).json()["version"]


async def test_a_statement_that_breaks_the_specification_is_served_as_it_is(
    served: Serve,
) -> None:
    broken = {**statement(1), "stored": "yesterday", "actor": "somebody", "object": "thing"}
    async with served("learning", {"statements": [statement(0), broken]}) as client:
        agent = '{"mbox": "mailto:nobody@example.org"}'
        assert [] == await every(client, agent=agent)
        assert [id_of(0), id_of(1)] == await every(client, ascending="true")


@pytest.mark.parametrize(
    ("request_", "options", "status"),
    [
        (("GET", PATH), {"headers": {"Authorization": "Basic d3Jvbmc="}}, 401),
        (("GET", PATH), {"headers": {"X-Experience-API-Version": ""}}, 400),
        (("GET", PATH), {"headers": {"X-Experience-API-Version": "2.0"}}, 400),
        (("GET", PATH), {"params": {"nonsense": "1"}}, 400),
        (("GET", PATH), {"params": {"since": "soon"}}, 400),
        (("GET", PATH), {"params": {"limit": "some"}}, 400),
        (("GET", PATH), {"params": {"agent": "{"}}, 400),
        (("GET", PATH), {"params": {"statementId": id_of(1), "verb": "x"}}, 400),
        (("GET", PATH), {"params": {"statementId": str(uuid4())}}, 404),
        (("GET", "/nowhere"), {}, 404),
        (("DELETE", PATH), {}, 405),
        (("POST", PATH), {"content": "{}"}, 400),
        (("POST", PATH), {"content": "{", "headers": {"content-type": "application/json"}}, 400),
        (("POST", PATH), {"json": [1]}, 400),
        (("POST", PATH), {"json": {"actor": {}, "verb": {}}}, 400),
        (("POST", PATH), {"json": {**voiding(1), "actor": {"name": "x"}}}, 400),
        (("POST", PATH), {"json": {**voiding(1), "verb": {}}}, 400),
        (("POST", PATH), {"json": {**voiding(1), "object": {"id": id_of(1)}}}, 400),
        (("POST", PATH), {"json": {**statement(1), "id": "one"}}, 400),
        (("POST", PATH), {"json": [statement(600), statement(600)]}, 400),
        (("PUT", PATH), {"json": statement(1)}, 400),
    ],
)
async def test_mistakes_are_refused(
    lrs: httpx.AsyncClient, request_: tuple[str, str], options: dict[str, Any], status: int
) -> None:
    answer = await lrs.request(*request_, **options)
    assert (status, "1.0.3") == (answer.status_code, answer.headers["x-experience-api-version"])
    assert answer.json()["detail"]
