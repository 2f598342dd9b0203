"""What the hub writes down about its syncs: which systems there are, and how each run went."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Protocol
from uuid import uuid4

from hub.errors import HubError
from hub.models.kinds import ConnectorTier, SyncTrigger, SystemKind
from hub.models.provenance import SourceSystem, SyncRun
from hub.store import HUB, Store, Transaction, concept, identifier, text_of
from hub.sync.report import StreamReport

PACKAGE = "competence-hub"
KEPT_FOR = timedelta(days=30)
LOST = "INTERNAL: the process that ran it ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that has begun, and the id under which it is kept."""

    id: str
    record: SyncRun


def words(error: Exception) -> str:
    """Return the kind of a fault and the fault, without secrets, as a run keeps it."""
    if isinstance(error, HubError):
        return f"{error.code}: {error}"
    return f"INTERNAL: {type(error).__name__}; the log of the hub tells more"


class Connected(Protocol):
    """A system that is connected."""

    @property
    def key(self) -> str:
        """Its key."""
        ...

    @property
    def name(self) -> str:
        """Its name for people."""
        ...

    @property
    def version(self) -> str:
        """Name and version of its connector."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Itself:
    """The hub, as the source of what it owns."""

    key: str = HUB.key
    name: str = "Competence hub"
    version: str = f"{HUB.key} {version(PACKAGE)}"


async def introduce(store: Store, source: Connected, kind: SystemKind) -> None:
    """Keep that a system is connected, by which connector."""
    id_ = identifier("SourceSystem", source.key)
    async with store.transaction() as tx:
        (row,) = await tx.mappings("source_system", [id_]) or (None,)
        known = concept(SourceSystem).decode(row) if row else None
        tier = known.tier if known and known.connector == source.version else ConnectorTier.UNRATED
        system = SourceSystem(
            key=source.key, name=source.name, kind=kind, connector=source.version, tier=tier
        )
        if system != known:
            await tx.put({id_: system})


async def begin(
    store: Store, system: str, trigger: SyncTrigger, now: datetime, *, full: bool
) -> Run:
    """Keep that a run begins; whoever holds the lock knows that no other is under way."""
    record = SyncRun(
        system=system,
        trigger=trigger,
        full=full,
        started_at=now,
        read=0,
        created=0,
        changed=0,
        deleted=0,
        quarantined=0,
    )
    run = Run(id=identifier("SyncRun", system, uuid4().hex), record=record)
    async with store.transaction() as tx:
        await _close_lost(tx, system, now)
        await tx.put({run.id: record})
    return run


async def end(store: Store, run: Run, reports: Sequence[StreamReport], now: datetime) -> None:
    """Keep how a run ended, and forget those of long ago."""
    errors = [each.error for each in reports if each.error]
    record = replace(
        run.record,
        finished_at=now,
        read=sum(each.read for each in reports),
        created=sum(each.created for each in reports),
        changed=sum(each.changed for each in reports),
        deleted=sum(each.deleted for each in reports),
        quarantined=sum(each.quarantined for each in reports),
        error=next(iter(errors), None),
    )
    async with store.transaction() as tx:
        await tx.put({run.id: record})
        await tx.write(
            "sync_run",
            "DELETE FROM sync_run WHERE system = :system AND started_at < :before",
            {"system": run.record.system, "before": text_of(now - KEPT_FOR)},
        )


async def _close_lost(tx: Transaction, system: str, now: datetime) -> None:
    lost = await tx.rows(
        "SELECT id FROM sync_run WHERE system = :system AND finished_at IS NULL",
        {"system": system},
    )
    rows = await tx.mappings("sync_run", [id_ for (id_,) in lost])
    await tx.put(
        {
            row["id"]: replace(concept(SyncRun).decode(row), finished_at=now, error=LOST)
            for row in rows
        }
    )
