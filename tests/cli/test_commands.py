"""Each command says what is wrong in plain words, and leaves with the exit code that means it."""

import json
import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from hub.cli.query import parsed, read
from hub.errors import UsageError
from tests.cli.conftest import HUB, hub, nothing_left, plain
from tests.demo.systems.conftest import free_ports

WRONG = """
[hub]
port = 0
prot = 1
database = "mysql://root:S3cret@db/x"
[sources.HR]
x = 1
[oops]
"""


def test_all_wrong_settings_are_told_at_once_each_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text(WRONG)

    done = hub(tmp_path, "config", "show", HUB_DEMO="perhaps")

    assert 2 == done.returncode
    assert "error: 7 settings are wrong:" in done.stderr
    for part in (
        "port = '0' must be a whole number from 1 to 65535",
        "prot is not a setting; did you mean port?",
        "must be sqlite+aiosqlite:///FILE or postgresql+psycopg://",
        "HUB_DEMO: demo = 'perhaps' must be true or false",
        "[sources.HR] must be named with small letters",
        'add connector = "NAME"',
        "[oops] is not known; move it under [hub]",
    ):
        assert part in done.stderr
    assert "S3cret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_are_shown_with_where_they_come_from_and_without_secrets(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text(
        '[hub]\nport = 8123\n[sources.hr]\nconnector = "frappe-hr"\n'
    )
    database = "postgresql+psycopg://hub:S3cret@db/hub"

    done = hub(tmp_path, "config", "show", "--json", HUB_DATABASE=database)

    shown = json.loads(done.stdout)
    rows = {each["setting"]: (each["value"], each["origin"]) for each in shown["settings"]}
    assert ("8123", str(tmp_path / "hub.toml")) == rows["port"]
    assert ("postgresql+psycopg://hub:…@db/hub", "HUB_DATABASE") == rows["database"]
    assert ("127.0.0.1", "default") == rows["host"]
    assert [{"source": "hr", "connector": "frappe-hr", "name": "hr"}] == shown["sources"]
    table = hub(tmp_path, "config", "show").stdout
    assert all(part in table for part in ("8123", "sync_every_s", "frappe-hr"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sync", "pay"], "no source 'pay' is configured; there are: none"),
        (["serve", "--config", "gone.toml"], "gone.toml is not a file"),
        (["query", "gone.graphql"], "is neither a question such as"),
        (["query", "{ hub { version } }", "--variables", "x"], "--variables is not JSON"),
        (["import", "gone"], "gone"),
        (["nonsense"], "No such command 'nonsense'"),
        (["sync", "--fulll"], "No such option"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_a_wrong_command_is_told_in_words(tmp_path: Path, words: list[str], told: str) -> None:
    done = hub(tmp_path, *words)

    assert 2 == done.returncode
    assert told in plain(done.stderr)
    assert "Traceback" not in done.stderr


def test_without_sources_a_sync_has_nothing_to_do(tmp_path: Path) -> None:
    assert "[]\n" == hub(tmp_path, "sync", "--json").stdout


def test_a_question_is_answered_without_a_server(tmp_path: Path) -> None:
    (tmp_path / "question.graphql").write_text(
        "query A { hub { demo } } query B { hub { version } }"
    )

    given = hub(tmp_path, "query", "{ hub { demo } }")
    from_file = hub(tmp_path, "query", "question.graphql", "--operation", "A")
    from_input = hub(tmp_path, "query", "-", said="{ hub { demo } }")

    for each in (given, from_file, from_input):
        assert 0 == each.returncode, each.stderr
        assert {"hub": {"demo": False}} == json.loads(each.stdout)["data"]


def test_a_question_without_an_answer_is_a_failure(tmp_path: Path) -> None:
    done = hub(tmp_path, "query", "{ nothing }")

    assert 1 == done.returncode
    assert "BAD_USER_INPUT" == json.loads(done.stdout)["errors"][0]["extensions"]["code"]


def test_nobody_asks_as_somebody_outside_the_demo(tmp_path: Path) -> None:
    done = hub(tmp_path, "query", "{ hub { demo } }", "--as", "1017")

    assert (1, "") == (done.returncode, done.stdout)
    assert "error: No sign-in is set up" in done.stderr


def test_variables_must_be_an_object() -> None:
    assert {"a": [1]} == parsed('{"a": [1]}')
    for each in ("[1]", "1", "[" * 100_000):
        with pytest.raises(UsageError, match="--variables"):
            parsed(each)


def test_a_question_in_a_file_must_be_text(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")

    for each in (str(tmp_path / "binary"), str(tmp_path), "x" * 5_000):
        with pytest.raises(UsageError, match="neither a question"):
            read(each)


def test_every_command_explains_itself(tmp_path: Path) -> None:
    shown = hub(tmp_path, "--help").stdout

    for name in ("config", "connector", "demo", "identity", "import", "query", "schema", "serve"):
        assert f" {name} " in shown


def test_a_server_says_where_it_listens_and_finishes_what_is_asked_when_told_to_stop(
    tmp_path: Path,
) -> None:
    port = free_ports()
    words = [HUB, "serve", "--port", str(port)]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert f"http://127.0.0.1:{port}/graphql" in process.stdout.readline()
        answer = httpx.post(f"http://127.0.0.1:{port}/graphql", json={"query": "{ hub { demo } }"})
        assert {"hub": {"demo": False}} == answer.json()["data"]
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert 0 == process.wait(20)
    assert time.monotonic() - began < 10
    nothing_left(tmp_path)


def test_a_server_is_not_started_where_another_listens(tmp_path: Path) -> None:
    port = free_ports()
    words = [HUB, "serve", "--port", str(port)]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert "http://" in process.stdout.readline()
        done = hub(tmp_path, "serve", "--port", str(port))
        process.send_signal(signal.SIGINT)
        assert 0 == process.wait(20)

    assert 2 == done.returncode
    assert "choose another port" in done.stderr
