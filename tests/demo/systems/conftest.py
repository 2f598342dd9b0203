"""What the tests of the pretend systems share: a clock, a service in this process, free ports."""

import random
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.demo.systems import seeds
from hub.demo.systems.catalogue import KEYS, SYSTEMS
from hub.demo.systems.process import started
from hub.demo.systems.state import Documents

BEGAN = datetime(2026, 5, 4, 8, tzinfo=UTC)
Serve = Callable[[str, dict[str, Any]], AbstractAsyncContextManager[httpx.AsyncClient]]


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
def served(documents: Documents, tmp_path: Path) -> Serve:
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


def free_ports() -> int:
    """Return the first of ten loopback ports in a row that nobody uses, found from anywhere on."""
    for first in random.sample(range(11_000, 32_000, 10), k=100):
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


@pytest.fixture
def first_port() -> int:
    """The first of ten loopback ports in a row that nobody uses."""
    return free_ports()


def shift(uid: str, day: int = 4, *, hour: int = 8, extra: str = "") -> str:
    """Return a rostered shift of May 2026 as iCalendar text."""
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//planner//EN", "BEGIN:VEVENT"),
        *(f"UID:{uid}", "DTSTAMP:20260501T000000Z", f"SUMMARY:Early shift {uid}"),
        f"DTSTART;TZID=Europe/Amsterdam:202605{day:02}T{hour:02}0000",
        f"DTEND;TZID=Europe/Amsterdam:202605{day:02}T{hour + 1:02}0000",
        *extra.splitlines(),
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
    return "\r\n".join(lines)


def small_seeds() -> dict[str, Any]:
    """Return a seed for each system, with little in it."""
    return {key: {} for key in KEYS} | {
        "hr": {"KRA": [{"name": "Safety", "modified": "2026-01-01 08:00:00.000000"}]},
        "planning": {
            "/calendars/planner/ST-1/": [
                {"uid": f"s{number}", "ics": shift(f"s{number}", number)} for number in range(1, 8)
            ],
            "/calendars/planner/ST-2/": [],
        },
    }


@dataclass(frozen=True)
class Running:
    """Seven systems in a process of their own."""

    folder: Path
    systems: dict[str, dict[str, Any]]

    def client(self, key: str) -> httpx.Client:
        """Return a client that a system lets in."""
        system = self.systems[key]
        return httpx.Client(base_url=system["base_url"], headers=system["headers"], timeout=5)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The seven systems with small seeds, in a process of their own."""
    folder = tmp_path_factory.mktemp("systems")
    seeds.write(folder, small_seeds())
    with started(folder, first_port=free_ports()) as listed:
        yield Running(folder, {each["key"]: each for each in listed})
