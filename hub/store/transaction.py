"""One write transaction of the mirror: everything in it happens, or nothing does."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from hub.models.coupling import DomainEvent
from hub.models.record import Nature, Sourced
from hub.store import folding, keeping, sweeping
from hub.store.concepts import concept
from hub.store.dialect import among
from hub.store.entities import Change
from hub.store.folding import Folded
from hub.store.keeping import Kept
from hub.store.page import NEVER, Page, Reject, Source
from hub.store.statements import insert, upsert
from hub.store.values import canonical, identifier, text_of
from hub.store.writer import Writer, chunks

__all__ = ["Change", "Folded", "Kept", "Transaction"]


class Transaction(Writer):
    """What can be written; reads of its own writes too. Made by `Store.transaction`."""

    async def keep(  # noqa: PLR0913, the parts of a page
        self,
        source: Source,
        stream: str,
        record_type: type[Sourced],
        records: Sequence[Sourced],
        *,
        deleted: Iterable[str] = (),
        rejected: Iterable[Reject] = (),
        fetched_at: datetime,
        generation: int | None = None,
    ) -> Kept:
        """Keep a page of what a source says, as it says it.

        Args:
            source: Who says it; its kind decides whom to believe.
            stream: The stream it came in.
            record_type: What the records are.
            records: The records; one that is older than what is kept is passed over.
            deleted: External ids of records that the source says are gone.
            rejected: Records that could not be mapped; what was kept of them stays.
            fetched_at: When the fetch of this page began.
            generation: Number of the pass over the whole stream that met these records.
        """
        page = Page(
            source=source,
            stream=stream,
            concept=concept(record_type),
            fetched_at=text_of(fetched_at),
            generation=NEVER if generation is None else generation,
            rejected=list(rejected),
        )
        return await keeping.keep(self, page, records, deleted)

    async def sweep(
        self,
        source: Source,
        stream: str,
        record_type: type[Sourced],
        *,
        generation: int,
        most_percent: int = sweeping.PERCENT,
    ) -> Kept:
        """Delete the records of a stream that its pass `generation` did not meet.

        What was fetched after that pass began is spared.

        Args:
            source: Who said it.
            stream: The stream.
            record_type: What the records are.
            generation: Number of the pass.
            most_percent: Share of the stream that may be gone; 100 believes everything.

        Raises:
            GuardError: it met none at all, or missed more than that share (and more than a
                handful); nothing is deleted.
        """
        page = Page(
            source=source,
            stream=stream,
            concept=concept(record_type),
            fetched_at=self.now,
            generation=generation,
        )
        return await sweeping.sweep(self, page, most_percent)

    async def fold(self, touched: Iterable[str]) -> Folded:
        """Fold the source records `touched` into entities, with all that follows from it."""
        return await folding.fold(self, touched)

    async def checkpoint(self, system: str, stream: str, position: str) -> None:
        """Keep where the reading of a stream stands."""
        row = {"system": system, "stream": stream, "position": position, "moved_at": self.now}
        await self.write_all("checkpoint", upsert("checkpoint"), [row])

    async def position(self, system: str, stream: str) -> str | None:
        """Return where the reading of a stream stands; None at its very beginning."""
        rows = await self.rows(
            "SELECT position FROM checkpoint WHERE system = :system AND stream = :stream",
            {"system": system, "stream": stream},
        )
        return rows[0][0] if rows else None

    async def touch(self, kind: str, keys: Iterable[str]) -> None:
        """Say that what is derived from things of a kind may have changed."""
        rows = [{"kind": kind, "key": key} for key in dict.fromkeys(keys)]
        await self.write_all("touched", insert("touched", otherwise="ON CONFLICT DO NOTHING"), rows)

    async def take(self, kind: str, most: int = 500) -> list[str]:
        """Take up to `most` touched keys of a kind off the list, to derive in this transaction."""
        rows = await self.rows(
            "SELECT key FROM touched WHERE kind = :kind ORDER BY key LIMIT :most",
            {"kind": kind, "most": most},
        )
        keys = [key for (key,) in rows]
        await self.write(
            "touched",
            f"DELETE FROM touched WHERE kind = :kind AND {among('key', 'keys')}",
            {"kind": kind, "keys": keys},
        )
        return keys

    async def put(self, records: Mapping[str, Any]) -> None:
        """Add kept records by id, or replace them; `version` goes up by one each time."""
        by_type: dict[type, dict[str, Any]] = {}
        for id_, record in records.items():
            by_type.setdefault(type(record), {})[id_] = record
        for of, some in by_type.items():
            table = concept(of).table
            rows = [{"id": id_, "version": 1, **concept(of).row(r)} for id_, r in some.items()]
            await self.write_all(table, upsert(table, counting=True), rows)

    async def replace(
        self,
        of: type,
        rows: Mapping[str, Any],
        *,
        within: str,
        ids: Iterable[str],
        ignoring: Sequence[str] = ("computed_at",),
    ) -> list[str]:
        """Make derived records be `rows`, within those whose column `within` is among `ids`.

        Args:
            of: The derived type.
            rows: Records by id.
            within: A column such as `person_id`.
            ids: Its values that were derived anew; records there that are not in `rows` go.
            ignoring: Fields that alone are no change.

        Returns:
            Ids of the records that are new, different or gone.
        """
        described = concept(of)
        if described.description.nature is not Nature.DERIVED:
            raise TypeError(f"{described.name} is not derived")
        kept = {row["id"]: row for row in await self.mappings(described.table, ids, within)}
        wanted = {id_: {"id": id_, **described.row(record)} for id_, record in rows.items()}
        told = [name for name in described.attributes if name not in ignoring]
        moved = [
            row
            for id_, row in wanted.items()
            if id_ not in kept or any(row[name] != kept[id_][name] for name in told)
        ]
        gone = [id_ for id_ in kept if id_ not in wanted]
        await self.delete(described.table, gone)
        await self.write_all(described.table, upsert(described.table), moved)
        return [*(row["id"] for row in moved), *gone]

    async def happen(self, events: Iterable[DomainEvent]) -> dict[str, DomainEvent]:
        """Record events by id; those whose key is known happened before and are left out."""
        fresh = {identifier("DomainEvent", event.key): event for event in events}
        known: set[str] = set()
        for chunk in chunks(fresh):
            rows = await self.rows(
                f"SELECT id FROM domain_event WHERE {among('id', 'ids')}", {"ids": chunk}
            )
            known.update(id_ for (id_,) in rows)
        new = {id_: event for id_, event in fresh.items() if id_ not in known}
        await self.put(new)
        return new

    async def audit(  # noqa: PLR0913, who did what to whom and why
        self,
        action: str,
        *,
        actor_id: str | None = None,
        subject: tuple[str, str] | None = None,
        purpose: str | None = None,
        note: str | None = None,
        detail: Any = None,
    ) -> None:
        """Write down a decision, or a read that must be accounted for."""
        row = self._audited(action, subject, detail, actor_id=actor_id, note=note, purpose=purpose)
        await self.write_all("audit", insert("audit"), [row])

    async def audit_each(
        self,
        decisions: Mapping[tuple[str, str], tuple[str, Any]],
        *,
        actor_id: str | None = None,
        note: str | None = None,
    ) -> None:
        """Write down decisions of one actor by subject: what was done, and its details."""
        rows = [
            self._audited(action, subject, detail, actor_id=actor_id, note=note)
            for subject, (action, detail) in decisions.items()
        ]
        await self.write_all("audit", insert("audit"), rows)

    def _audited(
        self, action: str, subject: tuple[str, str] | None, detail: Any, **more: str | None
    ) -> dict[str, Any]:
        return {
            "at": self.now,
            "action": action,
            "subject_type": subject[0] if subject else None,
            "subject_id": subject[1] if subject else None,
            "purpose": None,
            "detail": canonical(detail),
            **more,
        }

    async def answered(self, key: str) -> tuple[str, Any] | None:
        """Return the input hash and the answer of an idempotency key; None when it is new."""
        rows = await self.rows(
            "SELECT input_hash, payload FROM idempotency WHERE key = :key", {"key": key}
        )
        return (rows[0][0], json.loads(rows[0][1])) if rows else None

    async def answer(self, key: str, input_hash: str, payload: Any) -> None:
        """Remember the answer of an idempotency key."""
        row = {
            "key": key,
            "input_hash": input_hash,
            "payload": canonical(payload),
            "at": self.now,
        }
        await self.write_all("idempotency", insert("idempotency"), [row])
