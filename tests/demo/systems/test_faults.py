"""Each fault is what it says, on the wire."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hub.demo.systems.door import Door, quieten
from hub.demo.systems.faults import Fault, Faulty

Exchange = tuple[asyncio.StreamReader, asyncio.StreamWriter]
HOUR_S = 3600.0


async def said(request: Request) -> Response:
    body = (await request.body()).decode()
    return PlainTextResponse(f"page {request.query_params.get('page', '1')} {body}".strip())


async def nothing(_: Request) -> Response:
    return Response(status_code=204)


class Wire:
    """A system that can fail, and the bytes that it sends."""

    def __init__(self, port: int, *, slow_s: float) -> None:
        app = Starlette(routes=[Route("/", said, methods=["GET", "POST"]), Route("/no", nothing)])
        self.faulty = Faulty(app, slow_s=slow_s)
        self.door = Door(self.faulty, port, "a test")
        self._writers: list[asyncio.StreamWriter] = []

    async def ask(self, path: str = "/", body: str = "") -> Exchange:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.door.port)
        self._writers.append(writer)
        await self.again((reader, writer), path, body)
        return reader, writer

    async def again(self, exchange: Exchange, path: str = "/", body: str = "") -> None:
        method = "POST" if body else "GET"
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        exchange[1].write((head + body).encode())
        await exchange[1].drain()

    async def answer(self, path: str = "/", body: str = "") -> tuple[int, int, str]:
        """Return the status of an answer, the length it promises, and the body that comes."""
        reader, _ = await self.ask(path, body)
        return await self.read(reader)

    async def read(self, reader: asyncio.StreamReader) -> tuple[int, int, str]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].partition("\r")[0] or 0)
        try:
            came = await reader.readexactly(length)
        except asyncio.IncompleteReadError as error:
            came = error.partial
        return int(head.split()[1]), length, came.decode()

    async def reached(self) -> None:
        """Wait until a request has reached it."""
        while not self.faulty.requests:  # noqa: ASYNC110  what it waits for knows no event
            await asyncio.sleep(0)

    async def close(self) -> None:
        for writer in self._writers:
            writer.close()
        await self.door.close()


Make = Callable[..., Awaitable[Wire]]


@pytest.fixture
async def make(first_port: int) -> AsyncIterator[Make]:
    """Return an open wire each time it is called."""
    quieten()
    made: list[Wire] = []

    async def opened(*, slow_s: float = HOUR_S) -> Wire:
        wire = Wire(first_port + 9, slow_s=slow_s)
        made.append(wire)
        await wire.door.open()
        return wire

    yield opened
    for wire in made:
        await wire.close()


async def test_without_a_fault_it_answers(make: Make) -> None:
    wire = await make()
    assert (200, 9, "page 1 hi") == await wire.answer(body="hi")
    assert (204, 0, "") == await wire.answer("/no")
    assert 2 == wire.faulty.requests


async def test_down_resets_who_is_in_and_refuses_who_comes(make: Make) -> None:
    wire = await make()
    standing = await wire.ask()
    await wire.read(standing[0])
    await wire.door.close()
    with pytest.raises(ConnectionRefusedError):
        await wire.ask()
    assert b"" == await standing[0].read()
    await wire.door.open()
    await wire.door.open()
    assert (200, 6, "page 1") == await wire.answer()


async def test_down_lets_nobody_hang(make: Make) -> None:
    wire = await make()
    wire.faulty.set(Fault.HANG)
    hanging = await wire.ask()
    await wire.reached()
    await wire.door.close()
    assert b"" == await hanging[0].read()


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.SLOW])
async def test_hanging_and_slow_answer_when_the_fault_ends(make: Make, fault: Fault) -> None:
    wire = await make()
    wire.faulty.set(fault)
    waiting = await wire.ask(body="hi")
    await wire.reached()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await wire.read(waiting[0])
    wire.faulty.set(Fault.OK)
    assert (200, 9, "page 1 hi") == await wire.read(waiting[0])


async def test_who_leaves_what_hangs_is_forgotten(make: Make) -> None:
    wire = await make()
    wire.faulty.set(Fault.HANG)
    _, leaving = await wire.ask()
    await wire.reached()
    leaving.close()
    waiting = await wire.ask()
    wire.faulty.set(Fault.HALF)
    assert (200, 6, "pag") == await wire.read(waiting[0])


async def test_slow_answers_late(make: Make) -> None:
    wire = await make(slow_s=0.01)
    wire.faulty.set(Fault.SLOW)
    assert (200, 6, "page 1") == await wire.answer()


async def test_half_cuts_the_body_and_promises_all_of_it(make: Make) -> None:
    wire = await make()
    wire.faulty.set(Fault.HALF)
    assert (200, 6, "pag") == await wire.answer()
    assert (204, 0, "") == await wire.answer("/no")


async def test_lying_says_nothing_then_the_first_page_again_then_an_error(make: Make) -> None:
    wire = await make()
    await wire.answer("/?page=1")
    await wire.answer("/?page=2")
    wire.faulty.set(Fault.LYING)
    lies = [await wire.answer("/?page=3") for _ in range(4)]
    error = '{"error": {"code": 500, "message": "Internal Server Error"}}'
    assert [(200, ""), (200, "page 1"), (200, error), (200, "")] == [
        (status, body) for status, _, body in lies
    ]


async def test_lying_with_nothing_said_yet_tells_the_truth_once(make: Make) -> None:
    wire = await make()
    wire.faulty.set(Fault.LYING)
    assert ["", "page 3"] == [(await wire.answer("/?page=3"))[2] for _ in range(2)]
