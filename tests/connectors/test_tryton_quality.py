"""What inspections and alerts of Tryton say."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.connectors import tryton_quality as tryton
from hub.models.kinds import NonconformityStatus

MADE = tryton.typed(datetime(2026, 11, 24, 11, 5, 36, 442504, tzinfo=UTC))
WRITTEN = tryton.typed(datetime(2026, 11, 25, 9, tzinfo=UTC))
INSPECTION = {
    "id": 12,
    "number": "INS-12",
    "state": "passed",
    "control": {"id": 1, "name": "Carriage check"},
    "processed_at": MADE,
    "processed_by": {"id": 3, "party": {"id": 4, "code": "E-001"}},
    "create_date": MADE,
    "write_date": None,
}
ALERT = {
    "id": 7,
    "number": "ALR-7",
    "title": None,
    "description": None,
    "origin": "quality.inspection,12",
    "control": "Carriage check",
    "state": "open",
    "create_date": MADE,
    "write_date": None,
}


def alert(**changes: Any) -> dict[str, Any]:
    return {**ALERT, **changes}


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_comes_back_as_it_went(at: datetime) -> None:
    assert at == tryton.moment(tryton.typed(at))


def test_an_inspection_tells_outcome_worker_and_terms() -> None:
    said = tryton.to_inspection(INSPECTION)
    assert ("12", "INS-12", True) == (said.id, said.number, said.passed)
    assert str(said.performed_by) == "Person:employee_number::E-001"
    assert str(said.process) == "WorkProcess:term::control|Carriage check"
    assert str(said.unit) == "OrganisationUnit:term::control|Carriage check"
    assert said.inspected_at == datetime(2026, 11, 24, 11, 5, 36, 442504, tzinfo=UTC)


def test_an_open_inspection_has_no_outcome() -> None:
    said = tryton.to_inspection(
        {**INSPECTION, "state": "pending", "processed_at": None, "processed_by": None}
    )
    assert (None, None, None) == (said.passed, said.inspected_at, said.performed_by)


@pytest.mark.parametrize("write_date", [None, WRITTEN], ids=["never written", "written"])
def test_a_record_changed_when_it_was_last_written_or_made(write_date: Any) -> None:
    said = tryton.to_nonconformity(alert(write_date=write_date))
    assert said.changed_at == tryton.moment(write_date or MADE)


def test_an_alert_has_the_control_of_its_inspection() -> None:
    said = tryton.to_nonconformity(ALERT)
    assert str(said.inspection) == "Inspection:id::12"
    assert str(said.process) == "WorkProcess:term::control|Carriage check"


def test_an_alert_may_come_from_nowhere() -> None:
    said = tryton.to_nonconformity(alert(origin=None, control=None))
    assert (None, None, None) == (said.inspection, said.process, said.unit)


def test_an_alert_without_a_title_is_called_by_its_number() -> None:
    assert tryton.to_nonconformity(ALERT).title == "ALR-7"


def test_a_resolved_alert_was_closed_when_it_was_last_written() -> None:
    said = tryton.to_nonconformity(alert(state="resolved", write_date=WRITTEN))
    assert (NonconformityStatus.CLOSED, datetime(2026, 11, 25, 9, tzinfo=UTC)) == (
        said.status,
        said.closed_at,
    )


def test_a_reading_begins_a_little_before_the_last_change_met() -> None:
    met = datetime(2026, 11, 25, 9, tzinfo=UTC)
    mark = tryton.Mark().begun(met).moved([], 10).begun(met)
    (_, (_, written, made)) = mark.domain()
    earlier = tryton.typed(met - tryton.OVERLAP)
    assert [["write_date", ">=", earlier], ["create_date", ">=", earlier]] == [written, made]
    assert tryton.OVERLAP.total_seconds() > 0
