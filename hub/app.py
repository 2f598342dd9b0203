"""Composition root: settings in, a hub out. It wires the parts and does nothing itself."""

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from hub import clock
from hub.commands.deciding import deciding
from hub.config import Settings
from hub.engine.execute import Engine
from hub.models.kinds import SystemKind
from hub.schema import served
from hub.schema.build import Schema
from hub.store import Change, Store, Transaction
from hub.sync import deriving, events
from hub.sync.coupling import couple, register
from hub.sync.ledger import Itself, introduce
from hub.sync.run import Syncing
from hub.sync.source import configured
from hub.sync.writing import Deliverer


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """One hub, open.

    Attributes:
        settings: What it was told.
        store: The mirror.
        schema: The public graph.
        engine: Answers questions, and makes decisions.
        syncing: What syncs need, and what follows from them.
        now: Tells the time.
    """

    settings: Settings
    store: Store
    schema: Schema
    engine: Engine
    syncing: Syncing
    now: Callable[[], datetime]


@asynccontextmanager
async def opened(
    settings: Settings, *, now: Callable[[], datetime] = clock.now
) -> AsyncIterator[Hub]:
    """Open a hub while the block runs.

    Raises:
        ConfigError: its database cannot be used.
    """
    store = await Store.open(settings.database, now=now)
    try:
        await introduce(store, Itself(), SystemKind.HUB)
        await register(store, now)
        yield _composed(settings, store, now)
    finally:
        await store.close()


def _composed(settings: Settings, store: Store, now: Callable[[], datetime]) -> Hub:
    async def settle() -> None:
        await deriving.derive(store, now)
        await couple(store, now)

    schema = served()
    return Hub(
        settings=settings,
        store=store,
        schema=schema,
        engine=Engine(
            schema=schema.graph,
            store=store,
            now=now,
            derive=deriving.derived_at,
            decide=deciding(store, now, settle, _touched),
            demo=settings.demo,
        ),
        syncing=_syncing(settings, store, now),
        now=now,
    )


def _syncing(settings: Settings, store: Store, now: Callable[[], datetime]) -> Syncing:
    sources = configured(settings, os.environ)
    deliver = Deliverer(sources=sources, touching=_touched).deliver
    return Syncing(
        database=settings.database,
        store=store,
        sources=sources,
        now=now,
        touching=_touched,
        # what a delivery brings home is a change like any other
        afterwards=(deriving.derive, couple, deliver, deriving.derive, couple),
        at_once=settings.sources_at_once,
        most_percent=settings.max_vanished_percent,
    )


async def _touched(tx: Transaction, changes: Sequence[Change]) -> None:
    await deriving.note(tx, changes)
    await events.tell(tx, changes)
