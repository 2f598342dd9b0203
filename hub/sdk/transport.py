"""The transport below `Http`: one client per connector, with bounds on whatever comes back."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpx

from hub.errors import ForeignAddressError, TimedOutError, UnavailableError, UpstreamError
from hub.sdk.http import Request, Response

LARGEST = 64 * 1024 * 1024  # bytes of one answer, decoded
CONNECT_S = 5.0
DISGUISES = tuple(map(ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))
"""Addresses of IPv6 that stand for one of IPv4, which may be any; nobody names a server so."""


class HttpxTransport:
    """Carries requests with httpx: no redirects, no proxy of the environment, bounded answers."""

    def __init__(
        self, client: httpx.AsyncClient, timeout_s: float, check: Callable[[str], Any] | None
    ) -> None:
        self._client = client
        self._timeout_s = timeout_s
        self._check = check
        self._checked: set[str] = set()

    async def send(self, request: Request) -> Response:
        """Return the answer.

        Raises:
            TimedOutError: it took too long.
            UnavailableError: there is no whole answer.
            UpstreamError: it is larger than the hub takes in.
            ForeignAddressError: the address is private, and that is not allowed.
        """
        await self._guard(request.url)
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._answer(request)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise TimedOutError(f"{_place(request)} did not answer in time") from error
        except httpx.HTTPError as error:
            raise UnavailableError(f"{_place(request)}: {_words(error)}") from error

    async def _answer(self, request: Request) -> Response:
        async with self._client.stream(
            request.method, request.url, headers=dict(request.headers), content=request.body
        ) as answer:
            body = await _bounded(answer)
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Response(status=answer.status_code, headers=headers, body=body)

    async def _guard(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        if self._check is not None and host not in self._checked:
            await self._check(host)
            self._checked.add(host)


async def _bounded(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > LARGEST:
            raise UpstreamError(f"the answer is larger than {LARGEST} bytes")
    return bytes(body)


def _place(request: Request) -> str:
    parts = urlsplit(request.url)
    return f"{request.method} {parts.netloc}{parts.path}"


def _words(error: httpx.HTTPError) -> str:
    return str(error) or type(error).__name__


async def refuse_private(host: str) -> None:
    """Refuse a host that stands for an address in a private network or on this machine.

    Raises:
        ForeignAddressError: it does.
        UnavailableError: it stands for no address.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise UnavailableError(f"{host}: {error}") from error
    for *_, address in found:
        if not _public(str(address[0]).partition("%")[0]):
            raise ForeignAddressError(
                f"{host} is in a private network; allow_private = true allows that"
            )


def _public(text: str) -> bool:
    address = ip_address(text)
    disguised = any(address in network for network in DISGUISES)
    return address.is_global and not address.is_multicast and not disguised


@asynccontextmanager
async def transport(
    *, timeout_s: float, allow_private: bool, application: Any = None
) -> AsyncIterator[HttpxTransport]:
    """Open a transport.

    Args:
        timeout_s: Seconds that one answer may take.
        allow_private: Whether addresses in private networks may be asked.
        application: An ASGI application to ask instead of the network.
    """
    inside = httpx.ASGITransport(application) if application is not None else None
    async with httpx.AsyncClient(
        transport=inside,
        timeout=httpx.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s)),
        follow_redirects=False,
        trust_env=False,
    ) as client:
        unchecked = allow_private or application is not None
        yield HttpxTransport(client, timeout_s, None if unchecked else refuse_private)
