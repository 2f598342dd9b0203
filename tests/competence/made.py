"""Facts to test with: each with what a test does not care about filled in."""

from datetime import date, datetime, timedelta
from typing import Any

from hub.competence.facts import (
    AssignmentFact,
    CredentialFact,
    EmploymentFact,
    Moment,
    RequirementFact,
)
from hub.models.kinds import CredentialStatus, Enforcement, Severity
from tests.competence.evidences import NOW

TODAY = NOW.date()
MOMENT = Moment(at=NOW, computed_at=NOW)


def requirement(id_: str = "r1", **more: Any) -> RequirementFact:
    said = {
        "subject_type": "WorkProcess",
        "subject_id": "shunting",
        "competence_id": "brakes",
        "required_rank": 2,
        "criticality": Severity.HIGH,
        "enforcement": Enforcement.WARN,
        "valid_from": date(2020, 1, 1),
    }
    return RequirementFact(id=id_, **{**said, **more})


def employment(person: str = "ada", unit: str | None = "team", **more: Any) -> EmploymentFact:
    said = {"valid_from": date(2020, 1, 1), "job_profile_id": "driver"}
    return EmploymentFact(person_id=person, unit_id=unit, **{**said, **more})


def assignment(starts_at: datetime = NOW, hours: float = 8, **more: Any) -> AssignmentFact:
    said = {
        "id": "w1",
        "system": "planning",
        "process_id": "shunting",
        "assignee_ids": ("ada", "ben"),
        "ends_at": starts_at + timedelta(hours=hours),
    }
    return AssignmentFact(starts_at=starts_at, **{**said, **more})


def credential(id_: str = "c1", holder: str = "ada", **more: Any) -> CredentialFact:
    said = {
        "name": "Brake test",
        "status": CredentialStatus.VALID,
        "valid_from": NOW - timedelta(days=100),
        "competence_ids": ("brakes",),
        "system": "register",
    }
    return CredentialFact(id=id_, holder_id=holder, **{**said, **more})
