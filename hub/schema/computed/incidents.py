"""Nonconformities as facts: their confirmed causes, and whether they came back."""

from collections.abc import Sequence

from hub.competence.recurrence import Incident, recurrences
from hub.engine.scope import Scope
from hub.store import among, moment_of

OF_PROCESSES = """
SELECT n.id, n.raised_at, n.closed_at, n.process_id FROM nonconformity n
WHERE {own} OR n.process_id IN (SELECT m.process_id FROM nonconformity m WHERE {others})
"""
CONFIRMED = """
SELECT c.nonconformity_id, c.competence_id FROM competence_cause c
WHERE c.status = 'CONFIRMED' AND c.competence_id IS NOT NULL AND {chosen}
"""


async def confirmed(scope: Scope, ids: Sequence[str]) -> dict[str, set[str]]:
    """Return the competences whose lack is confirmed as cause of each nonconformity with one."""
    found: dict[str, set[str]] = {}
    for id_, competence in await scope.asks.rows(
        CONFIRMED.format(chosen=among("c.nonconformity_id", "ids")), {"ids": list(ids)}
    ):
        found.setdefault(id_, set()).add(competence)
    return found


async def came_back(scope: Scope, ids: Sequence[str]) -> dict[str, bool | None]:
    """Return whether nonconformities came back. Reads all of the same processes."""
    known = await scope.asks.rows(
        OF_PROCESSES.format(own=among("n.id", "ids"), others=among("m.id", "ids")),
        {"ids": list(ids)},
    )
    causes = await confirmed(scope, [id_ for id_, *_ in known])
    incidents = {
        id_: Incident(
            id=id_,
            raised_at=moment_of(raised),
            closed_at=moment_of(closed) if closed else None,
            process_id=process,
            competence_ids=frozenset(causes.get(id_, ())),
        )
        for id_, raised, closed, process in known
    }
    wanted = [incidents[id_] for id_ in ids if id_ in incidents]
    return recurrences(wanted, incidents.values(), scope.moment)
