"""Whether planned work is covered, and what colleagues may know of it."""

from typing import Any

import pytest

from hub.competence.eligibility import ORDER
from hub.engine.ids import global_id, read_id
from hub.engine.origins import Key
from hub.models.kinds import EligibilityVerdict
from hub.store import moment_of
from tests.engine.world import NOW, Asking
from tests.policy.oracle import Facts, facts

SEES = "DIRECTOR of all"


@pytest.fixture(scope="module")
def known(asking: Asking) -> Facts:
    async def read() -> Facts:
        async with asking.store.snapshot() as snapshot:
            return await facts(snapshot)

    return asking.run(read())


def asked(asking: Asking, viewer: str, fields: str) -> list[Any]:
    ids = [
        global_id(Key("WorkAssignment", id_), None) for id_ in asking.world.ids["WorkAssignment"]
    ]
    question = "{ nodes(ids: $ids) { ... on WorkAssignment { id %s } } }"
    answer = asking.ask(
        f"query Q($ids: [ID!]!) {question % fields}",
        asking.world.viewers[viewer],
        ids=ids,
    )
    assert answer.errors == ()
    assert answer.data is not None
    return list(answer.data["nodes"])


def test_the_worst_verdict_on_any_assignee_is_that_on_the_work(
    asking: Asking, known: Facts
) -> None:
    for told in asked(asking, "employee", "verdict eligibility { verdict }"):
        verdicts = [EligibilityVerdict[each["verdict"]] for each in told["eligibility"]]
        worst = min(verdicts, key=ORDER.index, default=EligibilityVerdict.UNKNOWN)
        assert told["verdict"] == worst.value


@pytest.mark.parametrize("verdict", EligibilityVerdict)
def test_work_is_found_by_its_verdict(asking: Asking, verdict: EligibilityVerdict) -> None:
    question = "{ workAssignments(where: { verdicts: [%s] }, first: 100) { nodes { id } } }"
    answer = asking.ask(question % verdict.value, asking.world.viewers[SEES])
    assert answer.data is not None
    found = {each["id"] for each in answer.data["workAssignments"]["nodes"]}
    every = asked(asking, SEES, "verdict")
    assert found == {each["id"] for each in every if each["verdict"] == verdict.value}


def test_colleagues_see_the_verdict_and_never_why(asking: Asking, known: Facts) -> None:
    why = "missing { id } expiringBefore { id } reasons { code }"
    viewer = asking.world.viewers["employee"]
    met = set()
    for told in asked(asking, "employee", f"eligibility {{ verdict person {{ id }} {why} }}"):
        for each in told["eligibility"]:
            key, _ = read_id(each["person"]["id"]) or (None, None)
            own = key is not None and key.id == viewer.person_id
            hidden = [each[name] is None for name in ("missing", "expiringBefore", "reasons")]
            assert hidden == [not own] * 3
            met.add(own)
    assert False in met


def test_a_gap_of_planned_work_is_of_the_moment_at_which_the_work_begins(
    asking: Asking, known: Facts
) -> None:
    met = 0
    for told in asked(
        asking, SEES, "startsAt eligibility { missing { id delta requirement { id } } }"
    ):
        for each in told["eligibility"]:
            for gap in each["missing"]:
                key, moment = read_id(gap["id"]) or (None, None)
                assert key is not None
                assert key.type == "CompetenceGap"
                assert moment is not None
                assert moment.isoformat().replace("+00:00", "Z") == told["startsAt"]
                assert gap["delta"] >= 1
                met += 1
    assert met


def test_who_could_replace_somebody_is_free_able_and_not_on_the_work(
    asking: Asking, known: Facts
) -> None:
    for told in asked(
        asking,
        "employee",
        "startsAt assignees { id } replacements(limit: 3) { verdict person { id } }",
    ):
        there = {each["id"] for each in told["assignees"]}
        others = [each["person"]["id"] for each in told["replacements"]]
        assert not there & set(others)
        assert len(others) == len(set(others)) <= 3
        assert {each["verdict"] for each in told["replacements"]} <= {"ELIGIBLE"}
        assert moment_of(told["startsAt"]) > NOW or not others


@pytest.mark.parametrize("limit", [0, 21, -1])
def test_a_limit_beyond_the_bounds_is_refused(asking: Asking, limit: int) -> None:
    asked_for = f"replacements(limit: {limit}) {{ verdict }}"
    answer = asking.ask(
        f"{{ workAssignments(first: 1) {{ nodes {{ {asked_for} }} }} }}",
        asking.world.viewers[SEES],
    )
    assert {each.formatted["extensions"]["code"] for each in answer.errors} == {"BAD_USER_INPUT"}
