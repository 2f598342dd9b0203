"""What holds of a state whatever the evidence."""

from datetime import date, datetime, time, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hub.competence.state import answer, next_change
from hub.competence.weighing import ordinal, pieces
from hub.models.competence import DecayPolicy
from hub.models.evidence import CompetenceEvidence, CompetenceState
from hub.models.kinds import StateStatus
from tests.competence.evidences import ANY, FOR, NOW, POLICIES, SETS, state_of

Evidence = dict[str, CompetenceEvidence]
SURE = {StateStatus.PROVEN, StateStatus.EXPIRING}


def proven(of: CompetenceState) -> int:
    return (of.rank or 0) if of.status in SURE else 0


@given(SETS, POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_evidence_never_matters(
    evidence: Evidence, policy: DecayPolicy | None, random: Random
) -> None:
    shuffled = list(evidence.items())
    random.shuffle(shuffled)
    assert state_of(evidence, policy, NOW) == state_of(dict(shuffled), policy, NOW)


@given(SETS, FOR, POLICIES)
def test_more_evidence_for_it_never_lowers_what_is_proven(
    evidence: Evidence, more: CompetenceEvidence, policy: DecayPolicy | None
) -> None:
    before = state_of(evidence, policy, NOW)
    after = state_of({**evidence, "more": more}, policy, NOW)
    assert proven(before) <= proven(after)


@given(SETS, ANY, POLICIES)
def test_what_has_expired_never_counts(
    evidence: Evidence, one: CompetenceEvidence, policy: DecayPolicy | None
) -> None:
    ended = {**evidence, "more": _ended(one)}
    before, after = (state_of(each, policy, NOW) for each in (evidence, ended))
    gone = {StateStatus.UNKNOWN, StateStatus.EXPIRED}
    if before.status in gone:
        assert after.status in gone
    else:
        assert (before.rank, before.status, before.confidence, before.valid_until) == (
            after.rank,
            after.status,
            after.confidence,
            after.valid_until,
        )


@given(SETS, POLICIES)
def test_the_same_evidence_is_explained_alike_for_a_whole_day(
    evidence: Evidence, policy: DecayPolicy | None
) -> None:
    tonight = NOW.replace(hour=23, minute=59)
    one, other = (state_of(evidence, policy, at) for at in (NOW, tonight))
    assert one.explanation == other.explanation
    assert (one.rank, one.status, one.confidence) == (other.rank, other.status, other.confidence)


@given(SETS, POLICIES)
def test_the_next_change_is_the_first_day_with_another_answer(
    evidence: Evidence, policy: DecayPolicy | None
) -> None:
    known = pieces(evidence, NOW)
    today = ordinal(NOW)
    changes = next_change(known, policy, today)
    now = answer(known, policy, today)
    last = today + 3000 if changes is None else changes.toordinal() - 1
    days = {*range(today, min(last, today + 40) + 1), *range(max(today, last - 40), last + 1)}
    days |= set(range(today, last + 1, 23))
    assert all(answer(known, policy, day) == now for day in days)
    if changes is not None:
        assert answer(known, policy, changes.toordinal()) != now


@given(SETS, POLICIES)
def test_until_the_next_change_the_state_says_the_same_in_the_same_words(
    evidence: Evidence, policy: DecayPolicy | None
) -> None:
    now = state_of(evidence, policy, NOW)
    day = now.next_change_on or date(2030, 1, 1)
    before = state_of(evidence, policy, _morning(day - timedelta(days=1)))
    if _morning(day - timedelta(days=1)) >= NOW:
        assert _said(now) == _said(before)
    if now.next_change_on:
        assert _said(now) != _said(state_of(evidence, policy, _morning(day)))


def _ended(one: CompetenceEvidence) -> CompetenceEvidence:
    end = min(one.expires_at or NOW, NOW.replace(hour=0))
    return CompetenceEvidence(
        **{name: getattr(one, name) for name in one.__dataclass_fields__ if name != "expires_at"},
        expires_at=end,
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=NOW.tzinfo)


def _said(state: CompetenceState) -> tuple[object, ...]:
    return (
        state.rank,
        state.status,
        state.contradictory,
        state.valid_until,
        state.decays_on,
        state.explanation,
    )
