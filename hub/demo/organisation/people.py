"""The people of the demo organisation: who heads what, who works where, who came and who left."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hub.demo.organisation.draft import Draft
from hub.demo.organisation.model import Account, Employment, Person, Unit
from hub.demo.organisation.moments import midnight
from hub.demo.organisation.names import FIRST, LAST
from hub.demo.organisation.units import MIDDLE

DESIGNATIONS = {
    "Director": ("JP-DIR", None),
    "Manager": ("JP-MAN", None),
    "Team leader": ("JP-LEAD", None),
    "Train cleaner": ("JP-CLEAN", "cb932c74-c13b-47e9-9a85-318bd8eb2f96"),
    "Rolling stock inspector": ("JP-INSP", "42e9d1c5-76f1-41ef-996e-38d5ac711a31"),
    "Rolling stock electrician": ("JP-ELEC", "fd86ebe1-bad4-4486-9b76-01a48030e49a"),
    "Ground steward": ("JP-STEW", "7153a12d-85e0-4123-87e9-46bb1a2dc929"),
    "Planner": ("JP-PLAN", None),
    "Purchasing manager": ("JP-PURCH", "377865f0-c327-4599-8c7e-d428c6588edf"),
    "Corporate training manager": ("JP-TRAIN", "a14e96a7-6c4d-4d69-8c6f-7ccadf77bac5"),
    "Human resources manager": ("JP-HRM", "f605bcd2-90b6-45a0-a558-d05016d68a77"),
    "Coordinator": ("JP-COORD", None),
}
_OUTSIDE = (
    "Train cleaner",
    "Rolling stock inspector",
    "Rolling stock electrician",
    "Ground steward",
)
_INSIDE = {
    "GOVERNANCE": ("Corporate training manager", "Human resources manager"),
    "SHARED_SERVICES": ("Human resources manager", "Purchasing manager", "Coordinator"),
    "PROCESS_SUPPORT": ("Coordinator", "Planner"),
    "REGION": ("Coordinator", "Corporate training manager"),
    "LEGAL_ENTITY": ("Coordinator",),
    "BUSINESS_UNIT": ("Coordinator", "Planner"),
}
STATION_SHARE = 0.55
PASSING_SHARE = 0.03
FORGIVEN = 400  # days that who is no joiner has worked here at least


def populate(draft: Draft) -> None:
    """Let people work in the units, each with a manager but the director."""
    rng = draft.rng
    chosen = iter(rng.sample(range(len(FIRST) * len(LAST)), draft.size))
    number = rng.randrange(1000, 9000)
    heads, crowd = _places(draft)
    for unit, designation, head in [*heads, *crowd]:
        number += rng.randint(1, 3)
        name = next(chosen)
        _hire(draft, str(number), (FIRST[name % len(FIRST)], LAST[name // len(FIRST)]), unit)
        change(draft, str(number), designation=designation)
        if head:
            draft.units[unit] = replace(draft.units[unit], manager=str(number))
        elif unit.startswith("ST-"):
            draft.free.setdefault(unit, []).append(str(number))
    _lead(draft)
    if draft.size >= MIDDLE:
        _come_and_go(draft)


def head_of(draft: Draft, unit: str) -> str:
    """Return who heads a unit, or else the nearest unit above it."""
    at: str | None = unit
    while at is not None:
        if draft.units[at].manager:
            return draft.units[at].manager or ""
        at = draft.units[at].parent
    raise LookupError(f"nobody heads {unit}")


Place = tuple[str, str, bool]


def _places(draft: Draft) -> tuple[list[Place], list[Place]]:
    """Return unit and designation of the heads, and of everybody else."""
    codes = sorted(draft.units, key=_importance)
    wanted = 2 if draft.size < MIDDLE else min(len(codes), draft.size // 12)
    heads = [(code, _leading(draft.units[code]), True) for code in codes[:wanted]]
    stations = [code for code in codes if code.startswith("ST-")]
    others = [code for code in codes if code not in stations]
    rest = draft.size - wanted
    outside = rest if draft.size < MIDDLE else round(rest * STATION_SHARE)
    crowd = [_place(draft, stations, each) for each in range(outside)]
    return heads, crowd + [_place(draft, others, each) for each in range(rest - outside)]


def _place(draft: Draft, codes: list[str], number: int) -> Place:
    """Return a place in one of the units: each gets as many, a few by chance."""
    code = codes[number % len(codes)]
    if draft.size >= MIDDLE and draft.rng.random() < 0.2:
        code = draft.rng.choice(codes)
    return code, draft.rng.choice(_INSIDE.get(draft.units[code].kind, _OUTSIDE)), False


def _importance(code: str) -> tuple[int, str]:
    first = ("CD", "BU-4")
    if code in first:
        return first.index(code), code
    kinds = ("ST-", "BU-", "PS-", "GOV", "SHS", "REG")
    return next(place for place, kind in enumerate(kinds, 2) if code.startswith(kind)), code


def _leading(unit: Unit) -> str:
    if unit.kind in ("LEGAL_ENTITY", "REGION", "BUSINESS_UNIT"):
        return "Director"
    return "Team leader" if unit.kind == "TEAM" else "Manager"


def _hire(draft: Draft, number: str, name: tuple[str, str], unit: str) -> None:
    mail = draft.mail(*name)
    joined = draft.day(-7000, -FORGIVEN)
    employment = Employment(
        document=f"HR-EMP-{draft.next('employee'):05}",
        unit=unit,
        designation="Coordinator",
        email=mail,
        joined=joined,
    )
    account = Account(id=draft.uuid(), email=mail, changed=draft.moment(draft.day(-300, -3)))
    draft.people[number] = Person(
        number=number, first=name[0], last=name[1], employments=(employment,), accounts=(account,)
    )


def change(draft: Draft, number: str, **how: Any) -> None:
    """Change the newest employment of somebody."""
    person = draft.people[number]
    *before, last = person.employments
    draft.people[number] = replace(person, employments=(*before, replace(last, **how)))


def _lead(draft: Draft) -> None:
    """Give each unit a head and each person a manager."""
    for code, unit in draft.units.items():
        draft.units[code] = replace(unit, manager=head_of(draft, code))
    for number, person in draft.people.items():
        boss = next((each for each in _above(draft, person.unit) if each != number), None)
        draft.people[number] = replace(person, manager=boss)


def _above(draft: Draft, unit: str) -> Iterator[str]:
    at: str | None = unit
    while at is not None:
        yield draft.units[at].manager or ""
        at = draft.units[at].parent


def _come_and_go(draft: Draft) -> None:
    """Let some of the crowd have joined lately, some have left, some leave later than next month.

    None of them masters anything, so that they take part in no story.
    """
    heads = {unit.manager for unit in draft.units.values()}
    crowd = [number for number in draft.people if number not in heads]
    few = int(draft.size * PASSING_SHARE)
    chosen = draft.rng.sample(crowd, 2 * few + few // 2)
    for place, number in enumerate(chosen):
        if place < few:
            change(draft, number, joined=draft.day(-60, -5))
        elif place < 2 * few:
            change(draft, number, left=draft.day(-180, -10))
            _close(draft, number)
        else:
            change(draft, number, left=draft.day(70, 150))
    draft.passing.update(chosen)
    for station, numbers in draft.free.items():
        draft.free[station] = [each for each in numbers if each not in draft.passing]


def _close(draft: Draft, number: str) -> None:
    person = draft.people[number]
    left = person.employments[-1].left or draft.today
    account = person.accounts[-1]
    closed = replace(account, changed=midnight(left) + timedelta(hours=18), active=False)
    draft.people[number] = replace(person, accounts=(closed,))
