"""What is sent to do harm is refused fast, typed, and alone: others are answered meanwhile."""

import asyncio
import gc
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from hub.web.guard import LARGEST_HEAD, LONGEST_TARGET
from hub.web.protocol import Impatient
from tests.web.asking import code, status
from tests.web.conftest import Served

HEAD = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
WATCHED = 3 if sys.gettrace() else 1  # whoever measures what is reached looks at every line
pytestmark = pytest.mark.asyncio(loop_scope="module")


@contextmanager
def taking_at_most(seconds: float) -> Iterator[None]:
    """Fail when the block takes more work; what else the machine does is left out."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds * WATCHED


@pytest.fixture
def frozen() -> Iterator[None]:
    """Let no collection go through what other tests have left in memory, as in a server."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server wait for heads but briefly."""
    monkeypatch.setattr(Impatient, "head_s", 0.2)


async def test_a_body_beyond_the_bound_is_a_413(served: Served) -> None:
    answer = await served.ask("{ hello }", variables={"a": "x" * 1_000_000})

    assert (413, "BAD_USER_INPUT") == (answer.status_code, code(answer))


async def test_a_megabyte_of_text_within_the_bound_is_no_fault(served: Served) -> None:
    sent = "x" * 900_000
    answer = await served.ask("query ($a: String) { text(value: $a) }", variables={"a": sent})

    assert {"text": sent} == answer.json()["data"]


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"Bad Header: x\r\n\r\n",
    ],
    ids=["length and chunks", "negative length", "two lengths", "no chunk", "space in a name"],
)
async def test_what_servers_could_read_in_two_ways_is_a_400(served: Served, head: bytes) -> None:
    assert 400 == status(await served.raw(HEAD + head))


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (b"", 400),
        (b"Host: evil.example\r\n", 400),
        (b"Host: localhost.evil.example\r\n", 400),
        (b"Host: localhost\r\nHost: evil.example\r\n", 400),
        (b"Host: localhost@evil.example\r\n", 400),
        (b"Host: LOCALHOST:8000\r\n", 200),
        (b"Host: [::1]:8000\r\n", 200),
        (b"Host: 127.0.0.1\r\n", 200),
    ],
)
async def test_only_a_host_of_the_hub_is_answered(
    served: Served, hosts: bytes, expected: int
) -> None:
    sent = b"GET /healthz HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n"

    assert expected == status(await served.raw(sent))


async def test_a_head_that_is_too_large_is_refused(served: Served) -> None:
    large = await served.http.get("/healthz", headers={"X": "x" * LARGEST_HEAD})
    many = await served.http.get("/healthz", headers=[("X", "x" * 50)] * 1_000)
    long = await served.http.get("/healthz", params={"x": "x" * LONGEST_TARGET})

    assert [431, 431, 414] == [each.status_code for each in (large, many, long)]


async def test_a_head_without_end_is_refused_before_it_fills_the_memory(served: Served) -> None:
    assert 431 == status(await served.raw(HEAD + b"X: " + b"x" * 300_000))


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "sent", [b"", b"POST /graphql HT", HEAD], ids=["nothing", "half a line", "half a head"]
)
async def test_a_head_that_does_not_come_is_waited_for_in_vain_but_briefly(
    served: Served, sent: bytes
) -> None:
    assert 408 == status(await served.raw(sent))


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("rest", [b"\r\n", b"GET /hea"], ids=["empty lines", "half a line"])
async def test_a_connection_that_is_kept_open_has_no_more_patience(
    served: Served, rest: bytes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"ok" in await reader.readuntil(b"}")
    writer.write(rest)
    async with asyncio.timeout(5):
        assert 408 == status(await reader.read())
    writer.close()


@pytest.mark.usefixtures("hasty")
async def test_a_slow_question_is_not_taken_for_a_slow_head(served: Served) -> None:
    asking = asyncio.create_task(served.ask("{ slow }"))
    await asyncio.sleep(0.5)
    served.seen.released.set()

    assert {"slow": "late"} == (await asking).json()["data"]


async def test_three_hundred_idle_connections_leave_the_service_up(served: Served) -> None:
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        assert {"hello": "world"} == (await served.ask("{ hello }")).json()["data"]


def nested(depth: int) -> str:
    """Return a document of that many levels."""
    return "{ many(first: 1) " * depth + "{ number }" + "}" * depth


def aliased(times: int, field: str) -> str:
    """Return a document that asks for a field under many names."""
    return "{ " + " ".join(f"a{n}: {field}" for n in range(times)) + " }"


def doubling(steps: int, field: str) -> str:
    """Return a document whose fragments double what they ask at each of many steps."""
    fragments = [
        f"fragment F{n} on Many {{ a: {field} {{ ...F{n + 1} }} b: {field} {{ ...F{n + 1} }} }}"
        for n in range(steps)
    ]
    return f"{{ {field} {{ ...F0 }} }} {' '.join(fragments)} fragment F{steps} on Many {{ number }}"


def described(levels: int) -> str:
    """Return a document that goes round in the schema."""
    return "{ __schema { types " + "{ fields { type " * levels + "{ name }" + "}}" * levels + "}}"


ONE = "many(first: 1)"
MOST = "many(first: 100)"
ROUND = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
OVERLAPPING = f"... on Query {{ {ONE} {{ number {ONE} {{ number }} }} }} "
COSTLY = {
    "50 levels": (nested(50), "LIMIT_DEPTH"),
    "150 levels": (nested(150), "LIMIT_DEPTH"),
    "10 000 aliases": (aliased(10_000, "hello"), "LIMIT_TOKENS"),
    "30 lists of lists": (aliased(30, f"{MOST} {{ {MOST} {{ number }} }}"), "LIMIT_COST"),
    "lists in lists": (f"{{ {MOST} {{ {MOST} {{ {MOST} {{ number }} }} }} }}", "LIMIT_COST"),
    "fragments that give 4^14": (doubling(14, "many(first: 2)"), "LIMIT_COST"),
    "fragments that give 2^40": (doubling(40, ONE), "LIMIT_DEPTH"),
    "fragments that give 2^100": (doubling(100, ONE), "BAD_USER_INPUT"),
    "fragments in a circle": (ROUND, "BAD_USER_INPUT"),
    "overlapping fragments": ("{ " + OVERLAPPING * 250 + "}", "LIMIT_TOKENS"),
    "3 000 unknown fields": (aliased(1_000, "x"), "BAD_USER_INPUT"),
    "1 900 unknown directives": ("{ hello " + "@aa " * 1_900 + "}", "BAD_USER_INPUT"),
    "30 000 comments": ("#\n" * 30_000 + "{ hello }", "LIMIT_TOKENS"),
    "one long comment": ("#" * 200_000 + "\n{ hello }", "LIMIT_TOKENS"),
    "a number without end": ("{ said(value: 1e400) }", "BAD_USER_INPUT"),
    "an endless number": ("{ said(value: " + "9" * 90_000 + ") }", "BAD_USER_INPUT"),
    "braces": ("{ " * 5_000, "BAD_USER_INPUT"),
    "a subscription": ("subscription { hello }", "BAD_USER_INPUT"),
    "the schema in circles": (described(10), "BAD_USER_INPUT"),
}


@pytest.mark.parametrize(("query", "expected"), COSTLY.values(), ids=COSTLY)
async def test_a_document_that_would_cost_much_is_refused_at_once(
    served: Served, query: str, expected: str
) -> None:
    with taking_at_most(0.5):
        answer = await served.ask(query)

    assert (200, expected) == (answer.status_code, code(answer))
    assert len(answer.content) < 20_000


WITHIN = {
    "the same field 360 times": "{ " + "many(first: 1) { number } " * 360 + "}",
    "overlapping fragments": "{ " + OVERLAPPING * 150 + "}",
    "fragments that double": doubling(14, ONE),
    "wide objects": f"{{ {MOST} {{ {MOST} {aliased(19, 'number')} }} }}",
    "many objects": f"{{ {MOST} {{ {MOST} {{ many(first: 9) {{ number }} }} }} }}",
}


@pytest.mark.parametrize("query", WITHIN.values(), ids=WITHIN)
@pytest.mark.usefixtures("frozen")
async def test_what_is_within_the_bounds_keeps_nobody_waiting(served: Served, query: str) -> None:
    asking = asyncio.create_task(served.ask(query))
    turns = asyncio.create_task(longest_turn(asking))
    while not asking.done():
        assert 200 == (await served.http.get("/healthz")).status_code

    answer = await asking
    assert "data" in answer.json() or "BAD_USER_INPUT" == code(answer)
    assert await turns < 0.2 * WATCHED


async def longest_turn(asking: asyncio.Task[httpx.Response]) -> float:
    """Return the most seconds of work after which everybody else had a turn.

    Work of this thread counts, not the clock: what else the machine does is left out.
    """
    longest = 0.0
    while not asking.done():
        began = time.thread_time()
        await asyncio.sleep(0)
        longest = max(longest, time.thread_time() - began)
    return longest
