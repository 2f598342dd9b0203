"""How a connector speaks HTTP: values that the SDK owns, and the care that every request gets.

No author imports an HTTP library: a `Transport` carries one `Request` and returns its `Response`,
and `Http` adds what everyone needs: the credential, limits, retries, bounds, and faults by name.
"""

import json
import random
from asyncio import Lock, Semaphore, get_running_loop, sleep
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

import stamina

from hub import clock
from hub.errors import (
    AuthError,
    ConflictError,
    ForeignAddressError,
    MappingError,
    NotFoundError,
    RefusedError,
    SourceError,
    ThrottledError,
    UnavailableError,
)
from hub.sdk.auth import Auth

REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PROPFIND", "REPORT"})
FAULTS: Mapping[int, type[SourceError]] = {
    401: AuthError,
    403: AuthError,
    404: NotFoundError,
    409: ConflictError,
    410: NotFoundError,
    412: ConflictError,
}
ATTEMPTS = 3
PATIENCE_S = 20.0  # no further attempt begins after this
LONGEST_WAIT_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it goes out."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer, whole; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the JSON value that the body holds.

        Raises:
            MappingError: it holds none.
        """
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise MappingError(f"the answer is not JSON: {error}") from error


class Transport(Protocol):
    """Carries one request, and knows nothing of what it is about."""

    async def send(self, request: Request) -> Response:
        """Return the answer.

        Raises:
            UnavailableError: there is none, or not a whole one.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How hard a system may be pressed.

    Attributes:
        per_second: Requests in any second.
        concurrent: Requests at the same time.
    """

    per_second: float = 10
    concurrent: int = 4


class Pace:
    """Lets at most so many through in any second: the first at once, the others in their turn."""

    def __init__(self, per_second: float) -> None:
        most = max(1, int(per_second))
        self._span_s = most / per_second
        self._gone: deque[float] = deque(maxlen=most)
        self._turn = Lock()

    async def __aenter__(self) -> None:
        loop = get_running_loop()
        async with self._turn:
            if len(self._gone) == self._gone.maxlen:
                await sleep(max(0.0, self._gone[0] + self._span_s - loop.time()))
            self._gone.append(loop.time())

    async def __aexit__(self, *_: object) -> None:
        pass


class Http:
    """Requests to one system: credential, limits, retries, and each refusal as the fault it is.

    What may be sent twice without harm is tried again when there is no answer or when the system
    asks for patience; what may not be, unless it carries an idempotency key, is tried once.
    """

    def __init__(self, transport: Transport, base_url: str, auth: Auth, limits: Limits) -> None:
        self._transport = transport
        self._base = base_url.rstrip("/")
        self._auth = auth
        self._pace = Pace(limits.per_second)
        self._places = Semaphore(limits.concurrent)

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Return the JSON value found there."""
        return (await self.request("GET", path, query=query)).json()

    async def send(
        self, method: str, path: str, value: Any, *, idempotency_key: str | None = None
    ) -> Any:
        """Send a JSON value; return the one that is answered."""
        headers = {"Content-Type": "application/json"}
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        body = json.dumps(value).encode()
        answer = await self.request(method, path, headers=headers, body=body)
        return answer.json() if answer.body else None

    async def request(  # noqa: PLR0913, one argument per part of a request
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        accept: Sequence[int] = (),
    ) -> Response:
        """Send one request.

        Args:
            method: Its method.
            path: Path below the base address, or a whole address on the same host.
            query: What follows the question mark.
            headers: Headers beside the credential.
            body: What is sent.
            accept: Statuses beside 2xx that are answers, not faults.

        Raises:
            SourceError: of the kind that says who can act; see `hub.errors`.
        """
        address = self._address(path)
        if query:
            address = f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
        sent = {**self._auth.headers(), **(headers or {})}
        request = Request(method=method, url=address, headers=sent, body=body)
        again = method in REPEATABLE or "Idempotency-Key" in sent
        async for attempt in stamina.retry_context(
            on=_wait if again else _never,
            attempts=ATTEMPTS,
            timeout=PATIENCE_S,
            wait_initial=0.2,
            wait_max=5.0,
        ):
            with attempt:
                return await self._once(request, accept)
        raise AssertionError  # a retry either returns or raises

    async def _once(self, request: Request, accept: Sequence[int]) -> Response:
        async with self._places, self._pace:
            answer = await self._transport.send(request)
        if 200 <= answer.status < 300 or answer.status in accept:
            return answer
        raise _fault(request, answer)

    def _address(self, path: str) -> str:
        """Return the whole address; the credential goes to no other host.

        Raises:
            ForeignAddressError: the path leads elsewhere.
        """
        if "://" not in path and not path.startswith("//"):
            return f"{self._base}{path}"
        address, base = urljoin(self._base, path), urlsplit(self._base)
        there = urlsplit(address)
        if (there.scheme, there.netloc) != (base.scheme, base.netloc):
            raise ForeignAddressError(f"{there.scheme}://{there.hostname} is not {base.netloc}")
        return address


def _never(_: Exception) -> bool:
    return False


def _wait(error: Exception) -> bool | float:
    """Tell whether to try again: after how long, where the system said so."""
    if not isinstance(error, UnavailableError):
        return False
    if error.retry_after_s is None:
        return True
    if error.retry_after_s > LONGEST_WAIT_S:
        return False
    return error.retry_after_s + random.random() / 10  # noqa: S311, spreads callers


def _fault(request: Request, answer: Response) -> SourceError:
    said = f"{request.method} {urlsplit(request.url).path}: status {answer.status}"
    if answer.status == 429:
        return ThrottledError(said, retry_after_s=retry_after(answer))
    if answer.status >= 500:
        return UnavailableError(said, retry_after_s=retry_after(answer))
    if 300 <= answer.status < 400:
        return ForeignAddressError(f"{said}; redirects are not followed")
    return FAULTS.get(answer.status, RefusedError)(said)


def retry_after(answer: Response) -> float | None:
    """Return the seconds that an answer asks to wait (RFC 9110, 10.2.3)."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - clock.now()).total_seconds())
    except (TypeError, ValueError):
        return None
