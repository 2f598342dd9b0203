"""The doctypes that the pretend site knows: their fields, child tables, defaults and names.

Source: the doctypes of Frappe HR and ERPNext 15, less what the demo has no use for, and the custom
fields (`custom_…`) that the demo organisation added. A site gives every field of a document, null
where it has no value; documents may bring more fields than stand here.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from hub.demo.systems.state import Json

OWN = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
ROW = ("parent", "parentfield", "parenttype")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctype:
    """One kind of document.

    Attributes:
        fields: its own fields, beside those that every document has.
        tables: its child tables, and the doctype of their rows.
        mandatory: fields that must have a value.
        defaults: what a new document has unless it says otherwise.
        series: how new documents are numbered.
        named_by: the field that names a new document.
    """

    fields: tuple[str, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)
    mandatory: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    series: str | None = None
    named_by: str | None = None


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DOCTYPES: Mapping[str, Doctype] = {
    "Employee": Doctype(
        fields=_words(
            "employee employee_name first_name last_name employee_number company_email user_id "
            "status date_of_joining relieving_date department designation reports_to company "
            "branch grade custom_fte"
        ),
        mandatory=("first_name", "date_of_joining", "company"),
        defaults={"status": "Active"},
        series="HR-EMP-{:05}",
    ),
    "Department": Doctype(
        fields=_words(
            "department_name parent_department company is_group disabled custom_unit_code "
            "custom_unit_kind custom_supported_by custom_manager"
        ),
        mandatory=("department_name",),
        defaults={"is_group": 0, "disabled": 0},
        named_by="department_name",
    ),
    "Designation": Doctype(
        fields=_words("designation_name description custom_esco_uri custom_code"),
        mandatory=("designation_name",),
        named_by="designation_name",
    ),
    "Company": Doctype(
        fields=_words("company_name abbr"),
        mandatory=("company_name",),
        named_by="company_name",
    ),
    "Branch": Doctype(fields=("branch",), mandatory=("branch",), named_by="branch"),
    "Appraisal Cycle": Doctype(
        fields=_words("cycle_name start_date end_date status company"),
        mandatory=("cycle_name", "start_date", "end_date"),
        defaults={"status": "Not Started"},
        named_by="cycle_name",
    ),
    "Appraisal": Doctype(
        fields=_words(
            "employee employee_name custom_employee_number appraisal_cycle company final_score "
            "custom_reviewer_number"
        ),
        tables={"appraisal_kra": "Appraisal KRA"},
        mandatory=("employee", "appraisal_cycle"),
        series="HR-APR-{:05}",
    ),
    "Appraisal KRA": Doctype(
        fields=_words("kra per_weightage goal_completion goal_score custom_remark")
    ),
    "Goal": Doctype(
        fields=_words(
            "goal_name employee employee_name custom_employee_number kra appraisal_cycle progress "
            "status start_date end_date custom_weightage"
        ),
        mandatory=("goal_name", "employee"),
        defaults={"progress": 0, "status": "Pending"},
        series="HR-GOAL-{:05}",
    ),
    "KRA": Doctype(fields=_words("title description"), mandatory=("title",), named_by="title"),
    "Deleted Document": Doctype(
        fields=_words("deleted_name deleted_doctype data restored new_name")
    ),
}


def fields(name: str) -> tuple[str, ...]:
    """Return the fields of a doctype, those that every document has among them."""
    declared = DOCTYPES.get(name, Doctype())
    is_row = any(name in each.tables.values() for each in DOCTYPES.values())
    return ("doctype", *OWN, *(ROW if is_row else ()), *declared.fields)


def complete(name: str, document: Json) -> Json:
    """Return a document with every field of its doctype, and its child tables with every row."""
    whole = {**dict.fromkeys(fields(name)), **document, "doctype": name}
    whole.update({key: whole[key] or 0 for key in ("docstatus", "idx")})
    if name == "Employee":
        whole["employee"] = whole["name"]
        names = (whole["first_name"], whole["last_name"])
        whole["employee_name"] = whole["employee_name"] or " ".join(filter(None, names))
    for table, child in DOCTYPES.get(name, Doctype()).tables.items():
        rows = enumerate(document.get(table) or (), 1)
        whole[table] = [_row(whole, table, child, number, row) for number, row in rows]
    return whole


def missing(name: str, document: Json) -> list[str]:
    """Return the mandatory fields that have no value."""
    declared = DOCTYPES.get(name, Doctype())
    return [each for each in declared.mandatory if document.get(each) in {None, ""}]


def name_of(doctype: str, document: Json, taken: AbstractSet[str]) -> str:
    """Return the name of a new document; the caller's own `name` where it gives one."""
    declared = DOCTYPES.get(doctype, Doctype())
    if document.get("name"):
        return str(document["name"])
    if declared.series is not None:
        return _next(declared.series, taken)
    if declared.named_by is None:
        return uuid4().hex[:10]
    given = str(document[declared.named_by])
    company = document.get("company")
    return f"{given} - {_initials(str(company))}" if doctype == "Department" and company else given


def _row(document: Json, table: str, child: str, number: int, row: Json) -> Json:
    shared = {key: document[key] for key in ("creation", "modified", "docstatus")}
    return {
        **dict.fromkeys(fields(child)),
        "name": f"{document['name']}-{table}-{number}",
        **shared,
        **row,
        "doctype": child,
        "parent": document["name"],
        "parenttype": document["doctype"],
        "parentfield": table,
        "idx": number,
    }


def _next(series: str, taken: AbstractSet[str]) -> str:
    prefix = series.partition("{")[0]
    numbers = [each.removeprefix(prefix) for each in taken if each.startswith(prefix)]
    used = (int(number) for number in numbers if number.isdecimal())
    return series.format(max(used, default=0) + 1)


def _initials(company: str) -> str:
    return "".join(word[0] for word in company.split()).upper()
