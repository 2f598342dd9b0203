"""Reinforcement: events, rules, proposed actions and their approval."""

from datetime import datetime
from typing import Any

from hub.models.kinds import (
    ActionStatus,
    ApprovalDecision,
    ChangeOperation,
    CouplingMode,
    Role,
    SystemKind,
)
from hub.models.record import Nature, record, says
from hub.models.shared import AuditEntry, Reason


@record(Nature.VALUE)
class FieldChange:
    """One field, before and after."""

    field: str = says("Field, as the target names it.")
    label: str = says("Field, in words.")
    before: Any | None = says("Value before; null: none, or masked.", default=None)
    after: Any | None = says("Value after; null: none, or masked.", default=None)


@record(Nature.VALUE)
class ProposedChange:
    """One write or notice."""

    operation: ChangeOperation = says("What is done.")
    system: str | None = says(
        "Key of the system written to; null for the hub itself.",
        default=None,
    )
    target_id: str | None = says(
        "The object changed; null for a new one.",
        default=None,
        target="Node",
    )
    entity: str = says("Its type in this schema.")
    recipient_ids: tuple[str, ...] = says("Who gets the notice.", default=(), target="Person")
    fields: tuple[FieldChange, ...] = says("Field by field. Bounded: 50.", default=())
    text: str = says("The whole in one sentence.")


@record(Nature.VALUE)
class Approval:
    """One decision that an action needs."""

    role: Role = says("In which role; EMPLOYEE is the person concerned.")
    decision: ApprovalDecision = says("What was decided.")
    by_id: str | None = says("Who decided.", default=None, target="Person")
    at: datetime | None = says("When.", default=None)
    note: str | None = says("Why so.", default=None)


@record(Nature.KEPT, keys=("key",))
class DomainEvent:
    """Something that happened (CloudEvents), in a source or in the hub."""

    type: str = says("CloudEvents type, e.g. hub.nonconformity.raised.")
    system: str | None = says(
        "Key of the source it came from; null for the hub itself.",
        default=None,
    )
    subject_type: str = says("Type of what it is about.")
    subject_id: str = says("What it is about.", target="Node")
    changes: tuple[FieldChange, ...] = says("What changed. Bounded: 50.", default=())
    occurred_at: datetime = says("When it happened.")
    received_at: datetime = says("When the hub learned of it.")
    key: str = says("De-duplication key.")
    caused_by_id: str | None = says(
        "The action whose effect it is.",
        default=None,
        target="CouplingAction",
    )


@record(Nature.KEPT, keys=("key",))
class CouplingRule:
    """A rule that carries an event in one system to an action in another.

    Open to all staff: the register of what is automated.
    """

    key: str = says("Key, e.g. C09.")
    title: str = says("What it is for.")
    trigger: str = says("Event types it listens to.")
    condition: str = says("When it acts, in plain words.")
    effect: str = says("What it then proposes, in plain words.")
    from_: SystemKind = says("Kind of system it listens to.")
    to: SystemKind = says("Kind of system it acts on.")
    mode: CouplingMode = says("How far it may go.")
    highest_mode: CouplingMode = says(
        "Never beyond this, whoever asks; nothing that touches pay, hiring, roster or "
        "appraisal is AUTOMATIC.",
    )
    approvers: tuple[Role, ...] = says(
        "Who decides on its actions, in this order. Bounded: 5.",
        default=(),
    )
    enabled: bool = says("Whether it runs.")
    data_used: tuple[str, ...] = says("Types and fields it reads. Bounded: 50.", default=())
    origin: tuple[str, ...] = says(
        "Questions and principles of the founding text it serves. Bounded: 10.",
        default=(),
    )
    history: tuple[AuditEntry, ...] = says(
        "Changes of mode and thresholds, newest first. Bounded: 100.",
        default=(),
    )


@record(Nature.KEPT, keys=("key",))
class CouplingAction:
    """One proposed write or notice, by a rule or a person.

    The only way the hub writes to other systems.
    """

    summary: str = says("What is proposed, in one sentence.")
    rule: str | None = says("Key of the rule; null when a person proposed it.", default=None)
    event_id: str | None = says("The event that led to it.", default=None, target="DomainEvent")
    proposed_by_id: str | None = says(
        "The person who proposed it; null for a rule.",
        default=None,
        target="Person",
    )
    subject_type: str | None = says("Type of what it is about.", default=None)
    subject_id: str | None = says("What it is about.", default=None, target="Node")
    status: ActionStatus = says("How it stands.")
    reasons: tuple[Reason, ...] = says("Why. Bounded: 20.", default=())
    changes: tuple[ProposedChange, ...] = says(
        "What it would do, exactly. Bounded: 20.",
        default=(),
    )
    approvals: tuple[Approval, ...] = says(
        "Who must decide, in order, and what they decided. Bounded: 5.",
        default=(),
    )
    created_at: datetime = says("When proposed.")
    expires_at: datetime | None = says("After this it lapses.", default=None)
    executed_at: datetime | None = says("When done.", default=None)
    attempts: int = says("Times tried.")
    error: str | None = says("Why it failed, without secrets.", default=None)
    superseded_by_id: str | None = says("The newer one.", default=None, target="CouplingAction")
    key: str = says("Idempotency key, also sent to the target.")
