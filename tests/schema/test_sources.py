"""What the hub tells of its sources, of what waits for a decision, of itself and of who asks."""

import pytest

from hub.models.person import Person
from tests.schema.conftest import Asking
from tests.schema.organisation import UNMATCHED
from tests.store.conftest import Teller

SOURCES = """{
    sourceSystems {
        key label connector
        streams { name entity delivery capabilities privacy staleAfter held }
        sync { status lastSuccessAt lastAttemptAt ageSeconds quarantined error }
        runs(first: 5) { totalCount nodes { system { key } error read } }
    }
}"""


async def test_each_source_tells_how_it_stands(ask: Asking) -> None:
    found = {each["key"]: each for each in (await ask(SOURCES))["sourceSystems"]}
    assert {
        "status": "FRESH",
        "lastSuccessAt": "2026-05-04T07:00:00.001000Z",
        "lastAttemptAt": "2026-05-04T06:00:00.001000Z",
        "ageSeconds": 7200,
        "quarantined": 1,
        "error": None,
    } == found["hr"]["sync"]
    failed = found["appraisal"]["sync"]
    assert ("FAILED", None, "UPSTREAM_TIMEOUT: no answer") == (
        failed["status"],
        failed["lastSuccessAt"],
        failed["error"],
    )
    assert "FRESH" == found["hub"]["sync"]["status"]
    assert {"totalCount": 1, "nodes": [{"system": {"key": "hr"}, "error": None, "read": 9}]} == (
        found["hr"]["runs"]
    )
    assert 0 == found["hub"]["runs"]["totalCount"]


async def test_a_source_is_stale_when_it_was_not_read_for_a_day(ask: Asking) -> None:
    ask.clock.wait(days=1)
    found = await ask('{ sourceSystem(by: {key: "hr"}) { sync { status } } }')
    assert "STALE" == found["sourceSystem"]["sync"]["status"]


async def test_each_source_tells_what_its_connector_reads(ask: Asking) -> None:
    found = {each["key"]: each["streams"] for each in (await ask(SOURCES))["sourceSystems"]}
    (shifts,) = found["planning"]
    assert {
        "name": "work-assignment",
        "entity": "WorkAssignment",
        "delivery": "MIRRORED",
        "capabilities": ["READ", "DELTA", "DELETIONS", "LOOKUP", "WRITE"],
        "privacy": "OPEN",
        "staleAfter": "PT24H",
        "held": 0,
    } == shifts
    assert {"Person", "Employment", "OrganisationUnit", "JobProfile"} == {
        each["entity"] for each in found["hr"]
    }
    assert "CompetenceEvidence" in {each["entity"] for each in found["quality"]}


async def test_a_connector_that_is_not_installed_reads_nothing(ask: Asking) -> None:
    found = await ask('{ sourceSystem(by: {key: "appraisal"}) { connector streams { name } } }')
    assert {"connector": "gone-since 1", "streams": []} == found["sourceSystem"]


async def test_what_a_stream_holds_is_counted(ask: Asking, tell: Teller) -> None:
    await tell("personnel", Person(id="acc-5", display_name="E"), stream="person")
    await tell("personnel", of=Person, deleted=["acc-5"], stream="person")
    await tell("personnel", Person(id="acc-6", display_name="F"), stream="person")
    found = await ask('{ sourceSystem(by: {key: "personnel"}) { streams { name held } } }')
    assert [{"name": "person", "held": 1}] == found["sourceSystem"]["streams"]


LINKS = """{
    identityLinks(first: 9, where: {statuses: [UNMATCHED]}) {
        totalCount
        nodes {
            externalId label status person { id } attributes
            candidates { person { displayName } rule confidence }
        }
    }
}"""


async def test_who_matches_nobody_waits_with_those_they_may_be(ask: Asking) -> None:
    (link,) = (await ask(LINKS, "4"))["identityLinks"]["nodes"]
    assert (UNMATCHED, UNMATCHED, "UNMATCHED", None) == (
        link["externalId"],
        link["label"],
        link["status"],
        link["person"],
    )
    assert "dirk@elsewhere.example" == link["attributes"]["work_email"]
    assert [
        {"person": {"displayName": "Dirk Smit"}, "rule": "WORK_EMAIL", "confidence": 0.5}
    ] == link["candidates"]


async def test_unmatched_links_are_for_who_mends_them(ask: Asking) -> None:
    assert 0 == (await ask(LINKS, "1"))["identityLinks"]["totalCount"]


async def test_words_of_sources_tell_what_they_mean_or_may_mean(ask: Asking) -> None:
    text = """{ termLinks(first: 9, where: {system: {key: "quality"}}) { nodes {
        term termKind status uses confidence
        target { __typename ... on Labelled { label } }
        suggestions { ... on Labelled { label } }
        history { action note actor { displayName } } } } }"""
    known, unknown = sorted(
        (await ask(text))["termLinks"]["nodes"], key=lambda each: each["target"] is None
    )
    assert {"__typename": "WorkProcess", "label": "Rebook"} == known["target"]
    assert [
        {"action": "MAPPED", "note": "as the desk says", "actor": {"displayName": "Dirk Smit"}}
    ] == known["history"]
    assert (None, "UNMATCHED", 1) == (unknown["target"], unknown["status"], unknown["uses"])


QUARANTINE = "quarantinedRecords(first: 9) { totalCount nodes { kind message raw system { key } } }"


async def test_what_could_not_be_read_is_for_who_mends_it_and_says_why(ask: Asking) -> None:
    found = await ask(f"query @purpose(is: SUPPORT) {{ {QUARANTINE} }}", "4")
    assert {
        "totalCount": 1,
        "nodes": [
            {
                "kind": "MAPPING",
                "message": "date_of_joining: no date",
                "raw": {"date_of_joining": "?"},
                "system": {"key": "hr"},
            }
        ],
    } == found["quarantinedRecords"]
    others = await ask(f"query @purpose(is: SUPPORT) {{ {QUARANTINE} }}", "1")
    assert 0 == others["quarantinedRecords"]["totalCount"]


async def test_what_could_not_be_read_needs_a_purpose(ask: Asking) -> None:
    answer = await ask.whole(f"{{ {QUARANTINE} }}", "4")
    assert ["PURPOSE_REQUIRED"] == [each["extensions"]["code"] for each in answer["errors"]]


async def test_anybody_may_ask_for_the_hub_and_nothing_else(ask: Asking) -> None:
    text = """{ hub {
        version ruleVersion smallestGroup pageLimit groupLimit costLimit languages demo } }"""
    found = (await ask(text, None))["hub"]
    assert (5, 100, 1000, ["en"], False) == (
        found["smallestGroup"],
        found["pageLimit"],
        found["groupLimit"],
        found["languages"],
        found["demo"],
    )
    answer = await ask.whole("{ viewer { kind } }", None)
    assert ["UNAUTHENTICATED"] == [each["extensions"]["code"] for each in answer["errors"]]


@pytest.mark.parametrize(
    ("number", "roles", "mutations"),
    [
        ("1", [], ["decideActions"]),
        ("3", ["PROCESS_OWNER"], ["saveRequirement", "decideCause", "decideActions"]),
    ],
)
async def test_the_viewer_is_told_who_they_are_and_what_they_may_do(
    ask: Asking, number: str, roles: list[str], mutations: list[str]
) -> None:
    found = await ask(
        "{ viewer { kind person { employeeNumber } roles { role } purposes mutations }"
        " me { employeeNumber } }",
        number,
    )
    viewer = found["viewer"]
    assert "PERSON" == viewer["kind"]
    assert {"employeeNumber": number} == viewer["person"] == found["me"]
    assert roles == [each["role"] for each in viewer["roles"]]
    assert mutations == viewer["mutations"]
    assert "AUDIT" in viewer["purposes"]


@pytest.mark.parametrize(("number", "may"), [("1", False), ("3", True)])
async def test_an_action_tells_whether_it_waits_for_the_viewer(
    ask: Asking, number: str, may: bool
) -> None:
    text = """{ couplingActions(first: 1) { nodes {
        viewerCanDecide rule { key } changes { operation system { key } }
        event { key actions { summary } } } } }"""
    (action,) = (await ask(text, number))["couplingActions"]["nodes"]
    assert may is action["viewerCanDecide"]
    assert {"key": "C13"} == action["rule"]
    assert [{"operation": "UPDATE", "system": {"key": "planning"}}] == action["changes"]
    assert {"key": "ev1", "actions": [{"summary": "Ann instead of Bob"}]} == action["event"]


@pytest.mark.parametrize(
    ("number", "purpose", "kinds"),
    [
        ("1", "", {"WORK_RESULT", "APPRAISAL_RATING"}),
        ("2", "", {"WORK_RESULT"}),
        ("2", "@purpose(is: DEVELOPMENT)", {"WORK_RESULT", "APPRAISAL_RATING"}),
        ("4", "@purpose(is: DEVELOPMENT)", set()),
    ],
)
async def test_judgements_of_a_person_are_shown_to_their_managers_with_a_purpose_only(
    ask: Asking, number: str, purpose: str, kinds: set[str]
) -> None:
    text = f"query {purpose} {{ evidence(first: 9) {{ nodes {{ kind privacyClass }} }} }}"
    found = (await ask(text, number))["evidence"]["nodes"]
    classes = {"WORK_RESULT": "TEAM", "APPRAISAL_RATING": "SENSITIVE"}
    assert kinds == {each["kind"] for each in found}
    assert all(classes[each["kind"]] == each["privacyClass"] for each in found)
