"""Which sources an answer rests on, and how each of them stood.

A source that last failed, or that was never read, makes what it owns incomplete.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hub.models.kinds import SystemKind
from hub.store import Asks, moment_of

STALE_AFTER = timedelta(hours=24)
MOST_PATHS = 20
WORST_FIRST = ("UNAVAILABLE", "TIMEOUT", "THROTTLED", "REFUSED", "STALE", "FRESH")
OUTCOMES = {
    "UPSTREAM_TIMEOUT": "TIMEOUT",
    "UPSTREAM_BAD_RESPONSE": "REFUSED",
    "UPSTREAM_UNAVAILABLE": "UNAVAILABLE",
}

STANDING = """
SELECT s.key, s.kind,
    (SELECT r.error FROM sync_run r WHERE r.system = s.key AND r.finished_at IS NOT NULL
     ORDER BY r.started_at DESC LIMIT 1),
    (SELECT MAX(r.started_at) FROM sync_run r
     WHERE r.system = s.key AND r.finished_at IS NOT NULL AND r.error IS NULL)
FROM source_system s WHERE s.kind <> 'HUB' ORDER BY s.key
"""
FEEDS = "SELECT DISTINCT type, system FROM source_record WHERE deleted_at IS NULL"
EVIDENCE = "SELECT DISTINCT system FROM competence_evidence"
FROM_EVIDENCE = ("CompetenceEvidence", "CompetenceState", "Fulfilment", "AssignmentEligibility")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a source stands.

    Attributes:
        key: Its key.
        kind: What it is for.
        error: Why its last reading ended early; None when it did not.
        succeeded_at: When its last whole reading began; None when there was none.
    """

    key: str
    kind: SystemKind
    error: str | None
    succeeded_at: datetime | None

    @property
    def missing(self) -> bool:
        """Whether what it owns is not known to be complete."""
        return self.error is not None or self.succeeded_at is None

    def outcome(self, now: datetime) -> str:
        """Return how its data stands, in the words of `extensions.sources`."""
        if self.missing:
            code = (self.error or "").partition(":")[0]
            return OUTCOMES.get(code, "UNAVAILABLE")
        stale = self.succeeded_at is None or now - self.succeeded_at > STALE_AFTER
        return "STALE" if stale else "FRESH"


async def standings(asks: Asks) -> list[Standing]:
    """Return how every outside source stands. Costs two look-ups per source."""
    return [
        Standing(
            key=key,
            kind=SystemKind[kind],
            error=error,
            succeeded_at=moment_of(succeeded_at) if succeeded_at else None,
        )
        for key, kind, error, succeeded_at in await asks.rows(STANDING)
    ]


async def feeds(asks: Asks) -> Mapping[str, set[str]]:
    """Return the sources of each concept. Reads the index of all source records."""
    found: dict[str, set[str]] = {}
    for concept, system in await asks.rows(FEEDS):
        found.setdefault(concept, set()).add(system)
    seen = {system for (system,) in await asks.rows(EVIDENCE)}
    return {**found, **dict.fromkeys(FROM_EVIDENCE, seen)}


def reported(
    touched: Iterable[tuple[str, str, int]],
    standing: Sequence[Standing],
    fed: Mapping[str, set[str]],
    now: datetime,
) -> list[dict[str, Any]]:
    """Return what an answer says of its sources, worst first.

    Args:
        touched: Concept, place in the answer and number of records of each use.
        standing: How every source stands.
        fed: The sources of each concept.
        now: This moment.
    """
    uses: dict[str, dict[str, int]] = {}
    for concept, path, records in touched:
        for key in fed.get(concept, ()):
            paths = uses.setdefault(key, {})
            paths[path] = paths.get(path, 0) + records
    found = [_report(each, uses[each.key], now) for each in standing if each.key in uses]
    return sorted(found, key=lambda each: (WORST_FIRST.index(each["outcome"]), each["key"]))


def _report(of: Standing, paths: Mapping[str, int], now: datetime) -> dict[str, Any]:
    at = of.succeeded_at
    return {
        "key": of.key,
        "kind": of.kind.value,
        "delivery": "MIRRORED",
        "outcome": of.outcome(now),
        "asOf": at.isoformat().replace("+00:00", "Z") if at else None,
        "ageSeconds": int((now - at).total_seconds()) if at else None,
        "records": sum(paths.values()),
        "calls": 0,
        "paths": sorted(paths)[:MOST_PATHS],
    }
