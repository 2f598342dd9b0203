"""Roles of the demo organisation, and the competence centres of its regions."""

from datetime import timedelta

from hub.demo.organisation.competences import AREAS
from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import Centre, Role
from hub.demo.organisation.model import Unit
from hub.demo.organisation.people import head_of

EXPERTISES = ("LEARNING_PROCESSES", "PERSONNEL_INSTRUMENTS", "WORK_PROCESSES", "SYSTEMS")
BESIDE = (
    ("COMPETENCE_MANAGER", "GOV", None, None),
    ("DESIGNER", "GOV", None, 0.8),
    ("ANALYST", "GOV", None, 0.4),
    ("AUDITOR", "GOV", None, 0.2),
    ("HR_ADVISER", "SHS", "CD", None),
    ("REWARD_ADVISER", "SHS", "CD", 0.5),
    ("SYSTEMS_ADVISER", "SHS", None, 0.5),
    ("INTEGRATOR", "SHS", None, 0.6),
    ("ADMINISTRATOR", "SHS", None, 0.2),
    ("PRIVACY_OFFICER", "CD", None, 0.3),
    ("WORKS_COUNCIL", "CD", None, 0.1),
)
"""Role, unit of whoever holds it, unit for which it is held, share of the working time."""


def fill(draft: Draft) -> None:
    """Give everybody their roles, and fill the seats of the centres but one each."""
    staff = _staff(draft)
    for code, unit in draft.units.items():
        _lead(draft, code, unit)
    for role, home, unit_for, share in BESIDE:
        _give(draft, role, _one(draft, staff, home), unit=unit_for, share=share)
    for code in (code for code, unit in draft.units.items() if unit.kind == "BUSINESS_UNIT"):
        _give(draft, "PLANNER", _one(draft, staff, code), unit=code)
    for code in (code for code, unit in draft.units.items() if unit.kind == "PROCESS_SUPPORT"):
        _support(draft, staff, code)
    for code in (code for code, unit in draft.units.items() if unit.kind == "REGION"):
        _seat(draft, staff, code)


def _staff(draft: Draft) -> dict[str, list[str]]:
    """Return who works in each unit and takes part in no story."""
    cast, staff = draft.cast | draft.passing, dict[str, list[str]]()
    for number, person in draft.people.items():
        if number not in cast and person.employed(draft.today):
            staff.setdefault(person.unit, []).append(number)
    return staff


def _one(draft: Draft, staff: dict[str, list[str]], unit: str) -> str:
    numbers = staff.get(unit)
    return draft.rng.choice(numbers) if numbers else head_of(draft, unit)


def _lead(draft: Draft, code: str, unit: Unit) -> None:
    head = head_of(draft, code)
    _give(draft, "LINE_MANAGER", head, unit=code)
    if unit.kind in ("LEGAL_ENTITY", "REGION"):
        _give(draft, "DIRECTOR", head, unit=code)
    if draft.asked[code]:
        _give(draft, "PROCESS_OWNER", head, unit=code)


def _support(draft: Draft, staff: dict[str, list[str]], code: str) -> None:
    """Let a unit of process support coordinate, and advise on quality where it supports."""
    above = draft.units[code].parent
    _give(draft, "COORDINATOR", _one(draft, staff, code), unit=above)
    _give(draft, "PROJECT_LEADER", _one(draft, staff, code), unit=above, share=0.3)
    _give(draft, "LEARNING_FACILITATOR", _one(draft, staff, code), unit=above, share=0.2, ends=True)
    for unit in (above, "BU-4"):
        _give(draft, "QUALITY_ADVISER", head_of(draft, code), unit=unit)


def _seat(draft: Draft, staff: dict[str, list[str]], code: str) -> None:
    """Fill the seats of a region's centre; the last one stays empty."""
    what = {area: _one(draft, staff, code) for area in AREAS}
    how = {expertise: _one(draft, staff, code) for expertise in EXPERTISES[:-1]}
    for area, holder in what.items():
        _give(draft, "AREA_OWNER", holder, unit=code, area=area, share=0.2)
    for expertise, holder in how.items():
        _give(draft, "EXPERTISE_OWNER", holder, unit=code, expertise=expertise, share=0.2)
    draft.centres.append(
        Centre(
            id=f"CCR-{code.removeprefix('REG-')}",
            region=code,
            lead=head_of(draft, code),
            what=what,
            how={**how, EXPERTISES[-1]: None},
        )
    )


def _give(  # noqa: PLR0913  a role says this much
    draft: Draft,
    role: str,
    person: str,
    *,
    unit: str | None = None,
    area: str | None = None,
    expertise: str | None = None,
    share: float | None = None,
    ends: bool = False,
) -> None:
    draft.roles.append(
        Role(
            id=f"RA-{draft.next('role'):04}",
            role=role,
            person=person,
            since=draft.day(-900, -100),
            until=draft.today + timedelta(days=200) if ends else None,
            unit=unit,
            area=area,
            expertise=expertise,
            share=share,
        )
    )
