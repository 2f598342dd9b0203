"""The two connectors of a Frappe site against the pretend one."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hub import sdk
from hub.connectors.frappe.appraisal import FrappeAppraisal
from hub.connectors.frappe.hr import FrappeHr
from hub.connectors.frappe.site import FrappeSettings
from hub.demo.systems.wire import Credentials
from hub.models.appraisal import Appraisal, AppraisalCycle, PerformanceGoal
from hub.models.kinds import AppraisalStatus, UnitKind
from hub.models.organisation import JobProfile, OrganisationUnit
from hub.models.person import Employment, Person
from tests.connectors.conftest import Connect, Connected, read

EMPLOYEE = "/api/resource/Employee"


def times(number: int = 0) -> dict[str, str]:
    said = f"2026-01-{1 + number:02} 08:00:00.000000"
    return {"creation": said, "modified": said}


def employee(number: int, **more: Any) -> dict[str, Any]:
    return {
        "name": f"HR-EMP-{number:05}",
        "first_name": "Person",
        "last_name": f"{number}",
        "employee_number": f"E-{number:03}",
        "company_email": f"person{number}@example.org",
        "date_of_joining": "2020-01-01",
        "department": "Depot East",
        "designation": "Mechanic",
        "reports_to": "HR-EMP-00000" if number else None,
        "company": "Noordlijn",
        **times(number),
        **more,
    }


def appraisal(number: int, **more: Any) -> dict[str, Any]:
    return {
        "name": f"HR-APR-{number:05}",
        "employee": "HR-EMP-00001",
        "custom_employee_number": "E-001",
        "custom_reviewer_number": "E-000",
        "appraisal_cycle": "2026",
        "docstatus": 1,
        "appraisal_kra": [
            {"kra": "Brakes", "goal_score": 4.0, "custom_remark": "Seen at work"},
            {"kra": "Care", "goal_score": number / 10},
        ],
        **times(number),
        **more,
    }


HR = {
    "Employee": [employee(number) for number in range(25)],
    "Department": [
        {"name": "Works", "department_name": "Works", "custom_unit_code": "W", **times()}
        | {"custom_unit_kind": "BUSINESS_UNIT", "is_group": 1},
        {"name": "Depot East", "department_name": "Depot East", "custom_unit_code": "W-E"}
        | {"custom_unit_kind": "STATION", "parent_department": "Works", **times(1)}
        | {"custom_manager": "HR-EMP-00000", "custom_supported_by": "Works"},
    ],
    "Designation": [
        {"name": "Mechanic", "designation_name": "Mechanic", "custom_code": "MEC", **times()}
        | {"custom_esco_uri": "http://data.europa.eu/esco/occupation/1"},
    ],
}
APPRAISALS = {
    "Appraisal": [appraisal(number) for number in range(25)],
    "Appraisal Cycle": [
        {"name": "2026", "cycle_name": "Year 2026", **times()}
        | {"start_date": "2026-01-01", "end_date": "2026-12-31"},
    ],
    "Goal": [
        {"name": "G-1", "goal_name": "Learn brakes", "employee": "HR-EMP-00001", **times()}
        | {"custom_employee_number": "E-001", "kra": "Brakes", "progress": 40.0}
        | {"custom_weightage": 25.0},
    ],
}


def settings(address: str, credentials: Credentials) -> FrappeSettings:
    return FrappeSettings(
        base_url=address,
        token=sdk.Secret(f"{credentials.user}:{credentials.secret}"),
        time_zone="Europe/Amsterdam",
        page_size=10,
    )


@pytest.fixture
async def hr(connect: Connect) -> Any:
    async with connect("hr", HR, FrappeHr, settings) as connected:
        yield connected


@pytest.fixture
async def site(connect: Connect) -> Any:
    async with connect("appraisal", APPRAISALS, FrappeAppraisal, settings) as connected:
        yield connected


async def test_three_pages_are_read(hr: Connected) -> None:
    reading = await read(hr[Person])
    assert (3, {f"HR-EMP-{number:05}" for number in range(25)}) == (reading.pages, reading.ids)


async def test_a_document_is_a_person_and_an_employment(hr: Connected) -> None:
    (person,) = await hr[Person].fetch(["HR-EMP-00007"])
    (employment,) = await hr[Employment].fetch(["HR-EMP-00007"])
    assert ("Person 7", "E-007", "person7@example.org") == (
        person.display_name,
        person.employee_number,
        person.work_email,
    )
    assert sdk.Ref.external("Person", "HR-EMP-00000") == person.manager
    assert sdk.Ref.external("Person", person.id) == employment.person
    assert sdk.Ref.external("OrganisationUnit", "Depot East") == employment.unit
    assert sdk.Ref.external("JobProfile", "Mechanic") == employment.job_profile
    assert (date(2020, 1, 1), None) == (employment.valid_from, employment.valid_until)


async def test_the_share_of_full_time_stands_in_a_field_of_the_site(hr: Connected) -> None:
    for given, expected in ((0.8, 0.8), (0, None)):
        await hr.vendor.put(f"{EMPLOYEE}/HR-EMP-00007", json={"custom_fte": given})
        (employment,) = await hr[Employment].fetch(["HR-EMP-00007"])
        assert expected == employment.fte


async def test_a_record_tells_where_it_is_opened(hr: Connected, site: Connected) -> None:
    (unit,) = await hr[OrganisationUnit].fetch(["Depot East"])
    (cycle,) = await site[AppraisalCycle].fetch(["2026"])
    assert "http://hr.test/app/department/Depot%20East" == unit.external_url
    assert "http://appraisal.test/app/appraisal-cycle/2026" == cycle.external_url


async def test_an_employment_ends_the_day_after_the_last_day_of_work(hr: Connected) -> None:
    await hr.vendor.put(f"{EMPLOYEE}/HR-EMP-00007", json={"relieving_date": "2026-05-31"})
    (employment,) = await hr[Employment].fetch(["HR-EMP-00007"])
    assert date(2026, 6, 1) == employment.valid_until


async def test_a_department_is_a_unit(hr: Connected) -> None:
    unit = (await read(hr[OrganisationUnit])).records["Depot East"]
    assert ("W-E", UnitKind.STATION) == (unit.code, unit.kind)
    assert sdk.Ref.external("OrganisationUnit", "Works") == unit.parent == unit.supported_by
    assert sdk.Ref.external("Person", "HR-EMP-00000") == unit.manager


async def test_a_designation_is_a_job_profile(hr: Connected) -> None:
    (profile,) = (await read(hr[JobProfile])).records.values()
    assert ("MEC", "Mechanic", ("http://data.europa.eu/esco/occupation/1",)) == (
        profile.code,
        profile.title,
        profile.occupation_uris,
    )


async def test_what_changed_comes_with_the_next_reading(hr: Connected) -> None:
    first = await read(hr[Person])
    await hr.vendor.put(f"{EMPLOYEE}/HR-EMP-00003", json={"employee_name": "Renamed"})
    second = await read(hr[Person], first.checkpoint)
    assert "Renamed" == second.records["HR-EMP-00003"].display_name
    assert 10 > len(second.ids)


async def test_what_is_gone_is_told(hr: Connected) -> None:
    first = await read(hr[Person])
    await hr.vendor.delete(f"{EMPLOYEE}/HR-EMP-00003")
    assert ["HR-EMP-00003"] == (await read(hr[Person], first.checkpoint)).deleted


async def test_a_name_that_is_given_anew_is_not_gone(hr: Connected) -> None:
    first = await read(hr[Person])
    await hr.vendor.delete(f"{EMPLOYEE}/HR-EMP-00003")
    await hr.vendor.post(EMPLOYEE, json=employee(3, employee_name="Someone else"))
    second = await read(hr[Person], first.checkpoint)
    assert [] == second.deleted
    assert "Someone else" == second.records["HR-EMP-00003"].display_name


async def test_a_bad_document_is_set_aside_and_the_others_stand(connect: Connect) -> None:
    bad = employee(3, modified="yesterday")
    seed = {"Employee": [employee(1), employee(2), bad]}
    async with connect("hr", seed, FrappeHr, settings) as hr:
        reading = await read(hr[Person])
    assert {"HR-EMP-00001", "HR-EMP-00002"} == reading.ids
    assert ["HR-EMP-00003"] == list(reading.rejected)


async def test_documents_of_one_moment_may_fill_pages(connect: Connect) -> None:
    seed = {"Employee": [employee(number, **times()) for number in range(25)]}
    async with connect("hr", seed, FrappeHr, settings) as hr:
        assert 25 == len((await read(hr[Person])).ids)


async def test_a_change_in_the_hour_that_comes_twice_is_not_missed(connect: Connect) -> None:
    late = {"creation": "2026-10-25 02:50:00.000000", "modified": "2026-10-25 02:50:00.000000"}
    async with connect("hr", {"Employee": [employee(1, **late)]}, FrappeHr, settings) as hr:
        first = await read(hr[Person])
        hr.documents.now = lambda: datetime(2026, 10, 25, 1, 5, tzinfo=UTC)  # 02:05, once more
        await hr.vendor.post(EMPLOYEE, json={**employee(2), "modified": None})
        assert "HR-EMP-00002" in (await read(hr[Person], first.checkpoint)).ids


async def test_an_appraisal_comes_with_its_rows(site: Connected) -> None:
    said = (await read(site[Appraisal])).records
    assert 25 == len(said)
    one = said["HR-APR-00007"]
    assert [("4.0", "kra|Brakes"), ("0.7", "kra|Care")] == [
        (each.raw_score, each.competence.value) for each in one.ratings
    ]
    assert ["Seen at work", None] == [each.comment for each in one.ratings]
    assert sdk.Ref.employee_number("E-001") == one.employee
    assert {sdk.Ref.employee_number("E-000")} == {one.reviewer, *(each.by for each in one.ratings)}
    assert sdk.Ref.external("AppraisalCycle", "2026") == one.cycle


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"docstatus": 0}, AppraisalStatus.IN_REVIEW),
        ({"docstatus": 0, "appraisal_kra": []}, AppraisalStatus.OPEN),
        ({"docstatus": 1}, AppraisalStatus.CLOSED),
    ],
    ids=["a draft with scores", "a draft without", "submitted"],
)
async def test_an_appraisal_has_a_status(
    connect: Connect, more: dict[str, Any], expected: AppraisalStatus
) -> None:
    seed = {"Appraisal": [appraisal(1, **more)]}
    async with connect("appraisal", seed, FrappeAppraisal, settings) as site:
        (said,) = await site[Appraisal].fetch(["HR-APR-00001"])
    closed = said.changed_at if expected is AppraisalStatus.CLOSED else None
    assert (expected, closed) == (said.status, said.completed_at)


async def test_a_cancelled_appraisal_is_gone(site: Connected) -> None:
    first = await read(site[Appraisal])
    await site.vendor.put("/api/resource/Appraisal/HR-APR-00003", json={"docstatus": 2})
    assert ["HR-APR-00003"] == (await read(site[Appraisal], first.checkpoint)).deleted
    assert [] == await site[Appraisal].fetch(["HR-APR-00003"])


async def test_cycles_and_goals_are_read(site: Connected) -> None:
    (cycle,) = (await read(site[AppraisalCycle])).records.values()
    (goal,) = (await read(site[PerformanceGoal])).records.values()
    assert ("Year 2026", date(2026, 1, 1), date(2026, 12, 31)) == (
        cycle.name,
        cycle.starts_on,
        cycle.ends_on,
    )
    assert ("Learn brakes", 0.25, 0.4, "kra|Brakes") == (
        goal.title,
        goal.weight,
        goal.progress,
        goal.competence.value,
    )
