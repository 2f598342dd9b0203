"""A hub with a small graph, served on a loopback port as `hub serve` serves the real one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from hub import clock
from hub.app import Hub
from hub.config import Settings
from hub.engine.execute import Engine
from hub.engine.listing import MOST
from hub.engine.origins import Column, Command, Computed
from hub.errors import InputError
from hub.models.kinds import PrivacyClass, Purpose, SystemKind
from hub.models.person import Person
from hub.schema.build import Schema, build
from hub.schema.declare import Argument, Field, Input, Object, value
from hub.store import Origin, Store
from hub.sync.run import Syncing
from hub.web.application import application
from hub.web.server import Server, listen, serve

DECIDED = {
    "note": "String",
    "purpose": "Purpose",
    "class": "PrivacyClass",
    "kind": "SystemKind",
}
PERSONNEL = Origin(key="personnel", kind=SystemKind.HRIS)


@dataclass
class Seen:
    """What the fields of the small graph met."""

    waiting: int = 0
    stopped: int = 0
    decided: list[Any] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def forget(self) -> None:
        """Begin anew."""
        self.waiting = self.stopped = 0
        self.decided.clear()
        self.released.clear()


def small(seen: Seen) -> Schema:  # noqa: C901, one function for each field
    """Build a graph whose fields are slow, broken, large or dangerous."""

    async def hello(*_: Any) -> list[str]:
        return ["world"]

    async def said(_: Any, __: Any, arguments: Any) -> list[str]:
        return [repr(arguments["value"])]

    async def text(_: Any, __: Any, arguments: Any) -> list[str]:
        return [arguments["value"]]

    async def broken(*_: Any) -> list[str]:
        raise RuntimeError("could not connect to postgresql://hub:S3cret@db/hub")

    async def slow(*_: Any) -> list[str]:
        seen.waiting += 1
        try:
            await seen.released.wait()
        except asyncio.CancelledError:
            seen.stopped += 1
            raise
        return ["late"]

    async def many(_: Any, rows: Sequence[Any], arguments: Any) -> list[Any]:
        if arguments["first"] > MOST:
            raise InputError("A list has at most 100.")
        return [[{"number": n} for n in range(arguments["first"])] for _ in rows]

    async def viewer(scope: Any, *_: Any) -> list[str | None]:
        return [scope.viewer.person_id]

    def open_(type_: str, function: Any, **arguments: Argument) -> Field:
        return Field(
            type=type_,
            says="As its name says.",
            origin=Computed(function=function),
            arguments=arguments,
            public=True,
        )

    return build(
        [
            Purpose,
            PrivacyClass,
            SystemKind,
            Object(
                name="Node",
                says="A record.",
                fields={"id": Field(type="ID!", says="Id.")},
                is_interface=True,
            ),
            Object(
                name="Query",
                says="Questions.",
                fields={
                    "hello": open_("String", hello),
                    "said": open_("String", said, value=Argument(type="Float", says="Any.")),
                    "text": open_("String", text, value=Argument(type="String", says="Any.")),
                    "broken": open_("String", broken),
                    "slow": open_("String", slow),
                    "many": open_("[Many!]!", many, first=Argument(type="Int!", says="How many.")),
                    "mine": replace(open_("String", viewer), public=False),
                },
            ),
            value(
                "Many",
                "One of many.",
                {
                    "number": Field(type="Int!", says="Its number.", origin=Column("number")),
                    "many": Field(
                        type="[Many!]!",
                        says="As many again.",
                        origin=Computed(function=many),
                        arguments={"first": Argument(type="Int!", says="How many.")},
                    ),
                },
            ),
            Object(
                name="Mutation",
                says="Decisions.",
                fields={
                    "decide": Field(
                        type="Decided",
                        says="Decides.",
                        origin=Command(name="decide"),
                        arguments={"input": Argument(type="DecideInput!", says="What.")},
                    )
                },
            ),
            Input(
                name="DecideInput",
                says="What.",
                fields={"note": Argument(type="String", says="A note.")},
            ),
            value(
                "Decided",
                "A decision.",
                {
                    name: Field(type=type_, says="As its name says.", origin=Column(name))
                    for name, type_ in DECIDED.items()
                },
            ),
        ]
    )


@dataclass(frozen=True)
class Served:
    """A served hub: where it listens, a client of it, and what its fields saw."""

    port: int
    http: httpx.AsyncClient
    seen: Seen
    hub: Hub

    async def ask(self, query: str, **more: Any) -> httpx.Response:
        """Ask a question as a program does."""
        headers = more.pop("headers", {})
        return await self.http.post("/graphql", json={"query": query, **more}, headers=headers)

    async def raw(self, sent: bytes, *, most_s: float = 5.0) -> bytes:
        """Send bytes as they are, and return all that comes back until the server ends it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(sent)
            await writer.drain()
            async with asyncio.timeout(most_s):
                return await reader.read()
        finally:
            writer.close()


Serve = Callable[..., Any]


def hub_over(store: Store, seen: Seen, settings: Settings) -> Hub:
    """Return a hub with the small graph."""

    async def decide(name: str, given: Any, _: Any) -> dict[str, Any]:
        seen.decided.append((name, given))
        return {"note": given.get("note")}

    async def derive(*_: Any) -> dict[str, Any]:
        return {}

    async def touching(*_: Any) -> None:
        return None

    schema = small(seen)
    return Hub(
        settings=settings,
        store=store,
        schema=schema,
        engine=Engine(
            schema=schema.graph, store=store, now=clock.now, derive=derive, decide=decide
        ),
        syncing=Syncing(
            database=settings.database, store=store, sources=(), now=clock.now, touching=touching
        ),
        now=clock.now,
    )


@asynccontextmanager
async def served_over(store: Store, **set_: Any) -> AsyncIterator[Served]:
    """Serve a hub over a store, with some settings."""
    seen = Seen()
    settings = Settings(**{"demo": True, "shutdown_s": 1, **set_})
    hub = hub_over(store, seen, settings)
    bound = listen("127.0.0.1", 0)
    port = bound.getsockname()[1]
    up = asyncio.Event()
    server = Server(application(hub), settings, up.set)
    serving = asyncio.create_task(serve(server, bound, asyncio.sleep(0)))
    await up.wait()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
        yield Served(port, http, seen, hub)
    seen.released.set()
    server.should_exit = True
    await serving


async def with_people(store: Store) -> None:
    """Keep one person, who can sign in."""
    person = Person(id="1", display_name="Ada Jansen", employee_number="1017")
    async with store.transaction() as tx:
        kept = await tx.keep(PERSONNEL, "employee", Person, [person], fetched_at=tx.moment)
        await tx.fold(kept.touched)


@pytest.fixture
async def file_store(template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """A store on SQLite alone: for what has nothing to do with the database."""
    async with copied(template, tmp_path) as store:
        yield store


@asynccontextmanager
async def copied(template: Path, folder: Path) -> AsyncIterator[Store]:
    """Open a store in a folder."""
    path = folder / "hub.sqlite"
    shutil.copy(template, path)
    store = await Store.open(f"sqlite+aiosqlite:///{path}", now=clock.now)
    yield store
    await store.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    """A served hub in which one person is known, for all tests of a module."""
    async with copied(template, tmp_path_factory.mktemp("served")) as store:
        await with_people(store)
        async with served_over(store) as one:
            yield one


@pytest.fixture
def served(running: Served) -> Served:
    """The served hub of the module, whose fields have seen nothing yet."""
    running.seen.forget()
    return running


@pytest.fixture
async def on_both(store: Store) -> AsyncIterator[Served]:
    """A served hub over each of the two databases: for what reads the store."""
    await with_people(store)
    async with served_over(store) as one:
        yield one
