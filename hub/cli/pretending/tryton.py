"""Hands in the pretend Tryton."""

from functools import partial
from typing import Any

from hub.cli.pretending.system import Hands, Pretended, moment
from hub.models.quality import Inspection, Nonconformity
from hub.sdk.testing import Hand

INSPECTION, ALERT = "quality.inspection", "quality.alert"
RAISED_BY = 9001  # the inspection that all alerts come from


def hands(system: Pretended) -> Hands:
    """Return what can be done to inspections and alerts."""
    own = {"create_date": moment(0).isoformat(), "write_date": None, "company": 1}
    system.seed(
        {
            "party.party": [{"id": 1, "name": "Ada", "code": "E-001", "active": True, **own}],
            "company.company": [{"id": 1, "party": 1, **own}],
            "company.employee": [{"id": 1, "party": 1, "start_date": "2020-01-01", **own}],
            "quality.control": [
                {"id": number, "name": f"Check {number}", "active": True, **own}
                for number in (1, 2)
            ],
        }
    )
    return {
        Inspection: Hand(
            add=partial(_inspect, system),
            update=lambda id_: system.ask("PUT", _place(INSPECTION, id_), {"control": 2}),
            delete=lambda id_: system.ask("DELETE", _place(INSPECTION, id_)),
            spoil=lambda id_: system.put(INSPECTION, id_, state="lost"),
        ),
        Nonconformity: Hand(
            add=partial(_raise, system),
            update=lambda id_: system.ask("POST", f"{_place(ALERT, id_)}/process", {}),
            delete=lambda id_: system.ask("DELETE", _place(ALERT, id_)),
            spoil=lambda id_: system.put(ALERT, id_, state="lost"),
        ),
    }


def _place(model: str, id_: str) -> str:
    return f"/rest/model/{model}/{id_}"


def _inspect(system: Pretended, number: int, id_: int | None = None) -> str:
    record = {"number": f"INS-{number}", "control": 1, "state": "pending", "processed_at": None}
    return _made(system, INSPECTION, number, {"id": id_ or number + 1, **record})


def _raise(system: Pretended, number: int) -> str:
    if system.documents.get(INSPECTION, str(RAISED_BY)) is None:
        _inspect(system, 0, RAISED_BY)
    said = {"title": f"Loose bolt {number}", "description": "Wrong torque", "state": "open"}
    origin = {"number": f"ALR-{number}", "origin": f"{INSPECTION},{RAISED_BY}"}
    return _made(system, ALERT, number, {"id": number + 1, **origin, **said})


def _made(system: Pretended, model: str, number: int, record: dict[str, Any]) -> str:
    made = {**record, "create_date": moment(number).isoformat(), "write_date": None, "company": 1}
    system.seed({model: [made]})
    return str(made["id"])
