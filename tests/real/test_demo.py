"""The demo from outside: its commands, its answers, and what other programs do to its systems."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.demo.expectations import unmet
from tests.real.demo import Demo, listening, processes_below, running

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(Demo(tmp_path_factory.mktemp("demo"))) as started:
        yield started


def test_once_ends_well_and_leaves_nothing_running(tmp_path: Path) -> None:
    demo = Demo(tmp_path, people=60)
    done = subprocess.run(
        demo.command("--once"), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr
    assert "Bearer demo:" in done.stdout
    assert [] == processes_below(tmp_path)
    assert not any(listening(demo.first_port + each) for each in range(9))
    assert [".demo"] == sorted(each.name for each in tmp_path.iterdir())


def test_every_question_has_the_answer_that_was_planted(demo: Demo) -> None:
    questions = demo.questions()
    assert {"F04", "F13", "F14", "F20"} <= {each["name"].partition("_")[0] for each in questions}
    for each in questions:
        answer = demo.ask(each["query"], each["authorization"], **each["variables"])
        assert "errors" not in answer, (each["name"], answer["errors"])
        assert [] == unmet(answer["data"], each["expect"]), each["name"]
    assert any("lacks" in told for each in questions for told in each["expect"])


PERSON = """query($number: String!) {
  person(by: { employeeNumber: $number }) { id displayName workEmail }
}"""


def _employee(demo: Demo) -> dict[str, Any]:
    with demo.client("hr") as hr:
        fields = '["name","employee_number","employee_name","company_email"]'
        filters = '[["status","=","Active"]]'
        query = {"fields": fields, "filters": filters, "limit_page_length": "40"}
        found = hr.get("/api/resource/Employee", params=query).json()["data"]
    return next(each for each in reversed(found) if each["employee_number"])


def test_what_another_program_writes_stands_in_the_graph_after_one_sync(demo: Demo) -> None:
    employee = _employee(demo)
    number, signed_in = employee["employee_number"], f"Bearer demo:{employee['employee_number']}"
    before = demo.data(PERSON, signed_in, number=number)["person"]
    with demo.client("hr") as hr:
        name = {"employee_name": "Told Otherwise"}
        assert hr.put(f"/api/resource/Employee/{employee['name']}", json=name).is_success
    (report,) = [each for each in demo.json("sync", "hr") if each["stream"] == "person"]
    assert 1 == report["changed"]
    after = demo.data(PERSON, signed_in, number=number)["person"]
    assert ("Told Otherwise", before["id"]) == (after["displayName"], after["id"])
    assert all(
        each["created"] == each["changed"] == each["deleted"] == 0
        for each in demo.json("sync", "hr")
    )


def test_what_is_deleted_in_a_source_leaves_no_ghost(demo: Demo) -> None:
    signed_in = demo.questions()[0]["authorization"]
    query = """query($id: String!) {
      sourced(by: { system: "learning", externalId: $id }) { id __typename }
    }"""
    with demo.client("planning") as planning:
        listed = planning.request("PROPFIND", "/calendars/planner/", headers={"Depth": "1"}).text
        calendar = next(part for part in listed.split("href>") if "/ST-" in part).split("<")[0]
        inside = planning.request("PROPFIND", calendar, headers={"Depth": "1"}).text
        event = next(part for part in inside.split("href>") if ".ics" in part).split("<")[0]
        assert planning.delete(event).is_success
    place, uid = calendar.strip("/").split("/")[-1], event.split("/")[-1].removesuffix(".ics")
    query = query.replace('"learning"', '"planning"')
    assert demo.data(query, signed_in, id=f"{place}/{uid}")["sourced"]
    (report,) = demo.json("sync", "planning")
    assert 1 == report["deleted"]
    assert [] == demo.data(query, signed_in, id=f"{place}/{uid}")["sourced"]


def test_a_second_sync_changes_nothing(demo: Demo) -> None:
    demo.json("sync")
    again = demo.json("sync")
    assert {"personnel", "hr", "quality", "planning"} <= {each["source"] for each in again}
    assert [] == [each for each in again if each["created"] or each["changed"] or each["deleted"]]
    full = demo.json("sync", "--full")
    assert [] == [each for each in full if each["created"] or each["changed"] or each["deleted"]]
