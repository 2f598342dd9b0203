"""The command line tells which connectors there are, and whether one keeps its contract."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import HUB, PATIENCE_S, QUIET

NAMES = ["caldav", "esco", "frappe-appraisal", "frappe-hr", "scim", "tryton-quality", "xapi"]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `hub connector` in an empty folder, in which further packages may stand."""

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [HUB, "connector", *words],
            cwd=tmp_path,
            env={**os.environ, **QUIET, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    return ran


def test_every_connector_is_listed_with_what_it_can_do_and_needs(run: Run) -> None:
    done = run("list", "--json")
    assert 0 == done.returncode, done.stderr
    listed = {each["name"]: each for each in json.loads(done.stdout)}
    assert NAMES == list(listed)
    caldav = listed["caldav"]
    assert "PLANNING" == caldav["kind"]
    assert [("WorkAssignment", ["pull", "fetch", "write"])] == [
        (each["record"], each["can"]) for each in caldav["resources"]
    ]
    settings = {each["name"]: each for each in caldav["settings"]}
    assert {"name": "password", "secret": True, "required": True} == settings["password"]
    assert "UTC" == settings["time_zone"]["default"]


def test_the_list_can_be_read_by_people(run: Run) -> None:
    done = run("list")
    assert all(name in done.stdout for name in NAMES)
    assert "Person: pull, fetch, sweep" in done.stdout


def test_a_sound_connector_is_told_as_a_tree(run: Run, tmp_path: Path) -> None:
    done = run("check", "esco", "--seed", "3")
    assert (0, "") == (done.returncode, done.stderr.strip())
    title, *lines = done.stdout.splitlines()
    assert ["esco", "gold"] == [title.split()[0], title.split()[-1]]
    assert "└ all laws hold" == lines[-1]
    assert [] == list(tmp_path.iterdir())


def test_what_was_found_can_be_read_by_programs(run: Run) -> None:
    told = json.loads(run("check", "esco", "--json").stdout)
    assert ("esco", "GOLD") == (told["name"], told["tier"])
    verdicts = {each["law"]: each["verdict"] for each in told["findings"]}
    assert "HOLDS" == verdicts["everything_is_read"]
    assert all(each["sentence"].endswith(".") for each in told["findings"])


def test_a_connector_that_breaks_its_contract_is_an_error(run: Run, tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "sdk" / "acme.py").read_text()
    (tmp_path / "acme_appraise.py").write_text(f"import httpx\n{text.replace('Source:', '')}")
    installed = tmp_path / "acme_appraise-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: acme-appraise\nVersion: 1.0\n"
    )
    (installed / "entry_points.txt").write_text(
        "[hub.connectors]\nacme-appraise = acme_appraise:AcmeAppraise\n"
    )
    done = run("check", "acme-appraise")
    assert 1 == done.returncode, done.stderr
    assert "MUST: A connector imports of the hub only the SDK" in done.stdout
    assert "acme_appraise imports httpx" in done.stdout
    assert "└ to reach bronze:" in done.stdout


def test_a_connector_that_nobody_knows_is_a_wrong_command(run: Run) -> None:
    done = run("check", "nothing")
    assert 2 == done.returncode
    assert "no connector 'nothing' is installed; there are caldav" in done.stderr


def test_the_command_starts_without_the_kit() -> None:
    said = "import sys, hub.cli.connector; sys.exit('hypothesis' in sys.modules)"
    assert 0 == subprocess.run([sys.executable, "-c", said], check=False).returncode


def test_what_the_kit_needs_is_told_where_it_is_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hypothesis.py").write_text('raise ModuleNotFoundError(name="hypothesis")')
    done = run("check", "esco")
    assert 2 == done.returncode
    assert "the extra `testing`" in " ".join(done.stderr.split())
