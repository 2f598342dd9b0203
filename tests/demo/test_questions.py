"""The questions of the demo: what they expect is the generator's truth and nothing vacuous."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.demo.organisation import generate
from hub.demo.organisation.model import Organisation, Story
from hub.demo.questions import Asked, first_question, questions, sign_ins

DAY = date(2026, 11, 25)
FLAGSHIPS = ("F04", "F13", "F14", "F20", "identity_links")
ORGANISATIONS = st.builds(
    generate, st.integers(0, 10_000), st.integers(60, 700), st.dates(DAY, date(2028, 12, 31))
)


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    """Return an organisation of the usual size."""
    return generate(7, 500, DAY)


@settings(max_examples=12, deadline=None)
@given(organisation=ORGANISATIONS)
def test_every_question_lacks_something_of_a_near_miss(organisation: Organisation) -> None:
    said = {word for each in organisation.stories if each.near_miss for word in _words(each)}
    for asked in (*questions(organisation), first_question(organisation)):
        lacking = [each["lacks"] for each in asked.expect if "lacks" in each]
        assert any(
            each in said or isinstance(each, bool) or "both for and against" in each
            for each in lacking
        ), asked.name


@settings(max_examples=12, deadline=None)
@given(organisation=ORGANISATIONS)
def test_no_answer_can_be_asked_to_have_what_it_must_lack(organisation: Organisation) -> None:
    for asked in questions(organisation):
        has = {(each["path"], each["has"]) for each in asked.expect if "has" in each}
        lacks = {(each["path"], each["lacks"]) for each in asked.expect if "lacks" in each}
        assert set() == has & lacks, asked.name


@settings(max_examples=12, deadline=None)
@given(organisation=ORGANISATIONS)
def test_whoever_asks_works_here_and_no_name_of_a_question_is_given_twice(
    organisation: Organisation,
) -> None:
    asked = questions(organisation)
    here = {each.number for each in organisation.people if each.employed(organisation.today)}
    assert {each.authorization for each in asked} <= {f"Bearer demo:{number}" for number in here}
    assert 1 == max(Counter(each.name for each in asked).values())


def test_every_story_is_asked_about(organisation: Organisation) -> None:
    expected = {word for asked in questions(organisation) for word in _expected(asked)}
    for story in organisation.stories:
        if not story.near_miss:
            named = story.facts.get("account") or story.facts["name"]
            assert named in expected or story.facts.get("competence") in expected, story


def test_every_flagship_is_asked(organisation: Organisation) -> None:
    names = {asked.name for asked in questions(organisation)}
    assert all(any(name.startswith(each) for name in names) for each in FLAGSHIPS)


def test_every_question_is_one_operation_that_takes_its_variables(
    organisation: Organisation,
) -> None:
    for asked in (*questions(organisation), first_question(organisation)):
        (operation,) = parse(asked.query).definitions
        assert isinstance(operation, OperationDefinitionNode)
        taken = {each.variable.name.value for each in operation.variable_definitions or ()}
        assert asked.variables.keys() <= taken


def test_a_question_is_plain_as_json_has_it(organisation: Organisation) -> None:
    plain = questions(organisation)[0].plain()
    assert ["name", "query", "variables", "authorization", "expect"] == list(plain)


def test_people_of_different_roles_may_sign_in(organisation: Organisation) -> None:
    people = {f"Bearer demo:{each.number}": each.name for each in organisation.people}
    found = sign_ins(organisation)
    assert {each.authorization: each.name for each in found}.items() <= people.items()
    assert len(found) == len({each.role for each in found})


def _words(story: Story) -> Iterator[str]:
    for fact in story.facts.values():
        yield from (fact,) if isinstance(fact, str) else fact


def _expected(asked: Asked) -> Iterator[Any]:
    for each in asked.expect:
        yield each.get("equals", each.get("has"))
