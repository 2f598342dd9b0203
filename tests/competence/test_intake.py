from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hub.competence import intake
from hub.competence.facts import (
    AppraisalFact,
    CauseFact,
    InspectionFact,
    LearningFact,
    RatingFact,
)
from hub.models.competence import DecayPolicy
from hub.models.kinds import (
    CredentialStatus,
    DecayKind,
    EvidenceKind,
    LearningStatus,
    Polarity,
    Severity,
)
from tests.competence.evidences import NOW, YEARLY, ago
from tests.competence.made import assignment, credential, requirement

TWO_YEARS = DecayPolicy(kind=DecayKind.EXPIRY, validity="P2Y", refresh_on_use=True)


def ground(*asked: Any, policy: DecayPolicy | None = None) -> intake.Ground:
    return intake.Ground(
        moment=NOW,
        identify=lambda *parts: "/".join(parts),
        requirements={"shunting": asked or (requirement(),)},
        policies={"brakes": policy},
    )


def test_finished_work_shows_what_its_process_asks_of_each_who_did_it() -> None:
    work = assignment(ago(days=3))
    found = intake.from_work([work], ground())
    assert {"WorkAssignment/w1/ada/r1", "WorkAssignment/w1/ben/r1"} == set(found)
    one = found["WorkAssignment/w1/ada/r1"]
    assert (EvidenceKind.WORK_RESULT, 2, 1.0) == (one.kind, one.rank, one.weight)
    assert (work.ends_at, "w1", "planning") == (one.observed_at, one.record_id, one.system)


@pytest.mark.parametrize(
    "work",
    [
        assignment(ago(hours=2)),
        assignment(ago(days=3), learning_purpose=True),
        assignment(ago(days=3), ends_at=None),
        assignment(ago(days=3), process_id="other"),
        assignment(ago(days=3), process_id=None),
    ],
)
def test_work_under_way_for_learning_or_that_asks_nothing_shows_nothing(work: Any) -> None:
    assert {} == intake.from_work([work], ground())


def test_a_requirement_counts_on_the_day_of_the_work() -> None:
    past = requirement("old", valid_until=date(2026, 1, 1))
    coming = requirement("new", valid_from=date(2026, 1, 1), required_rank=3)
    found = intake.from_work(
        [assignment(datetime(2025, 12, 3, 8, tzinfo=NOW.tzinfo))], ground(past, coming)
    )
    assert {2} == {each.rank for each in found.values()}


@pytest.mark.parametrize(("policy", "days"), [(None, 730), (TWO_YEARS, 730), (YEARLY, None)])
def test_work_counts_as_long_as_its_competence_lasts(
    policy: DecayPolicy | None, days: int | None
) -> None:
    found = intake.from_work([assignment(ago(days=3))], ground(policy=policy))
    one = next(iter(found.values()))
    life = None if one.expires_at is None else (one.expires_at - one.observed_at).days
    assert days == life


@pytest.mark.parametrize("validity", [None, "two years", "P9999Y"])
def test_an_unusable_validity_ends_no_derivation(validity: str | None) -> None:
    policy = DecayPolicy(kind=DecayKind.EXPIRY, validity=validity, refresh_on_use=True)
    assert 2 == len(intake.from_work([assignment(ago(days=3))], ground(policy=policy)))


def inspection(**more: Any) -> InspectionFact:
    said = {"id": "i1", "system": "quality", "passed": True, "inspected_at": ago(days=9)}
    return InspectionFact(**{**said, "performed_by_id": "ada", "process_id": "shunting", **more})


def test_a_passed_inspection_shows_what_its_process_asks() -> None:
    (one,) = intake.from_inspections([inspection()], ground()).values()
    assert (EvidenceKind.QUALITY_RECORD, 0.8, 365) == (
        one.kind,
        one.weight,
        (one.expires_at - one.observed_at).days if one.expires_at else None,
    )


@pytest.mark.parametrize(
    "lack", [{"passed": False}, {"passed": None}, {"performed_by_id": None}, {"inspected_at": None}]
)
def test_an_inspection_that_was_not_passed_by_anyone_shows_nothing(lack: dict[str, Any]) -> None:
    assert {} == intake.from_inspections([inspection(**lack)], ground())


def cause(**more: Any) -> CauseFact:
    said = {
        "id": "k1",
        "nonconformity_id": "n1",
        "system": "quality",
        "competence_id": "brakes",
        "raised_at": ago(days=5),
        "performed_by_id": "ada",
        "process_id": "shunting",
    }
    return CauseFact(**{**said, **more})


def test_a_confirmed_cause_speaks_against_the_level_that_was_asked() -> None:
    (one,) = intake.from_causes([cause()], ground(requirement(required_rank=3))).values()
    assert (Polarity.NEGATIVE, 3, "n1") == (one.polarity, one.rank, one.record_id)
    (one,) = intake.from_causes([cause(process_id=None)], ground()).values()
    assert 1 == one.rank


def test_evidence_keeps_what_was_remarked() -> None:
    (against,) = intake.from_causes([cause(note="Talked over")], ground()).values()
    rating = RatingFact(competence_id="brakes", rank=3, comment="Seen at work")
    talk = AppraisalFact(
        id="a1",
        system="appraisals",
        person_id="ada",
        completed_at=ago(days=30),
        ratings=(rating,),
    )
    (rated,) = intake.from_appraisals([talk], ground()).values()
    assert ("Talked over", "Seen at work") == (against.note, rated.note)


@pytest.mark.parametrize(
    ("severity", "counts"),
    [
        (None, 0),
        (Severity.LOW, 0),
        (Severity.MEDIUM, 0),
        (Severity.HIGH, 1),
        (Severity.CRITICAL, 1),
    ],
)
def test_what_goes_wrong_while_learning_counts_only_when_it_is_grave(
    severity: Severity | None, counts: int
) -> None:
    spared = cause(in_learning_work=True, severity=severity)
    assert counts == len(intake.from_causes([spared], ground()))


def test_a_cause_without_anyone_who_did_the_work_speaks_against_nobody() -> None:
    assert {} == intake.from_causes([cause(performed_by_id=None)], ground())


def test_each_rating_counts_until_three_months_after_the_next_cycle() -> None:
    talk = AppraisalFact(
        id="a1",
        system="appraisals",
        person_id="ada",
        completed_at=ago(days=30),
        cycle_ends_on=date(2026, 1, 1),
        reviewer_id="cas",
        ratings=(RatingFact(competence_id="brakes", rank=3, raw_score="4", raw_scale="stars-5"),),
    )
    (one,) = intake.from_appraisals([talk], ground()).values()
    assert (EvidenceKind.APPRAISAL_RATING, 3, 0.7, "4") == (
        one.kind,
        one.rank,
        one.weight,
        one.raw_score,
    )
    assert (datetime(2027, 4, 1, tzinfo=NOW.tzinfo), "cas") == (one.expires_at, one.assessor_id)


def test_a_credential_counts_until_it_ends() -> None:
    end = NOW + timedelta(days=20)
    (one,) = intake.from_credentials([credential(valid_until=end, rank=4)], ground()).values()
    assert (EvidenceKind.CREDENTIAL, 4, 0.9, end) == (
        one.kind,
        one.rank,
        one.weight,
        one.expires_at,
    )


@pytest.mark.parametrize(
    "lack",
    [
        {"status": CredentialStatus.REVOKED},
        {"status": CredentialStatus.UNVERIFIED},
        {"status": CredentialStatus.EXPIRED},
        {"valid_from": NOW + timedelta(days=1)},
    ],
)
def test_a_credential_that_does_not_stand_shows_nothing(lack: dict[str, Any]) -> None:
    assert {} == intake.from_credentials([credential(**lack)], ground())


@pytest.mark.parametrize(
    ("status", "counts"),
    [(LearningStatus.PASSED, 1), (LearningStatus.COMPLETED, 1), (LearningStatus.FAILED, 0)],
)
def test_learning_that_was_finished_counts_for_what_it_leads_to(
    status: LearningStatus, counts: int
) -> None:
    course = LearningFact(
        id="l1",
        system="lms",
        person_id="ada",
        status=status,
        completed_at=ago(days=1),
        targets=(("brakes", 2),),
    )
    assert counts == len(intake.from_learning([course], ground()))


def test_the_same_records_give_the_same_evidence() -> None:
    work = [assignment(ago(days=3)), assignment(ago(days=5), id="w2")]
    assert intake.from_work(work, ground()) == intake.from_work(work[::-1], ground())
