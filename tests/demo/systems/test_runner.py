"""The systems run together, fail when told, end when told, and outlive no one."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from hub.demo.systems import __main__ as command
from hub.demo.systems import control, door, runner, seeds
from hub.demo.systems.catalogue import KEYS
from hub.demo.systems.errors import NotRunningError, PretendError, StartError
from hub.demo.systems.process import started
from tests.demo.systems.conftest import Running, small_seeds

PARENT = """
import sys, time
from pathlib import Path
from hub.demo.systems.process import started
with started(Path(sys.argv[1]), first_port=int(sys.argv[2])):
    print("ready", flush=True)
    time.sleep(600)
"""


def answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def serving(folder: Path) -> int:
    """Return the id of the process that serves a folder."""
    said = json.loads((folder / control.FILE).read_text(encoding="utf-8"))
    return int(said["pid"])


def gone(pid: int) -> bool:
    """Wait for a process to end; tell whether it did."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def port(running: Running, key: str) -> int:
    return int(running.systems[key]["base_url"].split(":")[2].split("/")[0])


def test_seven_systems_stand_on_ports_in_a_row(running: Running) -> None:
    assert list(KEYS) == list(running.systems)
    first = port(running, "personnel")
    assert [first + number for number in range(7)] == [port(running, key) for key in KEYS]
    with running.client("hr") as hr:
        answer = hr.get("/api/resource/KRA")
    assert {"data": [{"name": "Safety"}]} == answer.json()


def test_every_answer_says_that_nothing_is_real(running: Running) -> None:
    control.set_fault(running.folder, "hr", "lying")
    with running.client("hr") as hr:
        for _ in range(3):
            answer = hr.get("/api/resource/KRA")
            assert "frappe-hr" == answer.headers["x-pretend-system"]
    control.set_fault(running.folder, "hr", "ok")


def test_requests_are_counted(running: Running) -> None:
    def count() -> int:
        listed = control.systems(running.folder)
        return next(int(each["requests"]) for each in listed if each["key"] == "learning")

    before = count()
    with running.client("learning") as learning:
        for _ in range(3):
            learning.get("/statements").raise_for_status()
    assert before + 3 == count()


def test_a_fault_holds_when_the_call_returns(running: Running) -> None:
    with running.client("hr") as hr:
        hr.get("/api/method/ping").raise_for_status()
        control.set_fault(running.folder, "hr", "down")
        with pytest.raises(httpx.TransportError):
            hr.get("/api/method/ping")
        with running.client("quality") as quality:
            quality.get("/rest/model/party.party").raise_for_status()
        control.set_fault(running.folder, "hr", "lying")
        assert "" == hr.get("/api/method/ping").text
        control.set_fault(running.folder, "hr", "ok")
        assert {"message": "pong"} == hr.get("/api/method/ping").json()


@pytest.mark.parametrize(
    ("key", "fault", "said"),
    [
        ("nonsense", "down", "no system nonsense; there are personnel"),
        ("hr", "sad", "no fault sad"),
    ],
)
def test_an_unknown_system_or_fault_is_refused(
    running: Running, key: str, fault: str, said: str
) -> None:
    with pytest.raises(PretendError, match=said):
        control.set_fault(running.folder, key, fault)


def test_the_control_lets_in_who_can_read_the_folder_only(
    running: Running,
) -> None:
    answer = httpx.get(f"http://127.0.0.1:{port(running, 'frameworks') + 1}/systems")
    assert 401 == answer.status_code
    assert 0o600 == (running.folder / control.FILE).stat().st_mode & 0o777


def test_nothing_runs_for_a_folder_that_was_never_served(tmp_path: Path) -> None:
    with pytest.raises(NotRunningError, match="start them with"):
        control.systems(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with small seeds."""
    seeds.write(tmp_path, small_seeds())
    return tmp_path


def test_a_system_left_out_does_not_listen_until_it_is_let_in(
    folder: Path, first_port: int
) -> None:
    with started(folder, first_port=first_port, without=["quality"]) as listed:
        quality = next(each for each in listed if each["key"] == "quality")
        assert not answers(first_port + KEYS.index("quality"))
        control.set_fault(folder, "quality", "ok")
        answer = httpx.get(
            f"{quality['base_url']}/rest/model/party.party", headers=quality["headers"]
        )
        assert 200 == answer.status_code
    assert not answers(first_port)
    with pytest.raises(NotRunningError):
        control.systems(folder)


def test_what_was_written_outlives_a_killed_runner(folder: Path, first_port: int) -> None:
    with started(folder, first_port=first_port) as listed:
        hr = next(each for each in listed if each["key"] == "hr")
        path = f"{hr['base_url']}/api/resource/KRA"
        made = httpx.post(path, headers=hr["headers"], json={"title": "Care"})
        assert 200 == made.status_code
        os.kill(serving(folder), signal.SIGKILL)
    with started(folder, first_port=first_port):
        assert 200 == httpx.get(f"{path}/Care", headers=hr["headers"]).status_code


def test_no_process_is_left_when_the_parent_is_killed(folder: Path, first_port: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(folder), str(first_port)], stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert b"ready\n" == parent.stdout.readline()
        child = serving(folder)
        parent.kill()
    assert gone(child)
    assert not answers(first_port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(folder: Path, first_port: int, number: signal.Signals) -> None:
    told = [sys.executable, "-m", "hub.demo.systems", str(folder), "--first-port", str(first_port)]
    with subprocess.Popen(told, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"ready\n" == process.stdout.readline()
        process.send_signal(number)
        assert 0 == process.wait(10)


Run = Callable[..., int]


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, folder: Path, first_port: int) -> Run:
    """Run the command in this process, with no patience; give its exit code."""
    monkeypatch.setattr(door, "PATIENCE_S", 0)
    monkeypatch.setattr(runner, "PATIENCE_S", 0.1)

    def run(*options: str) -> int:
        told = ["hub.demo.systems", str(folder), "--first-port", str(first_port), *options]
        monkeypatch.setattr(sys, "argv", told)
        return command.main()

    return run


def test_a_port_that_is_taken_is_named_with_its_cure(
    run_here: Run, capsys: pytest.CaptureFixture[str], first_port: int
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first_port + 3))
        taken.listen()
        assert 2 == run_here()
    said = capsys.readouterr().err
    assert f"port {first_port + 3} for planning cannot be had" in said
    assert "choose another first port" in said
    assert not answers(first_port)


def test_a_folder_is_served_once(
    run_here: Run, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    held = runner.lock(folder)
    assert held is not None
    with held:
        assert 2 == run_here()
    assert "run already; stop that demo first" in capsys.readouterr().err


def test_a_parent_that_is_gone_already_ends_it_at_once(
    run_here: Run,
) -> None:
    assert 0 == run_here("--parent", "1")
    assert os.getppid() != 1


def test_a_seed_that_is_missing_is_named_to_who_starts_it(folder: Path, first_port: int) -> None:
    (folder / "seeds" / "planning.json").unlink()
    missing = pytest.raises(StartError, match="generate the organisation first")
    with missing, started(folder, first_port=first_port):
        pass


@pytest.mark.parametrize(
    ("text", "said"), [("{", "is not JSON"), ("[]", "is no JSON object")], ids=["torn", "a list"]
)
def test_a_seed_that_is_broken_is_named(folder: Path, text: str, said: str) -> None:
    (folder / "seeds" / "planning.json").write_text(text, encoding="utf-8")
    with pytest.raises(StartError, match=said):
        seeds.read(folder, "planning")
