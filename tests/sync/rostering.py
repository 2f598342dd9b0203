"""A roster to cover: Ada's licence ends before her shift, Ben's does not; rules hear all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hub.commands.actions import letters
from hub.models.coupling import CouplingAction, CouplingRule
from hub.models.kinds import ActionStatus, CouplingMode
from hub.models.record import Sourced
from hub.store import Change, Store, identifier, outbox, terms
from hub.store.identity import By
from hub.sync import events
from hub.sync.coupling import action_id, couple, register, rule_id
from hub.sync.deriving import note
from tests.sync.organisation import (
    BASE,
    LAW,
    Organisation,
    at,
    credential,
    employed,
    person,
    person_id,
    requirement,
    shift,
)

STAFF: tuple[Sourced, ...] = (
    *BASE,
    *(person(each, work_email=f"{each}@example.org") for each in ("ada", "ben", "cas")),
    employed("cas", "other"),
    requirement(credential_required=True, **LAW),
    credential("c-ada", "ada", 2),
    credential("c-ben", "ben", 500),
    credential("c-cas", "cas", 500),
)
"""Ada and Ben of the team, and Cas of another unit, all with the licence that the work asks."""

CALENDAR = "/calendars/planner/team"
CATEGORY = ("planning", "category", "Shunting")

EARLY = shift("early", 3, "ada")
"""A shift of Ada's after her licence has ended."""


async def touching(tx: Any, changes: Sequence[Change]) -> None:
    """Say what follows from changes, as the hub does."""
    await note(tx, changes)
    await events.tell(tx, changes)


@dataclass(frozen=True)
class Roster(Organisation):
    """A hub whose rules hear what happens."""

    async def begin(self, *records: Sourced) -> None:
        """Register the rules, tell records and let everything follow."""
        await register(self.store, self.clock)
        await self.happen(*STAFF, *records)

    async def happen(self, *records: Sourced) -> None:
        """Tell records and let everything follow."""
        await self.heard(await self.tell(*records))
        await self.settle()

    async def vanish(self, kind: type[Sourced], *ids: str) -> None:
        """Delete records and let everything follow."""
        await self.heard(await self.gone(kind, *ids))
        await self.settle()

    async def heard(self, changes: Sequence[Change]) -> None:
        async with self.store.transaction() as tx:
            await events.tell(tx, changes)

    async def settle(self) -> None:
        await self.derive()
        await couple(self.store, self.clock)

    async def actions(self) -> list[CouplingAction]:
        """Return all actions, the oldest first."""
        found: list[CouplingAction] = await self.records(CouplingAction)
        return sorted(found, key=lambda each: (each.created_at, each.key))

    async def statuses(self) -> list[ActionStatus]:
        return [each.status for each in await self.actions()]

    async def action(self) -> CouplingAction:
        """Return the only action there is."""
        (one,) = await self.actions()
        return one

    async def approve(self, action: CouplingAction) -> None:
        """Do what the last approval does."""
        approved = replace(action, status=ActionStatus.APPROVED)
        id_ = action_id(action.key)
        async with self.store.transaction() as tx:
            await tx.put({id_: approved})
            for each in letters(id_, approved):
                await outbox.post(tx, each)

    async def decide(self, action: CouplingAction, status: ActionStatus) -> None:
        async with self.store.transaction() as tx:
            await tx.put({action_id(action.key): replace(action, status=status)})

    async def rule(self) -> CouplingRule:
        (one,) = await self.records(CouplingRule)
        found: CouplingRule = one
        return found

    async def set_rule(self, **how: Any) -> None:
        """Change a rule while the hub runs."""
        changed = replace(await self.rule(), **how)
        async with self.store.transaction() as tx:
            await tx.put({rule_id(changed.key): changed})

    async def mode(self, mode: CouplingMode) -> None:
        await self.set_rule(mode=mode)

    async def event_ids(self) -> list[str]:
        """Return all events that a rule hears."""
        rows = await self.rows(
            "SELECT id, type FROM domain_event WHERE caused_by_id IS NULL ORDER BY id"
        )
        return [id_ for id_, type_ in rows if type_ in events.HEARD]

    async def touch(self, ids: Sequence[str]) -> None:
        """Let events come once more."""
        async with self.store.transaction() as tx:
            await tx.touch(events.TOUCHED, ids)


def after(action: CouplingAction, field: str = "assignees") -> Any:
    """Return what a field would be."""
    return next(e.after for change in action.changes for e in change.fields if e.field == field)


def shift_id(name: str = "early") -> str:
    return identifier("WorkAssignment", "planning", "all", name)


def place_of(action: CouplingAction) -> str:
    """Return for whom an action is."""
    people = {person_id(each): each for each in ("ada", "ben", "cas", "dan")}
    return people[action.key.rpartition(":")[2]]


def ics(*people: str, begins: datetime | None = None, more: str = "") -> str:
    """Return the text of a shift, as a planner's program writes it."""
    first = begins or at(3)
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//planner//EN", "BEGIN:VEVENT", "UID:early"),
        *("DTSTAMP:20260501T000000Z", "SUMMARY:Early", "LOCATION:team", "CATEGORIES:Shunting"),
        f"DTSTART:{first:%Y%m%dT%H%M%SZ}",
        f"DTEND:{first + timedelta(hours=8):%Y%m%dT%H%M%SZ}",
        *(f"ATTENDEE:mailto:{each}@example.org" for each in people),
        *([more] if more else []),
        *("X-SHIFT-CODE:E2", "END:VEVENT", "END:VCALENDAR", ""),
    )
    return "\r\n".join(lines)


async def meant(store: Store) -> None:
    """Say which process the category of the roster means."""
    async with store.transaction() as tx:
        link = await terms.add(tx, *CATEGORY, "WorkProcess")
        await terms.save(tx, link, identifier("WorkProcess", "code", "", "shunting"), By())
