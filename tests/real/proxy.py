"""A real server as an upstream of the conformance kit: a wire to it, and who works there."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from hub.sdk.testing import Upstream

HOPS = {"content-length", "content-encoding", "transfer-encoding", "connection", "host"}
SIZE = 25


class Proxy:
    """Passes requests on to a server, so that the kit can watch and disturb what passes."""

    def __init__(self, url: str) -> None:
        self._root = "{0.scheme}://{0.netloc}".format(urlsplit(url))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        path, query = scope["raw_path"].decode(), scope["query_string"].decode()
        headers = [pair for pair in scope["headers"] if pair[0].decode().lower() not in HOPS]
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            answer = await client.request(
                scope["method"],
                f"{self._root}{path}" + (f"?{query}" if query else ""),
                headers=headers,
                content=body,
            )
        kept = [
            (name.lower(), value)
            for name, value in answer.headers.raw
            if name.decode().lower() not in HOPS
        ]
        await send({"type": "http.response.start", "status": answer.status_code, "headers": kept})
        await send({"type": "http.response.body", "body": answer.content})


@dataclass
class Added:
    """The records that were added under a number; one that is still there is not added again.

    Attributes:
        make: Adds one; returns its id.
        anew: Numbers of which another is added each time.
        ids: Their ids.
    """

    make: Callable[[int], str]
    anew: Collection[int] = ()
    ids: dict[int, str] = field(default_factory=dict)

    def __call__(self, number: int) -> str:
        if number in self.anew or number not in self.ids:
            self.ids[number] = self.make(number)
        return self.ids[number]

    def forget(self, id_: str) -> None:
        """Let a record be made anew when it is wanted again: it is gone, or spoilt."""
        self.ids = {number: known for number, known in self.ids.items() if known != id_}


class Place:
    """Where the upstream of a module is found, once its server runs."""

    def __init__(self) -> None:
        self.upstream: Upstream | None = None

    def __call__(self) -> Upstream:
        assert self.upstream, "the server does not run"
        return self.upstream


def moment(number: int) -> datetime:
    """Return when the record of a number was last changed: two days apart, and at last now."""
    return datetime.now(UTC) - timedelta(days=2) * max(0, SIZE - number)
