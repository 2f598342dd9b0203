"""Quality control: parties, employees, controls, inspections and alerts of Tryton."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from hub.demo.organisation.model import Organisation
from hub.demo.organisation.moments import midnight
from hub.demo.organisation.volume import PAST_DAYS

COMPANY = 1
WAITING = ("open",)


def seed(organisation: Organisation) -> dict[str, Any]:
    """Return the records by model."""
    begun = _own(midnight(organisation.today) - timedelta(days=2000))
    people = {each.number: id_ for id_, each in enumerate(organisation.people, COMPANY + 1)}
    checked = [each for each in organisation.processes if each.control]
    controls = {each.code: id_ for id_, each in enumerate(checked, 1)}
    parties = [{"id": COMPANY, "name": organisation.name, "active": True} | begun]
    parties += [
        {"id": people[each.number], "name": each.name, "code": each.number, "active": True} | begun
        for each in organisation.people
    ]
    return {
        "party.party": parties,
        "company.company": [{"id": COMPANY, "party": COMPANY} | begun],
        "company.employee": list(_employees(organisation, people, begun)),
        "quality.control": [
            {"id": controls[each.code], "name": each.control, "company": COMPANY, "active": True}
            | begun
            for each in checked
        ],
        "quality.inspection": [
            *_inspections(organisation, people, controls),
            _bad(organisation, begun),
        ],
        "quality.alert": list(_alerts(organisation)),
    }


def _employees(
    organisation: Organisation, people: dict[str, int], begun: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    for person in organisation.people:
        left = person.employments[-1].left
        yield {
            "id": people[person.number],
            "party": people[person.number],
            "company": COMPANY,
            "start_date": person.employments[0].joined.isoformat(),
            "end_date": left.isoformat() if left else None,
            "supervisor": people.get(person.manager or ""),
            **begun,
        }


def _inspections(
    organisation: Organisation, people: dict[str, int], controls: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for each in organisation.inspections:
        done = each.state != "pending"
        outcome = {"passed": "passed_by", "failed": "failed_by"}.get(each.state)
        yield {
            "id": each.id,
            "number": each.number,
            "company": COMPANY,
            "control": controls[each.process],
            "state": each.state,
            "processed_by": people.get(each.performer or ""),
            "processed_at": each.at.isoformat() if done else None,
            **({outcome: people.get(each.by or "")} if outcome else {}),
            **_own(each.at - timedelta(hours=1), each.at if done else None),
        }


def _bad(organisation: Organisation, begun: dict[str, Any]) -> dict[str, Any]:
    """Return an inspection in a state that there is not."""
    number = int(organisation.flaws.bad["quality"])
    of = {"id": number, "number": f"I-{number:05}", "company": COMPANY, "control": 1}
    return {**of, "state": "lost", "processed_by": None, "processed_at": None, **begun}


def _alerts(organisation: Organisation) -> Iterator[dict[str, Any]]:
    now = midnight(organisation.today)
    for each in organisation.alerts:
        later = each.raised + timedelta(days=1 + each.id % PAST_DAYS)
        yield {
            "id": each.id,
            "number": each.number,
            "company": COMPANY,
            "title": each.title,
            "origin": f"quality.inspection,{each.inspection}",
            "description": each.why,
            "state": each.state,
            **_own(each.raised, None if each.state in WAITING else min(later, now)),
        }


def _own(created: datetime, written: datetime | None = None) -> dict[str, Any]:
    """Return when a record was made and last written; null where it never was since."""
    return {
        "create_date": created.isoformat(),
        "write_date": written.isoformat() if written else None,
    }
