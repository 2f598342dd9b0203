"""Nonconformities in groups: each counted where it belongs, and shown as it may be."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from hub.store import moment_of
from tests.engine.world import NOW, Asking
from tests.policy.oracle import Facts, facts

SEES = "DIRECTOR of all"
FIGURES = "disclosure count per1000Hours changeVsPrevious recurred"


@pytest.fixture(scope="module")
def known(asking: Asking) -> Facts:
    async def read() -> Facts:
        async with asking.store.snapshot() as snapshot:
            return await facts(snapshot)

    return asking.run(read())


def groups(asking: Asking, by: str, viewer: str = SEES, where: str = "") -> list[Any]:
    answer = asking.ask(
        f"{{ nonconformityGroups(groupBy: [{by}]{where}) {{ {FIGURES}"
        " keys { dimension value label node { id } }"
        " items(first: 100) { totalCount nodes { id } } } }",
        asking.world.viewers[viewer],
    )
    assert answer.errors == ()
    assert answer.data is not None
    return list(answer.data["nonconformityGroups"])


def test_every_nonconformity_is_in_one_group_of_each_single_valued_dimension(
    asking: Asking, known: Facts
) -> None:
    for by in ("UNIT", "PROCESS", "SEVERITY", "MONTH", "UNIT, MONTH"):
        found = groups(asking, by)
        assert sum(each["count"] for each in found) == len(known.rows["Nonconformity"])
        assert all(each["count"] == each["items"]["totalCount"] for each in found)
        assert len({str(each["keys"]) for each in found}) == len(found)


def test_a_competence_groups_what_it_is_a_confirmed_cause_of(asking: Asking, known: Facts) -> None:
    causes: dict[str, set[str]] = {}
    for row in known.rows["CompetenceCause"].values():
        if row["status"] == "CONFIRMED":
            causes.setdefault(row["competence_id"], set()).add(row["nonconformity_id"])
    found = groups(asking, "COMPETENCE", where=", where: {causes: [CONFIRMED]}")
    told = {each["keys"][0]["label"]: each["count"] for each in found}
    names = {id_: row["name"] for id_, row in known.rows["Competence"].items()}
    assert told == {names[id_]: len(of) for id_, of in causes.items()}


def test_what_came_back_is_counted_and_said_alike(asking: Asking, known: Facts) -> None:
    rows = known.rows["Nonconformity"]
    causes: dict[str, set[str]] = {}
    for row in known.rows["CompetenceCause"].values():
        if row["status"] == "CONFIRMED":
            causes.setdefault(row["nonconformity_id"], set()).add(row["competence_id"])

    def back(one: Mapping[str, Any]) -> bool | None:
        if one["closed_at"] is None or moment_of(one["closed_at"]) > NOW:
            return None
        closed = max(moment_of(one["closed_at"]), moment_of(one["raised_at"]))
        until = closed + timedelta(days=180)
        again = any(
            closed < moment_of(each["raised_at"]) < until
            and moment_of(each["raised_at"]) <= NOW
            and each["process_id"] == one["process_id"] is not None
            and causes.get(each["id"], set()) & causes.get(one["id"], set())
            for each in rows.values()
        )
        return True if again else (None if until > NOW else False)

    answer = asking.ask(
        "{ nonconformities(first: 100) { nodes { number recurred } } }", asking.world.viewers[SEES]
    )
    assert answer.data is not None
    told = {each["number"]: each["recurred"] for each in answer.data["nonconformities"]["nodes"]}
    assert told == {row["number"]: back(row) for row in rows.values()}
    assert sum(each["recurred"] for each in groups(asking, "SEVERITY")) == sum(
        each is True for each in told.values()
    )


def test_change_is_against_the_window_before_of_the_same_length(
    asking: Asking, known: Facts
) -> None:
    raised = [row["raised_at"][:10] for row in known.rows["Nonconformity"].values()]
    found = groups(
        asking, "SEVERITY", where=', where: {raised: {from: "2025-11-01", until: "2026-05-01"}}'
    )
    now = sum("2025-11-01" <= each < "2026-05-01" for each in raised)
    assert sum(each["count"] for each in found) == now
    for each in found:
        if each["changeVsPrevious"] is not None:
            before = each["count"] / (1 + each["changeVsPrevious"]) if each["count"] else 1
            assert before == pytest.approx(round(before), abs=0.01)
    assert all(each["changeVsPrevious"] is None for each in groups(asking, "SEVERITY"))


@pytest.mark.parametrize(
    "window", ['from: "0001-01-01"', 'from: "2026-05-01", until: "2026-01-01"']
)
def test_where_there_is_no_window_before_no_change_is_told(asking: Asking, window: str) -> None:
    found = groups(asking, "SEVERITY", where=f", where: {{raised: {{{window}}}}}")
    assert {None} >= {each["changeVsPrevious"] for each in found}


def test_a_group_about_few_people_is_listed_and_withheld(asking: Asking, known: Facts) -> None:
    everyone, withheld = groups(asking, "UNIT"), groups(asking, "UNIT", "employee")
    assert [each["keys"] for each in withheld] == [each["keys"] for each in everyone]
    hidden = [each for each in withheld if each["disclosure"] == "SUPPRESSED"]
    assert hidden
    for each in hidden:
        figures = ("count", "per1000Hours", "changeVsPrevious", "recurred")
        assert {each[name] for name in figures} == {None}
        assert each["items"]["nodes"] == []


@pytest.mark.parametrize("by", ["", "UNIT, UNIT", "UNIT, PROCESS, SEVERITY, MONTH"])
def test_none_too_many_or_the_same_dimension_twice_is_refused(asking: Asking, by: str) -> None:
    answer = asking.ask(
        f"{{ nonconformityGroups(groupBy: [{by}]) {{ count }} }}", asking.world.viewers[SEES]
    )
    assert {each.formatted["extensions"]["code"] for each in answer.errors} == {"BAD_USER_INPUT"}
