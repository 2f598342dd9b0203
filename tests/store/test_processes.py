"""Processes that share a mirror, and processes that are killed: all of a page or none of it."""

import asyncio
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from hub.store import Store
from tests.conftest import FILE, Clock

LOADER = Path(__file__).with_name("loader.py")
PAGE = 20
PEOPLE = "SELECT id, display_name, manager_id, version FROM person ORDER BY id"


async def begun(address: str, system: str, pages: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, str(LOADER), address, system, str(pages)
    )


async def read(address: str, *statements: str) -> list[list[tuple[Any, ...]]]:
    store = await Store.open(address, now=Clock())
    async with store.snapshot() as snapshot:
        found = [await snapshot.rows(statement) for statement in statements]
    await store.close()
    return found


async def test_two_processes_write_one_mirror(database: str) -> None:
    both = [await begun(database, system, 6) for system in ("hr", "personnel")]
    assert [0, 0] == [await each.wait() for each in both]
    people, sources, conflicts = await read(
        database,
        "SELECT count(*) FROM person",
        "SELECT system, count(*) FROM source_record GROUP BY system ORDER BY system",
        "SELECT count(*) FROM data_conflict",
    )
    assert [(6 * PAGE,)] == people
    assert [("hr", 6 * PAGE), ("personnel", 6 * PAGE)] == sources
    assert [(0,)] == conflicts


@pytest.mark.real
@pytest.mark.parametrize("seed", range(3))
async def test_a_process_killed_at_any_moment_leaves_whole_pages(database: str, seed: int) -> None:
    chance = random.Random(seed)
    kills, pages = 0, 40
    while kills < 5:
        process = await begun(database, "hr", pages)
        try:
            async with asyncio.timeout(chance.uniform(0.6, 2.0)):
                await process.wait()
            break
        except TimeoutError:
            process.kill()
            await process.wait()
            kills += 1
        done, people, touched, kept = await read(
            database,
            "SELECT position FROM checkpoint",
            "SELECT count(*) FROM person",
            "SELECT count(*) FROM touched",
            "SELECT count(*) FROM source_record",
        )
        whole = [(int(done[0][0]) * PAGE if done else 0,)]
        assert [whole] * 3 == [people, touched, kept]
    await (await begun(database, "hr", pages)).wait()
    if database.startswith(FILE):
        assert [[("ok",)]] == await read(database, "PRAGMA integrity_check")
    (people,) = await read(database, PEOPLE)
    assert pages * PAGE == len(people)
    by_id = {row[0] for row in people}
    assert PAGE == sum(manager not in by_id for _, _, manager, _ in people)
