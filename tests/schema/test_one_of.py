"""A key of a look-up is exactly one, however it is written down."""

from typing import Any

import pytest

from hub.engine.prepare import Prepared, Question, RefusedError, prepare
from hub.schema import served


def asked(text: str, variables: dict[str, Any]) -> Prepared:
    return prepare(served().graph, Question(text=text, variables=variables))


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("{ person(by: {}) { id } }", {}),
        ("{ person(by: {id: null}) { id } }", {}),
        ('{ person(by: {id: "a", employeeNumber: "1"}) { id } }', {}),
        ('{ person(by: {id: "a", employeeNumber: null}) { id } }', {}),
        ("query($n: String) { person(by: {employeeNumber: $n}) { id } }", {}),
        ("query($n: String) { person(by: {employeeNumber: $n}) { id } }", {"n": None}),
        ("query($n: String) { person(by: {employeeNumber: $n}) { id } }", {"n": "1"}),
        ("query($n: String = null) { person(by: {employeeNumber: $n}) { id } }", {"n": "1"}),
        (
            "query($n: ID) { ...F } fragment F on Query { person(by: {id: $n}) { id } }",
            {"n": "1"},
        ),
        (
            "query($n: String!, $i: ID) { person(by: {employeeNumber: $n, id: $i}) { id } }",
            {"n": "1"},
        ),
        ("query($k: PersonKey!) { person(by: $k) { id } }", {"k": {}}),
        ("query($k: PersonKey!) { person(by: $k) { id } }", {"k": {"id": None}}),
        ("query($k: PersonKey!) { person(by: $k) { id } }", {"k": {"id": "1", "workEmail": "2"}}),
        (
            "query($u: CodeKey) { units(first: 1, where: {under: $u}) { totalCount } }",
            {"u": {"code": "1", "id": None}},
        ),
        (
            "query($c: String) { units(first: 1, where: {under: {code: $c}}) { totalCount } }",
            {"c": "1"},
        ),
    ],
)
def test_no_key_or_two_or_perhaps_none_are_refused(text: str, variables: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as refused:
        asked(text, variables)
    assert {"BAD_USER_INPUT"} == {(each.extensions or {})["code"] for each in refused.value.errors}


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ('{ person(by: {id: "a"}) { id } }', {}),
        ("query($n: String!) { person(by: {employeeNumber: $n}) { id } }", {"n": "1"}),
        ("query($k: PersonKey!) { person(by: $k) { id } }", {"k": {"id": "1"}}),
        ("query($u: CodeKey) { units(first: 1, where: {under: $u}) { totalCount } }", {}),
        ("query($u: CodeKey) { units(first: 1, where: {under: $u}) { totalCount } }", {"u": None}),
    ],
)
def test_exactly_one_key_is_taken(text: str, variables: dict[str, Any]) -> None:
    assert asked(text, variables).fields
