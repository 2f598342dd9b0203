"""Personnel administration: employees, departments and designations of Frappe HR."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hub.demo.organisation.model import Employment, Organisation, Person
from hub.demo.organisation.people import DESIGNATIONS
from hub.demo.organisation.served.frappe import morning, times

OCCUPATION = "http://data.europa.eu/esco/occupation/"
FOUNDED = timedelta(days=8000)
NOBODY = "HR-EMP-99999"
FULL_TIME = (1.0, 0.8, 1.0, 0.6, 1.0, 0.9)


def seed(organisation: Organisation) -> dict[str, Any]:
    """Return the documents by doctype."""
    begun = times(morning(organisation.today - FOUNDED))
    short = organisation.name[0]
    company = {"name": organisation.name, "company_name": organisation.name, "abbr": short}
    return {
        "Company": [company | begun],
        "Department": list(_departments(organisation)),
        "Designation": [*_designations(begun), _bad(organisation, begun)],
        "Employee": list(_employees(organisation)),
    }


def _departments(organisation: Organisation) -> Iterator[dict[str, Any]]:
    names = {each.code: each.document for each in organisation.units}
    documents = _documents(organisation)
    parents = {each.parent for each in organisation.units}
    for place, unit in enumerate(organisation.units):
        yield {
            "name": unit.document,
            "department_name": unit.name,
            "parent_department": names.get(unit.parent or ""),
            "company": organisation.name,
            "is_group": int(unit.code in parents),
            "custom_unit_code": unit.code,
            "custom_unit_kind": unit.kind,
            "custom_supported_by": names.get(unit.supported_by or ""),
            "custom_manager": documents.get(unit.manager or ""),
            **times(morning(organisation.today - FOUNDED, place)),
        }


def _designations(begun: dict[str, str]) -> Iterator[dict[str, Any]]:
    for title, (code, occupation) in DESIGNATIONS.items():
        yield {
            "name": title,
            "designation_name": title,
            "custom_code": code,
            "custom_esco_uri": f"{OCCUPATION}{occupation}" if occupation else None,
            **begun,
        }


def _bad(organisation: Organisation, begun: dict[str, str]) -> dict[str, Any]:
    """Return a designation without a code."""
    name = organisation.flaws.bad["hr"]
    return {"name": name, "designation_name": name, **begun}


def _employees(organisation: Organisation) -> Iterator[dict[str, Any]]:
    documents = _documents(organisation)
    units = {each.code: each.document for each in organisation.units}
    flaws = organisation.flaws
    for place, person in enumerate(organisation.people):
        boss = documents.get(person.manager or "")
        if person.number in flaws.alone:
            boss = None
        if person.number in flaws.astray:
            boss = NOBODY
        shared = {"company": organisation.name, "reports_to": boss}
        said = [
            _employee(organisation, person, each, place)
            | {**shared, "department": units[each.unit]}
            for each in person.employments
        ]
        yield from said
        if person.number in flaws.twice:
            yield said[-1] | {"name": flaws.twice[person.number]}


def _employee(
    organisation: Organisation, person: Person, employment: Employment, place: int
) -> dict[str, Any]:
    joined, left = employment.joined, employment.left
    gone = left is not None and left < organisation.today
    changed: date = left if gone and left else joined
    return {
        "name": employment.document,
        "first_name": person.first,
        "last_name": person.last,
        "employee_name": person.name,
        "employee_number": person.number,
        "company_email": employment.email,
        "status": "Left" if gone else "Active",
        "date_of_joining": joined.isoformat(),
        "relieving_date": left.isoformat() if left else None,
        "designation": employment.designation,
        "custom_fte": FULL_TIME[place % len(FULL_TIME)],
        **times(morning(joined, place), morning(changed, place)),
    }


def _documents(organisation: Organisation) -> dict[str, str]:
    """Return the newest document of each person."""
    return {each.number: each.employments[-1].document for each in organisation.people}
