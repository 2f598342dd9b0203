"""Evidence and policies to test with: handmade ones, and strategies that make any."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from hub.competence.facts import Moment, Subject
from hub.competence.state import derive
from hub.models.competence import DecayPolicy
from hub.models.evidence import CompetenceEvidence, CompetenceState
from hub.models.kinds import DecayKind, EvidenceKind, Polarity

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
YEARLY = DecayPolicy(kind=DecayKind.HALF_LIFE, half_life="P365D", refresh_on_use=True)
FADING = DecayPolicy(kind=DecayKind.HALF_LIFE, half_life="P100D", refresh_on_use=False)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def piece(
    kind: EvidenceKind = EvidenceKind.WORK_RESULT,
    rank: int | None = 2,
    weight: float = 1.0,
    observed_at: datetime | None = None,
    **more: Any,
) -> CompetenceEvidence:
    return CompetenceEvidence(
        person_id="ada",
        competence_id="brakes",
        kind=kind,
        rank=rank,
        weight=weight,
        observed_at=observed_at or ago(days=10),
        **{"polarity": Polarity.POSITIVE, "system": "planning", "counted": True, **more},
    )


def against(rank: int = 2, weight: float = 0.8, **more: Any) -> CompetenceEvidence:
    more = {"polarity": Polarity.NEGATIVE, **more}
    return piece(EvidenceKind.QUALITY_RECORD, rank, weight, **more)


def state(
    *evidence: CompetenceEvidence, policy: DecayPolicy | None = None, at: datetime = NOW
) -> CompetenceState:
    named = {f"e{number}": each for number, each in enumerate(evidence)}
    return state_of(named, policy, at)


def state_of(
    evidence: dict[str, CompetenceEvidence], policy: DecayPolicy | None, at: datetime
) -> CompetenceState:
    subject = Subject(person_id="ada", competence_id="brakes", policy=policy)
    return derive(subject, evidence, Moment(at=at, computed_at=NOW))


def codes(of: CompetenceState) -> list[str]:
    return [each.code for each in of.explanation]


def _made(
    kind: EvidenceKind, polarity: Polarity, rank: int, weight: float, times: tuple[int, int | None]
) -> CompetenceEvidence:
    hours, life = times
    seen = ago(hours=hours)
    ends = None if life is None else seen + timedelta(hours=life)
    return piece(kind, rank, weight, seen, polarity=polarity, expires_at=ends)


WEIGHTS = st.sampled_from([0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9, 1.0])
TIMES = st.tuples(st.integers(0, 24 * 900), st.one_of(st.none(), st.integers(1, 24 * 1500)))
ANY = st.builds(
    _made,
    st.sampled_from(EvidenceKind),
    st.sampled_from(Polarity),
    st.integers(1, 4),
    WEIGHTS,
    TIMES,
)
FOR = st.builds(
    _made,
    st.sampled_from([each for each in EvidenceKind if each != EvidenceKind.APPRAISAL_RATING]),
    st.just(Polarity.POSITIVE),
    st.integers(1, 4),
    WEIGHTS,
    TIMES,
)
SETS = st.lists(ANY, max_size=8).map(
    lambda made: {f"e{number}": each for number, each in enumerate(made)}
)
POLICIES = st.one_of(
    st.none(),
    st.builds(
        DecayPolicy,
        kind=st.sampled_from(DecayKind),
        half_life=st.integers(1, 800).map(lambda days: f"P{days}D"),
        validity=st.just("P1Y"),
        refresh_on_use=st.booleans(),
    ),
)
