from datetime import timedelta
from typing import Any

import pytest

from hub.competence.eligibility import Shift, eligibility, replacements
from hub.competence.facts import CredentialFact, Moment, RequirementFact
from hub.models.evidence import CompetenceState
from hub.models.kinds import EligibilityVerdict, Enforcement, EvidenceKind
from tests.competence.evidences import NOW, ago, piece, state
from tests.competence.made import MOMENT, assignment, credential, requirement

CLAIMED = state(piece(EvidenceKind.LEARNING_COMPLETION, 2, 0.4))
FAINT = state(piece(EvidenceKind.SELF_ASSESSMENT, 2, 0.1))
LAW: dict[str, Any] = {"enforcement": Enforcement.BLOCK, "legal_basis": "Railways Act"}


def proven(rank: int) -> CompetenceState:
    return state(piece(rank=rank))


def shift(
    asked: RequirementFact, *papers: CredentialFact, missing: tuple[str, ...] = (), **of: Any
) -> Shift:
    return Shift(
        assignment=assignment(),
        requirements=(asked,),
        state_of=lambda person, _: of.get(person),
        credentials={"ada": papers},
        moment=Moment(at=NOW, computed_at=NOW, missing_systems=missing),
    )


def test_whoever_meets_all_is_eligible() -> None:
    found = eligibility(shift(requirement(), ada=proven(2)), "ada")
    assert (EligibilityVerdict.ELIGIBLE, ()) == (found.verdict, found.missing_ids)
    assert ["ALL_MET"] == [each.code for each in found.reasons]


@pytest.mark.parametrize(
    ("how", "state", "verdict"),
    [
        (LAW, CLAIMED, EligibilityVerdict.NOT_ELIGIBLE),
        (LAW, None, EligibilityVerdict.NOT_ELIGIBLE),
        ({"enforcement": Enforcement.BLOCK}, CLAIMED, EligibilityVerdict.WARN),
        ({"enforcement": Enforcement.BLOCK}, None, EligibilityVerdict.UNKNOWN),
        ({}, CLAIMED, EligibilityVerdict.WARN),
        ({}, FAINT, EligibilityVerdict.UNKNOWN),
        ({}, None, EligibilityVerdict.WARN),
        ({"enforcement": Enforcement.INFORM}, None, EligibilityVerdict.ELIGIBLE),
    ],
)
def test_what_a_lack_leads_to(
    how: dict[str, Any], state: CompetenceState | None, verdict: EligibilityVerdict
) -> None:
    found = eligibility(shift(requirement(**how), ada=state), "ada")
    assert (verdict, ("r1",)) == (found.verdict, found.missing_ids)


def test_a_colleague_on_the_same_shift_can_be_alongside_one_level_short() -> None:
    found = eligibility(shift(requirement(), ada=proven(1), ben=proven(2)), "ada")
    assert (EligibilityVerdict.WITH_SUPERVISION, "ben") == (found.verdict, found.supervisor_id)


@pytest.mark.parametrize(("rank", "other"), [(3, 3), (2, 1)])
def test_nobody_is_alongside_for_two_levels_or_without_having_it(rank: int, other: int) -> None:
    asked = requirement(required_rank=rank)
    found = eligibility(shift(asked, ada=proven(1), ben=proven(other)), "ada")
    assert (EligibilityVerdict.WARN, None) == (found.verdict, found.supervisor_id)


def test_the_law_is_not_met_by_a_colleague() -> None:
    found = eligibility(shift(requirement(**LAW), ada=proven(1), ben=proven(2)), "ada")
    assert EligibilityVerdict.NOT_ELIGIBLE == found.verdict


def test_nothing_known_while_a_source_is_silent_is_unknown() -> None:
    found = eligibility(shift(requirement(**LAW), missing=("register",)), "ada")
    assert (EligibilityVerdict.UNKNOWN, False) == (found.verdict, found.complete)
    assert ("register",) == found.missing_systems


def test_a_credential_that_ends_before_the_work_is_named() -> None:
    asked = requirement(credential_required=True, **LAW)
    paper = credential(valid_until=ago(hours=1))
    found = eligibility(shift(asked, paper, ada=proven(2)), "ada")
    assert (EligibilityVerdict.NOT_ELIGIBLE, ("c1",)) == (found.verdict, found.expiring_before_ids)
    assert "A valid credential is missing, and asked by law: Railways Act." == found.reasons[0].text


def test_a_level_that_is_missing_is_told_as_that() -> None:
    asked = requirement(credential_required=True, **LAW)
    found = eligibility(shift(asked, credential(), ada=proven(1)), "ada")
    assert "Level 2 is missing, and asked by law: Railways Act." == found.reasons[0].text


def test_one_that_ends_during_the_work_is_named_though_the_verdict_stands() -> None:
    asked = requirement(credential_required=True, **LAW)
    paper = credential(valid_until=NOW + timedelta(hours=1))
    found = eligibility(shift(asked, paper, ada=proven(2)), "ada")
    assert (EligibilityVerdict.ELIGIBLE, ("c1",)) == (found.verdict, found.expiring_before_ids)


def test_one_that_was_renewed_is_not() -> None:
    old, new = credential(valid_until=ago(hours=1)), credential("c2")
    found = eligibility(shift(requirement(), old, new, ada=proven(2)), "ada")
    assert () == found.expiring_before_ids


def test_the_worst_of_several_verdicts_stands() -> None:
    one = Shift(
        assignment=assignment(),
        requirements=(requirement("r1"), requirement("r2", competence_id="law", **LAW)),
        state_of=lambda _, competence: proven(1) if competence == "brakes" else None,
        moment=MOMENT,
    )
    found = eligibility(one, "ada")
    assert (EligibilityVerdict.NOT_ELIGIBLE, ("r1", "r2")) == (found.verdict, found.missing_ids)


def test_those_who_could_replace_are_eligible_and_not_on_the_shift() -> None:
    one = shift(requirement(), ada=proven(2), cas=proven(2), dot=proven(1), eve=proven(3))
    assert ["eve", "cas"] == list(replacements(one, ["eve", "dot", "cas", "ada"]))
