"""Deletion by silence: what a full read of a stream did not meet is gone, unless that is absurd."""

from hub.errors import GuardError
from hub.store.dialect import among
from hub.store.keeping import Kept
from hub.store.page import Page
from hub.store.quarantine import TABLE as QUARANTINE
from hub.store.statements import archive
from hub.store.writer import Writer, chunks

HANDFUL = 5  # so many may vanish from any stream
PERCENT = 20  # and this part of a larger one
OF_STREAM = "system = :system AND stream = :stream AND type = :type AND deleted_at IS NULL"


def absurd(gone: int, live: int, most_percent: int = PERCENT) -> bool:
    """Tell whether so many of the `live` records of a stream cannot be gone at once."""
    return gone > max(HANDFUL, live * most_percent / 100)


async def sweep(writer: Writer, page: Page, most_percent: int = PERCENT) -> Kept:
    """Delete what the pass `page.generation` did not meet; see `Transaction.sweep`."""
    stream = {
        "system": page.source.key,
        "stream": page.stream,
        "type": page.concept.name,
        "generation": page.generation,
    }
    gone = await _missed(writer, page, stream, most_percent)
    for ids in chunks(gone):
        await _bury(writer, ids)
    await writer.write(
        QUARANTINE,
        f"DELETE FROM {QUARANTINE} WHERE system = :system AND stream = :stream"
        " AND parked = 0 AND generation < :generation",
        stream,
    )
    return Kept(deleted=len(gone), touched=tuple(gone))


async def _missed(
    writer: Writer, page: Page, stream: dict[str, object], most_percent: int
) -> list[str]:
    """Return the records that were not met; what was fetched since the pass began is spared.

    Raises:
        GuardError: there are too many to believe it.
    """
    ((live, met, begun),) = await writer.rows(
        "SELECT count(*), count(CASE WHEN generation = :generation THEN 1 END),"
        " min(CASE WHEN generation = :generation THEN fetched_at END)"
        f" FROM source_record WHERE {OF_STREAM}",
        stream,
    )
    name = f"{page.source.key}: a full read of {page.stream}"
    if live and not met and most_percent < 100:
        raise GuardError(f"{name} met no record; the {live} known ones are kept")
    rows = await writer.rows(
        f"SELECT id FROM source_record WHERE {OF_STREAM}"
        " AND generation < :generation AND fetched_at <= :begun",
        stream | {"begun": begun or page.fetched_at},
    )
    if absurd(len(rows), live, most_percent):
        raise GuardError(f"{name} missed {len(rows)} of {live} known records; all are kept")
    return [id_ for (id_,) in rows]


async def _bury(writer: Writer, ids: list[str]) -> None:
    table = "source_record"
    await writer.write(f"{table}_history", archive(table), {"ids": ids, "now": writer.now})
    await writer.write(
        table,
        f"UPDATE {table} SET payload = '{{}}', hash = '', source_version = NULL,"
        " changed_at = NULL, fetched_at = :now, recorded_at = :now, deleted_at = :now"
        f" WHERE {among('id', 'ids')}",
        {"ids": ids, "now": writer.now},
    )
