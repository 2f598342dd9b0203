"""What follows of nonconformities: whether they came back, why a cause is one, and groups."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hub.engine.listing import Listing
from hub.engine.loading import Row
from hub.engine.origins import Bind, Children
from hub.engine.scope import Scope
from hub.errors import LimitError
from hub.models.kinds import CauseStatus, Disclosure, PrivacyClass
from hub.models.quality import Nonconformity
from hub.policy import Viewer, mask
from hub.policy.disclosure import Group, disclosure, disclosures, shown
from hub.policy.viewer import MANAGING
from hub.schema.computed.dimensions import NONE, Dimensions, Keys, Placed, dimensions
from hub.schema.computed.incidents import came_back, confirmed
from hub.schema.declare import table
from hub.schema.filters import ASSIGNMENT_FILTER, NONCONFORMITY_FILTER
from hub.store import moment_of

RECORDS = table(Nonconformity)
MOST_GROUPS = 1000
WHY = {
    CauseStatus.SUGGESTED: "The hub suggests it; nobody has decided yet.",
    CauseStatus.CONFIRMED: "A person confirmed it.",
    CauseStatus.REJECTED: "It was suggested, and a person rejected it.",
}
MEMBERS = """
SELECT r.id, r.raised_at, r.unit_id, r.process_id, r.severity, p.id,
    CASE WHEN {seen} THEN 1 ELSE 0 END
FROM nonconformity r LEFT JOIN inspection i ON i.id = r.inspection_id
LEFT JOIN person p ON p.id = i.performed_by_id
WHERE {chosen}
"""
WORK = """
SELECT r.unit_id, r.process_id, r.starts_at, r.ends_at FROM work_assignment r
WHERE r.ends_at IS NOT NULL AND r.ends_at > r.starts_at AND r.starts_at <= :now AND {chosen}
"""
ASKS = """
SELECT q.subject_id, q.competence_id FROM competence_requirement q
WHERE q.valid_from <= :today AND (q.valid_until IS NULL OR q.valid_until > :today)
"""
WORK_FILTERS = ("unit", "process", "competence")
DAY = timedelta(days=1)


async def recurred(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[bool | None]:
    """Return whether each nonconformity came back; None while it is too early to say."""
    found = await came_back(scope, [row["id"] for row in rows])
    return [found.get(row["id"]) for row in rows]


async def cause_reasons(
    _: Scope, rows: Sequence[Row], __: Mapping[str, Any]
) -> list[list[dict[str, Any]]]:
    """Return why each cause is one."""
    return [[{"code": row["status"], "text": WHY[CauseStatus[row["status"]]]}] for row in rows]


@dataclass(slots=True)
class Members:
    """The nonconformities of one group, with those who did the work that went wrong."""

    ids: list[str] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)


async def groups(
    scope: Scope, rows: Sequence[Row], arguments: Mapping[str, Any]
) -> list[list[dict[str, Any]]]:
    """Return nonconformities in groups, by the values of their dimensions.

    Reads the nonconformities and the work of the window, and those of the window before.

    Raises:
        InputError: the dimensions are none, too many or twice the same.
        LimitError: there are more than 1,000 groups.
    """
    by = await dimensions(scope, arguments)
    where = arguments.get("where") or {}
    found = await _members(scope, by, where)
    if len(found) > MOST_GROUPS:
        raise LimitError(
            f"These are more than {MOST_GROUPS} groups; narrow them with where.", limit="GROUPS"
        )
    earlier = _before(where, scope.moment)
    before = await _members(scope, by, earlier) if earlier else {}
    hours = await _hours(scope, by, where)
    every = [id_ for each in found.values() for id_ in each.ids]
    back = await came_back(scope, every)
    keys = sorted(found, key=lambda key: [(value == NONE, value) for value in key])
    how = disclosures([Group(people=found[key].people, hidden=found[key].hidden) for key in keys])
    told = [
        _told(
            found[key],
            said,
            hours=hours.get(_without(by, key)),
            before=before.get(key, Members()) if earlier else None,
            back=sum(back.get(id_) is True for id_ in found[key].ids),
        )
        | {"keys": by.told(key)}
        for key, said in zip(keys, how, strict=True)
    ]
    return [told] * len(rows)


def _told(
    group: Members, how: Disclosure, *, hours: float | None, before: Members | None, back: int
) -> dict[str, Any]:
    """Return the figures of a group as they are shown."""
    count = shown(len(group.ids), how)
    change = None
    label = how
    if before is not None and count is not None:
        then = disclosure(len(before.people), len(before.hidden))
        earlier = shown(len(before.ids), then)
        change = (count - earlier) / earlier if earlier else None
        label = Disclosure.PARTIAL if then is Disclosure.SUPPRESSED else how
    return {
        "disclosure": label.value,
        "count": count,
        "per_1000_hours": round(1000 * count / hours, 4) if hours and count is not None else None,
        "change": None if change is None else round(change, 4),
        "recurred": shown(back, how),
        "ids": json.dumps([] if how is Disclosure.SUPPRESSED else sorted(group.ids)),
    }


def _without(by: Dimensions, keys: Keys) -> Keys:
    """Return the key under which the hours of a group are counted: work has no severity."""
    return tuple(
        NONE if name == "SEVERITY" else value for name, value in zip(by.names, keys, strict=True)
    )


def _before(where: Mapping[str, Any], now: datetime) -> dict[str, Any] | None:
    """Return the filter of the window before, as long; None where there is none."""
    window = where.get("raised") or {}
    first: date | None = window.get("from")
    if first is None:
        return None
    until: date = window.get("until") or now.date() + DAY
    length = until - first
    if not timedelta() < length <= first - date.min:
        return None
    return {**where, "raised": {"from": first - length, "until": first}}


async def _members(scope: Scope, by: Dimensions, where: Mapping[str, Any]) -> dict[Keys, Members]:
    """Return what is in each group, with the viewer's eyes on the records."""
    bind = Bind(scope.moment, scope.viewer)
    listing = Listing(
        children=Children(type="Nonconformity", of=None, where=NONCONFORMITY_FILTER.where),
        table=RECORDS,
        viewer=scope.viewer,
        policy=scope.policy(RECORDS),
        arguments={"where": where},
        now=scope.moment,
    )
    seen = mask("Person", PrivacyClass.OPEN, PrivacyClass.TEAM, scope.viewer)
    rows = await scope.asks.rows(
        MEMBERS.format(seen=seen.on("p"), chosen=listing.conditions(bind)),
        {**bind.values, **seen.parameters},
    )
    causes = await confirmed(scope, [row[0] for row in rows])
    found: dict[Keys, Members] = {}
    for id_, raised, unit, process, severity, person, visible in rows:
        placed = Placed(
            month=raised[:7],
            unit_id=unit,
            process_id=process,
            competence_ids=frozenset(causes.get(id_, ())),
            severity=severity,
        )
        for key in by.keys(placed):
            group = found.setdefault(key, Members())
            group.ids.append(id_)
            if person is not None:
                group.people.add(person)
                if not visible and not _manages(scope.viewer, unit):
                    group.hidden.add(person)
    return found


def _manages(viewer: Viewer, unit: str | None) -> bool:
    """Say whether a viewer sees what happens in a unit, whoever works there now."""
    return unit is not None and viewer.has_any(MANAGING, unit)


async def _hours(scope: Scope, by: Dimensions, where: Mapping[str, Any]) -> dict[Keys, float]:
    """Return the hours of work in which what is in each group could have happened."""
    bind = Bind(scope.moment)
    chosen = {name: where[name] for name in WORK_FILTERS if where.get(name) is not None}
    parts = [ASSIGNMENT_FILTER.where[name](value, bind) for name, value in chosen.items()]
    window = where.get("raised") or {}
    for name, sign in (("from", ">="), ("until", "<")):
        if window.get(name) is not None:
            parts.append(f"r.starts_at {sign} {bind(window[name])}")
    values = {**bind.values, **scope.times}
    asked: dict[str, set[str]] = {}
    if "COMPETENCE" in by.names:
        for process, competence in await scope.asks.rows(ASKS, scope.times):
            asked.setdefault(process, set()).add(competence)
    found: dict[Keys, float] = {}
    for unit, process, begins, ends in await scope.asks.rows(
        WORK.format(chosen=" AND ".join(f"({part})" for part in parts) or "1 = 1"), values
    ):
        placed = Placed(
            month=begins[:7],
            unit_id=unit,
            process_id=process,
            competence_ids=frozenset(asked.get(process, ())),
        )
        if "COMPETENCE" in by.names and not placed.competence_ids:
            continue
        long = (moment_of(ends) - moment_of(begins)).total_seconds() / 3600
        for key in by.keys(placed, without="SEVERITY"):
            found[key] = found.get(key, 0.0) + long
    return found
