"""Roles and competence centres, as files of decisions have them."""

from typing import Any

from hub.demo.organisation.facts import Centre
from hub.demo.organisation.model import Organisation
from hub.demo.organisation.owned import refs


def roles(organisation: Organisation) -> list[dict[str, Any]]:
    """Return who has which role."""
    return [
        {
            "id": each.id,
            "role": each.role,
            "person": refs.person(each.person),
            "unit": refs.code(each.unit),
            "area": refs.code(each.area),
            "expertise": each.expertise,
            "share": each.share,
            "valid_from": each.since.isoformat(),
            "valid_until": each.until.isoformat() if each.until else None,
        }
        for each in organisation.roles
    ]


def centres(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the centres with their seats."""
    return [
        {
            "id": each.id,
            "region": refs.code(each.region),
            "lead": refs.person(each.lead),
            "seats": _seats(each),
        }
        for each in organisation.centres
    ]


def _seats(centre: Centre) -> list[dict[str, Any]]:
    what = [
        {"axis": "WHAT", "area": refs.code(area), "holder": refs.person(holder)}
        for area, holder in centre.what.items()
    ]
    how = [
        {"axis": "HOW", "expertise": expertise, "holder": refs.person(holder)}
        for expertise, holder in centre.how.items()
    ]
    return [{name: said for name, said in seat.items() if said} for seat in (*what, *how)]
