"""How sources stand, and what is read from them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from hub import registry
from hub.engine.loading import Row
from hub.engine.scope import Scope
from hub.engine.sources import STALE_AFTER
from hub.errors import ConfigError
from hub.models.kinds import Capability, Delivery, PrivacyClass
from hub.models.record import Sourced, describe, described
from hub.sdk import Fetches, Pulls, Resource, Writes
from hub.store import HUB, among, moment_of

STALE_DURATION = f"PT{int(STALE_AFTER.total_seconds()) // 3600}H"
CAPABILITIES: Mapping[type, tuple[Capability, ...]] = {
    Pulls: (Capability.READ, Capability.DELTA, Capability.DELETIONS),
    Fetches: (Capability.LOOKUP,),
    Writes: (Capability.WRITE,),
}
"""What a resource can do that claims to; a deletion is at the latest found by reading all again."""

BECOMES: Mapping[str, str] = {"Inspection": "CompetenceEvidence"}
"""What records become that the graph does not show by themselves."""

SYNCS = f"""
SELECT s.key,
    (SELECT MAX(r.started_at) FROM sync_run r WHERE r.system = s.key),
    (SELECT r.error FROM sync_run r WHERE r.system = s.key AND r.finished_at IS NOT NULL
     ORDER BY r.started_at DESC LIMIT 1),
    (SELECT MAX(r.started_at) FROM sync_run r
     WHERE r.system = s.key AND r.finished_at IS NOT NULL AND r.error IS NULL),
    (SELECT MAX(r.finished_at) FROM sync_run r WHERE r.system = s.key AND r.error IS NULL),
    (SELECT COUNT(*) FROM quarantined_record q WHERE q.system = s.key AND q.status = 'WAITING')
FROM source_system s WHERE {among("s.key", "keys")}
"""
HELD = (
    f"SELECT system, stream, COUNT(*) FROM source_record WHERE {among('system', 'keys')}"
    " AND deleted_at IS NULL GROUP BY system, stream"
)


async def state(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return how each source stands."""
    found = await scope.request.snapshot.rows(SYNCS, {"keys": [row["key"] for row in rows]})
    states = {key: _state(scope.request.now, key, told) for key, *told in found}
    return [states[row["key"]] for row in rows]


async def streams(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return what the connector of each source reads; nothing where it is not installed."""
    counts = await scope.request.snapshot.rows(HELD, {"keys": [row["key"] for row in rows]})
    held = {(system, stream): count for system, stream, count in counts}
    return [
        [
            {**stream, "held": held.get((row["key"], stream["name"]), 0)}
            for stream in _declared(scope, row["connector"])
        ]
        for row in rows
    ]


def _state(now: datetime, key: str, told: Sequence[Any]) -> dict[str, Any]:
    """Return how one source stands; what the hub itself holds is never out of date."""
    attempted, error, began, ended, waiting = told
    age = now - moment_of(began) if began else None
    if attempted is None:
        status = "FRESH" if key == HUB.key else "NEVER"
    elif error:
        status = "FAILED"
    elif age is None:
        status = "RUNNING"
    else:
        status = "STALE" if age > STALE_AFTER else "FRESH"
    return {
        "status": status,
        "last_success_at": ended,
        "last_attempt_at": attempted,
        "age_seconds": int(age.total_seconds()) if age is not None else None,
        "quarantined": waiting,
        "error": error,
    }


def _declared(scope: Scope, connector: str) -> Iterator[dict[str, Any]]:
    """Yield the streams of a connector, named with its version, that feed a type of the graph."""
    try:
        resources: Sequence[type[Resource[Any]]] = registry.connector(
            connector.partition(" ")[0]
        ).resources
    except ConfigError:
        return
    for each in resources:
        name = each.record.__name__
        entity = BECOMES.get(name) or scope.request.types.get(name)
        if entity is not None:
            yield {
                "name": each.stream,
                "entity": entity,
                "delivery": Delivery.MIRRORED,
                "capabilities": [
                    capability
                    for claimed, means in CAPABILITIES.items()
                    if issubclass(each, claimed)
                    for capability in means
                ],
                "privacy": _highest(each.record),
                "stale_after": STALE_DURATION,
            }


def _highest(record: type[Sourced]) -> PrivacyClass:
    """Return the highest class that records of a type carry."""
    classes = [describe(record).privacy]
    classes += [meaning.privacy for _, meaning in described(record) if meaning.privacy]
    return max(classes, key=list(PrivacyClass).index)
