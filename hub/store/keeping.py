"""What sources say, kept as they said it: the page of a stream becomes source records.

Each record is compared with what is kept by a hash of its mapped payload, so that reading the
same again changes nothing. A page costs a fixed number of statements, whatever its length.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.models.kinds import QuarantineReason
from hub.models.record import Sourced
from hub.store.concepts import enveloped
from hub.store.dialect import among
from hub.store.guard import Age
from hub.store.lookups import by_id
from hub.store.page import NEVER, Page, Rejected
from hub.store.quarantine import release, set_aside
from hub.store.statements import archive, upsert
from hub.store.values import canonical, digest
from hub.store.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What keeping a page did.

    Attributes:
        created: Records new to the hub.
        changed: Records that differed.
        deleted: Records found deleted.
        unchanged: Records that said the same as before.
        stale: Records older than what is kept, passed over.
        quarantined: Records set aside.
        touched: Ids of the source records to fold.
    """

    created: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    stale: int = 0
    quarantined: int = 0
    touched: tuple[str, ...] = ()


def _row(page: Page, said: Sourced, payload: str, now: str) -> dict[str, Any]:
    """Return a record as it stands in `source_record`.

    Raises:
        ValueError: what it says of itself is not what it should be.
    """
    envelope = enveloped(said)
    url = envelope["external_url"]
    return {
        "id": page.record_id(said.id),
        "system": page.source.key,
        "kind": page.source.kind.value,
        "stream": page.stream,
        "type": page.concept.name,
        "external_id": said.id,
        "entity_id": None,
        "payload": payload,
        "hash": digest(f"{payload}{url}"),
        "source_version": envelope["source_version"],
        "changed_at": envelope["changed_at"],
        "fetched_at": page.fetched_at,
        "external_url": url,
        "origin": envelope["origin"],
        "deleted_at": None,
        "generation": page.generation,
        "recorded_at": now,
        "lookup": by_id(page.concept.name, page.source.key, said.id),
    }


def _tombstone(page: Page, external_id: str, now: str) -> dict[str, Any]:
    """Return what is kept of a record that is gone."""
    gone = _row(page, Sourced(id=external_id), "{}", now)
    return {**gone, "hash": "", "deleted_at": now}


def _age(row: dict[str, Any]) -> Age:
    return Age(
        source_version=row["source_version"],
        changed_at=row["changed_at"],
        fetched_at=row["fetched_at"],
    )


def _told(page: Page, records: Iterable[Sourced], now: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a page by id; of two about one record, the newer."""
    rows: dict[str, dict[str, Any]] = {}
    for said in records:
        try:
            row = _row(page, said, canonical(page.concept.form(said)), now)
        except ValueError as error:
            page.rejected.append(_refused(said, error))
            continue
        twin = rows.get(row["id"])
        if twin is None or _age(row).supersedes(_age(twin)):
            rows[row["id"]] = row
    return rows


def _refused(said: Sourced, error: ValueError) -> Rejected:
    return Rejected(
        external_id=str(said.id) or None,
        reason=QuarantineReason.MAPPING,
        message=str(error),
        raw=repr(said),
    )


@dataclass(slots=True)
class Sorted:
    """The rows of a page by what they mean for what is kept."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    deleted: list[dict[str, Any]] = field(default_factory=list)
    same: list[dict[str, Any]] = field(default_factory=list)
    stale: list[dict[str, Any]] = field(default_factory=list)
    buried: list[dict[str, Any]] = field(default_factory=list)

    def put(self, row: dict[str, Any], kept: dict[str, Any] | None) -> None:
        """Sort in one row."""
        gone = row["deleted_at"] is not None
        if kept is None:
            (self.buried if gone else self.new).append(row)
        elif not _age(row).supersedes(_age(kept)):
            self.stale.append(row)
        elif gone:
            row["entity_id"] = kept["entity_id"]
            (self.buried if kept["deleted_at"] else self.deleted).append(row)
        elif kept["deleted_at"] is None and kept["hash"] == row["hash"]:
            self.same.append(row)
        else:
            row["entity_id"] = kept["entity_id"]
            row["generation"] = max(row["generation"], kept["generation"])
            self.changed.append(row)


async def keep(
    writer: Writer, page: Page, records: Sequence[Sourced], deleted: Iterable[str]
) -> Kept:
    """Keep a page; see `Transaction.keep`."""
    now = writer.now
    rows = _told(page, records, now)
    gone = {page.record_id(each): _tombstone(page, each, now) for each in deleted}
    every = {**gone, **rows}
    kept = {row["id"]: row for row in await writer.mappings("source_record", every)}
    sort = Sorted()
    for id_, row in every.items():
        sort.put(row, kept.get(id_))
    await _unmark(writer, sort.changed, kept)
    retold = [row for row in sort.same if _retold(row) != _retold(kept[row["id"]])]
    await _store(writer, page, sort, retold)
    answered = [row["id"] for row in (*sort.new, *sort.changed, *sort.same, *sort.deleted)]
    mended = await release(writer, answered)
    await set_aside(writer, page)
    ranked = retold if page.concept.keyed else ()  # of one system the last changed is believed
    touched = [row["id"] for row in (*sort.new, *sort.changed, *sort.deleted, *ranked)]
    return Kept(
        created=len(sort.new),
        changed=len(sort.changed),
        deleted=len(sort.deleted),
        unchanged=len(sort.same),
        stale=len(sort.stale),
        quarantined=len(page.rejected),
        touched=tuple(dict.fromkeys((*touched, *mended))),
    )


async def _unmark(
    writer: Writer, changed: list[dict[str, Any]], kept: dict[str, dict[str, Any]]
) -> None:
    """Take the hub's mark off what was changed since by others, who left it standing."""
    marked = {row["id"]: row for row in changed if row["origin"]}
    seen = {(id_, kept[id_]["origin"]) for id_ in marked}
    if marked:
        rows = await writer.rows(
            "SELECT DISTINCT id, origin FROM source_record_history"
            f" WHERE {among('id', 'ids')} AND origin IS NOT NULL",
            {"ids": list(marked)},
        )
        seen.update((id_, origin) for id_, origin in rows)
    for row in marked.values():
        if (row["id"], row["origin"]) in seen:
            row["origin"] = None


async def _store(
    writer: Writer, page: Page, sort: Sorted, retold: Sequence[dict[str, Any]]
) -> None:
    """Write what differs; of what does not, only that it was met again, and when it changed."""
    table = "source_record"
    past = [row["id"] for row in (*sort.changed, *sort.deleted)]
    if past:
        await writer.write(f"{table}_history", archive(table), {"ids": past, "now": writer.now})
    await writer.write_all(
        table, upsert(table), [*sort.new, *sort.changed, *sort.deleted, *sort.buried]
    )
    met = "generation = CASE WHEN generation < :generation THEN :generation ELSE generation END"
    same = {"ids": [row["id"] for row in sort.same], "fetched_at": page.fetched_at}
    if sort.same:
        await writer.write(
            table,
            f"UPDATE {table} SET fetched_at = :fetched_at, {met} WHERE {among('id', 'ids')}",
            same | {"generation": page.generation},
        )
    spared = [row["id"] for row in sort.stale]
    spared += [page.record_id(each.external_id) for each in page.rejected if each.external_id]
    if spared and page.generation != NEVER:
        await writer.write(
            table,
            f"UPDATE {table} SET {met} WHERE {among('id', 'ids')}"
            " AND generation < :generation AND deleted_at IS NULL",
            {"ids": spared, "generation": page.generation},
        )
    await writer.write_all(
        table,
        f"UPDATE {table} SET source_version = :source_version, changed_at = :changed_at"
        " WHERE id = :id",
        [_retold(row) for row in retold],
    )


def _retold(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "source_version", "changed_at")}
