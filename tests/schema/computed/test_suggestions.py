"""What is suggested to somebody, and to nobody else."""

from typing import Any

import pytest

from tests.engine.world import Asking

FIELDS = "target { __typename ... on Node { id } } competence { id } reasons { code text }"


def suggested(asking: Asking, viewer: str, said: str = "(limit: 20)") -> list[Any]:
    answer = asking.ask(
        f"{{ me {{ suggestions{said} {{ {FIELDS} }} }} }}", asking.world.viewers[viewer]
    )
    assert answer.errors == ()
    assert answer.data is not None
    return list(answer.data["me"]["suggestions"])


@pytest.mark.parametrize("viewer", ["employee", "manager", "director in the line"])
def test_each_suggestion_says_why_and_none_comes_twice(asking: Asking, viewer: str) -> None:
    found = suggested(asking, viewer)
    assert len({each["target"]["id"] for each in found}) == len(found) <= 20
    assert all(len(each["reasons"]) > 1 for each in found)
    assert suggested(asking, viewer, "(limit: 1)") == found[:1]


def test_somebody_is_suggested_something(asking: Asking) -> None:
    viewers = ("employee", "manager", "director in the line")
    assert any(suggested(asking, each) for each in viewers)


@pytest.mark.parametrize("purpose", ["GAP", "AMBITION", "JUST_IN_TIME", "RECOGNITION"])
def test_a_purpose_leaves_only_what_serves_it(asking: Asking, purpose: str) -> None:
    for viewer in ("employee", "manager", "director in the line"):
        for each in suggested(asking, viewer, f"(for: {purpose}, limit: 20)"):
            assert each["reasons"][0]["code"] == purpose


def test_nobody_else_sees_what_is_suggested_to_somebody(asking: Asking) -> None:
    answer = asking.ask(
        "{ people(first: 100) { nodes { employeeNumber suggestions { reasons { code } } } } }",
        asking.world.viewers["DIRECTOR of all"],
    )
    assert answer.data is not None
    others = [
        each["suggestions"]
        for each in answer.data["people"]["nodes"]
        if each["employeeNumber"] != "N13"
    ]
    assert others == [[]] * 13


@pytest.mark.parametrize("limit", [0, 21])
def test_a_limit_beyond_the_bounds_is_refused(asking: Asking, limit: int) -> None:
    answer = asking.ask(
        f"{{ me {{ suggestions(limit: {limit}) {{ {FIELDS} }} }} }}",
        asking.world.viewers["employee"],
    )
    assert {each.formatted["extensions"]["code"] for each in answer.errors} == {"BAD_USER_INPUT"}
