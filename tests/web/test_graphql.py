"""`/graphql` speaks GraphQL over HTTP: media types, statuses, sign-in, bounds, and no 500."""

import asyncio
import json
import logging
from typing import Any

import pytest

from tests.web.asking import ADA, ASKING, PLAIN, RESPONSE, code, until
from tests.web.conftest import Served

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_answer_says_what_it_is(served: Served) -> None:
    answer = await served.ask("{ hello }")

    assert 200 == answer.status_code
    assert "application/json; charset=utf-8" == answer.headers["Content-Type"]
    assert {"hello": "world"} == answer.json()["data"]
    assert {"requestId", "asOf", "purpose", "cost", "sources"} == set(answer.json()["extensions"])


async def test_who_reads_graphql_s_own_media_type_is_told_by_the_status_what_was_not_run(
    served: Served,
) -> None:
    right = await served.ask("{ hello }", headers=RESPONSE)
    wrong = await served.ask("{ nothing }", headers=RESPONSE)
    plain = await served.ask("{ nothing }")

    assert "application/graphql-response+json; charset=utf-8" == right.headers["Content-Type"]
    assert [200, 400, 200] == [each.status_code for each in (right, wrong, plain)]
    assert "data" not in wrong.json()
    assert "BAD_USER_INPUT" == code(wrong) == code(plain)


@pytest.mark.parametrize("query", ["{", "{ nothing }", "query A($a: Int!) { hello }"])
async def test_what_cannot_be_run_is_told_with_its_place(served: Served, query: str) -> None:
    answer = await served.ask(query, headers=RESPONSE)

    assert (400, "BAD_USER_INPUT") == (answer.status_code, code(answer))
    assert answer.json()["errors"][0]["locations"]


async def test_an_answer_that_no_client_reads_is_not_made(served: Served) -> None:
    answer = await served.ask("{ hello }", headers={"Accept": "text/html"})

    assert 406 == answer.status_code
    assert "BAD_USER_INPUT" == code(answer)


async def test_several_headers_accept_are_one(served: Served) -> None:
    sent = [("Accept", "text/html"), ("Accept", "application/json"), *PLAIN.items()]
    answer = await served.http.post("/graphql", content=b'{"query":"{hello}"}', headers=sent)

    assert 200 == answer.status_code


async def test_a_query_by_get_is_answered(served: Served) -> None:
    answer = await served.http.get("/graphql", params={"query": "{ hello }"}, headers=ASKING)

    assert {"hello": "world"} == answer.json()["data"]


async def test_a_query_by_get_needs_a_header_that_no_page_elsewhere_sends(served: Served) -> None:
    answer = await served.http.get("/graphql", params={"query": "{ hello }"})

    assert (400, "BAD_USER_INPUT") == (answer.status_code, code(answer))


@pytest.mark.parametrize("accept", [{}, RESPONSE], ids=["plain", "response"])
async def test_nothing_is_decided_by_get(served: Served, accept: dict[str, str]) -> None:
    asked = {"query": 'mutation { decide(input: {note: "x"}) { note } }'}
    answer = await served.http.get("/graphql", params=asked, headers={**ASKING, **ADA, **accept})

    assert (405, "POST") == (answer.status_code, answer.headers["Allow"])
    assert [] == served.seen.decided


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
async def test_other_methods_are_told_which_are_allowed(served: Served, method: str) -> None:
    answer = await served.http.request(method, "/graphql")

    assert (405, "GET, POST") == (answer.status_code, answer.headers["Allow"])


async def test_no_other_site_may_read_an_answer(served: Served) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    asked = {**origin, "Access-Control-Request-Method": "POST"}

    before = await served.http.options("/graphql", headers=asked)
    answer = await served.ask("{ hello }", headers=origin)

    for each in (before, answer):
        assert not [name for name in each.headers if name.startswith("access-control")]


async def test_a_mutation_by_post_is_decided_once(served: Served) -> None:
    answer = await served.ask('mutation { decide(input: {note: "x"}) { note } }', headers=ADA)

    assert {"decide": {"note": "x"}} == answer.json()["data"]
    assert [("decide", {"note": "x"})] == served.seen.decided


async def test_two_operations_without_a_name_are_not_run(served: Served) -> None:
    both = 'query A { hello } mutation B { decide(input: {note: "x"}) { note } }'

    unnamed = await served.ask(both, headers={**ADA, **RESPONSE})
    unknown = await served.ask(both, operationName="C", headers={**ADA, **RESPONSE})
    named = await served.ask(both, operationName="A", headers=ADA)

    assert [400, 400] == [unnamed.status_code, unknown.status_code]
    assert "BAD_USER_INPUT" == code(unnamed) == code(unknown)
    assert {"hello": "world"} == named.json()["data"]
    assert [] == served.seen.decided


async def test_a_fault_of_the_hub_is_told_by_an_id_that_its_log_knows(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await served.ask("{ broken hello }")

    error = answer.json()["errors"][0]
    assert (200, "INTERNAL") == (answer.status_code, error["extensions"]["code"])
    assert {"broken": None, "hello": "world"} == answer.json()["data"]
    assert "S3cret" not in answer.text
    logged = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert [error["extensions"]["errorId"] in each.getMessage() for each in logged] == [True]


async def test_a_fault_of_the_engine_is_no_500(
    served: Served, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: Any) -> None:
        raise ZeroDivisionError("S3cret")

    monkeypatch.setattr(type(served.hub.engine), "answer", fails)
    answer = await served.ask("{ hello }")

    assert (200, "INTERNAL") == (answer.status_code, code(answer))
    assert answer.json()["data"] is None
    assert "S3cret" not in answer.text
    assert answer.json()["errors"][0]["extensions"]["errorId"] in caplog.text


async def test_a_message_is_cut_however_much_was_sent(served: Served) -> None:
    answer = await served.ask("{ text(value: " + "9" * 50_000 + ") }")

    assert len(answer.content) < 2_000
    assert "BAD_USER_INPUT" == code(answer)


async def test_a_client_that_goes_away_stops_the_work_for_it(served: Served) -> None:
    asking = asyncio.create_task(served.ask("{ slow }"))
    await until(lambda: served.seen.waiting == 1)
    asking.cancel()
    await until(lambda: served.seen.stopped == 1)

    assert {"hello": "world"} == (await served.ask("{ hello }")).json()["data"]


async def test_where_it_is_allowed_a_misspelt_field_is_answered_with_the_right_one(
    served: Served,
) -> None:
    assert "Did you mean 'hello'?" in (await served.ask("{ helo }")).text
    schema = await served.http.get("/schema.graphql")
    assert "type Query" in schema.text
    assert schema.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("body", [b"null", b"5", b'"x"', b"[]", b"[" * 200_000, b"\xff", b"", b"{"])
async def test_a_body_that_is_no_question_leaves_the_connection_usable(
    served: Served, body: bytes
) -> None:
    answer = await served.http.post("/graphql", content=body, headers=PLAIN)

    assert (400, "BAD_USER_INPUT") == (answer.status_code, code(answer))
    assert "connection" not in answer.headers
    assert json.loads(answer.content)["extensions"]["requestId"]
