"""Objections to evidence, as the graph tells of them."""

import pytest

from tests.schema.conftest import Asking

TEXT = """query($contest: [ContestOutcome!]) {
    me { evidence(first: 9, where: {contest: $contest}) { nodes {
        kind contest { reason raisedAt outcome settledBy { employeeNumber } settledAt note }
    } } }
}"""
OBJECTION = {
    "reason": "It was somebody else",
    "raisedAt": "2026-05-01T12:00:00Z",
    "outcome": "DISMISSED",
    "settledBy": {"employeeNumber": "3"},
    "settledAt": "2026-05-02T12:00:00Z",
    "note": "It was not",
}


async def test_evidence_tells_how_the_objection_to_it_stands(ask: Asking) -> None:
    found = (await ask(TEXT))["me"]["evidence"]["nodes"]
    assert {"WORK_RESULT": OBJECTION, "APPRAISAL_RATING": None} == {
        each["kind"]: each["contest"] for each in found
    }


@pytest.mark.parametrize(
    ("contest", "kinds"), [(["DISMISSED", "OPEN"], ["WORK_RESULT"]), (["OPEN"], []), ([], [])]
)
async def test_evidence_is_found_by_how_the_objection_to_it_stands(
    ask: Asking, contest: list[str], kinds: list[str]
) -> None:
    found = (await ask(TEXT, contest=contest))["me"]["evidence"]["nodes"]
    assert kinds == [each["kind"] for each in found]
