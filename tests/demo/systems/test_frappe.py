"""The pretend Frappe site answers as a Frappe site does."""

import json
from typing import Any

import httpx
import pytest

from tests.demo.systems.conftest import Serve

EMPLOYEE = "/api/resource/Employee"


def employee(number: int) -> dict[str, Any]:
    moment = f"2026-01-{1 + number // 24:02} {number % 24:02}:00:00.000000"
    return {
        "name": f"HR-EMP-{number:05}",
        "first_name": f"Person {number}",
        "employee_number": f"{1000 + number}",
        "reports_to": "HR-EMP-00000" if number else None,
        "status": "Left" if number % 10 == 9 else "Active",
        "date_of_joining": "2020-01-01",
        "company": "Noordlijn",
        "creation": moment,
        "modified": moment,
    }


def appraisal(name: str) -> dict[str, Any]:
    rows = [{"kra": "Safety", "goal_score": 4.0}, {"kra": "Care", "goal_score": 2.5}]
    return {
        "name": name,
        "employee": "HR-EMP-00001",
        "appraisal_cycle": "2026",
        "docstatus": 0,
        "creation": "2026-01-01 08:00:00.000000",
        "modified": "2026-01-01 08:00:00.000000",
        "appraisal_kra": rows,
    }


@pytest.fixture
async def hr(served: Serve) -> Any:
    seed = {"Employee": [employee(number) for number in range(130)]}
    async with served("hr", seed) as client:
        yield client


@pytest.fixture
async def appraisals(served: Serve) -> Any:
    async with served("appraisal", {"Appraisal": [appraisal("HR-APR-1")]}) as client:
        yield client


async def names(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    asked = {key: value if key == "order_by" else json.dumps(value) for key, value in asked.items()}
    answer = await client.get(EMPLOYEE, params={"limit_page_length": 0, **asked})
    return [each["name"] for each in answer.json()["data"]]


async def test_pages_reach_the_end_in_the_order_of_change(hr: httpx.AsyncClient) -> None:
    seen: list[str] = []
    while True:
        asked: dict[str, str | int] = {
            "fields": '["*"]',
            "order_by": "modified asc, name asc",
            "limit_start": len(seen),
            "limit_page_length": 50,
        }
        page = (await hr.get(EMPLOYEE, params=asked)).json()["data"]
        seen += [each["name"] for each in page]
        if len(page) < 50:
            break
    assert [f"HR-EMP-{number:05}" for number in range(130)] == seen


async def test_a_list_has_twenty_names_unless_asked_otherwise(hr: httpx.AsyncClient) -> None:
    listed = (await hr.get(EMPLOYEE)).json()["data"]
    assert [{"name": f"HR-EMP-{number:05}"} for number in range(129, 109, -1)] == listed


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([["modified", ">=", "2026-01-06 08:00:00"]], 2),
        ([["modified", ">", "2026-01-06 08:00:00"]], 1),
        ([["modified", "<=", "2026-01-01T01:00:00.0"]], 2),
        ([["Employee", "status", "=", "Left"]], 13),
        ({"status": "Left", "employee_number": ["like", "%9%"]}, 13),
        ([["employee_number", "in", ["1001", "1002", "none"]]], 2),
        ([["employee_number", "not in", "1001,1002"]], 128),
        ([["reports_to", "is", "not set"]], 1),
        ([["reports_to", "!=", "HR-EMP-00000"]], 1),
        ([["employee_number", "between", ["1010", "1014"]]], 5),
        ([["docstatus", "=", "0"], ["idx", "<", 1]], 130),
        ([["first_name", "not like", "person 1%"]], 89),
        (["status", "=", "Left"], 13),
    ],
)
async def test_filters_find_what_they_say(hr: httpx.AsyncClient, filters: Any, found: int) -> None:
    assert found == len(await names(hr, filters=filters))
    asked = {"doctype": "Employee", "filters": json.dumps(filters)}
    counted = await hr.get("/api/method/frappe.client.get_count", params=asked)
    assert found == counted.json()["message"]


async def test_any_of_several_filters_may_hold(hr: httpx.AsyncClient) -> None:
    either = [["employee_number", "=", "1003"], ["employee_number", "=", "1001"]]
    assert ["HR-EMP-00001", "HR-EMP-00003"] == await names(
        hr, or_filters=either, order_by="`tabEmployee`.`name` asc"
    )


async def test_child_tables_come_with_the_document_and_not_with_a_list(
    appraisals: httpx.AsyncClient,
) -> None:
    path = "/api/resource/Appraisal"
    listed = await appraisals.get(path, params={"fields": '["*"]'})
    assert "appraisal_kra" not in listed.json()["data"][0]
    whole = (await appraisals.get(f"{path}/HR-APR-1")).json()["data"]
    rows = [(row["kra"], row["parent"], row["idx"]) for row in whole["appraisal_kra"]]
    assert [("Safety", "HR-APR-1", 1), ("Care", "HR-APR-1", 2)] == rows
    asked = {"fields": '["kra"]', "filters": '[["parent", "=", "HR-APR-1"]]', "order_by": "idx"}
    children = await appraisals.get("/api/resource/Appraisal KRA", params=asked)
    assert [{"kra": "Safety"}, {"kra": "Care"}] == children.json()["data"]


async def test_what_is_written_is_read_again_as_changed_now(hr: httpx.AsyncClient) -> None:
    values = {"first_name": "Ada", "date_of_joining": "2026-05-01", "company": "Noordlijn"}
    made = (await hr.post(EMPLOYEE, json=values)).json()["data"]
    assert ("HR-EMP-00130", 0) == (made["name"], made["docstatus"])
    assert made["modified"].startswith("2026-05-04 10:00:0")
    changed = await hr.put(f"{EMPLOYEE}/HR-EMP-00002", json={"status": "Left"})
    assert "Left" == changed.json()["data"]["status"]
    since = [["modified", ">", "2026-05-01 00:00:00"]]
    assert ["HR-EMP-00130", "HR-EMP-00002"] == await names(
        hr, filters=since, order_by="modified asc"
    )


async def test_a_deletion_leaves_a_stone(hr: httpx.AsyncClient) -> None:
    answer = await hr.delete(f"{EMPLOYEE}/HR-EMP-00002")
    assert (202, {"data": "ok"}) == (answer.status_code, answer.json())
    assert 404 == (await hr.get(f"{EMPLOYEE}/HR-EMP-00002")).status_code
    asked = {"fields": '["deleted_doctype", "deleted_name", "creation"]'}
    stones = (await hr.get("/api/resource/Deleted Document", params=asked)).json()["data"]
    assert [("Employee", "HR-EMP-00002")] == [
        (each["deleted_doctype"], each["deleted_name"]) for each in stones
    ]
    assert stones[0]["creation"].startswith("2026-05-04 10:00:0")


async def test_what_changed_since_it_was_read_is_not_overwritten(hr: httpx.AsyncClient) -> None:
    path = f"{EMPLOYEE}/HR-EMP-00002"
    read = (await hr.get(path)).json()["data"]
    assert 200 == (await hr.put(path, json={**read, "status": "Left"})).status_code
    late = await hr.put(path, json={**read, "status": "Active"})
    assert (417, "TimestampMismatchError") == (late.status_code, late.json()["exc_type"])


async def test_a_draft_is_submitted_then_cancelled_and_never_back(
    appraisals: httpx.AsyncClient,
) -> None:
    path = "/api/resource/Appraisal/HR-APR-1"
    assert [200, 200, 417] == [
        (await appraisals.put(path, json={"docstatus": status})).status_code for status in (1, 2, 0)
    ]


@pytest.mark.parametrize(
    ("doctype", "values", "name"),
    [
        ("Department", {"department_name": "Shunting", "company": "Noord Lijn"}, "Shunting - NL"),
        ("Department", {"department_name": "Shunting"}, "Shunting"),
        ("KRA", {"title": "Safety"}, "Safety"),
        ("Designation", {"designation_name": "Driver", "name": "D-1"}, "D-1"),
        ("Goal", {"goal_name": "Less delay", "employee": "HR-EMP-00001"}, "HR-GOAL-00001"),
    ],
)
async def test_a_new_document_is_named_as_its_doctype_says(
    hr: httpx.AsyncClient, doctype: str, values: dict[str, str], name: str
) -> None:
    made = await hr.post(f"/api/resource/{doctype}", json=values)
    assert name == made.json()["data"]["name"]
    again = await hr.post(f"/api/resource/{doctype}", json={**values, "name": name})
    assert (409, "DuplicateEntryError") == (again.status_code, again.json()["exc_type"])
    assert name == (await hr.get(f"/api/resource/{doctype}/{name}")).json()["data"]["name"]


async def test_the_site_knows_who_asks(hr: httpx.AsyncClient) -> None:
    assert {"message": "pong"} == (await hr.get("/api/method/ping")).json()
    who = await hr.get("/api/method/frappe.auth.get_logged_user")
    assert {"message": "hub@example.org"} == who.json()


@pytest.mark.parametrize(
    ("request_", "options", "expected"),
    [
        (("GET", EMPLOYEE), {"headers": {"Authorization": "token a:b"}}, (401, "Authentication")),
        (("GET", EMPLOYEE), {"headers": {"Authorization": ""}}, (403, "Permission")),
        (("GET", "/api/resource/Nonsense"), {}, (404, "DoesNotExist")),
        (("GET", f"{EMPLOYEE}/nobody"), {}, (404, "DoesNotExist")),
        (("GET", "/nowhere"), {}, (404, "DoesNotExist")),
        (("GET", EMPLOYEE), {"params": {"fields": '["nonsense"]'}}, (417, "Data")),
        (("GET", EMPLOYEE), {"params": {"fields": "["}}, (417, "Validation")),
        (("GET", EMPLOYEE), {"params": {"filters": '[["nonsense", "=", 1]]'}}, (417, "Data")),
        (("GET", EMPLOYEE), {"params": {"filters": '[["name", "~", 1]]'}}, (417, "Validation")),
        (("GET", EMPLOYEE), {"params": {"filters": '[["name", "="]]'}}, (417, "Validation")),
        (("GET", EMPLOYEE), {"params": {"order_by": "name; drop"}}, (417, "Validation")),
        (("GET", EMPLOYEE), {"params": {"limit_start": "one"}}, (417, "Validation")),
        (("POST", EMPLOYEE), {"json": {"first_name": "Ada"}}, (417, "Mandatory")),
        (("POST", EMPLOYEE), {"content": "{"}, (417, "Validation")),
        (("POST", EMPLOYEE), {"json": [1]}, (417, "Validation")),
        (("PUT", f"{EMPLOYEE}/HR-EMP-00001"), {"json": {"company": ""}}, (417, "Mandatory")),
        (("PATCH", EMPLOYEE), {}, (405, "Permission")),
    ],
)
async def test_mistakes_are_answered_in_the_words_of_the_site(
    hr: httpx.AsyncClient,
    request_: tuple[str, str],
    options: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    answer = await hr.request(*request_, **options)
    assert (expected[0], f"{expected[1]}Error") == (answer.status_code, answer.json()["exc_type"])
