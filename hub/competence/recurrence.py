"""Whether what went wrong came back: the same process, and the same confirmed competence."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hub.competence import rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A nonconformity, with the competences whose lack is confirmed as its cause."""

    id: str
    raised_at: datetime
    closed_at: datetime | None = None
    process_id: str | None = None
    competence_ids: frozenset[str] = field(default_factory=frozenset)


Raised = Mapping[tuple[str | None, str], list[datetime]]


def recurrences(
    incidents: Iterable[Incident], known: Iterable[Incident], moment: datetime
) -> dict[str, bool | None]:
    """Return, by id, whether each of `incidents` came back after it was closed.

    None: it is not closed, or it is too early to say. Cost: sorting `known`.

    Args:
        incidents: What is asked about.
        known: All of the same processes, `incidents` too.
        moment: When it is asked; what was raised later is not counted.
    """
    raised: dict[tuple[str | None, str], list[datetime]] = {}
    for each in known:
        if each.process_id is not None and each.raised_at <= moment:
            for competence in each.competence_ids:
                raised.setdefault((each.process_id, competence), []).append(each.raised_at)
    for moments in raised.values():
        moments.sort()
    return {each.id: _recurred(each, raised, moment) for each in incidents}


def _recurred(incident: Incident, raised: Raised, moment: datetime) -> bool | None:
    if incident.closed_at is None or moment < incident.closed_at:
        return None
    closed = max(incident.closed_at, incident.raised_at)
    until = closed + rules.RECURS_WITHIN
    for competence in incident.competence_ids:
        moments = raised.get((incident.process_id, competence), [])
        place = bisect_right(moments, closed)
        if place < len(moments) and moments[place] < until:
            return True
    return None if moment < until else False
