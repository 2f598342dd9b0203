"""What is remembered is what reading again would give."""

from typing import Any

import pytest

from hub.engine.memory import Memory
from hub.store import Asks, Store

PEOPLE = "SELECT key FROM touched WHERE kind = 'Person' ORDER BY key"


class Reading:
    """Reads the keys that were touched, and counts how often."""

    def __init__(self, store: Store, memory: Memory) -> None:
        self.times = 0
        self._store = store
        self._memory = memory

    async def work(self, asks: Asks) -> list[str]:
        self.times += 1
        return [key for (key,) in await asks.rows(PEOPLE)]

    async def __call__(self, key: Any = "people") -> list[str]:
        async with self._store.snapshot() as snapshot:
            return await self._memory.recall(key, snapshot, self.work, weight=len)


@pytest.fixture
async def reading(store: Store) -> Reading:
    async with store.transaction() as tx:
        await tx.touch("Person", ["ada"])
    return Reading(store, Memory(most=4))


async def test_what_stands_is_not_read_again(reading: Reading, store: Store) -> None:
    assert ["ada"] == await reading()
    async with store.transaction() as tx:
        await tx.checkpoint("hr", "person", "1")
    assert ["ada"] == await reading()
    assert reading.times == 1


async def test_what_was_written_to_is_read_again(reading: Reading, store: Store) -> None:
    await reading()
    async with store.transaction() as tx:
        await tx.touch("Person", ["ben"])
    assert ["ada", "ben"] == await reading()
    assert reading.times == 2


async def test_who_still_looks_at_the_mirror_as_it_was_sees_it_as_it_was(
    reading: Reading, store: Store
) -> None:
    memory = Memory()
    async with store.snapshot() as before:
        assert ["ada"] == await memory.recall("people", before, reading.work)
        async with store.transaction() as tx:
            await tx.touch("Person", ["ben"])
        async with store.snapshot() as after:
            assert ["ada", "ben"] == await memory.recall("people", after, reading.work)
        assert ["ada"] == await memory.recall("people", before, reading.work)


async def test_what_is_used_least_goes_first(reading: Reading) -> None:
    for key in ("one", "two", "three", "four", "one", "five", "one", "two"):
        await reading(key)
    assert reading.times == 6  # only the second was forgotten


async def test_what_is_too_large_is_not_kept(reading: Reading, store: Store) -> None:
    async with store.transaction() as tx:
        await tx.touch("Person", ["ben", "cy", "dot", "eve"])
    assert 5 == len(await reading())
    await reading()
    assert reading.times == 2
