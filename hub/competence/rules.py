"""What decides how evidence is weighed: all of it configuration, and all of it here.

Change a value and raise `RULE_VERSION`: every answer says under which version it was reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from hub.models.kinds import EvidenceKind, StateStatus

RULE_VERSION = "1"
"""Version of everything in this module; each derived record carries it."""

MONTH = timedelta(days=30.4375)
"""A month, as the mean of the Gregorian calendar."""


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


PROVEN, CLAIMED = StateStatus.PROVEN, StateStatus.CLAIMED
KINDS: Mapping[EvidenceKind, KindRule] = MappingProxyType(
    {
        EvidenceKind.WORK_RESULT: KindRule(weight=1.0, ceiling=PROVEN),
        EvidenceKind.OBSERVATION: KindRule(weight=1.0, ceiling=PROVEN),
        EvidenceKind.ASSESSMENT: KindRule(weight=0.9, ceiling=PROVEN),
        EvidenceKind.CREDENTIAL: KindRule(weight=0.9, ceiling=PROVEN),
        EvidenceKind.QUALITY_RECORD: KindRule(weight=0.8, ceiling=PROVEN, life=12 * MONTH),
        EvidenceKind.APPRAISAL_RATING: KindRule(weight=0.7, ceiling=PROVEN, life=15 * MONTH),
        EvidenceKind.TICKET_RESOLUTION: KindRule(weight=0.5, ceiling=PROVEN, life=12 * MONTH),
        EvidenceKind.PEER_ENDORSEMENT: KindRule(weight=0.4, ceiling=CLAIMED, life=12 * MONTH),
        EvidenceKind.INTERVIEW_SCORE: KindRule(weight=0.4, ceiling=CLAIMED, life=6 * MONTH),
        EvidenceKind.LEARNING_COMPLETION: KindRule(weight=0.4, ceiling=CLAIMED, life=12 * MONTH),
        EvidenceKind.SELF_ASSESSMENT: KindRule(weight=0.2, ceiling=CLAIMED, life=6 * MONTH),
    }
)
"""Weight, ceiling and life of each kind of evidence; an appraisal's life counts from the end of
its cycle, a credential counts until it ends."""

WORK_LIFE = 24 * MONTH
"""How long a result of work counts where the competence has no decay policy."""

LEARNING_SPARED_BELOW = "HIGH"
"""Severity from which a nonconformity in learning work counts against a person."""

PROVEN_FROM = 0.5
"""Support, of kinds whose ceiling is PROVEN, from which a level is proven."""

CLAIMED_FROM = 0.2
"""Support of all kinds from which a level is claimed."""

CONTESTED_ABOVE = 0.4
"""Support on both sides above which the evidence contradicts itself."""

EXPIRING_WITHIN = timedelta(days=90)
"""Time before the end of a credential or a state in which it is called expiring."""

EXPLAINED_AT_MOST = 50
"""Steps that an explanation holds; further evidence is counted but not named."""

SMALLEST_HOLDERS = 1
"""How many must have a competence where the requirement names no number."""
