"""What a rule is: a head that anyone can read, and two pure functions over facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from hub.models.coupling import CouplingAction, ProposedChange
from hub.models.kinds import CouplingMode, Role, SystemKind
from hub.models.shared import Reason

F = TypeVar("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a rule proposes.

    Attributes:
        key: Idempotency key. Its last part, after the last colon, says whom or what of the subject
            the proposal is for; of two proposals for the same, the newer replaces the older.
        summary: The whole in one sentence.
        subject_type: Type of what it is about.
        subject_id: What it is about.
        reasons: Why, in words that everybody may read.
        changes: What it would do.
        expires_at: After this it makes no sense any more; None: it always does.
    """

    key: str
    summary: str
    subject_type: str
    subject_id: str
    reasons: tuple[Reason, ...]
    changes: tuple[ProposedChange, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[F]):
    """A rule that carries an event in one system to an action in another.

    Attributes:
        key: Its key, e.g. C13.
        title: What it is for.
        hears: Types of the events that may move it.
        condition: When it acts, in plain words.
        effect: What it then proposes, in plain words.
        from_: Kind of system that it listens to.
        to: Kind of system that it acts on.
        mode: How far it goes until somebody says otherwise.
        highest_mode: How far it may ever go.
        approvers: Who decides, in this order.
        data_used: Types and fields that it reads.
        origin: Questions of the founding text that it serves.
        propose: Returns what it proposes, given the facts about one subject.
        objection: Returns why an action that was approved must not be done after all, in words;
            None: nothing speaks against it.
    """

    key: str
    title: str
    hears: tuple[str, ...]
    condition: str
    effect: str
    from_: SystemKind
    to: SystemKind
    mode: CouplingMode
    highest_mode: CouplingMode
    approvers: tuple[Role, ...]
    data_used: tuple[str, ...]
    origin: tuple[str, ...]
    propose: Callable[[F], Sequence[Proposal]]
    objection: Callable[[CouplingAction, F], str | None]


def place(key: str) -> str:
    """Return whom or what of its subject the action with a key is for."""
    return key.rpartition(":")[2]
