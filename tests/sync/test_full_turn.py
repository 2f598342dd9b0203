"""One full turn of the circle, over the roster's own wire: proposed, approved, written, kept."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from caldav.davclient import DAVClient

from hub import clock
from hub.models.coupling import CouplingAction
from hub.models.credential import Credential
from hub.models.kinds import ActionStatus
from hub.store import Store
from hub.sync.coupling import couple, register
from hub.sync.deriving import derive
from hub.sync.run import Order, Syncing, sync
from hub.sync.source import configured
from hub.sync.writing import Deliverer
from tests.sync.conftest import Systems
from tests.sync.organisation import credential
from tests.sync.rostering import CALENDAR, STAFF, Roster, ics, meant, touching

ROOT = Path(__file__).parents[2]
SOON = timedelta(days=3)


@dataclass(frozen=True)
class Turning(Roster):
    """A hub that syncs with the roster's server, and the systems that run."""

    syncing: Syncing
    systems: Systems

    async def approved(self) -> CouplingAction:
        """Let the rule propose, and approve of it."""
        await sync(self.syncing, Order())
        action = await self.action()
        await self.approve(action)
        return action

    def event(self) -> Any:
        """Return the shift as a program reads it that knows nothing of the hub."""
        with self.systems.client("planning") as client:
            address, secret = str(client.base_url), client.headers["authorization"]
        with DAVClient(url=address, headers={"Authorization": secret}) as dav:
            found = {str(each.url).split("/")[-2]: each for each in dav.principal().calendars()}
            (event,) = found["team"].events()
        return event.icalendar_component


@pytest.fixture
async def hub(systems: Systems, database: str) -> AsyncIterator[Turning]:
    now = clock.now
    begins = (now() + SOON).replace(hour=8, minute=0, second=0, microsecond=0)
    with systems.client("planning") as client:
        client.request("MKCALENDAR", f"{CALENDAR}/").raise_for_status()
        client.put(f"{CALENDAR}/early.ics", content=ics("ada", begins=begins)).raise_for_status()
    store = await Store.open(database, now=now)
    sources = [each for each in configured(systems.settings, {}) if each.key == "planning"]
    deliver = Deliverer(sources=sources, touching=touching).deliver
    syncing = Syncing(
        database=database,
        store=store,
        sources=sources,
        now=now,
        touching=touching,
        afterwards=(derive, couple, deliver, derive, couple),
    )
    made = Turning(store, now, syncing, systems)  # type: ignore[arg-type]  # the time it is
    await register(store, now)
    await made.tell(
        *STAFF,
        lasting("c-ada", "ada", begins - timedelta(days=1)),
        lasting("c-ben", "ben", begins + timedelta(days=99)),
    )
    await meant(store)
    yield made
    await store.close()


def lasting(id_: str, holder: str, until: datetime) -> Credential:
    said = credential(id_, holder, None)
    return replace(said, valid_from=until - timedelta(days=999), valid_until=until)


async def test_one_full_turn(hub: Turning) -> None:
    action = await hub.approved()
    await hub.syncing.settle()
    event = hub.event()
    assert "mailto:ben@example.org" == str(event["ATTENDEE"])
    assert "Was not covered: ben takes over from ada." == str(event["COMMENT"])
    assert f"hub:{action.key}" == str(event["X-HUB-ORIGIN"])
    assert "E2" == str(event["X-SHIFT-CODE"])
    assert [ActionStatus.EXECUTED] == await hub.statuses()


async def test_after_it_a_sync_changes_nothing_and_nothing_fires(hub: Turning) -> None:
    await hub.approved()
    await hub.syncing.settle()
    before, requests = await _held(hub), hub.systems.requests()["planning"]
    for order in (Order(), Order(full=True)):
        reports = await sync(hub.syncing, order)
        assert [(0, 0, None)] == [(each.changed, each.deleted, each.error) for each in reports]
    assert before == await _held(hub)
    assert requests < hub.systems.requests()["planning"]


async def _held(hub: Turning) -> list[Any]:
    return [
        await hub.rows("SELECT id, version FROM work_assignment ORDER BY id"),
        await hub.rows("SELECT id FROM domain_event ORDER BY id"),
        await hub.rows("SELECT id, version, status FROM coupling_action"),
        str(hub.event()),
        await hub.stored(),
    ]


@pytest.mark.real
async def test_a_process_killed_between_writing_and_keeping_repeats_no_effect(
    hub: Turning,
) -> None:
    action = await hub.approved()
    command = ("-m", "tests.sync.killed", hub.syncing.database, str(hub.systems.folder))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, env=environment
    )
    assert -signal.SIGKILL == await asyncio.wait_for(process.wait(), 60)
    written = hub.event()
    assert f"hub:{action.key}" == str(written["X-HUB-ORIGIN"])
    assert [ActionStatus.APPROVED] == await hub.statuses()
    await hub.syncing.settle()
    assert [ActionStatus.EXECUTED] == await hub.statuses()
    await sync(hub.syncing, Order())
    assert [ActionStatus.EXECUTED] == await hub.statuses()
    assert str(written) == str(hub.event())
