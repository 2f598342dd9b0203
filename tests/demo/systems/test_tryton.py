"""The pretend Tryton server answers as a Tryton 8.2 that was asked the same."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import httpx
import pytest

from tests.demo.systems.conftest import Serve

PARTY, EMPLOYEE = "/rest/model/party.party", "/rest/model/company.employee"
CONTROL, INSPECTION = "/rest/model/quality.control", "/rest/model/quality.inspection"
ALERT = "/rest/model/quality.alert"
COMPANY = {"company": 1}


def encoded(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


def context(**values: Any) -> dict[str, str]:
    return {"X-Tryton-Context": encoded(values)}


def moment(year: int) -> dict[str, Any]:
    parts = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0}
    return {"__class__": "datetime", "year": year, **parts}


def seed(parties: int = 3) -> dict[str, Any]:
    own = {"create_date": "2026-01-01T08:00:00", "write_date": None}
    return {
        "party.party": [
            {"id": id_, "name": f"Person {id_:03}", "code": f"{1000 + id_}", "active": True, **own}
            for id_ in range(1, parties + 1)
        ],
        "company.company": [{"id": 1, "party": 1, **own}],
        "company.employee": [
            {"id": 1, "party": 1, "company": 1, "start_date": "2020-01-01", **own},
            {"id": 2, "party": 2, "company": 1, "end_date": "2021-01-01", **own},
        ],
        "quality.control": [{"id": 1, "name": "Torque", "active": True, **own}],
        "quality.control.point": [
            {
                "id": 1,
                "control": 1,
                "name": "torque",
                "string": "Torque",
                "type_": "float",
                "tolerance_lower": 9.5,
                "tolerance_upper": 10.5,
                **own,
            }
        ],
        "quality.inspection": [
            {"id": 1, "number": "1", "control": 1, "company": 1, "state": "pending", **own}
        ],
    }


@pytest.fixture
async def tryton(served: Serve) -> Any:
    async with served("quality", seed()) as client:
        yield client


async def test_a_record_is_its_id_model_and_name_unless_more_is_asked_for(
    tryton: httpx.AsyncClient,
) -> None:
    answer = await tryton.get(f"{EMPLOYEE}/1")
    expected = {"id": 1, "__name__": "company.employee", "rec_name": "Person 001"}
    assert expected == answer.json()


async def test_a_dotted_field_nests_the_record_behind_it(tryton: httpx.AsyncClient) -> None:
    answer = await tryton.get(f"{EMPLOYEE}/1", params={"f": ["party.code", "start_date"]})
    party = {"id": 1, "__name__": "party.party", "code": "1001"}
    day = {"__class__": "date", "year": 2020, "month": 1, "day": 1}
    expected = {"id": 1, "__name__": "company.employee", "party": party, "start_date": day}
    assert expected == answer.json()


async def test_a_list_leaves_out_who_left_unless_the_context_asks(
    tryton: httpx.AsyncClient,
) -> None:
    assert [1] == [each["id"] for each in (await tryton.get(EMPLOYEE)).json()]
    everyone = await tryton.get(EMPLOYEE, headers=context(active_test=False))
    assert [1, 2] == [each["id"] for each in everyone.json()]


@pytest.mark.parametrize("way", ["range", "parameters"])
async def test_pages_reach_the_end(served: Serve, way: str) -> None:
    async with served("quality", seed(parties=25)) as client:
        seen: list[int] = []
        for start in range(0, 40, 10):
            headers = {"Range": f"records={start}-{start + 10}"} if way == "range" else {}
            params = {} if way == "range" else {"s": 10, "p": start}
            answer = await client.get(PARTY, params=params, headers=headers)
            if start == 30:
                assert (416 if way == "range" else 200) == answer.status_code
                assert way == "range" or answer.json() == []
            else:
                seen += [each["id"] for each in answer.json()]
        assert list(range(1, 26)) == seen


async def test_a_range_says_how_much_there_is(tryton: httpx.AsyncClient) -> None:
    answer = await tryton.get(PARTY, headers={"Range": "records=0-1"})
    assert ("records 0-1/3", "records") == (
        answer.headers["content-range"],
        answer.headers["accept-ranges"],
    )


async def test_what_was_never_updated_has_no_write_date(tryton: httpx.AsyncClient) -> None:
    since = ["write_date", ">=", moment(2025)]
    asked = {"d": encoded([since]), "f": ["write_date"]}
    assert (await tryton.get(PARTY, params=asked)).json() == []
    either = {"d": encoded(["OR", since, ["create_date", ">=", moment(2025)]])}
    assert len((await tryton.get(PARTY, params=either)).json()) == 3
    await tryton.put(f"{PARTY}/2", json={"name": "Ada King"})
    changed = (await tryton.get(PARTY, params=asked)).json()
    assert [(2, 2026)] == [(each["id"], each["write_date"]["year"]) for each in changed]


async def test_domains_and_orders_reach_through_relations(tryton: httpx.AsyncClient) -> None:
    domain = encoded([["party.code", "in", ["1001", "1002"]], ["company", "=", 1]])
    order = encoded([["party.name", "DESC"]])
    asked = {"d": domain, "o": order}
    answer = await tryton.get(EMPLOYEE, params=asked, headers=context(active_test=False))
    assert [2, 1] == [each["id"] for each in answer.json()]


async def test_an_inspection_out_of_tolerance_fails_and_opens_an_alert(
    tryton: httpx.AsyncClient,
) -> None:
    await tryton.put(f"{INSPECTION}/1", json={"points": {"torque": 11.2}})
    answer = await tryton.post(
        f"{INSPECTION}/1/process",
        json={},
        headers=context(company=1, employee=1),
        params={"f": ["state", "processed_by.party.code", "failed_by", "passed_by", "alerts"]},
    )
    said = answer.json()
    assert ("failed", "1001", 1, None, [1]) == (
        said["state"],
        said["processed_by"]["party"]["code"],
        said["failed_by"],
        said["passed_by"],
        said["alerts"],
    )
    alert = (await tryton.get(f"{ALERT}/1", params={"f": ["origin", "state", "number"]})).json()
    expected = ("quality.inspection,1", "open", "1")
    assert expected == (alert["origin"], alert["state"], alert["number"])


async def test_an_inspection_within_tolerance_passes(tryton: httpx.AsyncClient) -> None:
    await tryton.put(f"{INSPECTION}/1", json={"points": {"torque": 10.0}})
    answer = await tryton.post(f"{INSPECTION}/1/process", json={}, params={"f": "state"})
    assert "passed" == answer.json()["state"]
    assert (await tryton.get(ALERT)).json() == []


async def test_an_alert_goes_through_its_workflow_only(tryton: httpx.AsyncClient) -> None:
    values = {"company": 1, "origin": "quality.inspection,1", "title": "Loose bolts"}
    created = await tryton.post(ALERT, json=values)
    id_ = created.json()["id"]
    early = await tryton.post(f"{ALERT}/{id_}/resolve", json={})
    assert (400, 'You can not call "resolve" on "1" of "Quality Alert".') == (
        early.status_code,
        early.json()["message"],
    )
    states = []
    for button in ("process", "defer", "process", "resolve", "open"):
        answer = await tryton.post(f"{ALERT}/{id_}/{button}", json={}, params={"f": "state"})
        states.append(answer.json()["state"])
    assert ["processing", "deferred", "processing", "resolved", "open"] == states
    forced = await tryton.put(f"{ALERT}/{id_}", json={"state": "resolved"})
    assert 400 == forced.status_code


async def test_a_control_is_created_with_its_points(tryton: httpx.AsyncClient) -> None:
    point = {"name": "depth", "string": "Depth", "type_": "float"}
    values = {"name": "Tread", "points": [["create", [point]]]}
    asked = {"f": ["name", "points.name"]}
    control = (await tryton.post(CONTROL, json=values, params=asked)).json()
    assert [("quality.control.point", "depth")] == [
        (each["__name__"], each["name"]) for each in control["points"]
    ]


async def test_what_is_deleted_is_simply_absent(tryton: httpx.AsyncClient) -> None:
    assert 204 == (await tryton.delete(f"{PARTY}/3")).status_code
    assert 404 == (await tryton.get(f"{PARTY}/3")).status_code
    assert [1, 2] == [each["id"] for each in (await tryton.get(PARTY)).json()]
    again = await tryton.post(PARTY, json={"name": "Somebody else"})
    assert 4 == again.json()["id"]


@pytest.mark.parametrize(
    ("request_", "options", "expected"),
    [
        (("GET", PARTY), {"headers": {"Authorization": "bearer wrong"}}, (401, "Unauthorized")),
        (("GET", "/rest/model/no.model"), {}, (500, "&#39;no.model&#39;")),
        (("GET", PARTY), {"params": {"f": "nonsense"}}, (500, "nonsense")),
        (("GET", PARTY), {"params": {"d": encoded([["nonsense", "=", 1]])}}, (500, "nonsense")),
        (("GET", PARTY), {"params": {"d": "!!!"}}, (500, "Internal Server Error")),
        (("GET", f"{PARTY}/999"), {}, (404, "Not Found")),
        (("PUT", f"{PARTY}/999"), {"json": {"name": "x"}}, (404, "Not Found")),
        (("PUT", f"{PARTY}/1"), {"json": {"nonsense": 1}}, (500, "nonsense")),
        (
            ("POST", PARTY),
            {"content": "{", "headers": {"content-type": "application/json"}},
            (400, ""),
        ),
        (("POST", PARTY), {"content": "a=1"}, (500, "copy")),
        (("POST", PARTY), {"json": {"name": "x", "code": "1001"}}, (400, "must be unique")),
        (("POST", ALERT), {"json": {"title": "x"}}, (400, "A value is required")),
        (("POST", f"{INSPECTION}/1/nonsense"), {"json": {}}, (403, "Forbidden")),
        (("PATCH", f"{PARTY}/1"), {"json": {}}, (405, "Method Not Allowed")),
        (("DELETE", f"{PARTY}/1"), {}, (400, "could not be deleted")),
    ],
)
async def test_mistakes_are_answered_in_the_words_of_the_server(
    tryton: httpx.AsyncClient,
    request_: tuple[str, str],
    options: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    answer = await tryton.request(*request_, **options)
    assert expected[0] == answer.status_code
    assert expected[1] in answer.text
