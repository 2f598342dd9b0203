"""`hub demo` from outside: what it prints, what runs beside it, and that it leaves nothing."""

import re
import signal
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Demo, begun, hub, nothing_left
from tests.demo.systems.conftest import free_ports

KEYS = ["personnel", "hr", "quality", "planning", "appraisal", "learning", "frameworks"]
REPORT = {"source", "stream", "read", "created", "changed", "deleted", "quarantined"}


def signed_in(demo: Demo) -> str:
    """Return a credential that the demo printed."""
    found = re.search(r"Bearer demo:\S+", demo.printed)
    assert found
    return found[0]


def test_it_prints_a_question_with_its_answer_and_who_may_sign_in(demo: Demo) -> None:
    assert "query" in demo.printed
    assert '"data": {' in demo.printed
    assert '"errors"' not in demo.printed
    assert f"http://127.0.0.1:{demo.port}/graphql" in demo.printed
    answer = httpx.post(
        f"http://127.0.0.1:{demo.port}/graphql",
        json={"query": "{ hub { demo } viewer { kind person { displayName } } }"},
        headers={"Authorization": signed_in(demo)},
    ).json()

    assert {"demo": True} == answer["data"]["hub"]
    assert "DEMO" == answer["data"]["viewer"]["kind"]
    assert answer["data"]["viewer"]["person"]["displayName"]


def test_it_serves_its_schema_its_explorer_and_its_health(demo: Demo) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{demo.port}") as http:
        schema = http.get("/schema.graphql").text
        found = {path: http.get(path) for path in ("/graphiql", "/healthz", "/readyz", "/")}

    assert schema == hub(demo.folder, "schema").stdout
    assert [200, 200, 200, 307] == [each.status_code for each in found.values()]


def test_everything_it_writes_lies_in_one_folder(demo: Demo) -> None:
    assert {".demo", "stderr"} == {each.name for each in demo.folder.iterdir()}
    assert (demo.folder / ".demo" / "current").resolve().name == "seed-7-people-60"


def test_its_systems_are_listed_with_what_lets_a_client_in(demo: Demo) -> None:
    listed = demo.json("demo", "systems", "--json")

    assert KEYS == [each["key"] for each in listed]
    fields = {"key", "kind", "vendor", "base_url", "headers", "requests"}
    for each in listed:
        assert fields == set(each)
        assert each["requests"] > 0
    table = hub(demo.folder, "demo", "systems").stdout
    assert all(each["base_url"] in table for each in listed)


def test_its_questions_are_listed_with_what_their_answers_must_be(demo: Demo) -> None:
    listed = demo.json("demo", "questions", "--json")

    for each in listed:
        assert {"name", "query", "variables", "authorization", "expect"} == set(each)
    assert listed[0]["name"] in hub(demo.folder, "demo", "questions").stdout


def test_a_second_sync_reports_every_stream_and_changes_nothing(demo: Demo) -> None:
    reports = demo.json("sync", "--json")

    assert set(KEYS) == {each["source"] for each in reports}
    for each in reports:
        assert REPORT == set(each)
        assert (0, 0, 0) == (each["created"], each["changed"], each["deleted"])


def test_one_source_can_be_read_anew(demo: Demo) -> None:
    reports = demo.json("sync", "hr", "--full", "--json")

    assert {"hr"} == {each["source"] for each in reports}
    assert sum(each["read"] for each in reports) > 60


def test_a_system_that_is_down_is_named_and_the_rest_is_answered(demo: Demo) -> None:
    assert 0 == hub(demo.folder, "demo", "fault", "quality", "down").returncode
    try:
        done = hub(demo.folder, "sync")
        alone = hub(demo.folder, "sync", "quality")
        answer = demo.query("{ people(first: 1) { nodes { displayName } } }", *as_(demo))
    finally:
        assert 0 == hub(demo.folder, "demo", "fault", "quality", "ok").returncode

    assert (0, 1) == (done.returncode, alone.returncode)
    assert "quality inspection: UPSTREAM_UNAVAILABLE" in done.stderr
    assert answer["data"]["people"]["nodes"]
    assert 0 == hub(demo.folder, "sync", "quality").returncode


def as_(demo: Demo) -> tuple[str, str]:
    """Return the options that ask as somebody."""
    return "--as", signed_in(demo).removeprefix("Bearer demo:")


def test_a_fault_or_a_system_that_is_unknown_is_told(demo: Demo) -> None:
    system = hub(demo.folder, "demo", "fault", "pay", "down")
    kind = hub(demo.folder, "demo", "fault", "hr", "tired")

    assert [2, 2] == [system.returncode, kind.returncode]
    assert "there are personnel, hr" in system.stderr
    assert "'hang'" in kind.stderr


def test_accounts_that_nobody_matches_wait_in_the_inbox(demo: Demo) -> None:
    waiting = demo.json("identity", "inbox", "--json")

    assert "UNMATCHED" in {each["status"] for each in waiting}
    fields = {"system", "externalId", "status", "attributes", "candidates"}
    assert all(fields == set(each) for each in waiting)
    assert waiting[0]["externalId"] in hub(demo.folder, "identity", "inbox").stdout


def test_a_folder_is_imported_once(demo: Demo) -> None:
    owned = str(demo.folder / ".demo" / "current" / "owned")

    reports = demo.json("import", owned, "--json")

    for each in reports:
        assert {"file", "read", "created", "changed", "deleted"} == set(each)
        assert (0, 0, 0) == (each["created"], each["changed"], each["deleted"])


@pytest.mark.real
@pytest.mark.parametrize("key", ["planning", "hr"])
def test_without_a_system_it_loads_and_answers_all_the_same(tmp_path: Path, key: str) -> None:
    first = free_ports()
    ports = ["--port", str(first), "--systems", str(first + 1)]
    done = hub(tmp_path, "demo", "--once", "--people", "60", *ports, "--without", key)

    assert 0 == done.returncode, done.stderr
    assert f"{key} " in done.stdout
    assert "UPSTREAM_UNAVAILABLE" in done.stdout
    assert "Bearer demo:" in done.stdout
    nothing_left(tmp_path)


@pytest.mark.real
def test_a_second_start_is_told_to_stop_and_ends_in_peace(tmp_path: Path) -> None:
    first = begun(tmp_path)
    assert 0 == first.stop(signal.SIGTERM)
    nothing_left(tmp_path)
    again = begun(tmp_path)
    counts = [line.split("│")[4] for line in again.printed.splitlines() if line.startswith("│")]
    assert {"0"} == {each.strip() for each in counts}
    assert 0 == again.stop(signal.SIGINT)
    nothing_left(tmp_path)


def test_a_port_that_is_taken_is_told_with_the_cure(demo: Demo, tmp_path: Path) -> None:
    done = hub(tmp_path, "demo", "--port", str(demo.port))

    assert 2 == done.returncode
    assert "choose another port with --port" in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_system_that_is_unknown_cannot_be_left_out(tmp_path: Path) -> None:
    done = hub(tmp_path, "demo", "--without", "pay")

    assert 2 == done.returncode
    assert "no system 'pay'; there are personnel" in done.stderr


def test_before_a_demo_there_is_nothing_to_ask(tmp_path: Path) -> None:
    for words in (["questions"], ["systems"], ["fault", "hr", "ok"]):
        done = hub(tmp_path, "demo", *words)
        assert 2 == done.returncode
        assert "hub demo" in done.stderr
