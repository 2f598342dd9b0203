"""How a pretend system fails when it is told to, whatever vendor it pretends to be.

A fault stands outside the vendor's code and takes hold of every request from then on. `down` is no
matter of requests: the port is closed (`hub.demo.systems.door`).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import cycle

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SLOW_S = 5.0
REMEMBERED = 64


class Fault(StrEnum):
    """What is the matter with a system."""

    OK = "ok"
    DOWN = "down"
    HANG = "hang"
    SLOW = "slow"
    HALF = "half"
    LYING = "lying"


class Lie(StrEnum):
    """What a lying system answers, with status 200."""

    EMPTY = "empty"
    REPEATED = "repeated"
    ERROR = "error"


@dataclass(slots=True)
class Answer:
    """One whole answer of a service."""

    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def collect(self, message: Message) -> None:
        """Take in what a service sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def send(self, send: Send, *, cut: int | None = None) -> None:
        """Send it, or its first `cut` bytes under a length that promises all of them."""
        headers = [pair for pair in self.headers if pair[0].lower() != b"content-length"]
        if self.status not in {204, 304}:
            headers.append((b"content-length", str(len(self.body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = self.body[:cut]
        await send({"type": "http.response.body", "body": body, "more_body": cut is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The whole body of a request, and what comes after it."""

    body: bytes
    receive: Receive

    def again(self) -> Receive:
        """Return a `receive` that hands on the body, however often it was before."""
        messages: Iterator[Message] = iter(
            [{"type": "http.request", "body": self.body, "more_body": False}]
        )

        async def receive() -> Message:
            message = next(messages, None)
            return await self.receive() if message is None else message

        return receive

    async def left(self) -> None:
        """Return when the caller has left."""
        while (await self.receive())["type"] != "http.disconnect":
            pass


ERROR = Answer(
    headers=[(b"content-type", b"application/json")],
    body=b'{"error": {"code": 500, "message": "Internal Server Error"}}',
)


class Faulty:
    """A service that can be told to fail; counts the requests that reach it.

    Attributes:
        requests: how many reached it since it started, whatever became of them.
    """

    def __init__(self, app: ASGIApp, *, slow_s: float = SLOW_S) -> None:
        self.requests = 0
        self._app = app
        self._slow_s = slow_s
        self._fault = Fault.OK
        self._changed = asyncio.Event()
        self._lies: Iterator[Lie] = cycle(Lie)
        self._said: OrderedDict[str, Answer] = OrderedDict()

    @property
    def fault(self) -> Fault:
        """What is the matter with it now."""
        return self._fault

    def set(self, fault: Fault) -> None:
        """Let a fault take hold; what hangs or is slow is let go and asks what holds now."""
        self._fault = fault
        self._lies = cycle(Lie)
        self._changed.set()
        self._changed = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self.requests += 1
        await self._answer(scope, await _heard(receive), send)

    async def _answer(self, scope: Scope, heard: Heard, send: Send) -> None:
        match self._fault:
            case Fault.HANG:
                if await self._let_go(heard):
                    await self._answer(scope, heard, send)
            case Fault.SLOW:
                await self._wait()
                await (await self._honest(scope, heard)).send(send)
            case Fault.HALF:
                answer = await self._honest(scope, heard)
                await answer.send(send, cut=len(answer.body) // 2 if answer.body else None)
            case Fault.LYING:
                await (await self._lie(scope, heard)).send(send)
            case _:
                await (await self._honest(scope, heard)).send(send)

    async def _honest(self, scope: Scope, heard: Heard) -> Answer:
        answer = Answer()
        await self._app(scope, heard.again(), answer.collect)
        path = scope["path"]
        if answer.status < 300 and answer.body and path not in self._said:
            self._said[path] = answer
            if len(self._said) > REMEMBERED:
                self._said.popitem(last=False)
        return answer

    async def _lie(self, scope: Scope, heard: Heard) -> Answer:
        """Return what a lying system says: nothing, its first page again, or an error.

        A lie changes nothing: what was to be written is not. Where nothing was said yet under a
        path, there is nothing to repeat, and the truth is told.
        """
        match next(self._lies):
            case Lie.EMPTY:
                return Answer(headers=[(b"content-type", b"application/json")])
            case Lie.REPEATED:
                said = self._said.get(scope["path"])
                if said is None:
                    return await self._honest(scope, heard)
                return Answer(headers=said.headers, body=said.body)
            case Lie.ERROR:
                return ERROR

    async def _let_go(self, heard: Heard) -> bool:
        """Wait; return whether the fault ended before the caller left."""
        ended = asyncio.create_task(self._changed.wait())
        left = asyncio.create_task(heard.left())
        try:
            await asyncio.wait({ended, left}, return_when=asyncio.FIRST_COMPLETED)
            return ended.done()
        finally:
            ended.cancel()
            left.cancel()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._slow_s):
                await self._changed.wait()
        except TimeoutError:
            return


async def _heard(receive: Receive) -> Heard:
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return Heard(body=body, receive=receive)
