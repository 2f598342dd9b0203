"""One pretend system in this process, and whoever works in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import httpx

from hub.demo.home import TIME_ZONE
from hub.demo.systems.catalogue import SYSTEMS, System
from hub.demo.systems.state import Change, Documents, utc_now
from hub.demo.systems.wire import Credentials
from hub.models.record import Sourced
from hub.sdk import Secret
from hub.sdk.testing import Hand

Hands = Mapping[type[Sourced], Hand]
SIZE = 25  # records that the kit begins with
PAGE_SIZE = 10
STEP = timedelta(days=2)


def moment(number: int) -> datetime:
    """Return when the record of a number was last changed: two days apart, and at last now."""
    return utc_now() - STEP * max(0, SIZE - number)


@dataclass(frozen=True)
class Pretended:
    """One pretend system that stands empty.

    Attributes:
        system: Which.
        documents: What it keeps.
        credentials: The account that it lets in.
    """

    system: System
    documents: Documents
    credentials: Credentials

    @classmethod
    def begun(cls, key: str) -> Self:
        """Return the system of a key in which nothing happened yet."""
        (system,) = (each for each in SYSTEMS if each.key == key)
        return cls(system, Documents(":memory:"), system.credentials(Path(key)))

    @cached_property
    def application(self) -> Any:
        """The service."""
        return self.system.application(self.documents, self.credentials)

    def options(self) -> dict[str, Any]:
        """Return what a connector is told, as keyword arguments."""
        address = f"http://{self.system.key}.test{self.system.path}"
        user, secret = self.credentials.user, self.credentials.secret
        told = {"base_url": address, "page_size": PAGE_SIZE}
        match self.system.vendor:
            case "Frappe HR":
                token = Secret(f"{user}:{secret}")
                return {**told, "token": token, "time_zone": TIME_ZONE}
            case "CalDAV":
                return {**told, "user": user, "password": Secret(secret), "time_zone": TIME_ZONE}
            case "xAPI 1.0.3":
                return {**told, "user": user, "password": Secret(secret)}
            case "ESCO":
                return told
            case _:
                return {**told, "token": Secret(secret)}

    def seed(self, collections: Mapping[str, Any]) -> None:
        """Put records there as its seed would."""
        self.documents.write(*self.system.seeded(collections))

    def put(self, collection: str, id_: str, **values: Any) -> None:
        """Change a record in ways that the service itself would refuse."""
        known = self.documents.get(collection, id_)
        body = {**(known.body if known else {}), **values}
        self.documents.write(Change(collection=collection, id=id_, body=body))

    async def ask(self, method: str, path: str, body: Any = None) -> None:
        """Do something as one of its own clients does.

        Raises:
            httpx.HTTPStatusError: it refuses.
        """
        text = body if isinstance(body, str | None) else None
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(self.application),
            base_url=f"http://{self.system.key}.test{self.system.path}",
            headers=self.system.headers(self.credentials),
        ) as client:
            sent = {"content": text} if text is not None else {"json": body}
            answer = await client.request(method, path, **sent)
            answer.raise_for_status()
