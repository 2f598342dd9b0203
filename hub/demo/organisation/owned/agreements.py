"""Agreements with what both sides owe, ambitions and objections, as files of decisions."""

from datetime import timedelta
from typing import Any

from hub.demo.organisation.facts import Agreement
from hub.demo.organisation.model import Organisation
from hub.demo.organisation.moments import midnight
from hub.demo.organisation.owned import refs

ONE_SIDED = ("PROPOSED", "WITHDRAWN")


def agreements(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the agreements."""
    return [
        {
            "id": each.id,
            "employee": refs.person(each.employee),
            "team": refs.code(each.team),
            "manager": refs.person(each.manager),
            "horizon": each.horizon,
            "status": each.status,
            "review_on": each.review_on.isoformat(),
            "signed_by_employee_at": refs.written(each.signed_at),
            "signed_by_manager_at": None if each.status in ONE_SIDED else _later(each),
        }
        for each in organisation.agreements
    ]


def results(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the result that each agreement is about."""
    of = {each.key: each.ref for each in organisation.competences}
    return [
        {
            "id": f"{each.id}-R",
            "agreement": refs.own(each.id),
            "competence": of[each.competence],
            "target_rank": each.rank,
            "work_outcome": each.outcome,
            "due_on": each.review_on.isoformat(),
            "paused_since": (each.due_on + timedelta(days=1)).isoformat() if each.late else None,
            **_reviewed(each),
        }
        for each in organisation.agreements
    ]


def facilities(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the facility that each agreement promises."""
    return [
        {
            "id": f"{each.id}-F",
            "agreement": refs.own(each.id),
            "kind": each.kind,
            "description": each.facility,
            "promised_by": refs.person(each.manager),
            "due_on": each.due_on.isoformat(),
            "delivered_on": each.delivered_on.isoformat() if each.delivered_on else None,
        }
        for each in organisation.agreements
    ]


def ambitions(organisation: Organisation) -> list[dict[str, Any]]:
    """Return what people want."""
    of = {each.key: each.ref for each in organisation.competences}
    return [
        {
            "id": each.id,
            "person": refs.person(each.person),
            "statement": each.statement,
            "competence": of[each.competence],
            "target_profile": refs.code(each.profile),
            "energy": each.energy,
            "visible_to": each.visible_to,
            "shared_with": refs.all_of(refs.person(number) for number in each.shared_with),
            "stated_on": each.stated_on.isoformat(),
        }
        for each in organisation.wishes
    ]


def objections(organisation: Organisation) -> list[dict[str, Any]]:
    """Return what people object to."""
    of = {each.key: each.ref for each in organisation.competences}
    return [
        {
            "id": each.id,
            "person": refs.person(each.person),
            "competence": of[each.competence],
            "told_by": f"Appraisal:id@appraisal:{each.appraisal}",
            "reason": each.reason,
            "raised_at": refs.written(each.raised_at),
            "outcome": each.outcome,
            "settled_by": refs.person(each.settled_by),
            "settled_at": refs.written(each.settled_at),
            "note": each.note,
        }
        for each in organisation.objections
    ]


def _later(agreement: Agreement) -> str | None:
    return refs.written(agreement.signed_at + timedelta(days=1))


def _reviewed(agreement: Agreement) -> dict[str, Any]:
    """Return what the review said, where there was one."""
    if agreement.met is None:
        return dict.fromkeys(("met", "reviewed_by", "reviewed_at", "review_note"))
    return {
        "met": agreement.met,
        "reviewed_by": refs.person(agreement.manager),
        "reviewed_at": refs.written(midnight(agreement.review_on)),
        "review_note": "Seen at work" if agreement.met else "Not seen at work yet",
    }
