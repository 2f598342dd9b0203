"""How a Frappe site names a new document: a series, a field, or chance, by doctype."""

from collections.abc import Set as AbstractSet
from uuid import uuid4

from hub.demo.systems.state import Json

SERIES = {"Employee": "HR-EMP-{:05}", "Appraisal": "HR-APR-{:05}", "Goal": "HR-GOAL-{:05}"}
FIELDS = {
    "Designation": "designation_name",
    "KRA": "title",
    "Appraisal Cycle": "cycle_name",
    "Branch": "branch",
    "Company": "company_name",
}


def name(doctype: str, document: Json, taken: AbstractSet[str]) -> str:
    """Return the name of a new document; the caller's own `name` where it gives one."""
    if document.get("name"):
        return str(document["name"])
    if doctype in SERIES:
        return _next(SERIES[doctype], taken)
    if doctype in FIELDS and document.get(FIELDS[doctype]):
        return str(document[FIELDS[doctype]])
    if doctype == "Department":
        company = document.get("company")
        given = str(document["department_name"])
        return f"{given} - {_initials(str(company))}" if company else given
    return uuid4().hex[:10]


def _next(series: str, taken: AbstractSet[str]) -> str:
    prefix = series.partition("{")[0]
    numbers = [
        int(each.removeprefix(prefix))
        for each in taken
        if each.startswith(prefix) and each.removeprefix(prefix).isdecimal()
    ]
    return series.format(max(numbers, default=0) + 1)


def _initials(company: str) -> str:
    return "".join(word[0] for word in company.split()).upper()
