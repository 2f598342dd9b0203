"""Seven pretend systems in a process of their own, and a hub that reads them."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub import clock, config
from hub.demo import home
from hub.demo.systems import control, seeds
from hub.demo.systems.process import started
from hub.store import Store
from hub.store.concepts import sourced
from hub.store.statements import columns
from hub.sync.report import StreamReport
from hub.sync.run import Order, Syncing, sync
from hub.sync.source import configured
from tests.conftest import FILE
from tests.connectors.test_caldav import SEED as PLANNING
from tests.connectors.test_esco import SEED as FRAMEWORKS
from tests.connectors.test_frappe import APPRAISALS, HR
from tests.connectors.test_scim import user
from tests.connectors.test_tryton_pulls import SEED as QUALITY
from tests.connectors.test_xapi_pulls import statement
from tests.demo.systems.conftest import free_ports

SEEDS: dict[str, Any] = {
    "personnel": {"Users": [user(number) for number in range(25)]},
    "hr": HR,
    "quality": QUALITY,
    "planning": PLANNING,
    "appraisal": APPRAISALS,
    "learning": {"statements": [statement(number) for number in range(25)]},
    "frameworks": FRAMEWORKS,
}
COUNTED = {"version", "recorded_at", "generation", "fetched_at", "received_at", "attempts"}
HELD = ("identity_link", "term_link", "quarantined_record", "reference", "claim", "source_record")


@dataclass(frozen=True)
class Systems:
    """The systems that run, and the settings of a hub that reads them."""

    folder: Path
    settings: config.Settings

    def client(self, key: str) -> httpx.Client:
        """Return a client that changes a system behind the hub's back."""
        (system,) = [each for each in self._listed() if each["key"] == key]
        return httpx.Client(base_url=system["base_url"], headers=system["headers"], timeout=5)

    def fault(self, key: str, fault: str) -> None:
        """Let a system fail from now on; `ok` mends it."""
        control.set_fault(self.folder / "systems", key, fault)

    def requests(self) -> dict[str, int]:
        """Return how many requests each system has had."""
        return {each["key"]: each["requests"] for each in self._listed()}

    def _listed(self) -> list[Any]:
        return control.systems(self.folder / "systems")


def settings_in(folder: Path, first_port: int) -> config.Settings:
    """Write settings with small pages and little patience, and read them."""
    path = home.write_settings(folder, port=8000, first_port=first_port)
    said = path.read_text().replace("allow_private", "timeout_s = 1\npage_size = 4\nallow_private")
    path.write_text(said)
    return config.load(path, environment={}, folder=folder)


@asynccontextmanager
async def hub_of(systems: Systems, database: str, **how: Any) -> AsyncIterator["Hub"]:
    """Open a hub on a database that reads the systems."""
    store = await Store.open(database, now=clock.now)
    syncing = Syncing(
        database=database,
        store=store,
        sources=configured(systems.settings, os.environ),
        now=clock.now,
        touching=how.pop("touching", touched),
        **how,
    )
    yield Hub(syncing)
    await store.close()


async def touched(tx: Any, changes: Any) -> None:
    """Say of every entity that changed that there is work."""
    for change in changes:
        await tx.touch(change.type, [change.id])


@dataclass(frozen=True)
class Hub:
    """A hub that syncs, and a look into what it keeps."""

    syncing: Syncing

    async def sync(self, *keys: str, **how: Any) -> dict[tuple[str, str], StreamReport]:
        """Sync; return the report of each stream."""
        reports = await sync(self.syncing, Order(keys=keys, **how))
        return {(each.source, each.stream): each for each in reports}

    async def rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        async with self.syncing.store.snapshot() as snapshot:
            return await snapshot.rows(statement, parameters)

    async def held(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that the store holds of the present, but when and how often it changed."""
        tables = [*HELD, *(each.table for each in sourced())]
        tables += [f"{each.table}__{field.name}" for each in sourced() for field in each.tables()]
        found = {}
        for table in tables:
            names = ", ".join(f'"{name}"' for name in columns(table) if name not in COUNTED)
            found[table] = sorted(await self.rows(f"SELECT {names} FROM {table}"), key=repr)
        return found


@pytest.fixture
def systems(tmp_path: Path) -> Iterator[Systems]:
    """The seven systems with some records each."""
    first_port = free_ports()
    seeds.write(tmp_path / "systems", SEEDS)
    with started(tmp_path / "systems", first_port=first_port):
        yield Systems(tmp_path, settings_in(tmp_path, first_port))


@pytest.fixture
async def hub(systems: Systems, database: str) -> AsyncIterator[Hub]:
    """A hub that has read nothing yet."""
    async with hub_of(systems, database) as opened:
        yield opened


@pytest.fixture
async def file_hub(systems: Systems, template: Path) -> AsyncIterator[Hub]:
    """The same, on SQLite alone: for what has nothing to do with the database."""
    shutil.copy(template, path := systems.folder / "hub.sqlite")
    async with hub_of(systems, f"{FILE}{path}") as opened:
        yield opened
