"""Objections: what they silence, and while they are open."""

from datetime import datetime
from typing import Any

import pytest

from hub.clock import start_of_day
from hub.competence.contesting import ContestFact, contested, heard
from hub.models.kinds import ContestOutcome
from tests.competence.evidences import NOW, ago, piece

EVIDENCE = {"rating": piece(record_id="a1"), "work": piece(record_id="w1")}


def objection(outcome: ContestOutcome, **more: Any) -> ContestFact:
    said = {
        "person_id": "ada",
        "competence_id": "brakes",
        "record_id": "a1",
        "raised_at": ago(days=9),
        "settled_at": None if outcome is ContestOutcome.OPEN else ago(days=2),
    }
    return ContestFact(outcome=outcome, **{**said, **more})


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (ContestOutcome.OPEN, False),
        (ContestOutcome.UPHELD, False),
        (ContestOutcome.DISMISSED, True),
        (ContestOutcome.WITHDRAWN, True),
    ],
)
def test_evidence_counts_unless_an_objection_is_open_or_right(
    outcome: ContestOutcome, counts: bool
) -> None:
    found = heard(EVIDENCE, [objection(outcome)], NOW)
    assert {"rating": counts, "work": True} == {id_: each.counted for id_, each in found.items()}
    expected = {("ada", "brakes")} if outcome is ContestOutcome.OPEN else set()
    assert expected == contested([objection(outcome)], NOW)


@pytest.mark.parametrize(
    "moment", [ago(days=5), ago(days=9), start_of_day(ago(days=9))], ids=["later", "then", "before"]
)
def test_what_was_settled_later_was_open_then(moment: datetime) -> None:
    settled = objection(ContestOutcome.DISMISSED)
    assert not heard(EVIDENCE, [settled], moment)["rating"].counted
    assert contested([settled], moment)


def test_what_was_raised_later_was_no_objection_then() -> None:
    later = objection(ContestOutcome.OPEN)
    assert EVIDENCE == heard(EVIDENCE, [later], ago(days=10))
    assert set() == contested([later], ago(days=10))


@pytest.mark.parametrize(
    "other", [{"person_id": "ben"}, {"competence_id": "doors"}, {"record_id": "a2"}]
)
def test_an_objection_is_to_one_piece_of_evidence(other: dict[str, str]) -> None:
    assert EVIDENCE == heard(EVIDENCE, [objection(ContestOutcome.OPEN, **other)], NOW)
