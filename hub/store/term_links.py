"""The crosswalk of words: what a source's own term means here, and how many records use it."""

from collections.abc import Mapping
from typing import Any

from hub.models.kinds import LinkStatus
from hub.store.dialect import among
from hub.store.lookups import term_id, term_of
from hub.store.statements import insert
from hub.store.writer import Writer, chunks

TABLE = "term_link"


async def count_uses(writer: Writer, more: Mapping[str, int]) -> None:
    """Count the records that use each term; a term never seen before waits to be mapped."""
    rows = [unmatched(lookup, count) for lookup, count in more.items()]
    await writer.write_all(
        TABLE,
        insert(
            TABLE, otherwise=f"ON CONFLICT (id) DO UPDATE SET uses = {TABLE}.uses + excluded.uses"
        ),
        rows,
    )
    fewer = [row["id"] for row in rows if row["uses"] < 0]
    for chunk in chunks(fewer):
        await writer.write(
            TABLE,
            f"DELETE FROM {TABLE} WHERE {among('id', 'ids')}"
            " AND uses <= 0 AND status = :status AND history = '[]'",
            {"ids": chunk, "status": LinkStatus.UNMATCHED},
        )


def unmatched(lookup: str, uses: int) -> dict[str, Any]:
    """Return the link of a term that nobody mapped."""
    told = term_of(lookup)
    if told is None:
        raise ValueError(f"{lookup!r} is no term")
    type_, system, kind, key = told
    return {
        "id": term_id(*told),
        "system": system,
        "term_kind": kind,
        "external_id": key,
        "term": key,
        "target_type": type_,
        "target_id": None,
        "levels": "[]",
        "confidence": None,
        "status": LinkStatus.UNMATCHED.value,
        "uses": uses,
        "history": "[]",
        "version": 1,
    }
