from datetime import date, timedelta

import pytest

from hub.clock import start_of_day
from hub.models.kinds import EvidenceKind, Polarity, StateStatus
from tests.competence.evidences import FADING, NOW, YEARLY, against, ago, codes, piece, state


def test_nothing_known_is_unknown_and_says_so() -> None:
    found = state()
    assert (StateStatus.UNKNOWN, None, 0.0) == (found.status, found.rank, found.confidence)
    assert ["NO_EVIDENCE"] == codes(found)
    assert found.next_change_on is None


def test_finished_work_proves_the_level_that_was_asked() -> None:
    found = state(piece(rank=3))
    assert (StateStatus.PROVEN, 3, 1.0) == (found.status, found.rank, found.confidence)
    assert found.last_used_at == ago(days=10)
    assert ["LEVEL_PROVEN", "EVIDENCE_COUNTED"] == codes(found)
    assert (
        "Work finished on 2026-04-24 (planning) speaks for level 3, with weight 1."
        == found.explanation[1].text
    )


def test_learning_alone_claims_however_much_there_is() -> None:
    courses = [piece(EvidenceKind.LEARNING_COMPLETION, 2, 0.4) for _ in range(5)]
    assert (StateStatus.CLAIMED, 2) == (state(*courses).status, state(*courses).rank)


def test_a_proven_level_is_told_even_below_a_claimed_one() -> None:
    found = state(piece(rank=1), piece(EvidenceKind.LEARNING_COMPLETION, 3, 0.4))
    assert (StateStatus.PROVEN, 1) == (found.status, found.rank)


def test_a_single_word_of_ones_own_reaches_the_lowest_claim() -> None:
    assert StateStatus.CLAIMED == state(piece(EvidenceKind.SELF_ASSESSMENT, 1, 0.2)).status
    assert StateStatus.UNKNOWN == state(piece(EvidenceKind.SELF_ASSESSMENT, 1, 0.1)).status


@pytest.mark.parametrize(
    ("kind", "weight"),
    [
        (EvidenceKind.CREDENTIAL, 0.9),
        (EvidenceKind.QUALITY_RECORD, 0.8),
        (EvidenceKind.APPRAISAL_RATING, 0.7),
    ],
)
def test_one_piece_of_a_strong_kind_proves(kind: EvidenceKind, weight: float) -> None:
    assert StateStatus.PROVEN == state(piece(kind, 2, weight)).status


def test_what_ends_within_ninety_days_is_expiring() -> None:
    end = start_of_day(NOW) + timedelta(days=91)
    found = state(piece(expires_at=end))
    assert (StateStatus.PROVEN, end) == (found.status, found.valid_until)
    assert (NOW + timedelta(days=1)).date() == found.next_change_on
    tomorrow = state(piece(expires_at=end), at=NOW + timedelta(days=1))
    assert StateStatus.EXPIRING == tomorrow.status
    assert end.date() == tomorrow.next_change_on
    assert StateStatus.EXPIRED == state(piece(expires_at=end), at=end).status


def test_the_longest_lasting_evidence_decides_when_a_state_ends() -> None:
    soon, late = (start_of_day(NOW) + timedelta(days=days) for days in (30, 300))
    found = state(piece(expires_at=soon), piece(expires_at=late))
    assert (StateStatus.PROVEN, late) == (found.status, found.valid_until)


def test_half_a_life_without_use_still_proves_and_the_day_after_is_decayed() -> None:
    used = start_of_day(ago(days=100))
    on_the_day = state(piece(observed_at=used), policy=FADING)
    assert (StateStatus.PROVEN, 0.5) == (on_the_day.status, on_the_day.confidence)
    after = date(2026, 5, 5)
    assert (after, after) == (on_the_day.decays_on, on_the_day.next_change_on)
    assert StateStatus.DECAYED == (
        state(piece(observed_at=used), policy=FADING, at=NOW + timedelta(days=1)).status
    )


def test_use_lets_older_support_start_afresh_where_the_policy_says_so() -> None:
    old = piece(EvidenceKind.OBSERVATION, 3, 1.0, ago(days=700))
    lately = piece(rank=1, observed_at=ago(days=3))
    assert (StateStatus.PROVEN, 3) == (
        state(old, lately, policy=YEARLY).status,
        state(old, lately, policy=YEARLY).rank,
    )
    assert 1 == state(old, lately, policy=FADING).rank


def test_newer_and_stronger_evidence_against_a_level_takes_it() -> None:
    found = state(
        piece(EvidenceKind.APPRAISAL_RATING, 2, 0.7, ago(days=90)),
        piece(rank=1, observed_at=ago(days=90)),
        against(2, observed_at=ago(days=5)),
    )
    assert (StateStatus.PROVEN, 1) == (found.status, found.rank)
    assert {"OPPOSED", "CONTRADICTED"} <= set(codes(found))


def test_older_evidence_against_a_level_only_contradicts() -> None:
    found = state(piece(rank=2), against(2, observed_at=ago(days=50)))
    assert (2, StateStatus.PROVEN, True) == (found.rank, found.status, found.contradictory)
    assert pytest.approx(1 / 1.8, abs=1e-4) == found.confidence


def test_a_low_rating_contradicts_work_that_shows_more() -> None:
    rating = piece(EvidenceKind.APPRAISAL_RATING, 2, 0.7, ago(days=90))
    found = state(piece(rank=3), rating)
    assert (3, StateStatus.PROVEN, True) == (found.rank, found.status, found.contradictory)


def test_a_rating_that_agrees_contradicts_nothing() -> None:
    assert not state(piece(rank=3), piece(EvidenceKind.APPRAISAL_RATING, 3, 0.7)).contradictory


def test_a_better_rating_replaces_what_the_last_one_spoke_against() -> None:
    ratings = [
        piece(EvidenceKind.APPRAISAL_RATING, rank, 0.7, ago(days=days))
        for rank, days in ((2, 400), (3, 30))
    ]
    found = state(*ratings)
    assert (3, StateStatus.PROVEN, False) == (found.rank, found.status, found.contradictory)


def test_use_without_judgement_supports_nothing_but_is_use() -> None:
    found = state(piece(polarity=Polarity.NEUTRAL))
    assert (StateStatus.UNKNOWN, ago(days=10)) == (found.status, found.last_used_at)


def test_what_is_contested_or_not_yet_observed_says_nothing() -> None:
    later = NOW + timedelta(minutes=1)
    assert StateStatus.UNKNOWN == state(piece(counted=False), piece(observed_at=later)).status


def test_an_explanation_names_fifty_steps_at_most() -> None:
    work = [piece(observed_at=ago(days=days)) for days in range(1, 90)]
    assert 50 >= len(state(*work).explanation) > 40
