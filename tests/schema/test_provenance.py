"""Where things come from, how old they are, and what sources disagree on."""

from datetime import timedelta
from typing import Any

import pytest

from hub.engine.ids import read_id
from hub.models.kinds import ConflictStatus
from hub.models.person import Person
from hub.models.provenance import DataConflict
from hub.store.identity import By, merge
from tests.schema.conftest import Asking
from tests.schema.organisation import NOON, employee, person
from tests.store.conftest import Teller

RECORD = """
    system { key kind } stream externalId externalUrl authoritative fields delivery
    fetchedAt asOf deletedAt
"""
READ = "2026-05-01T12:00:00Z"


async def test_the_owner_of_a_record_comes_first_and_each_source_tells_what_it_feeds(
    ask: Asking,
) -> None:
    found = await ask(f"{{ me {{ provenance {{ {RECORD} }} }} }}")
    hr, directory = found["me"]["provenance"]
    assert {
        "system": {"key": "hr", "kind": "HRIS"},
        "stream": "all",
        "externalId": "E1",
        "externalUrl": "https://hr.example.org/1",
        "authoritative": True,
        "fields": ["displayName", "employeeNumber", "manager"],
        "delivery": "MIRRORED",
        "fetchedAt": READ,
        "asOf": "2026-05-04T06:00:00.001000Z",
        "deletedAt": None,
    } == hr
    assert ("personnel", "acc-1") == (directory["system"]["key"], directory["externalId"])
    assert ["workEmail"] == directory["fields"]
    assert directory["authoritative"] is False


async def test_a_record_holds_up_to_the_last_good_reading_of_its_source_or_its_own(
    ask: Asking,
) -> None:
    found = await ask("{ appraisalCycles(first: 1) { nodes { provenance { asOf fetchedAt } } } }")
    (record,) = found["appraisalCycles"]["nodes"][0]["provenance"]
    assert record["fetchedAt"] == record["asOf"], "its source failed when it was last read"


async def test_what_the_hub_owns_names_the_hub_and_is_never_old(ask: Asking) -> None:
    found = await ask(
        '{ process(by: {code: "P-1"}) {'
        " provenance { system { key } authoritative } freshness { ageSeconds stale delivery } } }"
    )
    (record,) = found["process"]["provenance"]
    assert "hub" == record["system"]["key"]
    assert {"ageSeconds": 0, "stale": False, "delivery": "MIRRORED"} == found["process"][
        "freshness"
    ]


@pytest.mark.parametrize(("hours", "stale"), [(21, False), (23, True)])
async def test_a_record_is_stale_a_day_after_its_source_was_last_read(
    ask: Asking, hours: int, stale: bool
) -> None:
    ask.clock.wait(hours=hours)
    found = await ask("{ me { freshness { ageSeconds stale } } }")
    assert {"ageSeconds": (hours + 2) * 3600, "stale": stale} == found["me"]["freshness"]


async def test_what_a_source_took_back_is_told_and_feeds_nothing(ask: Asking, tell: Teller) -> None:
    await tell("personnel", of=Person, deleted=["acc-1"], at=NOON + timedelta(days=1))
    found = await ask("{ me { provenance { externalId fields deletedAt } freshness { asOf } } }")
    hr, directory = found["me"]["provenance"]
    assert "workEmail" in hr["fields"]
    assert [] == directory["fields"]
    assert directory["deletedAt"] is not None


async def test_evidence_comes_from_the_record_that_it_was_taken_from(ask: Asking) -> None:
    found = await ask(
        "{ me { evidence(first: 9, where: {kinds: [WORK_RESULT]}) { nodes {"
        " provenance { externalId fields } freshness { stale } record { __typename } } } } }"
    )
    (piece,) = found["me"]["evidence"]["nodes"]
    assert [
        {
            "externalId": "l1",
            "fields": ["person", "competence", "kind", "polarity", "level", "observedAt"],
        }
    ] == piece["provenance"]
    assert "LearningRecord" == piece["record"]["__typename"]


async def test_evidence_has_the_conflicts_of_the_record_that_it_was_taken_from(
    ask: Asking, tell: Teller
) -> None:
    text = """{ me { evidence(first: 9, where: {kinds: [WORK_RESULT]}) { nodes {
        record { ... on Node { id } } conflicts { field subject { id } } } } } }"""
    (piece,) = (await ask(text))["me"]["evidence"]["nodes"]
    assert [] == piece["conflicts"]
    key, _ = read_id(piece["record"]["id"]) or (None, None)
    assert key is not None
    async with tell.store.transaction() as tx:
        conflict = DataConflict(
            subject_type=key.type,
            subject_id=key.id,
            field="hours",
            rule="The newest.",
            status=ConflictStatus.OPEN,
        )
        await tx.put({"told twice": conflict})
    (piece,) = (await ask(text))["me"]["evidence"]["nodes"]
    assert [{"field": "hours", "subject": piece["record"]}] == piece["conflicts"]


CONFLICTS = """{
    dataConflicts(first: 9, where: {system: {key: "personnel"}}) { nodes {
        field rule status version
        subject { ... on Person { displayName } }
        candidates { id value record { externalId system { key } } }
        chosen { id value }
    } }
}"""


async def test_a_conflict_shows_what_each_source_says_and_what_is_served(ask: Asking) -> None:
    (conflict,) = (await ask(CONFLICTS))["dataConflicts"]["nodes"]
    assert "displayName" == conflict["field"]
    assert {"displayName": "Ann Visser"} == conflict["subject"]
    assert [
        ("hr", "Ann Visser", "E1"),
        ("personnel", "A. Visser", "acc-1"),
    ] == [
        (each["id"], each["value"], each["record"]["externalId"]) for each in conflict["candidates"]
    ]
    assert {"id": "hr", "value": "Ann Visser"} == conflict["chosen"]
    assert "RESOLVED_BY_RULE" == conflict["status"]


async def test_a_conflict_is_found_by_each_of_its_sources_and_no_other(ask: Asking) -> None:
    text = (
        "query($key: String!) {"
        " dataConflicts(first: 1, where: {system: {key: $key}}) { totalCount } }"
    )
    counts = [
        (await ask(text, key=key))["dataConflicts"]["totalCount"]
        for key in ("hr", "personnel", "quality")
    ]
    assert [1, 1, 0] == counts


async def test_a_conflict_on_a_masked_field_keeps_its_values_to_itself(
    ask: Asking, tell: Teller
) -> None:
    await tell(
        "hr",
        Person(
            id="E1",
            display_name="A. Visser",
            employee_number="1",
            work_email="ann@example.org",
            scim_external_id="x2",
            manager=employee("2"),
        ),
    )
    own, others = [
        (await ask(CONFLICTS, number))["dataConflicts"]["nodes"] for number in ("1", "4")
    ]
    assert ["scimExternalId"] == [each["field"] for each in own]
    assert [["x2", "x1"], [None, None]] == [
        [each["value"] for each in conflict["candidates"]] for (conflict,) in (own, others)
    ]


async def test_a_conflict_about_what_the_viewer_may_not_see_shows_nothing_of_it(
    ask: Asking, tell: Teller
) -> None:
    await _told_twice(tell)
    text = """query { dataConflicts(first: 9, where: {statuses: [OPEN]}) {
        nodes { subject { id } candidates { id } chosen { id } } } }"""
    for conflict in (await ask(text, "4"))["dataConflicts"]["nodes"]:
        assert {"subject": None, "candidates": [], "chosen": None} == conflict


async def _told_twice(tell: Teller) -> None:
    """Let sources disagree on a competence, which all may see."""
    await tell(
        "hr",
        Person(id="E1", display_name="A. Visser", employee_number="1", manager=employee("2")),
    )


def ids(found: Any) -> list[str]:
    return [each["externalId"] for each in found["person"]["provenance"]]


async def test_the_past_is_told_as_it_was(ask: Asking, tell: Teller) -> None:
    then = ask.clock.wait(hours=1)
    ask.clock.wait(hours=1)
    await tell(
        "hr",
        Person(
            id="E1",
            display_name="Ann Mulder",
            employee_number="1",
            manager=employee("2"),
            external_url="https://hr.example.org/new",
        ),
        at=ask.clock.moment,
    )
    text = """query($asOf: DateTime) { person(by: {employeeNumber: "1"}, asOf: $asOf) {
        displayName provenance { externalUrl asOf } freshness { ageSeconds } } }"""
    now, past = [(await ask(text, asOf=at))["person"] for at in (None, then.isoformat())]
    assert ["Ann Mulder", "Ann Visser"] == [now["displayName"], past["displayName"]]
    assert [
        "https://hr.example.org/new",
        "https://hr.example.org/1",
    ] == [now["provenance"][0]["externalUrl"], past["provenance"][0]["externalUrl"]]
    assert all(each["asOf"] <= then.isoformat() for each in past["provenance"])


async def test_who_was_merged_away_still_had_records_of_their_own_then(
    ask: Asking, tell: Teller
) -> None:
    then = ask.clock.wait(hours=1)
    ask.clock.wait(hours=1)
    async with tell.store.transaction() as tx:
        await merge(tx, person("1"), person("4"), By())
    text = """query($asOf: DateTime) {
        person(by: {employeeNumber: "4"}, asOf: $asOf) {
            displayName provenance { externalId } } }"""
    past = await ask(text, "3", asOf=then.isoformat())
    assert ("Dirk Smit", ["E4"]) == (past["person"]["displayName"], ids(past))


async def test_what_the_hub_holds_for_an_id_of_a_source(ask: Asking) -> None:
    text = """query($by: ExternalKey!) { sourced(by: $by) {
        __typename id ... on Labelled { label } } }"""
    found = await ask(text, by={"system": "hr", "externalId": "E1"})
    assert [("Person", "Ann Visser")] == [
        (each["__typename"], each["label"]) for each in found["sourced"]
    ]
    for nothing in ({"externalId": "none"}, {"externalId": "E1", "stream": "other"}):
        assert [] == (await ask(text, by={"system": "hr", **nothing}))["sourced"]


async def test_what_is_hidden_is_not_among_what_is_held_for_an_id(ask: Asking) -> None:
    text = (
        'query @purpose(is: AUDIT) { sourced(by: {system: "appraisal", externalId: "o1"}) { id } }'
    )
    assert [1, 0] == [len((await ask(text, number))["sourced"]) for number in ("2", "4")]
