"""What README.md and docs/asking.md show is so: commands exist, questions are answered as shown.

Both are held to the demo that they speak of: 500 people, seed 7.
"""

import json
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest

from hub.demo.organisation import generate
from hub.demo.questions import sign_ins
from hub.demo.questions.truth import person, told
from tests.cli.conftest import Demo, begun, hub
from tests.docs import ROOT, Block, blocks

README = ROOT / "README.md"
ASKING = ROOT / "docs" / "asking.md"
ADDRESS = "http://localhost:8000"
PLANNER = "2855"
ANY = "…"
AS = re.compile(r"^# as (\w+)$", re.MULTILINE)
WITH_EXTENSIONS = "# with extensions"


def answered(of: list[Block]) -> list[tuple[Block, Any]]:
    """Return each block that asks, with the answer that is shown below it."""
    return [
        (asks, json.loads(answers.text))
        for asks, answers in pairwise(of)
        if asks.language in {"graphql", "sh"} and answers.language == "json"
    ]


def agree(shown: Any, given: Any) -> bool:
    """Tell whether an answer is what is shown, `…` standing for anything."""
    if shown == ANY:
        return True
    if isinstance(shown, dict) and isinstance(given, dict):
        return shown.keys() == given.keys() and all(agree(shown[key], given[key]) for key in shown)
    if isinstance(shown, list) and isinstance(given, list):
        return len(shown) == len(given) and all(map(agree, shown, given))
    return bool(shown == given)


def spoken(block: Block) -> list[list[str]]:
    """Return the commands of a block of shell, each in words."""
    lines = block.text.replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


@pytest.mark.parametrize(
    ("shown", "given", "same"),
    [
        ({"a": ANY}, {"a": [1]}, True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ({"a": 1, "b": 2}, {"a": 1}, False),
        ([1, ANY], [1, 2], True),
        ([1], [1, 2], False),
        ({"a": None}, {"a": ANY}, False),
    ],
)
def test_an_answer_is_what_is_shown(shown: Any, given: Any, *, same: bool) -> None:
    assert same is agree(shown, given)


def test_every_command_of_the_readme_exists() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    commands = [words for each in blocks(README) if each.language == "sh" for words in spoken(each)]

    assert ["make", "make", ".venv/bin/hub"] == [words[0] for words in commands]
    for program, name, *_ in commands:
        assert name in targets if program == "make" else name == "query"


def test_the_readme_shows_its_question_and_answer_on_the_first_screen() -> None:
    text = README.read_text(encoding="utf-8")
    first = text[: text.index("## ")].splitlines()

    assert {"sh", "graphql", "json"} == {each.language for each in blocks(README)}
    assert len(first) <= 66
    assert all(len(line) <= 110 for line in first)


@pytest.mark.parametrize("days", [0, 40, 333])
def test_the_answer_of_the_readme_is_the_generators_truth_on_any_day(days: int) -> None:
    organisation = generate(7, 500, date.today() + timedelta(days=days))  # noqa: DTZ011
    ((_, shown),) = answered(blocks(README))
    (node,) = shown["data"]["workAssignments"]["nodes"]
    (story,) = [
        each
        for each in told(organisation, "expiring_certificate")
        if each.facts["unit_name"] == node["unit"]["name"]
    ]
    (judged,) = node["eligibility"]
    who = person(organisation, str(story.facts["person"]))

    assert story.facts["process_name"] == node["title"]
    assert list(story.facts["names"]) == [
        judged["person"]["displayName"],
        node["replacements"][0]["person"]["displayName"],
    ]
    manager = judged["person"]["manager"]["displayName"]
    assert manager == person(organisation, str(who.manager)).name
    assert story.facts["credential"] == judged["expiringBefore"][0]["name"]
    asked = judged["missing"][0]["requirement"]["competence"]
    assert story.facts["competence"] == asked["name"]
    assert f"Bearer demo:{PLANNER}" == sign_ins(organisation)[0].authorization


def test_every_question_about_asking_has_its_answer_below_it() -> None:
    found = blocks(ASKING)
    asking = [each for each in found if each.language in {"graphql", "sh"}]

    assert len(asking) == len(answered(found)) == len(found) / 2


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo that the pages speak of."""
    one = begun(tmp_path_factory.mktemp("shown"), "--people", "500", "--seed", "7")
    yield one
    assert 0 == one.stop(signal.SIGINT)


@pytest.mark.real
def test_the_question_of_the_readme_is_answered_as_shown(demo: Demo) -> None:
    ((asks, shown),) = answered(blocks(README))

    assert shown == {"data": demo.query(asks.text, "--as", PLANNER)["data"]}


@pytest.mark.real
def test_the_commands_of_the_readme_run_beside_the_demo(demo: Demo) -> None:
    commands = [words for each in blocks(README) if each.language == "sh" for words in spoken(each)]
    for _, *words in [each for each in commands if each[0].endswith("hub")]:
        done = hub(demo.folder, *words)

        assert 0 == done.returncode, done.stderr
        answer = json.loads(done.stdout)
        assert "errors" not in answer
        assert "Kim Dekker" == answer["data"]["me"]["displayName"]


@pytest.mark.real
@pytest.mark.parametrize(
    ("asks", "shown"),
    [each for each in answered(blocks(ASKING)) if each[0].language == "graphql"],
)
def test_a_question_is_answered_as_shown(demo: Demo, asks: Block, shown: Any) -> None:
    who = AS.search(asks.text)
    said = httpx.post(
        f"http://127.0.0.1:{demo.port}/graphql",
        json={"query": asks.text},
        headers={"Authorization": f"Bearer demo:{who[1] if who else PLANNER}"},
        timeout=60,
    )
    answer = said.json()
    if WITH_EXTENSIONS not in asks.text:
        del answer["extensions"]

    assert agree(shown, answer), json.dumps(answer, ensure_ascii=False, indent=2)


@pytest.mark.real
@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
@pytest.mark.parametrize(
    ("asks", "shown"), [each for each in answered(blocks(ASKING)) if each[0].language == "sh"]
)
def test_a_request_is_answered_as_shown(demo: Demo, asks: Block, shown: Any) -> None:
    assert ADDRESS in asks.text
    text = asks.text.replace(ADDRESS, f"http://127.0.0.1:{demo.port}")
    done = subprocess.run(["sh", "-c", text], capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)

    assert agree(shown, answer), json.dumps(answer, ensure_ascii=False, indent=2)
