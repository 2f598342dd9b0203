"""Frappe HR, personnel: people, employments, units and job profiles of a Frappe site.

Source: the doctypes Employee, Department and Designation of Frappe HR and ERPNext, version 15
(https://github.com/frappe/hrms and https://github.com/frappe/erpnext, read 2026-11-24).

- An employee document is a person and an employment. Someone hired again has a second document
  with the same employee number; the hub knows them as one person.
- `relieving_date` is the last day of work. `reports_to` may name a document that is not there.
- Code, kind and head of a department, code and ESCO address of a designation, and the share of
  full time of an employee stand in custom fields: `custom_unit_code`, `custom_unit_kind`,
  `custom_supported_by`, `custom_manager`, `custom_code`, `custom_esco_uri`, `custom_fte`.
"""

from zoneinfo import ZoneInfo

from hub import sdk
from hub.connectors.frappe.site import Documents, Frappe, Raw, day, day_after, link, own
from hub.models.kinds import SystemKind, UnitKind
from hub.models.organisation import JobProfile, OrganisationUnit
from hub.models.person import Employment, Person


def to_person(raw: Raw, zone: ZoneInfo) -> Person:
    return Person(
        **own(raw, zone),
        display_name=sdk.needed(raw, "employee_name"),
        employee_number=raw.get("employee_number") or None,
        work_email=raw.get("company_email") or None,
        manager=link("Person", raw.get("reports_to")),
    )


def to_employment(raw: Raw, zone: ZoneInfo) -> Employment:
    return Employment(
        **own(raw, zone),
        person=sdk.Ref.external("Person", raw["name"]),
        unit=link("OrganisationUnit", raw.get("department")),
        job_profile=link("JobProfile", raw.get("designation")),
        title=raw.get("designation") or None,
        fte=raw.get("custom_fte") or None,  # a site gives 0 where nothing was filled in
        valid_from=day(raw["date_of_joining"]),
        valid_until=day_after(raw.get("relieving_date")),
    )


def to_unit(raw: Raw, zone: ZoneInfo) -> OrganisationUnit:
    return OrganisationUnit(
        **own(raw, zone),
        code=sdk.needed(raw, "custom_unit_code"),
        name=raw["department_name"],
        kind=sdk.word(raw, "custom_unit_kind", UnitKind.__members__),
        parent=link("OrganisationUnit", raw.get("parent_department")),
        manager=link("Person", raw.get("custom_manager")),
        supported_by=link("OrganisationUnit", raw.get("custom_supported_by")),
    )


def to_job_profile(raw: Raw, zone: ZoneInfo) -> JobProfile:
    return JobProfile(
        **own(raw, zone),
        code=sdk.needed(raw, "custom_code"),
        title=raw["designation_name"],
        occupation_uris=(raw["custom_esco_uri"],) if raw.get("custom_esco_uri") else (),
    )


class Units(Documents[OrganisationUnit]):
    doctype = "Department"

    def mapped(self, raw: Raw, zone: ZoneInfo) -> OrganisationUnit:
        return to_unit(raw, zone)


class JobProfiles(Documents[JobProfile]):
    doctype = "Designation"

    def mapped(self, raw: Raw, zone: ZoneInfo) -> JobProfile:
        return to_job_profile(raw, zone)


class People(Documents[Person]):
    doctype = "Employee"

    def mapped(self, raw: Raw, zone: ZoneInfo) -> Person:
        return to_person(raw, zone)


class Employments(Documents[Employment]):
    doctype = "Employee"

    def mapped(self, raw: Raw, zone: ZoneInfo) -> Employment:
        return to_employment(raw, zone)


class FrappeHr(Frappe):
    name = "frappe-hr"
    kind = SystemKind.HRIS
    resources = (Units, JobProfiles, People, Employments)
