"""A snapshot sees one moment; the same statement text answers on both databases."""

import asyncio
import sqlite3
from datetime import UTC, date, datetime

import psycopg
import pytest

from hub.models.kinds import SystemKind
from hub.models.person import Person
from hub.store import HUB, Store, among, listed
from hub.store.dialect import bound, pyformat
from hub.store.past import shadowed
from tests.store.conftest import Teller

DEAR = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
    " SELECT count(*) FROM n"
)


def jan(name: str) -> Person:
    return Person(id="E1", display_name=name, employee_number="17")


async def test_a_snapshot_sees_nothing_of_what_is_written_meanwhile(
    tell: Teller, store: Store
) -> None:
    await tell("hr", jan("Jan"))
    async with store.snapshot() as snapshot:
        names, epoch = "SELECT display_name FROM person", snapshot.epoch()
        assert [("Jan",)] == await snapshot.rows(names)
        await tell("hr", jan("Johan"))
        assert [("Jan",)] == await snapshot.rows(names)
        assert epoch == snapshot.epoch()
    assert [("Johan",)] == await tell.rows(names)


async def test_the_epoch_of_a_table_rises_when_it_changed(tell: Teller, store: Store) -> None:
    async def epochs() -> tuple[int, int]:
        async with store.snapshot() as snapshot:
            return snapshot.epoch("person", "employment"), snapshot.epoch("competence")

    before = await epochs()
    await tell("hr", jan("Jan"))
    assert (before[0] + 1, before[1]) == await epochs()


async def test_a_list_is_one_parameter(store: Store) -> None:
    statement = f"SELECT value FROM {listed('ids')} WHERE {among('value', 'some')} ORDER BY 1"
    async with store.snapshot() as snapshot:
        told = await snapshot.rows(statement, {"ids": ["a", "é'\"", "c"], "some": {"c", "é'\""}})
    assert [("c",), ("é'\"",)] == told


async def test_text_that_looks_like_a_parameter_is_left_alone(store: Store) -> None:
    async with store.snapshot() as snapshot:
        told = await snapshot.rows("SELECT ':a%', :a, '100%' LIKE '1%'", {"a": "x%"})
    assert [(":a%", "x%", True)] == told


async def test_plain_values_are_bound_in_their_stored_form(store: Store) -> None:
    values = {
        "moment": datetime(2026, 5, 4, 10, tzinfo=UTC),
        "day": date(2026, 5, 4),
        "kind": SystemKind.HRIS,
        "truth": True,
    }
    assert {
        "moment": "2026-05-04T10:00:00.000000Z",
        "day": "2026-05-04",
        "kind": "HRIS",
        "truth": 1,
    } == bound(values)


async def test_a_dear_statement_gives_the_same_answer_as_a_cheap_one(store: Store) -> None:
    async with store.snapshot() as snapshot:
        assert [(10,)] == await snapshot.rows(DEAR, {"many": 10})
        assert [(400_000,)] == await snapshot.rows(DEAR, {"many": 400_000})
        assert [(400_000,)] == await snapshot.rows(DEAR, {"many": 400_000}, large=True)


async def test_a_dear_statement_does_not_hold_up_the_loop(store: Store) -> None:
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            beats += 1
            await asyncio.sleep(0)

    async with store.snapshot() as snapshot:
        heart = asyncio.create_task(beat())
        await snapshot.rows(DEAR, {"many": 1_000_000})
        heart.cancel()
    assert beats > 10


async def test_a_question_nobody_waits_for_is_stopped(store: Store) -> None:
    async with store.snapshot() as snapshot:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await snapshot.rows(DEAR, {"many": 100_000_000}, large=True)
    assert [(3,)] == await _count(store)


async def _count(store: Store) -> list[tuple[int]]:
    async with store.snapshot() as snapshot:
        return await snapshot.rows(DEAR, {"many": 3})


async def test_more_readers_than_connections_wait_their_turn(store: Store) -> None:
    answers = await asyncio.gather(*(_count(store) for _ in range(40)))
    assert [[(3,)]] * 40 == answers


async def test_a_reader_that_failed_leaves_the_others_alone(store: Store) -> None:
    with pytest.raises(Exception, match="nowhere"):
        async with store.snapshot() as snapshot:
            await snapshot.rows("SELECT * FROM nowhere")
    assert [(3,)] == await _count(store)


async def test_a_statement_that_fails_leaves_the_next_one_answered(store: Store) -> None:
    async with store.snapshot() as snapshot:
        with pytest.raises((sqlite3.Error, psycopg.Error)):
            await snapshot.rows("SELECT nothing FROM nowhere")
        assert [(1,)] == await snapshot.rows("SELECT 1")


async def test_nothing_can_be_written_through_a_snapshot(store: Store) -> None:
    with pytest.raises(Exception, match="read"):
        async with store.snapshot() as snapshot:
            await snapshot.rows("DELETE FROM epoch")


async def test_writers_wait_their_turn(store: Store) -> None:
    async def count(number: int) -> None:
        async with store.transaction() as tx:
            await tx.checkpoint("hr", "employee", str(number))
            await asyncio.sleep(0)
            await tx.keep(
                HUB,
                "person",
                Person,
                [Person(id=str(number), display_name="P", employee_number=str(number))],
                fetched_at=tx.moment,
            )

    await asyncio.gather(*(count(number) for number in range(12)))
    async with store.snapshot() as snapshot:
        assert 12 == snapshot.epoch("source_record")


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        ("SELECT :a::text", "SELECT %(a)s::text"),
        ("SELECT ':a', \":b\", '%', :a", "SELECT ':a', \":b\", '%%', %(a)s"),
        ("SELECT 5 % :a", "SELECT 5 %% %(a)s"),
    ],
    ids=["cast", "quoted", "percent"],
)
def test_parameters_are_named_as_the_driver_takes_them(statement: str, wanted: str) -> None:
    assert wanted == pyformat(statement)


def test_a_statement_that_names_no_table_with_a_past_is_left_alone() -> None:
    assert "SELECT 'person' FROM epoch" == shadowed("SELECT 'person' FROM epoch", "main")
