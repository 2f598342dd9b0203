"""Connections go page by page, both ways, and hold what their filters mean."""

from typing import Any

import pytest

from tests.schema.conftest import Asking

SHIFTS = """
query($first: Int, $after: String, $last: Int, $before: String, $orderBy: [AssignmentOrder!]) {
    workAssignments(
        first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy
    ) {
        nodes { title } edges { cursor node { title } } totalCount complete
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}
"""
SECOND = '{from: "2026-05-13T19:00:00Z", until: "2026-05-14T12:00:00Z"}'
SERVING = '{uri: "http://data.europa.eu/esco/skill/serving"}'
ALL = [f"Shift {number}" for number in range(1, 6)]


async def page(ask: Asking, **arguments: Any) -> tuple[list[str], Any]:
    found = (await ask(SHIFTS, **arguments))["workAssignments"]
    titles = [each["title"] for each in found["nodes"]]
    assert titles == [each["node"]["title"] for each in found["edges"]]
    assert len(ALL) == found["totalCount"]
    info = found["pageInfo"]
    cursors = [each["cursor"] for each in found["edges"]] or [None]
    assert (cursors[0], cursors[-1]) == (info["startCursor"], info["endCursor"])
    return titles, info


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
@pytest.mark.parametrize("order", ["STARTS_ASC", "STARTS_DESC"])
async def test_pages_forwards_and_backwards_hold_everything_once(
    ask: Asking, size: int, order: str
) -> None:
    wanted = ALL if order == "STARTS_ASC" else ALL[::-1]
    forwards: list[str] = []
    more, cursor = True, None
    while more:
        titles, info = await page(ask, first=size, after=cursor, orderBy=[order])
        assert info["hasPreviousPage"] is (cursor is not None)
        forwards += titles
        more, cursor = info["hasNextPage"], info["endCursor"]
    assert wanted == forwards
    backwards: list[str] = []
    more, cursor = True, None
    while more:
        titles, info = await page(ask, last=size, before=cursor, orderBy=[order])
        assert info["hasNextPage"] is (cursor is not None)
        backwards = titles + backwards
        more, cursor = info["hasPreviousPage"], info["startCursor"]
    assert wanted == backwards


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "LIMIT_PAGE"),
        ({"first": 101}, "LIMIT_PAGE"),
        ({"first": -1}, "LIMIT_PAGE"),
        ({"first": 1, "last": 1}, "BAD_USER_INPUT"),
        ({"first": 1, "before": "x"}, "BAD_USER_INPUT"),
        ({"first": 1, "after": "forged"}, "BAD_USER_INPUT"),
        ({"last": 1, "before": "W10"}, "BAD_USER_INPUT"),
    ],
    ids=str,
)
async def test_a_page_that_makes_no_sense_is_refused(
    ask: Asking, arguments: dict[str, Any], code: str
) -> None:
    answer = await ask.whole(SHIFTS, **arguments)
    assert [code] == [each["extensions"]["code"] for each in answer["errors"]]
    assert answer["data"] is None


async def test_a_list_whose_source_failed_says_that_it_is_not_complete(ask: Asking) -> None:
    found = await ask(
        "{ workAssignments(first: 1) { complete } appraisalCycles(first: 1) { complete } }"
    )
    assert [True, False] == [
        found["workAssignments"]["complete"],
        found["appraisalCycles"]["complete"],
    ]


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ('people(first: 9, where: {search: "VÍSSER ann"})', ["Ann Visser"]),
        ('people(first: 9, where: {search: "4"})', ["Dirk Smit"]),
        ('people(first: 9, where: {search: "%"})', []),
        (
            'people(first: 9, where: {unit: {code: "HOUSE"}})',
            ["Ann Visser", "Bob Bakker", "Cas de Wit"],
        ),
        ('people(first: 9, where: {manager: {employeeNumber: "2"}})', ["Ann Visser"]),
        ("people(first: 9, where: {role: INTEGRATOR})", ["Dirk Smit"]),
        (
            'people(first: 9, orderBy: EMPLOYEE_NUMBER_DESC, where: {unit: {code: "DESK"}})',
            ["Cas de Wit", "Bob Bakker", "Ann Visser"],
        ),
        ("units(first: 9)", ["Desk", "House", "North"]),
        ('units(first: 9, where: {under: {code: "HOUSE"}})', ["Desk"]),
        ('competences(first: 9, where: {area: {code: "SERVICE"}})', ["Boarding", "Rebooking"]),
        ("competences(first: 9, where: {core: false})", ["Serving"]),
        ('competences(first: 9, where: {requiredIn: {code: "NORTH"}})', ["Boarding", "Rebooking"]),
        ("competences(first: 9, orderBy: CODE_ASC)", ["Boarding", "Rebooking", "Serving"]),
        ("competences(first: 9, orderBy: CODE_DESC)", ["Rebooking", "Boarding", "Serving"]),
        ('processes(first: 9, where: {competence: {code: "REB"}})', ["Rebook"]),
        ('processes(first: 9, where: {competence: {code: "BOA"}})', []),
        ("credentials(first: 9, where: {statuses: [EXPIRING]})", ["Fare licence"]),
        ("credentials(first: 9, where: {statuses: [VALID]})", []),
        (f"credentials(first: 9, where: {{competence: {SERVING}}})", ["Fare licence"]),
        ("nonconformities(first: 9, where: {causes: [CONFIRMED]})", ["Wrong fare"]),
        ('nonconformities(first: 9, where: {process: {code: "P-1"}})', ["Wrong fare"]),
        (
            'nonconformities(first: 9, where: {raised: {from: "2026-05-01", until: "2026-05-02"}})',
            ["Wrong fare"],
        ),
        ('nonconformities(first: 9, where: {raised: {until: "2026-05-01"}})', []),
        ("workAssignments(first: 9, where: {verdicts: [WARN]})", ["Shift 1"]),
        (f"workAssignments(first: 9, where: {{during: {SECOND}}})", ["Shift 2"]),
        (
            'couplingActions(first: 9, where: {rule: {key: "C13"}, to: PLANNING})',
            ["Ann instead of Bob"],
        ),
        ('couplingActions(first: 9, where: {rule: {key: "C01"}})', []),
        ("couplingActions(first: 9, where: {to: HRIS})", []),
    ],
)
async def test_a_filter_leaves_what_it_says(ask: Asking, asked: str, labels: list[str]) -> None:
    found = await ask(
        f"{{ list: {asked} {{ nodes {{ ... on Labelled {{ label }} }} totalCount }} }}"
    )
    assert labels == [each["label"] for each in found["list"]["nodes"]]
    assert len(labels) == found["list"]["totalCount"]


@pytest.mark.parametrize(("number", "labels"), [("2", ["Rebook"]), ("1", [])])
async def test_that_a_process_hangs_on_one_is_known_to_who_sees_all_whom_it_asks(
    ask: Asking, number: str, labels: list[str]
) -> None:
    listed = "processes(first: 9, where: {singlePointOfFailure: %s}) { nodes { name } }"
    found = await ask(f"{{ yes: {listed % 'true'} no: {listed % 'false'} }}", number)
    yes, no = ([each["name"] for each in found[side]["nodes"]] for side in ("yes", "no"))
    assert (labels, ["Rebook"]) == (yes, sorted({*yes, *no}))


@pytest.mark.parametrize(
    ("types", "count"),
    [
        ('["hub.eligibility.changed"]', 1),
        ('["hub.*"]', 1),
        ('["hub."]', 0),
        ("[]", 0),
        ('["*"]', 1),
    ],
)
async def test_events_are_narrowed_by_type(ask: Asking, types: str, count: int) -> None:
    found = await ask(f"{{ events(first: 9, where: {{types: {types}}}) {{ totalCount }} }}")
    assert count == found["events"]["totalCount"]


@pytest.mark.parametrize(("name", "count"), [("rebooking", 2), ("serving", 2), ("boarding", 0)])
async def test_what_is_about_a_narrower_competence_is_about_the_wider_one(
    ask: Asking, name: str, count: int
) -> None:
    text = """query($uri: URL!) {
        competenceStates(first: 9, where: {competence: {uri: $uri}}) { totalCount } }"""
    found = await ask(text, "3", uri=f"http://data.europa.eu/esco/skill/{name}")
    assert count == found["competenceStates"]["totalCount"]


async def test_a_group_lists_its_own_and_no_others(ask: Asking) -> None:
    text = """{ nonconformityGroups(groupBy: [COMPETENCE]) {
        keys { label } items(first: 5) { totalCount nodes { number } } } }"""
    (group,) = (await ask(text, "3"))["nonconformityGroups"]
    assert {"totalCount": 1, "nodes": [{"number": "NC-1"}]} == group["items"]


async def test_an_order_that_is_named_again_changes_nothing(ask: Asking) -> None:
    once = await page(ask, first=9, orderBy=["STARTS_DESC"])
    assert once == await page(ask, first=9, orderBy=["STARTS_DESC"] * 200)
