"""Every rule tells what it is, and is described where people look for it."""

import re
from pathlib import Path
from typing import Any

import pytest

from hub.couplings import RULES, Rule
from hub.models.kinds import CouplingMode, SystemKind

PAGE = Path(__file__).parents[2] / "docs" / "couplings.md"
LADDER = tuple(CouplingMode)
NEVER_AUTOMATIC = {
    SystemKind.PLANNING,
    SystemKind.REWARD,
    SystemKind.ATS,
    SystemKind.APPRAISAL,
}


@pytest.fixture(params=RULES, ids=lambda rule: str(rule.key))
def rule(request: pytest.FixtureRequest) -> Rule[Any]:
    found: Rule[Any] = request.param
    return found


def section(key: str) -> str:
    parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next((each for each in parts if each.startswith(f"{key}:")), "")


def test_a_rule_is_described_with_all_that_its_head_says(rule: Rule[Any]) -> None:
    told = " ".join(section(rule.key).replace(">", " ").split())
    assert f"{rule.key}: {rule.title}" in told
    for text in (rule.condition, rule.effect, *(f"`{each}`" for each in rule.hears)):
        assert text in told
    for each in (rule.mode, rule.highest_mode, *rule.approvers):
        assert f"`{each.value}`" in told


def test_no_rule_begins_beyond_its_highest_mode(rule: Rule[Any]) -> None:
    assert LADDER.index(rule.mode) <= LADDER.index(rule.highest_mode)


def test_pay_hiring_rosters_and_appraisals_are_never_automatic(rule: Rule[Any]) -> None:
    assert rule.to not in NEVER_AUTOMATIC or rule.highest_mode is not CouplingMode.AUTOMATIC


def test_a_rule_that_needs_a_decision_says_whose(rule: Rule[Any]) -> None:
    assert rule.highest_mode is not CouplingMode.APPROVE or rule.approvers


def test_texts_are_sentences(rule: Rule[Any]) -> None:
    assert all(each[0].isupper() and each.endswith(".") for each in (rule.condition, rule.effect))


def test_no_two_rules_share_a_key() -> None:
    assert len(RULES) == len({each.key for each in RULES})


def test_every_mode_is_described() -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert [] == [each for each in CouplingMode if f"`{each.value}`" not in told]
