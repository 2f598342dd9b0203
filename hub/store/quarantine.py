"""Records that cannot be taken in: set aside with the fault, taken back when it is mended.

Two kinds of row share the table. A *rejected* record could not be mapped; what the source said
before stays. A *parked* record is sound, and waits for something it cannot be without.
"""

from collections.abc import Iterable
from typing import Any

from hub.models.kinds import QuarantineReason, QuarantineStatus
from hub.store.dialect import among
from hub.store.page import Page, Reject
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
    return told if len(told) <= LONGEST else canonical(told[:LONGEST])


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
    raw = raw_text(reject.raw)
    known = (
        page.record_id(reject.external_id)
        if reject.external_id
        else identifier(page.source.key, page.stream, page.concept.name, raw or reject.message)
    )
    return {
        "id": quarantine_id(known),
        "system": page.source.key,
        "stream": page.stream,
        "external_id": reject.external_id,
        "kind": reject.reason.value,
        "message": reject.message,
        "raw": raw,
        "received_at": writer.now,
        "attempts": 1,
        "status": QuarantineStatus.WAITING.value,
        "version": 1,
        "generation": page.generation,
        "parked": 0,
    }


def parked(record: dict[str, Any], target: str, message: str, now: str) -> dict[str, Any]:
    """Return the row that shows a source record that waits for a thing of type `target`."""
    return {
        "id": quarantine_id(record["id"]),
        "system": record["system"],
        "stream": record["stream"],
        "external_id": record["external_id"],
        "kind": WAITS.get(target, QuarantineReason.MAPPING).value,
        "message": message,
        "raw": record["payload"],
        "received_at": now,
        "attempts": 1,
        "status": QuarantineStatus.WAITING.value,
        "version": 1,
        "generation": record["generation"],
        "parked": 1,
    }
