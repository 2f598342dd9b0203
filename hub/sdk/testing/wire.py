"""The wire between a connector and its upstream: it notes what passes and can be told to fail."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
READING = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"})


@dataclass(slots=True, kw_only=True)
class Reply:
    """One whole answer."""

    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def collect(self, message: Message) -> None:
        """Take in what an application sends."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def send(self, send: Send) -> None:
        """Send it."""
        headers = [pair for pair in self.headers if pair[0].lower() != b"content-length"]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request, and what became of it.

    Attributes:
        at: When it came (s).
        reply: What was answered; None when the caller left before.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    reply: Reply | None = None

    @property
    def asked(self) -> tuple[str, str, str, bytes]:
        """What was asked, without the headers."""
        return self.method, self.path, self.query, self.body


Honest = Callable[[], Awaitable[Reply]]
Manner = Callable[[Exchange, Honest], Awaitable[Reply]]
"""How an exchange is answered, given what the upstream would say."""


async def honest(_: Exchange, told: Honest) -> Reply:
    """Answer as the upstream does."""
    return await told()


class Wire:
    """An ASGI application before the upstream's own.

    Attributes:
        exchanges: What passed, in order of asking.
        manner: How it answers from now on.
        open: Exchanges that stand open.
        most_open: Most of them that stood open at once.
    """

    def __init__(self, application: Any) -> None:
        self._application = application
        self.exchanges: list[Exchange] = []
        self.manner: Manner = honest
        self.open = 0
        self.most_open = 0
        self._begun = asyncio.Event()

    async def begun(self, task: "asyncio.Task[Any]") -> None:
        """Wait until a question of a task has come, or the task is done without one."""
        self._begun.clear()
        asked = asyncio.create_task(self._begun.wait())
        await asyncio.wait({asked, task}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        exchange = Exchange(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode(),
            headers={name.decode().lower(): value.decode() for name, value in scope["headers"]},
            body=body,
            at=asyncio.get_running_loop().time(),
        )
        self.exchanges.append(exchange)
        self.open += 1
        self._begun.set()
        self.most_open = max(self.most_open, self.open)
        try:
            exchange.reply = await self.manner(exchange, lambda: self._told(scope, body))
            await exchange.reply.send(send)
        finally:
            self.open -= 1

    async def _told(self, scope: Message, body: bytes) -> Reply:
        reply, messages = Reply(), [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return messages.pop() if messages else {"type": "http.disconnect"}

        await self._application(scope, receive, reply.collect)
        return reply

    def said(self, since: int = 0) -> list[tuple[Any, ...]]:
        """Return what was asked and answered, from an exchange on, in an order of its own."""
        return sorted(
            (*each.asked, each.reply.status, each.reply.body)
            for each in self.exchanges[since:]
            if each.reply is not None
        )


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def refusing(status: int, *, only: Callable[[Exchange], bool] = lambda _: True) -> Manner:
    """Answer with a status, which may be to some exchanges only."""

    async def manner(exchange: Exchange, told: Honest) -> Reply:
        return Reply(status=status, body=b"{}") if only(exchange) else await told()

    return manner


def throttling(retry_after_s: int, times: int | None = None) -> Manner:
    """Ask for patience, each time or only so often."""
    left = [times]

    async def manner(_: Exchange, told: Honest) -> Reply:
        if left[0] == 0:
            return await told()
        left[0] = None if left[0] is None else left[0] - 1
        return Reply(status=429, headers=[(b"retry-after", str(retry_after_s).encode())])

    return manner


def stumbling(times: int = 2) -> Manner:
    """Answer each question with 503 so often before it is answered."""
    stumbled: dict[Any, int] = {}

    async def manner(exchange: Exchange, told: Honest) -> Reply:
        stumbled[exchange.asked] = stumbled.get(exchange.asked, 0) + 1
        return Reply(status=503) if stumbled[exchange.asked] <= times else await told()

    return manner


def saying(body: bytes) -> Manner:
    """Answer everything with status 200 and the same body."""

    async def manner(_: Exchange, __: Honest) -> Reply:
        return Reply(headers=[(b"content-type", b"application/json")], body=body)

    return manner


async def torn(_: Exchange, told: Honest) -> Reply:
    """Say the first half under a length that is its own, so that only the content can tell."""
    reply = await told()
    reply.body = reply.body[: len(reply.body) // 2]
    return reply


async def broken_off(_: Exchange, told: Honest) -> Reply:
    """Break off, as the network tells it that counts on more."""
    await told()
    raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


async def hanging(_: Exchange, __: Honest) -> Reply:
    """Never answer."""
    await asyncio.Event().wait()
    raise AssertionError


async def slowly(_: Exchange, told: Honest) -> Reply:
    """Take 20 ms."""
    await asyncio.sleep(0.02)
    return await told()


def leading(elsewhere: str) -> Manner:
    """Lead everyone to another address."""

    async def manner(_: Exchange, __: Honest) -> Reply:
        return Reply(status=302, headers=[(b"location", elsewhere.encode())])

    return manner


def repeating(exchanges: Sequence[Exchange]) -> Manner:
    """Answer as the last of these under the same method and path was answered."""
    said = {(each.method, each.path): each.reply for each in exchanges}

    async def manner(exchange: Exchange, told: Honest) -> Reply:
        reply = said.get((exchange.method, exchange.path))
        if reply is None:
            return await told()
        return Reply(status=reply.status, headers=reply.headers, body=reply.body)

    return manner
