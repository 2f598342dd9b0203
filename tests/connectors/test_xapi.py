"""What a statement says about learning."""

from datetime import UTC, datetime
from typing import Any

import pytest

from hub.connectors import xapi
from hub.errors import MappingError
from hub.models.kinds import LearningStatus

STATEMENT = {
    "id": "11111111-1111-4111-8111-111111111112",
    "actor": {"account": {"homePage": "https://hr.example.org", "name": "E-001"}},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"},
    "object": {"id": "https://lms.example.org/course/forklift"},
    "result": {"score": {"scaled": 0.9}, "duration": "PT1H30M"},
    "timestamp": "2026-11-02T11:00:00+01:00",
    "stored": "2026-11-24T11:06:10.073746+00:00",
}


def statement(**changes: Any) -> dict[str, Any]:
    return {**STATEMENT, **changes}


def test_a_statement_is_a_learning_record() -> None:
    said = xapi.to_learning_record(STATEMENT)
    assert said.id == STATEMENT["id"]
    assert str(said.person) == "Person:employee_number::E-001"
    assert str(said.competence) == (
        "Competence:term::activity|https://lms.example.org/course/forklift"
    )
    assert str(said.intervention) == (
        "Intervention:term::activity|https://lms.example.org/course/forklift"
    )
    assert said.status is LearningStatus.PASSED
    assert said.score == 0.9
    assert said.hours == 1.5
    assert said.completed_at == datetime(2026, 11, 2, 10, tzinfo=UTC)
    assert said.changed_at == datetime(2026, 11, 24, 11, 6, 10, 73746, tzinfo=UTC)


def test_someone_without_an_account_is_told_by_mail() -> None:
    said = xapi.to_learning_record(statement(actor={"mbox": "mailto:ada@example.org"}))
    assert str(said.person) == "Person:email::ada@example.org"


def test_what_is_under_way_has_not_ended() -> None:
    verb = {"id": "http://adlnet.gov/expapi/verbs/initialized"}
    said = xapi.to_learning_record(statement(verb=verb, result=None))
    assert (LearningStatus.IN_PROGRESS, None, None, None) == (
        said.status,
        said.completed_at,
        said.score,
        said.hours,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"verb": {"id": "https://example.org/verbs/liked"}},
        {"actor": {"openid": "https://ada.example.org"}},
        {"object": {"objectType": "Agent", "mbox": "mailto:ada@example.org"}},
        {"timestamp": "2026-11-02T11:00:00"},
        {"result": {"duration": "P1Y"}},
    ],
    ids=["verb", "actor", "object", "a moment without a zone", "a duration of no certain length"],
)
def test_what_says_nothing_certain_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MappingError):
        xapi.to_learning_record(statement(**changes))


@pytest.mark.parametrize(
    ("duration", "hours"),
    [("PT90M", 1.5), ("P1DT1H", 25.0), ("PT36S", 0.01), ("PT0.5H", 0.5)],
)
def test_a_duration_is_told_in_hours(duration: str, hours: float) -> None:
    assert hours == xapi.to_learning_record(statement(result={"duration": duration})).hours


def test_a_voiding_statement_names_the_one_that_it_voids() -> None:
    other = {"objectType": "StatementRef", "id": "11111111-1111-4111-8111-111111111111"}
    verb = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    assert other["id"] == xapi.voided(statement(verb=verb, object=other))
    assert xapi.voided(STATEMENT) is None
