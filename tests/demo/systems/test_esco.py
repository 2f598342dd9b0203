"""The pretend download site serves its files as a web server does."""

from typing import Any

import httpx
import pytest

from tests.demo.systems.conftest import Serve

SKILLS = "/skills_en.csv"
ROWS = [
    {"conceptUri": "http://data.europa.eu/esco/skill/1", "preferredLabel": "brake, repair"},
    {"conceptUri": "http://data.europa.eu/esco/skill/2", "preferredLabel": 'say "stop"'},
]
TEXT = (
    "conceptUri,preferredLabel\n"
    'http://data.europa.eu/esco/skill/1,"brake, repair"\n'
    'http://data.europa.eu/esco/skill/2,"say ""stop"""\n'
)


@pytest.fixture
async def esco(served: Serve) -> Any:
    seed = {"skills_en.csv": ROWS, "dataset": {"version": "v1.2.0"}}
    async with served("frameworks", seed) as client:
        yield client


async def test_a_file_is_served_to_anybody(esco: httpx.AsyncClient) -> None:
    answer = await esco.get(SKILLS)
    assert (TEXT, "text/csv; charset=utf-8") == (answer.text, answer.headers["content-type"])
    assert {"version": "v1.2.0"} == (await esco.get("/dataset.json")).json()
    assert 'href="/skills_en.csv"' in (await esco.get("/")).text


async def test_a_file_that_is_known_is_not_sent_again(esco: httpx.AsyncClient) -> None:
    headers = (await esco.get(SKILLS)).headers
    for known in (
        {"If-None-Match": headers["etag"]},
        {"If-None-Match": f'"other", {headers["etag"]}'},
        {"If-Modified-Since": headers["last-modified"]},
    ):
        answer = await esco.get(SKILLS, headers=known)
        assert (304, "") == (answer.status_code, answer.text)
    for unknown in (
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"},
        {"If-Modified-Since": "lately"},
    ):
        assert 200 == (await esco.get(SKILLS, headers=unknown)).status_code


@pytest.mark.parametrize(
    ("span", "expected"),
    [("bytes=0-9", TEXT[:10]), ("bytes=90-", TEXT[90:]), ("bytes=-7", TEXT[-7:])],
)
async def test_a_part_of_a_file_is_served(
    esco: httpx.AsyncClient, span: str, expected: str
) -> None:
    answer = await esco.get(SKILLS, headers={"Range": span})
    assert (206, expected) == (answer.status_code, answer.text)
    assert answer.headers["content-range"].endswith(f"/{len(TEXT)}")


async def test_a_part_that_is_not_there_is_refused(esco: httpx.AsyncClient) -> None:
    answer = await esco.get(SKILLS, headers={"Range": "bytes=9999-"})
    assert (416, f"bytes */{len(TEXT)}") == (answer.status_code, answer.headers["content-range"])


async def test_a_part_of_another_version_is_the_whole(esco: httpx.AsyncClient) -> None:
    headers = {"Range": "bytes=0-9", "If-Range": '"other"'}
    assert TEXT == (await esco.get(SKILLS, headers=headers)).text


async def test_an_operator_publishes_a_release(esco: httpx.AsyncClient) -> None:
    before = (await esco.get(SKILLS)).headers["etag"]
    text = TEXT + "http://data.europa.eu/esco/skill/3,signal\n"
    assert 204 == (await esco.put(SKILLS, content=text)).status_code
    assert 201 == (await esco.put("/new.csv", content="a\n")).status_code
    after = await esco.get(SKILLS, headers={"If-None-Match": before})
    assert (200, text) == (after.status_code, after.text)
    late = await esco.put(SKILLS, content=TEXT, headers={"If-Match": before})
    assert 412 == late.status_code


async def test_what_is_not_there_is_not_found(esco: httpx.AsyncClient) -> None:
    assert 404 == (await esco.get("/nothing.csv")).status_code
    assert 404 == (await esco.get("/a/b")).status_code
    assert 405 == (await esco.delete(SKILLS)).status_code
