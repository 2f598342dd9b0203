"""What decides how evidence is weighed: all of it configuration, and all of it here.

Change a value and raise `RULE_VERSION`: every answer says under which version it was reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from hub.clock import span
from hub.models.kinds import EvidenceKind, Severity, StateStatus

RULE_VERSION = "1"
"""Version of everything in this module; each derived record carries it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """What one kind of evidence is worth.

    Attributes:
        weight: Weight of one piece, 0 to 1.
        ceiling: The surest status that evidence of this kind can make by itself.
        life: How long a piece counts; None: as long as the competence's decay policy says.
    """

    weight: float
    ceiling: StateStatus
    life: timedelta | None = None


YEAR = span("P1Y")
PROVEN, CLAIMED = StateStatus.PROVEN, StateStatus.CLAIMED
KINDS: Mapping[EvidenceKind, KindRule] = MappingProxyType(
    {
        EvidenceKind.WORK_RESULT: KindRule(weight=1.0, ceiling=PROVEN),
        EvidenceKind.OBSERVATION: KindRule(weight=1.0, ceiling=PROVEN),
        EvidenceKind.ASSESSMENT: KindRule(weight=0.9, ceiling=PROVEN),
        EvidenceKind.CREDENTIAL: KindRule(weight=0.9, ceiling=PROVEN),
        EvidenceKind.QUALITY_RECORD: KindRule(weight=0.8, ceiling=PROVEN, life=YEAR),
        EvidenceKind.APPRAISAL_RATING: KindRule(weight=0.7, ceiling=PROVEN, life=span("P1Y3M")),
        EvidenceKind.TICKET_RESOLUTION: KindRule(weight=0.5, ceiling=PROVEN, life=YEAR),
        EvidenceKind.PEER_ENDORSEMENT: KindRule(weight=0.4, ceiling=CLAIMED, life=YEAR),
        EvidenceKind.INTERVIEW_SCORE: KindRule(weight=0.4, ceiling=CLAIMED, life=span("P6M")),
        EvidenceKind.LEARNING_COMPLETION: KindRule(weight=0.4, ceiling=CLAIMED, life=YEAR),
        EvidenceKind.SELF_ASSESSMENT: KindRule(weight=0.2, ceiling=CLAIMED, life=span("P6M")),
    }
)
"""Weight, ceiling and life of each kind of evidence; an appraisal's life counts from the end of
its cycle, a credential counts until it ends."""

WORK_LIFE = 2 * YEAR
"""How long a result of work counts where the competence has no decay policy."""

LEARNING_SPARED_BELOW = Severity.HIGH
"""Severity from which a nonconformity in learning work counts against a person."""

PROVEN_FROM = 0.5
"""Support, of kinds whose ceiling is PROVEN, from which a level is proven."""

CLAIMED_FROM = 0.2
"""Support of all kinds from which a level is claimed."""

CONTESTED_ABOVE = 0.4
"""Support on both sides above which the evidence contradicts itself."""

EXPIRING_WITHIN = timedelta(days=90)
"""Time before the end of a credential or a state in which it is called expiring."""

NO_RANK = 1
"""Rank that evidence speaks for, and a cause against, where nothing names one."""

EXPLAINED_AT_MOST = 50
"""Steps that an explanation holds; further evidence is counted but not named."""

RECURS_WITHIN = timedelta(days=180)
"""Time after it is closed within which the same nonconformity has come back."""

SMALLEST_HOLDERS = 1
"""How many must have a competence where the requirement names no number."""

SEVERITIES = tuple(Severity)
"""Severities, mildest first."""
