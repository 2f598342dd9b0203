"""Records that cannot be taken in: set aside with the fault, taken back when it is mended.

Two kinds of row share the table. A *rejected* record could not be mapped; what the source said
before stays. A *parked* record is sound, and waits for something it cannot be without.
"""

from collections.abc import Iterable
from typing import Any

from hub.models.kinds import QuarantineReason, QuarantineStatus
from hub.store.dialect import among
from hub.store.lookups import Pointer
from hub.store.page import Page, Reject
from hub.store.said import Said
from hub.store.statements import upsert
from hub.store.values import canonical, identifier
from hub.store.writer import Writer

TABLE = "quarantined_record"
LONGEST = 100_000  # characters of a raw record that are kept
WAITS = {
    "Person": QuarantineReason.UNKNOWN_PERSON,
    "Competence": QuarantineReason.UNKNOWN_COMPETENCE,
}


def quarantine_id(record_id: str) -> str:
    """Return the id of the row about a source record."""
    return identifier("QuarantinedRecord", record_id)


def raw_text(raw: Any) -> str | None:
    """Return what was received as JSON text, cut where it is too long."""
    if raw is None:
        return None
    try:
        told = canonical(raw)
    except (TypeError, ValueError):
        told = canonical(repr(raw))
    told = readable(told)
    return told if len(told) <= LONGEST else canonical(told[:LONGEST])


def readable(told: str) -> str:
    """Return a text that any database keeps: what is no character is spelt out."""
    return told.encode(errors="backslashreplace").decode().replace("\x00", "\\x00")


async def release(writer: Writer, record_ids: Iterable[str]) -> list[str]:
    """Take back what was rejected of records that now came good; return their ids."""
    by_row = {quarantine_id(each): each for each in record_ids}
    found = await writer.rows(
        f"SELECT id FROM {TABLE} WHERE {among('id', 'ids')} AND parked = 0", {"ids": list(by_row)}
    )
    await writer.delete(TABLE, [id_ for (id_,) in found])
    return [by_row[id_] for (id_,) in found]


async def set_aside(writer: Writer, page: Page) -> None:
    """Set aside what a page rejected; the same fault in the same record is no new attempt."""
    fresh = {row["id"]: row for row in (_rejected(writer, page, each) for each in page.rejected)}
    kept = {row["id"]: row for row in await writer.mappings(TABLE, fresh)}
    again = [row for id_, row in fresh.items() if not _same(row, kept.get(id_))]
    for row in again:
        row["attempts"] += kept[row["id"]]["attempts"] if row["id"] in kept else 0
    await writer.write_all(TABLE, upsert(TABLE, counting=True), again)
    met = [id_ for id_, row in kept.items() if row["generation"] < page.generation]
    if met:
        await writer.write(
            TABLE,
            f"UPDATE {TABLE} SET generation = :generation WHERE {among('id', 'ids')}",
            {"ids": met, "generation": page.generation},
        )


def _same(row: dict[str, Any], kept: dict[str, Any] | None) -> bool:
    told = ("kind", "message", "raw", "parked", "status")
    return kept is not None and all(row[name] == kept[name] for name in told)


def _rejected(writer: Writer, page: Page, reject: Reject) -> dict[str, Any]:
    raw, message = raw_text(reject.raw), readable(reject.message)
    id_ = reject.external_id and readable(reject.external_id)
    nameless = identifier(page.source.key, page.stream, page.concept.name, raw or message)
    return {
        "id": quarantine_id(page.record_id(id_) if id_ else nameless),
        "system": page.source.key,
        "stream": page.stream,
        "external_id": id_,
        "kind": reject.reason.value,
        "message": message,
        "raw": raw,
        "received_at": writer.now,
        "attempts": 1,
        "status": QuarantineStatus.WAITING.value,
        "version": 1,
        "generation": page.generation,
        "parked": 0,
    }


async def park(writer: Writer, records: list[Said]) -> int:
    """Set aside the records that wait for a target, and take back those that no longer do.

    Returns:
        How many wait.
    """
    known = {
        row["id"]: row
        for row in await writer.mappings(TABLE, [quarantine_id(said.id) for said in records])
    }
    waiting = [said for said in records if said.waits_for]
    rows = [_parked(said, said.waits_for, writer.now) for said in waiting if said.waits_for]
    await writer.write_all(
        TABLE,
        upsert(TABLE, keeping=("attempts",), counting=True),
        [row for row in rows if not _same(row, known.get(row["id"]))],
    )
    await writer.write_all(
        "source_record",
        "UPDATE source_record SET entity_id = NULL WHERE id = :id",
        [{"id": said.id} for said in waiting if said.row["entity_id"]],
    )
    for said in waiting:
        said.entity_id = None
    free = {quarantine_id(said.id) for said in records if not said.waits_for}
    await writer.delete(TABLE, [id_ for id_ in known if id_ in free and known[id_]["parked"]])
    return len(waiting)


def _parked(said: Said, waits_for: Pointer, now: str) -> dict[str, Any]:
    record, ref = said.row, waits_for.ref
    return {
        "id": quarantine_id(said.id),
        "system": record["system"],
        "stream": record["stream"],
        "external_id": record["external_id"],
        "kind": WAITS.get(ref.type, QuarantineReason.MAPPING).value,
        "message": f"{waits_for.field}: no {ref.type} is known by {ref.by} {ref.value}",
        "raw": record["payload"],
        "received_at": now,
        "attempts": 1,
        "status": QuarantineStatus.WAITING.value,
        "version": 1,
        "generation": record["generation"],
        "parked": 1,
    }
