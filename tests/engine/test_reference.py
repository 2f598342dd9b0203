"""Whatever is asked, the engine answers as graphql-core does one object at a time."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from graphql import GraphQLError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.questions import Asked, questions
from tests.engine.reference import reference
from tests.engine.world import Asking

thorough = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def nulled(data: Any, errors: Iterable[GraphQLError] | None) -> set[tuple[str | int, ...]]:
    """Return the places that are null because of errors: one for each, however many met there."""
    return {_nulled(data, tuple(each.path or ())) for each in errors or ()}


def _nulled(data: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    for place, step in enumerate(path):
        if data is None:
            return path[:place]
        data = data[step]
    return path


def same(asking: Asking, asked: Asked, viewer: str) -> None:
    """Assert that a question is answered by the engine as by the book."""
    who = asking.world.viewers[viewer]
    told = asking.ask(asked.text, who, **asked.variables)
    if not told.executed:
        assert {each.formatted["extensions"]["code"] for each in told.errors} <= {
            "LIMIT_COST",
            "LIMIT_DEPTH",
        }
        return
    aware = replace(who, purpose="DEVELOPMENT")
    by_the_book = reference(asking, asked.text, aware, asked.variables)
    assert by_the_book.data == told.data
    assert nulled(by_the_book.data, by_the_book.errors) == nulled(told.data, told.errors)


@thorough
@given(data=st.data())
def test_any_question_is_answered_as_by_the_book(asking: Asking, data: st.DataObject) -> None:
    asked = data.draw(questions(asking.world.global_ids()))
    same(asking, asked, data.draw(st.sampled_from(sorted(asking.world.viewers))))


@pytest.mark.parametrize(
    "text",
    [
        "{ people(first: 2) { nodes @skip(if: true) { id } } }",
        "{ people(first: 2) { ... @include(if: false) { totalCount } } }",
        "{ people(first: 2, last: 2) { totalCount } }",
        "{ people { totalCount } ok: people(first: 1) { nodes { displayName } } }",
        "{ people(first: 2) { nodes { competences { totalCount } } } }",
        '{ a: person(by: {employeeNumber: "N3"}) { manager { manager { manager { id } } } } }',
        "{ people(first: 9) { nodes { ...A } nodes { ...A label } } } fragment A on Node { id }",
    ],
)
def test_a_question_of_a_kind_that_once_went_wrong(asking: Asking, text: str) -> None:
    for viewer in ("employee", "director in the line", "INTEGRATOR of all"):
        same(asking, Asked(text, {}), viewer)
