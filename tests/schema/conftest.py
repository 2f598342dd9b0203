"""A small organisation in a store, and an engine that is asked about it."""

import asyncio
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hub.commands.viewers import load_viewer, person_of
from hub.engine.execute import Engine
from hub.engine.moment import Derived
from hub.engine.prepare import Question
from hub.errors import InputError
from hub.models.kinds import ViewerKind
from hub.policy import ANONYMOUS, Viewer
from hub.schema import served
from hub.store import Store
from tests.conftest import FILE, Clock, Databases, _do, _spoken
from tests.schema.organisation import lay_down
from tests.store.conftest import Teller


async def nothing_follows(*_: object) -> Derived:
    return {}


async def nothing_is_decided(_: str, __: Mapping[str, Any], ___: Viewer) -> Mapping[str, Any]:
    raise InputError("nothing is decided here")


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks the graph as somebody, named by employee number; as nobody for None."""

    engine: Engine
    store: Store
    clock: Clock

    async def __call__(self, text: str, number: str | None = "1", **variables: Any) -> Any:
        """Return the data of an answer without errors."""
        answer = await self.whole(text, number, **variables)
        assert answer.get("errors") is None, answer["errors"]
        return answer["data"]

    async def whole(self, text: str, number: str | None = "1", **variables: Any) -> dict[str, Any]:
        """Return an answer as it is sent."""
        viewer = ANONYMOUS if number is None else await self._viewer(number)
        question = Question(text=text, variables=variables)
        return (await self.engine.answer(question, viewer)).plain()

    async def _viewer(self, number: str) -> Viewer:
        async with self.store.snapshot() as snapshot:
            person = await person_of(snapshot, number)
            assert person is not None
            return await load_viewer(snapshot, person, self.clock.moment, kind=ViewerKind.PERSON)


async def _laid_down(address: str) -> None:
    clock = Clock()
    store = await Store.open(address, now=clock)
    await lay_down(Teller(store), clock)
    await store.close()


@pytest.fixture(scope="session")
def laid_down_file(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The organisation in a SQLite file, to read or to copy."""
    path = tmp_path_factory.mktemp("organisation") / "hub.sqlite"
    shutil.copy(template, path)
    asyncio.run(_laid_down(f"{FILE}{path}"))
    return path


@pytest.fixture(scope="session")
def databases(server: str) -> Iterator[Databases]:
    """The databases of the session's server, dropped when it ends."""
    made = Databases(server)
    yield made
    made.drop()


@pytest.fixture(scope="session")
def laid_down_database(databases: Databases) -> str:
    """The address of the organisation's PostgreSQL database, to read or to copy."""
    address = databases.make()
    asyncio.run(_laid_down(_spoken(address)))
    name = address.partition("?")[0].rpartition("/")[2]
    _do(address, f"ALTER DATABASE {name} SET default_transaction_read_only = on")  # not of a copy
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with the organisation in it; one of its own for who writes."""
    writes = "tell" in request.fixturenames
    if request.param == "sqlite":
        path: Path = request.getfixturevalue("laid_down_file")
        return f"{FILE}{shutil.copy(path, tmp_path / 'hub.sqlite') if writes else path}"
    address: str = request.getfixturevalue("laid_down_database")
    if writes:
        databases: Databases = request.getfixturevalue("databases")
        address = databases.make(like=address.partition("?")[0].rpartition("/")[2])
    return _spoken(address)


@pytest.fixture
def clock() -> Clock:
    """A clock that begins when the organisation is laid down."""
    clock = Clock()
    clock.wait(milliseconds=500)
    return clock


@pytest.fixture
def tell(store: Store) -> Teller:
    """Tell the store something: `await tell("hr", Person(...), ...)`."""
    return Teller(store)


@pytest.fixture
def ask(store: Store, clock: Clock) -> Asking:
    """Ask about the small organisation of `tests.schema.organisation`."""
    engine = Engine(
        schema=served().graph,
        store=store,
        now=clock,
        derive=nothing_follows,
        decide=nothing_is_decided,
    )
    return Asking(engine, store, clock)
