"""What is asked is bounded, and a refusal is fast, typed and says what to change."""

from time import process_time
from typing import Any

import pytest

from tests.engine.world import Asking

SEES = "DIRECTOR of all"
DEAR = """
{ people(first: 100) { nodes { competences(first: 100) { nodes { evidence(first: 100)
    { nodes { id } } } } } } }
"""


def codes(asking: Asking, text: str, **variables: Any) -> set[str]:
    answer = asking.ask(text, asking.world.viewers[SEES], **variables)
    return {each.formatted["extensions"]["code"] for each in answer.errors}


def chain(length: int) -> str:
    """Return fragments that each spread the next one twice."""
    links = [
        f"fragment F{n} on Person {{ a: manager {{ ...F{n + 1} }} b: manager {{ ...F{n + 1} }} }}"
        for n in range(length)
    ]
    return " ".join([*links, f"fragment F{length} on Person {{ id }}"])


def flat(length: int) -> str:
    """Return fragments that each spread the next one twice, without going deeper."""
    links = [f"fragment F{n} on Person {{ ...F{n + 1} ...F{n + 1} }}" for n in range(length)]
    return " ".join([*links, f"fragment F{length} on Person {{ id }}"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ me " + "{ manager " * 17 + "{ id }" + " }" * 18, "LIMIT_DEPTH"),
        (f"{{ me {{ ...F0 }} }} {chain(40)}", "LIMIT_DEPTH"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(3000)) + " }", "LIMIT_TOKENS"),
        ("{ me { id } } #" + "x" * 100_001, "LIMIT_TOKENS"),
        (DEAR, "LIMIT_COST"),
        ("{ people(first: 1000000000) { nodes { id } } }", "LIMIT_PAGE"),
        ("{ people(first: 101) { nodes { id } } }", "LIMIT_PAGE"),
        ("{ people(last: 1000000000) { totalCount } }", "LIMIT_PAGE"),
        ("{ people(first: -1) { nodes { id } } }", "LIMIT_PAGE"),
        ("{ people { nodes { id } } }", "LIMIT_PAGE"),
        ("{ people { totalCount } }", "LIMIT_PAGE"),
        ("{ people(first: 1, last: 1) { nodes { id } } }", "BAD_USER_INPUT"),
        ('{ people(first: 1, before: "x") { nodes { id } } }', "BAD_USER_INPUT"),
        ('{ people(first: 1, after: "x") { nodes { id } } }', "BAD_USER_INPUT"),
        ('{ me(asOf: "2099-01-01T00:00:00Z") { id } }', "BAD_USER_INPUT"),
        ('{ me(asOf: "2026-01-01") { id } }', "BAD_USER_INPUT"),
        ("{ me { a } }", "BAD_USER_INPUT"),
        ("{ me { id }", "BAD_USER_INPUT"),
        ("query A { me { id } } query B { me { id } }", "BAD_USER_INPUT"),
        (
            "{ me { ...A } } fragment A on Person { ...B } fragment B on Person { ...A }",
            "BAD_USER_INPUT",
        ),
        ("{ people(first: 1e400) { nodes { id } } }", "BAD_USER_INPUT"),
        (
            "{ competenceStates(where: {minConfidence: 1e400}, first: 1) { totalCount } }",
            "BAD_USER_INPUT",
        ),
    ],
    ids=lambda each: each[:60],
)
def test_a_refusal_is_typed_and_quick(asking: Asking, text: str, code: str) -> None:
    began = process_time()
    assert codes(asking, text) == {code}
    assert process_time() - began < 2


@pytest.mark.parametrize("fragments", [flat(100), chain(100)], ids=["flat", "deep"])
def test_a_hundred_fragments_that_spread_each_other_are_refused_or_answered_at_once(
    asking: Asking, fragments: str
) -> None:
    began = process_time()
    codes(asking, "{ me { ...F0 } } " + fragments)
    assert process_time() - began < 1


def test_ten_thousand_ids_are_refused(asking: Asking) -> None:
    many = ["x"] * 10_000
    text = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert codes(asking, text, ids=many) == {"BAD_USER_INPUT"}


def test_a_message_never_repeats_a_long_input(asking: Asking) -> None:
    viewer = asking.world.viewers[SEES]
    answer = asking.ask(f"{{ me {{ {'x' * 20_000} }} }}", viewer)
    assert all(len(each.message) < 1000 for each in answer.errors)


def test_a_refused_question_reads_nothing(asking: Asking) -> None:
    assert codes(asking, "{ people(first: 100) { nodes { a } } }") == {"BAD_USER_INPUT"}
    assert asking.rows == []


def test_what_cannot_be_answered_leaves_the_rest_answered(asking: Asking) -> None:
    viewer = asking.world.viewers[SEES]
    answer = asking.ask(
        '{ a: me { displayName } b: me(asOf: "2099-01-01T00:00:00Z") { id } }', viewer
    )
    assert answer.data == {"a": {"displayName": "Person.display_name.13"}, "b": None}
    assert [each.path for each in answer.errors] == [["b"]]
