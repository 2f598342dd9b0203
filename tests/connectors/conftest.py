"""What the tests of connectors share: a pretend system in this process, and a reading of it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub import sdk
from hub.demo.systems.catalogue import SYSTEMS
from hub.demo.systems.state import Documents
from hub.demo.systems.wire import Credentials
from tests.demo.systems.conftest import Clock

Connect = Callable[..., AbstractAsyncContextManager["Connected"]]


@dataclass
class Reading:
    """What one reading of a stream gave."""

    records: dict[str, Any] = field(default_factory=dict)
    rejected: dict[str | None, str] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    pages: int = 0
    checkpoint: str | None = None

    @property
    def ids(self) -> set[str]:
        """Return the ids of what was read."""
        return set(self.records)


async def read(resource: Any, since: str | None = None) -> Reading:
    """Read a stream from a checkpoint to its end."""
    reading = Reading(checkpoint=since)
    async for page in resource.pull(since):
        reading.pages += 1
        reading.records |= {each.id: each for each in page.records}
        reading.rejected |= {each.external_id: each.message for each in page.rejected}
        for gone in page.deleted:
            reading.deleted.append(gone)
            reading.records.pop(gone, None)
        reading.checkpoint = page.checkpoint
    return reading


async def swept(resource: Any) -> set[str]:
    """Return all ids that a stream tells."""
    return {id_ async for ids in resource.sweep() for id_ in ids}


@dataclass
class Connected:
    """A connector of a pretend system, and a client that changes the system behind its back."""

    connector: Any
    vendor: httpx.AsyncClient
    documents: Documents

    def __getitem__(self, record: type) -> Any:
        """Return the resource that reads records of a type."""
        return self.connector[record]


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    """Serve a pretend system with a seed and open a connector of it."""
    opened: list[Documents] = []

    @asynccontextmanager
    async def made(
        key: str, seed: dict[str, Any], connector: Any, settings: Callable[[str, Credentials], Any]
    ) -> AsyncIterator[Connected]:
        system = next(each for each in SYSTEMS if each.key == key)
        credentials = system.credentials(tmp_path)
        documents = Documents(":memory:", Clock())
        opened.append(documents)
        documents.seed(system.seeded(seed))
        application = system.application(documents, credentials)
        address = f"http://{key}.test{system.path}"
        async with (
            httpx.AsyncClient(
                transport=httpx.ASGITransport(application),
                base_url=address,
                headers=system.headers(credentials),
            ) as vendor,
            sdk.opened(connector, settings(address, credentials), application) as open_,
        ):
            yield Connected(open_, vendor, documents)

    yield made
    for each in opened:
        each.close()
