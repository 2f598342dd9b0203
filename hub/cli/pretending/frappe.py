"""Hands in the two pretend Frappe sites."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from hub.cli.pretending.system import Hands, Pretended, moment
from hub.demo.home import TIME_ZONE
from hub.models.appraisal import Appraisal, AppraisalCycle, PerformanceGoal
from hub.models.organisation import JobProfile, OrganisationUnit
from hub.models.person import Employment, Person
from hub.sdk.testing import Hand

Json = dict[str, Any]


@dataclass(frozen=True)
class Doctype:
    """What is done to the documents of a doctype.

    Attributes:
        name: Its name.
        made: Returns the document of a number, without its moments.
        changes: What an update changes.
        spoils: What makes a document one that cannot be read.
    """

    name: str
    made: Callable[[int], Json]
    changes: Json
    spoils: Json

    def hand(self, system: Pretended) -> Hand:
        """Return the hand that does it."""
        place = f"/api/resource/{quote(self.name)}"
        return Hand(
            add=partial(self._add, system),
            update=lambda name: system.ask("PUT", f"{place}/{quote(name)}", self.changes),
            delete=lambda name: system.ask("DELETE", f"{place}/{quote(name)}"),
            spoil=lambda name: system.put(self.name, name, **self.spoils),
        )

    def _add(self, system: Pretended, number: int) -> str:
        at = moment(number).astimezone(ZoneInfo(TIME_ZONE)).strftime("%Y-%m-%d %H:%M:%S.%f")
        document = {**self.made(number), "creation": at, "modified": at}
        system.seed({self.name: [document]})
        return str(document["name"])


def _employee(number: int) -> Json:
    return {
        "name": f"HR-EMP-{number:05}",
        "first_name": "Person",
        "last_name": f"{number}",
        "employee_number": f"E-{number:03}",
        "company_email": f"person{number}@example.org",
        "date_of_joining": "2020-01-01",
        "department": "Unit 0",
        "designation": "Work 0",
        "reports_to": "HR-EMP-00000",
        "company": "Example",
    }


def _department(number: int) -> Json:
    return {
        "name": f"Unit {number}",
        "department_name": f"Unit {number}",
        "custom_unit_code": f"U-{number}",
        "custom_unit_kind": "STATION",
        "parent_department": "Unit 0" if number else None,
    }


def _designation(number: int) -> Json:
    code = {"custom_code": f"W-{number}"}
    return {"name": f"Work {number}", "designation_name": f"Work {number}", **code}


def _cycle(number: int) -> Json:
    year = 2000 + number
    days = {"start_date": f"{year}-01-01", "end_date": f"{year}-12-31"}
    return {"name": f"{year}", "cycle_name": f"Year {year}", **days}


def _appraisal(number: int) -> Json:
    return {
        "name": f"HR-APR-{number:05}",
        "employee": "HR-EMP-00001",
        "custom_employee_number": "E-001",
        "custom_reviewer_number": "E-000",
        "appraisal_cycle": "2026",
        "docstatus": 0,
        "appraisal_kra": [{"kra": "Brakes", "goal_score": number / 10}],
    }


def _goal(number: int) -> Json:
    about = {"employee": "HR-EMP-00001", "custom_employee_number": "E-001", "kra": "Brakes"}
    return {"name": f"G-{number}", "goal_name": f"Goal {number}", "progress": 40.0, **about}


PERSONNEL = {
    OrganisationUnit: Doctype(
        "Department", _department, {"custom_unit_code": "NEW"}, {"custom_unit_code": None}
    ),
    JobProfile: Doctype("Designation", _designation, {"custom_code": "NEW"}, {"custom_code": None}),
    Person: Doctype("Employee", _employee, {"employee_name": "Renamed"}, {"employee_name": None}),
    Employment: Doctype(
        "Employee", _employee, {"relieving_date": "2026-05-31"}, {"date_of_joining": "soon"}
    ),
}
APPRAISAL = {
    AppraisalCycle: Doctype(
        "Appraisal Cycle", _cycle, {"cycle_name": "Renamed"}, {"start_date": "soon"}
    ),
    Appraisal: Doctype("Appraisal", _appraisal, {"docstatus": 1}, {"custom_employee_number": None}),
    PerformanceGoal: Doctype("Goal", _goal, {"progress": 90.0}, {"custom_employee_number": None}),
}


def personnel(system: Pretended) -> Hands:
    """Return what can be done to people, employments, units and job profiles."""
    return {record: doctype.hand(system) for record, doctype in PERSONNEL.items()}


def appraisal(system: Pretended) -> Hands:
    """Return what can be done to cycles, appraisals and goals."""
    return {record: doctype.hand(system) for record, doctype in APPRAISAL.items()}
