"""A source that is missing or fails stops nothing else, and every answer says so."""

import shutil
from pathlib import Path

import pytest

from tests.real.demo import Demo, running

pytestmark = pytest.mark.real

SYNCED = "{ sourceSystems { key sync { status error } } }"
HELD = """{
  people(first: 1) { totalCount } workAssignments(first: 1) { totalCount }
  nonconformities(first: 1) { totalCount } competences(first: 1) { totalCount }
}"""
FAULTS = {
    "personnel": "half",
    "hr": "down",
    "quality": "hang",
    "planning": "lying",
    "appraisal": "half",
    "learning": "lying",
    "frameworks": "slow",
}


def _answers(demo: Demo) -> None:
    """Hold every question to an answer, whatever became of a source."""
    for each in demo.questions():
        answer = demo.ask(each["query"], each["authorization"], **each["variables"])
        for error in answer.get("errors", ()):
            assert error["extensions"]["code"] != "INTERNAL", (each["name"], error)
        assert answer.get("data") is not None, (each["name"], answer)


@pytest.mark.parametrize("missing", ["quality", "planning", "frameworks"])
def test_a_system_that_is_not_there_leaves_every_question_answered(
    tmp_path: Path, missing: str
) -> None:
    with running(Demo(tmp_path, people=60, options=["--without", missing])) as demo:
        _answers(demo)
        sign_in = demo.questions()[0]["authorization"]
        standing = {each["key"]: each for each in demo.data(SYNCED, sign_in)["sourceSystems"]}
        assert "FRESH" != standing[missing]["sync"]["status"]


def test_whatever_is_the_matter_with_a_source_the_others_go_on(tmp_path: Path) -> None:
    with running(Demo(tmp_path, people=60)) as demo:
        sign_in = demo.questions()[0]["authorization"]
        held = demo.data(HELD, sign_in)
        for key, fault in FAULTS.items():
            demo.hub("demo", "fault", key, fault)
            failed = {each["source"] for each in demo.json("sync") if each.get("error")}
            assert (set() if fault == "slow" else {key}) == failed, (key, fault)
            _answers(demo)
            told = {
                each["key"]: each["sync"] for each in demo.data(SYNCED, sign_in)["sourceSystems"]
            }
            assert failed == {each for each in told if told[each]["error"]}
            assert held == demo.data(HELD, sign_in), (key, fault)
            demo.hub("demo", "fault", key, "ok")
            assert [] == [each for each in demo.json("sync", key) if each.get("error")]
        assert held == demo.data(HELD, sign_in)


def test_a_stopped_systems_folder_is_not_needed_to_answer(tmp_path: Path) -> None:
    with running(Demo(tmp_path, people=60)) as demo:
        demo.hub("demo", "fault", "hr", "down")
        demo.hub("sync", "hr", check=False)
        _answers(demo)
        answer = demo.ask(
            "{ people(first: 3) { nodes { displayName freshness { ageSeconds stale } } } }",
            demo.questions()[0]["authorization"],
        )
        hr = [each for each in answer["extensions"]["sources"] if each["key"] == "hr"]
        assert ["UNAVAILABLE"] == [each["outcome"] for each in hr]
    shutil.rmtree(tmp_path / ".demo")
