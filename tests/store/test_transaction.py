"""All of a transaction happens or nothing does; kept and derived records, work and decisions."""

from datetime import UTC, datetime
from typing import Any

import pytest

from hub.models.coupling import DomainEvent
from hub.models.evidence import CompetenceState
from hub.models.kinds import ConnectorTier, StateStatus, SystemKind
from hub.models.person import Person
from hub.models.provenance import SourceSystem
from hub.store import HUB, Store, concept, identifier

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def state(person: str, rank: int | None = 2, computed_at: datetime = NOON) -> CompetenceState:
    return CompetenceState(
        person_id=person,
        competence_id="C",
        rank=rank,
        status=StateStatus.PROVEN,
        confidence=1 / 3,
        contradictory=False,
        contested=False,
        as_of=NOON,
        rule_version="1",
        computed_at=computed_at,
        complete=True,
    )


def event(key: str) -> DomainEvent:
    return DomainEvent(
        type="hub.person.changed",
        subject_type="Person",
        subject_id="P",
        occurred_at=NOON,
        received_at=NOON,
        key=key,
    )


async def read(store: Store, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    async with store.snapshot() as snapshot:
        return await snapshot.rows(statement, parameters)


async def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    jan = Person(id="E1", display_name="Jan", employee_number="17")

    async def fail() -> None:
        async with store.transaction() as tx:
            kept = await tx.keep(HUB, "person", Person, [jan], fetched_at=tx.moment)
            await tx.fold(kept.touched)
            await tx.checkpoint("hub", "person", "7")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await fail()
    for table in ("source_record", "person", "identity_link", "claim", "checkpoint", "epoch"):
        assert [(0,)] == await read(store, f"SELECT count(*) FROM {table}")


async def test_an_epoch_rises_once_per_transaction_that_wrote_its_table(store: Store) -> None:
    async def epochs() -> tuple[int, int]:
        async with store.snapshot() as snapshot:
            return snapshot.epoch("touched"), snapshot.epoch("person")

    async with store.transaction() as tx:
        await tx.touch("Person", ["a"])
        await tx.touch("Person", ["b"])
    assert (1, 0) == await epochs()
    async with store.transaction() as tx:
        await tx.take("Person")
        await tx.take("Person")
    assert (2, 0) == await epochs()


async def test_a_checkpoint_is_where_reading_stands(store: Store) -> None:
    async with store.transaction() as tx:
        assert None is await tx.position("hr", "employee")
        await tx.checkpoint("hr", "employee", "7")
        await tx.checkpoint("hr", "employee", "8")
        assert "8" == await tx.position("hr", "employee")


async def test_touched_things_are_taken_once(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.touch("Person", ["b", "a", "b"])
        await tx.touch("Person", ["a"])
        assert ["a"] == await tx.take("Person", 1)
        assert ["b"] == await tx.take("Person")
        assert [] == await tx.take("Person")


async def test_a_kept_record_counts_its_versions(store: Store) -> None:
    def source(name: str) -> SourceSystem:
        return SourceSystem(
            key="hr", name=name, kind=SystemKind.HRIS, connector="x 1", tier=ConnectorTier.GOLD
        )

    async with store.transaction() as tx:
        await tx.put({"s": source("One")})
        await tx.put({"s": source("Two")})
        (row,) = await tx.mappings("source_system", ["s"])
    assert ("Two", 2) == (row["name"], row["version"])
    assert source("Two") == concept(SourceSystem).decode(row)


async def test_derived_records_become_what_they_should_be(store: Store) -> None:
    async with store.transaction() as tx:
        rows = {"1": state("A"), "2": state("B"), "3": state("C")}
        assert {"1", "2", "3"} == set(
            await tx.replace(CompetenceState, rows, within="person_id", ids=["A", "B", "C"])
        )
        later = {"1": state("A", computed_at=NOON.replace(hour=13)), "2": state("B", 3)}
        moved = await tx.replace(CompetenceState, later, within="person_id", ids=["A", "B"])
        assert ["2"] == moved
        assert ["2"] == await tx.replace(CompetenceState, {}, within="person_id", ids=["B"])
    kept = "SELECT id, confidence, contradictory FROM competence_state ORDER BY id"
    assert [("1", 0.333333, 0), ("3", 0.333333, 0)] == await read(store, kept)


async def test_what_is_not_derived_is_not_replaced(store: Store) -> None:
    async with store.transaction() as tx:
        with pytest.raises(TypeError, match="not derived"):
            await tx.replace(Person, {}, within="id", ids=[])


async def test_an_event_happens_once(store: Store) -> None:
    async with store.transaction() as tx:
        assert {identifier("DomainEvent", "a")} == set(await tx.happen([event("a")]))
        assert [event("b")] == list((await tx.happen([event("a"), event("b")])).values())
    assert [(2,)] == await read(store, "SELECT count(*) FROM domain_event")


async def test_an_answer_is_remembered_by_its_key(store: Store) -> None:
    async with store.transaction() as tx:
        assert None is await tx.answered("k")
        await tx.answer("k", "hash", {"ids": ["1"]})
        assert ("hash", {"ids": ["1"]}) == await tx.answered("k")


async def test_what_was_written_is_read_within_the_transaction(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.touch("Person", ["a"])
        assert [("a",)] == await tx.rows("SELECT key FROM touched WHERE kind = :k", {"k": "Person"})


async def test_a_long_list_is_read_in_pieces(store: Store) -> None:
    many = [f"{number:05}" for number in range(2500)]
    async with store.transaction() as tx:
        await tx.write_all(
            "checkpoint",
            "INSERT INTO checkpoint VALUES (:id, :id, :id, :id)",
            [{"id": each} for each in many],
        )
        assert 2500 == len(await tx.mappings("checkpoint", many, "system"))
        assert 2500 == await tx.delete("checkpoint", many, "system")
