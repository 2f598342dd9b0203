"""One decision while it is being taken, and what comes of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub.engine.origins import Key
from hub.models.coupling import DomainEvent, FieldChange
from hub.policy import Viewer
from hub.store import Change, Transaction
from hub.store.identity import By


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody asks for, in the transaction that does it.

    Attributes:
        tx: The transaction.
        viewer: Who decides.
        given: The input, its texts checked.
        at: When it was asked.
        key: Names this decision among all; the same for the same idempotency key.
    """

    tx: Transaction
    viewer: Viewer
    given: Mapping[str, Any]
    at: datetime
    key: str

    @property
    def by(self) -> By:
        """Who decides, and why."""
        return By(
            actor_id=self.viewer.person_id, note=self.given.get("reason") or self.given.get("note")
        )

    @property
    def today(self) -> str:
        """The day on which it is decided."""
        return self.at.date().isoformat()

    def event(
        self, type_: str, about: Key, *, part: str = "", changes: tuple[FieldChange, ...] = ()
    ) -> DomainEvent:
        """Return the event that this decision is.

        Args:
            type_: Its type, e.g. hub.requirement.saved.
            about: What it is about.
            part: Which part of the decision, where it has several.
            changes: What changed.
        """
        return DomainEvent(
            type=type_,
            subject_type=about.type,
            subject_id=about.id,
            changes=changes,
            occurred_at=self.at,
            received_at=self.tx.moment,
            key=f"decision:{self.key}:{part}" if part else f"decision:{self.key}",
        )

    async def audit(self, action: str, about: Key, detail: Any = None) -> None:
        """Write down what was decided about something."""
        await self.tx.audit(
            action,
            actor_id=self.viewer.person_id,
            subject=(about.type, about.id),
            purpose=self.viewer.purpose,
            note=self.by.note,
            detail=detail,
        )


Answered = Mapping[str, Key | tuple[Key, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a decision did.

    Attributes:
        answer: The changed objects, by their field of the payload.
        events: What happened.
        changes: What the fold made of it.
    """

    answer: Answered
    events: tuple[DomainEvent, ...]
    changes: tuple[Change, ...] = ()


Command = Callable[[Decision], Awaitable[Outcome]]
"""Takes a decision.

It raises a `DecisionError`, or a group of them, when it refuses; then nothing was done.
"""
