"""Sensitive data is read for a purpose, which the question says; one's own needs none."""

import pytest

from tests.engine.world import Asking

SEES = "HR_ADVISER of all"
OTHERS = """
{ me { appraisals(first: 1) { nodes { employee { appraisals(first: 1) { totalCount } } } } } }
"""
SPREAD = """
{ people(first: 1) { nodes { ...F } } }
fragment F on Person { appraisals(first: 1) { totalCount } }
"""
NEEDS = [
    ("{ appraisals(first: 1) { totalCount } }", "Query.appraisals"),
    ("{ people(first: 1) { nodes { appraisals(first: 1) { totalCount } } } }", "Person.appraisals"),
    ("{ a: people(first: 1) { nodes { b: appraisals(first: 1) { totalCount } } } }", "appraisals"),
    (SPREAD, "Person.appraisals"),
    ("{ evidence(first: 1) { nodes { note } } }", "CompetenceEvidence.note"),
    ("{ me { manager { appraisals(first: 1) { totalCount } } } }", "Person.appraisals"),
    (OTHERS, "Person.appraisals"),
    ("{ quarantinedRecords(first: 1) { totalCount } }", "Query.quarantinedRecords"),
]
NEEDS_NONE = [
    "{ me { appraisals(first: 1) { totalCount nodes { ratings { rawScore comment } } } } }",
    "{ me { evidence(first: 1) { nodes { note kind } } } }",
    "{ me { competences(first: 1) { nodes { evidence(first: 1) { nodes { note } } } } } }",
    "{ people(first: 1) { nodes { displayName competences(first: 1) { totalCount } } } }",
    "{ people(first: 1) { nodes { appraisals(first: 1) @skip(if: true) { totalCount } id } } }",
]


@pytest.mark.parametrize(("text", "named"), NEEDS)
def test_a_question_that_reads_sensitive_data_without_saying_why_is_refused(
    asking: Asking, text: str, named: str
) -> None:
    answer = asking.ask(text, asking.world.viewers[SEES])
    (error,) = answer.errors

    assert not answer.executed
    assert error.formatted["extensions"]["code"] == "PURPOSE_REQUIRED"
    assert named in error.message
    assert asking.rows == []
    assert asking.ask(
        f"query @purpose(is: DEVELOPMENT) {text}", asking.world.viewers[SEES]
    ).executed


@pytest.mark.parametrize("text", NEEDS_NONE)
def test_ones_own_and_what_is_not_sensitive_need_no_purpose(asking: Asking, text: str) -> None:
    answer = asking.ask(text, asking.world.viewers["employee"])
    assert answer.executed
    assert answer.errors == ()


def test_what_is_judged_of_others_is_read_by_an_adviser_for_a_purpose_only(asking: Asking) -> None:
    text = "{ evidence(first: 100, where: {kinds: [APPRAISAL_RATING]}) { totalCount } }"
    viewer = asking.world.viewers[SEES]
    without = asking.ask(text, viewer)
    given = asking.ask(f"query @purpose(is: APPRAISAL_TALK) {text}", viewer)

    assert without.data is not None
    assert given.data is not None
    assert without.data["evidence"]["totalCount"] < given.data["evidence"]["totalCount"]


def test_a_purpose_opens_nothing_to_who_has_no_role(asking: Asking) -> None:
    text = "query @purpose(is: PAY_ROUND) { appraisals(first: 100) { nodes { employee { id } } } }"
    viewer = asking.world.viewers["employee"]
    answer = asking.ask(text, viewer)
    me = asking.ask("{ me { id } }", viewer)

    assert answer.data is not None
    assert me.data is not None
    assert {each["employee"]["id"] for each in answer.data["appraisals"]["nodes"]} <= {
        me.data["me"]["id"]
    }


@pytest.mark.parametrize("role", ["ADMINISTRATOR of all", "ANALYST of all", "WORKS_COUNCIL of all"])
def test_some_roles_see_no_more_of_people_than_any_employee(asking: Asking, role: str) -> None:
    text = "{ competenceStates(first: 100) { totalCount nodes { id } } }"
    viewers = asking.world.viewers
    assert asking.ask(text, viewers[role]).data == asking.ask(text, viewers["employee"]).data
