"""One full turn: a shift that nobody may work is seen, decided on, and mended where it stands."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import icalendar
import pytest
from caldav.davclient import DAVClient

from tests.real.demo import Demo, running

pytestmark = pytest.mark.real

PROPOSED = """{
  couplingActions(where: { statuses: [PROPOSED] }, first: 50) {
    nodes {
      id version summary viewerCanDecide rule { key mode }
      subject { __typename ... on WorkAssignment { title provenance { externalId } } }
      changes { operation system { key } text fields { field before after } }
    }
  }
}"""
DECIDE = """mutation($input: DecideActionsInput!) {
  decideActions(input: $input) {
    replayed errors { code message path }
    actions { id status approvals { decision by { displayName } } }
  }
}"""
STATUS = (
    """query($id: ID!) { node(id: $id) { ... on CouplingAction { status error executedAt } } }"""
)
PATIENCE_S = 20


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(Demo(tmp_path_factory.mktemp("circle"))) as started:
        yield started


def deciders(demo: Demo) -> list[str]:
    """Return the sign-ins that the demo names."""
    said = {each["authorization"] for each in demo.questions()}
    return sorted(said)


def proposals(demo: Demo) -> tuple[str, list[dict[str, Any]]]:
    """Return somebody who may decide on some proposals, and these."""
    for authorization in deciders(demo):
        nodes = demo.data(PROPOSED, authorization)["couplingActions"]["nodes"]
        mine = [each for each in nodes if each["viewerCanDecide"] and each["rule"]["key"] == "C13"]
        if mine:
            return authorization, mine
    raise AssertionError("nobody may decide on anything")


def event(demo: Demo, id_: str) -> icalendar.Event:
    """Return an event as an independent client reads it from the planning system."""
    calendar, uid = id_.split("/", 1)
    (system,) = [each for each in demo.json("demo", "systems") if each["key"] == "planning"]
    with DAVClient(url=system["base_url"], headers=system["headers"]) as client:
        (found,) = [
            each for each in client.principal().calendars() if f"/{calendar}/" in str(each.url)
        ]
        text = found.event_by_uid(uid).data
    (part,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert isinstance(part, icalendar.Event)
    return part


def attendees(of: icalendar.Event) -> set[str]:
    """Return the mail addresses of who is to work."""
    said = of.get("ATTENDEE", [])
    return {
        str(each).lower().removeprefix("mailto:") for each in ([said], said)[isinstance(said, list)]
    }


def status(demo: Demo, authorization: str, id_: str) -> dict[str, Any]:
    """Return how an action stands once it stands still."""
    until = time.monotonic() + PATIENCE_S
    while True:
        said: dict[str, Any] = demo.data(STATUS, authorization, id=id_)["node"]
        if said["status"] not in {"APPROVED", "EXECUTING"} or time.monotonic() > until:
            return said
        time.sleep(0.2)


def test_an_approved_replacement_stands_in_the_roster_and_nothing_fires_again(demo: Demo) -> None:
    authorization, found = proposals(demo)
    action = next(each for each in found if any(c["fields"] for c in each["changes"]))
    (said,) = action["subject"]["provenance"]
    before = event(demo, said["externalId"])
    decision = {
        "idempotencyKey": str(uuid4()),
        "actions": [{"id": action["id"], "expectedVersion": action["version"]}],
        "approve": True,
    }
    done = demo.data(DECIDE, authorization, input=decision)["decideActions"]
    assert ([], False) == (done["errors"], done["replayed"])
    assert demo.data(DECIDE, authorization, input=decision)["decideActions"]["replayed"]
    stands = status(demo, authorization, action["id"])
    assert ("EXECUTED", None) == (stands["status"], stands["error"])
    assert datetime.fromisoformat(stands["executedAt"]).tzinfo
    after = event(demo, said["externalId"])
    assert attendees(before) != attendees(after)
    assert str(after.get("COMMENT"))
    assert "hub:C13:" in after.to_ical().decode().replace("\r\n ", "")
    counts = _actions(demo, authorization)
    for _ in range(2):
        reports = demo.json("sync", "planning", "--full")
        assert [] == [each for each in reports if each["created"] or each["deleted"]]
        assert counts == _actions(demo, authorization)
        assert attendees(after) == attendees(event(demo, said["externalId"]))


def _actions(demo: Demo, authorization: str) -> list[str]:
    query = "{ couplingActions(first: 100) { nodes { key status } } }"
    nodes = demo.data(query, authorization)["couplingActions"]["nodes"]
    return sorted(f"{each['key']} {each['status']}" for each in nodes)
