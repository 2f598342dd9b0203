"""Carries out what was approved: letters of the outbox become writes to outside systems.

The body of a letter is the JSON form of the `ProposedChange` that it makes; one to no system is a
notice of the hub's own, and is done once it is recorded.

Before anything is written the record is read freshly from its source. It must be what the hub knew
when the action was approved, and the rule must have no objection; otherwise nothing is written and
the action fails, in words. What the source answers is kept with the hub's mark of origin in the
same transaction that says that the letter was delivered. A process that dies between the two finds
its own mark the next time, and writes nothing twice.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hub.errors import ConfigError, HubError, RefusedError, TimedOutError
from hub.models.coupling import CouplingAction, ProposedChange
from hub.models.kinds import ActionStatus
from hub.models.record import Sourced
from hub.sdk import Change, Connector, Fetches, Writes
from hub.store import Origin, Store, Transaction, concept, outbox
from hub.store.concepts import Concept
from hub.store.outbox import Letter
from hub.sync import coupling, ledger
from hub.sync.events import ORIGIN
from hub.sync.merging import StaleError, differences, merged
from hub.sync.pull import Touching
from hub.sync.source import Source

WRITE_S = 60.0  # what one write may take, with all its requests
AGAIN = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 480))
"""How long to wait after each attempt that failed; after one more the letter is given up."""

log = logging.getLogger(__name__)


FINAL = (StaleError, RefusedError)
"""Faults that the same write would meet again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the hub keeps of the record that is to be written.

    Attributes:
        external_id: Its id in the source.
        payload: What the source said of it, as text.
        objection: Why it must not be written after all, in words.
    """

    external_id: str
    payload: str
    objection: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a source answered to a write.

    Attributes:
        source: The source.
        stream: The stream of the record.
        record: The record as it then is.
        asked_at: When the source was first asked.
    """

    source: Origin
    stream: str
    record: Sourced
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """Delivers what is due in the outbox.

    Attributes:
        sources: The outside systems.
        touching: Says, in the transaction that keeps an answer, what is to be derived anew.
    """

    sources: Sequence[Source]
    touching: Touching

    async def deliver(self, store: Store, now: Callable[[], datetime]) -> None:
        """Deliver every letter that is due, one after the other.

        A fault of a source stops nothing but the letter; it is tried again later, and given up
        after some time: then the action has failed, and says why.
        """
        while letters := await _due(store):
            for letter in letters:
                await _Delivery(self, store, now, letter).made()


async def _due(store: Store) -> list[Letter]:
    async with store.transaction() as tx:
        return await outbox.due(tx)


@dataclass(frozen=True, slots=True)
class _Delivery:
    """One attempt to deliver one letter."""

    of: Deliverer
    store: Store
    now: Callable[[], datetime]
    letter: Letter

    async def made(self) -> None:
        """Make it; a fault is written down, not raised."""
        async with self.store.transaction() as tx:
            action = await self._action(tx)
            if action is None or action.status is not ActionStatus.APPROVED:
                await self._dropped(tx, action)
                return
        try:
            written = await self._written(action) if self.letter.system else None
        except HubError as error:
            await self._failed(ledger.words(error), final=isinstance(error, FINAL))
        except TimeoutError:
            told = f"{self.letter.system} did not answer within {WRITE_S:g} s"
            await self._failed(ledger.words(TimedOutError(told)), final=False)
        except Exception as error:
            log.exception("%s could not be delivered", self.letter.id)
            await self._failed(ledger.words(error), final=False)
        else:
            await self._done(written)

    async def _action(self, tx: Transaction) -> CouplingAction | None:
        of = concept(CouplingAction)
        rows = await tx.mappings(of.table, [self.letter.action_id])
        return of.decode(rows[0]) if rows else None

    async def _dropped(self, tx: Transaction, action: CouplingAction | None) -> None:
        """Put away a letter whose action is no longer to be done, or was done by another."""
        if action is not None and action.status is ActionStatus.EXECUTED:
            await outbox.delivered(tx, self.letter.id)
            return
        told = f"The action is {action.status.value}." if action else "There is no such action."
        await outbox.failed(tx, self.letter.id, told, again=None)

    async def _written(self, action: CouplingAction) -> Written:
        """Write to the source, unless that was done before; return what it then says."""
        (change,) = concept(CouplingAction).codecs["changes"].decode([self.letter.body])
        source = self._source()
        of = concept(change.entity)
        asked_at = self.now()
        known = await self._known(action, change)
        async with asyncio.timeout(WRITE_S), source.opened(self.now) as connector:
            fields = frozenset(each.field for each in change.fields)
            resource = _writer(connector, of.type, fields)
            fresh = await _fetched(resource, known.external_id)
            if fresh.origin != f"{ORIGIN}{self.letter.id}":
                _check(of, known, fresh)
                after = merged(of, fresh, change.fields)
                fresh = await resource.write(Change(after=after, fields=fields, key=self.letter.id))
            return Written(
                source=Origin(key=source.key, kind=connector.kind),
                stream=resource.stream,
                record=fresh,
                asked_at=asked_at,
            )

    def _source(self) -> Source:
        for each in self.of.sources:
            if each.key == self.letter.system:
                return each
        raise ConfigError(f"{self.letter.system} is no source of the hub any more")

    async def _known(self, action: CouplingAction, change: ProposedChange) -> Known:
        async with self.store.snapshot() as snapshot:
            rows = await snapshot.rows(
                "SELECT external_id, payload FROM source_record WHERE entity_id = :id"
                " AND system = :system AND deleted_at IS NULL",
                {"id": change.target_id, "system": self.letter.system},
            )
            if not rows:
                raise StaleError("It is gone.")
            now = self.now()
            objection = await coupling.objection(snapshot, action, now)
        if action.expires_at is not None and action.expires_at <= now:
            objection = "It is too late."
        ((external_id, payload),) = rows
        return Known(external_id=external_id, payload=payload, objection=objection)

    async def _done(self, written: Written | None) -> None:
        """Keep what the source answered, and that the letter was delivered."""
        async with self.store.transaction() as tx:
            if written is not None:
                kept = await tx.keep(
                    written.source,
                    written.stream,
                    type(written.record),
                    [written.record],
                    fetched_at=written.asked_at,
                )
                folded = await tx.fold(kept.touched)
                await self.of.touching(tx, folded.changes)
            await outbox.delivered(tx, self.letter.id)
            action = await self._action(tx)
            if action is not None and action.status is ActionStatus.APPROVED:
                await self._counted(tx, action, None, ended=not await self._more(tx))

    async def _more(self, tx: Transaction) -> bool:
        """Tell whether other letters of the action wait."""
        rows = await tx.rows(
            "SELECT 1 FROM outbox WHERE action_id = :id AND due_at IS NOT NULL LIMIT 1",
            {"id": self.letter.action_id},
        )
        return bool(rows)

    async def _failed(self, error: str, *, final: bool) -> None:
        tried = self.letter.attempts
        again = None if final or tried >= len(AGAIN) else self.now() + AGAIN[tried]
        async with self.store.transaction() as tx:
            await outbox.failed(tx, self.letter.id, error, again)
            action = await self._action(tx)
            if action is not None and action.status is ActionStatus.APPROVED:
                await self._counted(tx, action, error, ended=again is None)

    async def _counted(
        self, tx: Transaction, action: CouplingAction, error: str | None, *, ended: bool
    ) -> None:
        """Keep how an attempt went; where it ended the action, that is audited."""
        tried = replace(action, attempts=action.attempts + 1, error=error)
        if ended and error is None:
            tried = replace(tried, status=ActionStatus.EXECUTED, executed_at=tx.moment)
        elif ended:
            tried = replace(tried, status=ActionStatus.FAILED)
        await tx.put({self.letter.action_id: tried})
        if ended:
            subject = (CouplingAction.__name__, self.letter.action_id)
            await tx.audit(f"ACTION_{tried.status.value}", subject=subject, note=error)


def _writer(connector: Connector[Any], of: type[Sourced], fields: frozenset[str]) -> Any:
    """Return the resource that writes these fields of records of a type.

    Raises:
        RefusedError: none does.
    """
    for each in connector:
        able = isinstance(each, Writes) and isinstance(each, Fetches)
        if able and each.record is of and fields <= each.writable.keys():
            return each
    told = f"{connector.name} does not write {', '.join(sorted(fields))} of {of.__name__}"
    raise RefusedError(told)


async def _fetched(resource: Any, external_id: str) -> Sourced:
    found: list[Sourced] = await resource.fetch([external_id])
    for each in found:
        if each.id == external_id:
            return each
    raise StaleError("It is gone.")


def _check(of: Concept, known: Known, fresh: Sourced) -> None:
    """Refuse what is not as it was when it was approved."""
    if known.objection:
        raise StaleError(known.objection)
    changed = differences(of, known.payload, fresh)
    if changed:
        raise StaleError(f"It was changed meanwhile: {', '.join(changed)}.")
