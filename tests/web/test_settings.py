"""What a hub serves, and to how many, is as its settings say."""

import asyncio
import socket
from contextlib import ExitStack

from hub.store import Store
from tests.web.asking import ADA, code, status, until
from tests.web.conftest import served_over, with_people


async def test_a_question_that_takes_too_long_is_given_up(file_store: Store) -> None:
    async with served_over(file_store, question_s=1) as served:
        answer = await served.ask("{ slow }")

        assert (200, "LIMIT_TIME") == (answer.status_code, code(answer))
        assert "1 seconds" in answer.json()["errors"][0]["message"]
        assert 1 == served.seen.stopped


async def test_more_questions_than_places_wait_and_more_still_are_sent_away(
    file_store: Store,
) -> None:
    async with served_over(file_store, questions_at_once=1) as served:
        first = asyncio.create_task(served.ask("{ slow }"))
        await until(lambda: served.seen.waiting == 1)
        others = {asyncio.create_task(served.ask("{ hello }")) for _ in range(2)}
        refused, waiting = await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)
        served.seen.released.set()

        (answer,) = [await each for each in refused]
        assert (503, "RATE_LIMITED") == (answer.status_code, code(answer))
        assert int(answer.headers["Retry-After"]) > 0
        assert {"slow": "late"} == (await first).json()["data"]
        assert [{"hello": "world"}] == [(await each).json()["data"] for each in waiting]


async def test_the_schema_is_only_read_where_that_is_allowed(file_store: Store) -> None:
    await with_people(file_store)
    async with served_over(file_store, explore=False) as served:
        schema = await served.ask("{ __schema { queryType { name } } }")
        typename = await served.ask("{ __typename hello }")
        misspelt = await served.ask("{ helo }")
        signed_in = await served.ask("{ __schema { queryType { name } } }", headers=ADA)
        pages = [await served.http.get(path) for path in ("/graphiql", "/schema.graphql")]

    assert (403, "FORBIDDEN") == (schema.status_code, code(schema))
    assert {"__typename": "Query", "hello": "world"} == typename.json()["data"]
    assert "Did you mean" not in misspelt.text
    assert {"queryType": {"name": "Query"}} == signed_in.json()["data"]["__schema"]
    assert [404, 404] == [each.status_code for each in pages]


async def test_a_host_that_is_allowed_is_answered(file_store: Store) -> None:
    async with served_over(file_store, allowed_hosts=("hub.example.org",)) as served:
        sent = b"GET /healthz HTTP/1.1\r\nHost: Hub.Example.org:443\r\nConnection: close\r\n\r\n"

        assert 200 == status(await served.raw(sent))


async def test_connections_beyond_the_bound_are_turned_away(file_store: Store) -> None:
    async with served_over(file_store, max_connections=10) as served:
        with ExitStack() as stack:
            for _ in range(20):
                stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
            assert 503 == (await served.http.get("/healthz")).status_code
        async with asyncio.timeout(5):
            while 200 != (await served.http.get("/healthz")).status_code:
                pass
