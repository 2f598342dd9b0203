"""What follows of competences where nobody has said it."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.engine.scope import Scope
from hub.store import among

NO_DECAY: Mapping[str, Any] = {"kind": "NONE", "refresh_on_use": False}
FIRST_SCALE = "SELECT id FROM proficiency_scale ORDER BY id LIMIT 1"
UNITS = """
SELECT q.competence_id, COUNT(DISTINCT w.unit_id) FROM competence_requirement q
JOIN work_process w ON w.id = q.subject_id WHERE {chosen} GROUP BY q.competence_id
"""


async def scope(asked: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[str]:
    """Return whether one unit needs each competence or several, unless somebody decided."""
    found: dict[str, int] = dict(
        await asked.asks.rows(
            UNITS.format(chosen=among("q.competence_id", "ids")),
            {"ids": [row["id"] for row in rows]},
        )
    )
    return [
        row["scope"] or ("CROSS_UNIT" if found.get(row["id"], 0) > 1 else "UNIT_SPECIFIC")
        for row in rows
    ]


async def scale(asked: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Key | None]:
    """Return the scale of each competence; the first, where none was chosen."""
    first = await asked.asks.rows(FIRST_SCALE)
    other = first[0][0] if first else None
    ids = [row["scale_id"] or other for row in rows]
    return [Key("ProficiencyScale", id_) if id_ else None for id_ in ids]
