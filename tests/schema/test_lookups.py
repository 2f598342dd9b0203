"""Records are found by every key that names them, and by their ids at the moment these carry."""

from typing import Any

import pytest

from hub.engine.ids import global_id, opaque, read_id
from hub.engine.origins import Key
from hub.models.person import Person
from hub.store.identity import By, merge
from tests.schema.conftest import Asking
from tests.schema.organisation import (
    URI,
    competence,
    employee,
    held,
    hub_id,
    person,
)
from tests.store.conftest import Teller

ANN = global_id(Key("Person", person("1")), None)
NODE = "query($id: ID!) @purpose(is: AUDIT) { node(id: $id) { __typename id } }"


@pytest.mark.parametrize(
    ("field", "by", "id_"),
    [
        ("person", {"id": ANN}, person("1")),
        ("person", {"employeeNumber": "1"}, person("1")),
        ("person", {"workEmail": "ANN@example.org "}, person("1")),
        ("person", {"external": {"system": "personnel", "externalId": "acc-1"}}, person("1")),
        (
            "person",
            {"external": {"system": "hr", "externalId": "E1", "stream": "all"}},
            person("1"),
        ),
        ("unit", {"code": "DESK"}, hub_id("OrganisationUnit", "code", "DESK")),
        (
            "unit",
            {"external": {"system": "hr", "externalId": "u3"}},
            hub_id("OrganisationUnit", "code", "DESK"),
        ),
        ("jobProfile", {"code": "AGENT"}, hub_id("JobProfile", "code", "AGENT")),
        ("competence", {"uri": URI.format("boarding")}, competence("boarding")),
        ("competence", {"code": "REB"}, competence("rebooking")),
        ("process", {"code": "P-1"}, hub_id("WorkProcess", "code", "P-1")),
        ("nonconformity", {"number": "NC-1"}, held("Nonconformity", "quality", "n1")),
        (
            "workAssignment",
            {"external": {"system": "planning", "externalId": "w2"}},
            held("WorkAssignment", "planning", "w2"),
        ),
        (
            "appraisalCycle",
            {"external": {"system": "appraisal", "externalId": "y1"}},
            held("AppraisalCycle", "appraisal", "y1"),
        ),
        ("sourceSystem", {"key": "hr"}, hub_id("SourceSystem", "key", "hr")),
        ("couplingRule", {"key": "C13"}, None),
    ],
    ids=str,
)
async def test_a_record_is_found_by_each_of_its_keys(
    ask: Asking, field: str, by: dict[str, Any], id_: str | None
) -> None:
    type_ = {"person": "PersonKey", "competence": "CompetenceKey"}.get(field, "CodeKey")
    if field in ("nonconformity", "workAssignment", "appraisalCycle"):
        type_ = "RecordKey"
    if field in ("sourceSystem", "couplingRule"):
        type_ = "ConfigKey"
    found = await ask(f"query($by: {type_}!) {{ {field}(by: $by) {{ id }} }}", by=by)
    key, moment = read_id(found[field]["id"]) or (None, None)
    assert key is not None
    assert moment is None
    if field not in ("sourceSystem", "couplingRule"):
        assert id_ == key.id
    again = await ask(
        f"query($by: {type_}!) {{ {field}(by: $by) {{ id }} }}", by={"id": found[field]["id"]}
    )
    assert found == again


@pytest.mark.parametrize(
    "question",
    [
        '{ found: person(by: {employeeNumber: "99"}) { id } }',
        '{ found: person(by: {workEmail: "nobody@example.org"}) { id } }',
        '{ found: person(by: {id: "forged"}) { id } }',
        '{ found: person(by: {external: {system: "hr", externalId: "E99"}}) { id } }',
        '{ found: person(by: {external: {system: "hr", externalId: "E1", stream: "x"}}) { id } }',
        '{ found: appraisalCycle(by: {number: "2026"}) { id } }',
        '{ found: workAssignment(by: {number: "w1"}) { id } }',
    ],
)
async def test_what_no_key_leads_to_is_null(ask: Asking, question: str) -> None:
    assert {"found": None} == await ask(question)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "forged",
        "é" * 20,
        "A" * 2_000,
        opaque("Person"),
        opaque("Person:"),
        opaque(":x"),
        opaque(f"Person:{person('99')}"),
        opaque(f"Competence:{person('1')}"),
        opaque(f"Query:{person('1')}"),
        opaque(f"Money:{person('1')}"),
        opaque(f"PersonKey:{person('1')}"),
        opaque(f"Role:{person('1')}"),
        opaque(f"Node:{person('1')}"),
        opaque(f"AssignmentEligibility:{person('1')}"),
        opaque(f"Person:{person('1')}@yesterday"),
        opaque(f"Person:{person('1')}@"),
        opaque("Person:' OR 1 = 1 --"),
        f"{ANN}=",
        ANN[:-1],
    ],
)
async def test_a_forged_id_is_as_one_that_never_was(ask: Asking, forged: str) -> None:
    assert {"node": None} == await ask(NODE, id=forged)


async def test_an_id_of_something_hidden_is_as_one_that_never_was(ask: Asking) -> None:
    appraisal = global_id(Key("Appraisal", held("Appraisal", "appraisal", "o1")), None)
    shown, hidden = [(await ask(NODE, number, id=appraisal))["node"] for number in ("1", "4")]
    assert {"__typename": "Appraisal", "id": appraisal} == shown
    assert hidden is None


async def test_nodes_answers_in_the_order_asked_with_null_for_what_is_not_there(
    ask: Asking,
) -> None:
    unit = global_id(Key("OrganisationUnit", hub_id("OrganisationUnit", "code", "DESK")), None)
    text = """query($ids: [ID!]!) { nodes(ids: $ids) {
        __typename ... on Person { displayName } ... on OrganisationUnit { code } } }"""
    found = await ask(text, ids=[unit, "forged", ANN, unit])
    desk = {"__typename": "OrganisationUnit", "code": "DESK"}
    ann = {"__typename": "Person", "displayName": "Ann Visser"}
    assert [desk, None, ann, desk] == found["nodes"]


async def test_nodes_takes_a_hundred_ids_and_no_more(ask: Asking) -> None:
    text = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert [None] * 100 == (await ask(text, ids=["x"] * 100))["nodes"]
    answer = await ask.whole(text, ids=["x"] * 101)
    assert ["BAD_USER_INPUT"] == [each["extensions"]["code"] for each in answer["errors"]]


async def test_an_id_read_in_the_past_leads_back_to_that_moment(ask: Asking, tell: Teller) -> None:
    then = ask.clock.wait(hours=1)
    ask.clock.wait(hours=1)
    await tell(
        "hr",
        Person(id="E1", display_name="Ann Mulder", employee_number="1", manager=employee("3")),
    )
    text = """query($asOf: DateTime) { person(by: {employeeNumber: "1"}, asOf: $asOf) {
        id displayName manager { id displayName } } }"""
    past = (await ask(text, asOf=then.isoformat()))["person"]
    now = (await ask(text))["person"]
    assert ["Ann Visser", "Bob Bakker"] == [past["displayName"], past["manager"]["displayName"]]
    assert ["Ann Mulder", "Cas de Wit"] == [now["displayName"], now["manager"]["displayName"]]
    assert ANN == now["id"] != past["id"]
    name = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Person { displayName } } }"
    found = await ask(name, ids=[past["id"], now["id"], past["manager"]["id"]])
    assert [
        {"id": past["id"], "displayName": "Ann Visser"},
        {"id": now["id"], "displayName": "Ann Mulder"},
        {"id": past["manager"]["id"], "displayName": "Bob Bakker"},
    ] == found["nodes"]


async def test_an_id_that_was_merged_away_leads_to_who_stands(ask: Asking, tell: Teller) -> None:
    async with tell.store.transaction() as tx:
        await merge(tx, person("3"), person("4"), By())
    gone = global_id(Key("Person", person("4")), None)
    kept = global_id(Key("Person", person("3")), None)
    assert {"node": {"__typename": "Person", "id": kept}} == await ask(NODE, id=gone)
    text = "query($id: ID!) { person(by: {id: $id}) { id } }"
    assert {"person": {"id": kept}} == await ask(text, id=gone)
