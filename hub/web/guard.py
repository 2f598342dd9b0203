"""What every request passes before anything else: bounds on what it sends, headers on its answer.

Pure ASGI, so that context variables and streams go through untouched.
"""

import asyncio
import json
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LONGEST_TARGET = 16 * 1024
LARGEST_HEAD = 32 * 1024
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class SecurityHeaders:
    """Adds the security headers that an answer does not set itself."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, secured if scope["type"] == "http" else send)


@dataclass(frozen=True, slots=True)
class BoundedHead:
    """Refuses a request whose address or headers are too large, or meant for another host.

    A page elsewhere whose name is made to lead here (DNS rebinding) still names itself as host.

    Attributes:
        app: What comes next.
        hosts: Names under which the hub answers, besides those of this machine alone.
    """

    app: ASGIApp
    hosts: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_TARGET:
            await _refuse(send, 414, f"The address is longer than {LONGEST_TARGET} bytes.")
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEAD:
            await _refuse(send, 431, f"The headers are larger than {LARGEST_HEAD} bytes.")
        elif not self._known(Headers(scope=scope).getlist("host")):
            await _refuse(send, 400, "The header Host names no host of this hub.")
        else:
            await self.app(scope, receive, send)

    def _known(self, said: list[str]) -> bool:
        if len(said) != 1:
            return False
        name, colon, port = said[0].lower().rpartition(":")
        host = name if colon and port.isdecimal() else said[0].lower()
        return host.removesuffix(".") in LOOPBACK | self.hosts


@dataclass(frozen=True, slots=True)
class BoundedBody:
    """Reads the body before the application does, and refuses what is too large or too slow.

    Attributes:
        app: What comes next; it finds the whole body in one message.
        max_bytes: Largest body.
        seconds: Longest time that sending it may take.
    """

    app: ASGIApp
    max_bytes: int
    seconds: float = 10.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; nothing is answered to a client that goes away before its end."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _length(scope) > self.max_bytes:
            await _refuse(send, 413, f"The body is larger than {self.max_bytes} bytes.")
            return
        try:
            async with asyncio.timeout(self.seconds):
                body = await self._read(receive)
        except TimeoutError:
            await _refuse(send, 408, f"The body did not arrive within {self.seconds:g} seconds.")
            return
        if body is None:
            await _refuse(send, 413, f"The body is larger than {self.max_bytes} bytes.")
        elif body[-1]["type"] != "http.disconnect":
            await self.app(scope, _replayed(body, receive), send)

    async def _read(self, receive: Receive) -> list[Message] | None:
        """Return the messages of the body; None when they are too large together."""
        messages: list[Message] = []
        size = 0
        while True:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > self.max_bytes:
                return None
            if not message.get("more_body"):
                return messages


def _length(scope: Scope) -> int:
    said = Headers(scope=scope).get("content-length", "0")
    return int(said[:20]) if said.isascii() and said.isdecimal() else 0


def _replayed(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def replay() -> Message:
        return next(waiting, None) or await receive()

    return replay


async def _refuse(send: Send, status: int, text: str) -> None:
    error = {"message": text, "extensions": {"code": "BAD_USER_INPUT"}}
    body = json.dumps({"errors": [error]}).encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
