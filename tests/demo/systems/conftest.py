"""What the tests of the pretend systems share: a clock, a service in this process, free ports."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.demo.systems.catalogue import SYSTEMS
from hub.demo.systems.state import Documents

BEGAN = datetime(2026, 5, 4, 8, tzinfo=UTC)
Open = Callable[[str, dict[str, Any]], Any]


class Clock:
    """A clock that each look at winds on by a second."""

    def __init__(self) -> None:
        self.moment = BEGAN

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def documents(tmp_path: Path) -> Iterator[Documents]:
    """An empty document store."""
    opened = Documents(tmp_path / "state.sqlite", Clock())
    yield opened
    opened.close()


@pytest.fixture
def served(documents: Documents, tmp_path: Path) -> Open:
    """Serve one system in this process with a seed; give a client that it lets in."""

    @asynccontextmanager
    async def serve(key: str, seed: dict[str, Any]) -> AsyncIterator[httpx.AsyncClient]:
        system = next(each for each in SYSTEMS if each.key == key)
        credentials = system.credentials(tmp_path)
        documents.seed(system.seeded(seed))
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(system.application(documents, credentials)),
            base_url=f"http://{key}.test{system.path}",
            headers=system.headers(credentials),
        ) as client:
            yield client

    return serve


@pytest.fixture
def first_port() -> int:
    """The first of ten loopback ports in a row that nobody uses."""
    for first in range(19100, 60000, 10):
        held = []
        try:
            for port in range(first, first + 10):
                each = socket.socket()
                held.append(each)
                each.bind(("127.0.0.1", port))
        except OSError:
            continue
        else:
            return first
        finally:
            for each in held:
                each.close()
    raise RuntimeError("no ten ports in a row are free")
