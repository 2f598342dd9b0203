"""What a requirement belongs to, and the matrix of a process."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.engine.scope import Scope
from hub.store import among

OF_PROCESS = """
SELECT q.subject_id, q.id FROM competence_requirement q JOIN competence c ON c.id = q.competence_id
WHERE {chosen} AND q.valid_from <= :today AND (q.valid_until IS NULL OR q.valid_until > :today)
ORDER BY c.name, q.id
"""


async def subject(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[Key]:
    """Return what asks each requirement."""
    return [Key(row["subject"].partition(":")[0], row["subject_id"]) for row in rows]


async def matrix(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return a row for each requirement of each process that holds on the day asked for."""
    found: dict[str, list[dict[str, str]]] = {}
    for process, id_ in await scope.asks.rows(
        OF_PROCESS.format(chosen=among("q.subject_id", "ids")),
        {"ids": [row["id"] for row in rows], **scope.times},
    ):
        found.setdefault(process, []).append({"id": id_})
    return [found.get(row["id"], []) for row in rows]
