"""What the pretend systems share on the wire: who is let in, and the mark that nothing is real."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MARK = "X-Pretend-System"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The one account that a pretend system lets in."""

    user: str
    secret: str = field(repr=False)

    @property
    def basic(self) -> str:
        """The account as RFC 7617 writes it."""
        return "Basic " + b64encode(f"{self.user}:{self.secret}".encode()).decode()

    @property
    def bearer(self) -> str:
        """The account as RFC 6750 writes it."""
        return f"Bearer {self.secret}"


def same(one: str | None, other: str) -> bool:
    """Tell whether two secrets are the same, in a time that tells nothing else."""
    return one is not None and compare_digest(one.encode(), other.encode())


class Guarded:
    """Refuses who is not let in; `refusal` returns the vendor's own refusal, or None."""

    def __init__(self, app: ASGIApp, refusal: Callable[[Request], ASGIApp | None]) -> None:
        self._app = app
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)


class Marked:
    """Says in every answer which pretend system gave it."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self._app = app
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[MARK] = self._name
            await send(message)

        await self._app(scope, receive, marked)


def authorization(request: Request) -> tuple[str, str]:
    """Return the scheme, in lower case, and the rest of the Authorization header."""
    scheme, _, rest = Headers(scope=request.scope).get("authorization", "").partition(" ")
    return scheme.lower(), rest.strip()


def rank(value: Any) -> tuple[int, float, str]:
    """Return a key that sorts values of any kind: nothing, then numbers, then text."""
    if value is None:
        return (0, 0, "")
    if isinstance(value, int | float):
        return (1, value, "")
    return (2, 0, str(value))
