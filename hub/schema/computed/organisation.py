"""What follows of units from where they stand in the tree."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.engine.scope import Scope
from hub.store import among

CENTRES = """
WITH RECURSIVE above(start, id, step) AS (
    SELECT u.id, u.id, 0 FROM organisation_unit u WHERE {chosen}
    UNION SELECT a.start, u.parent_id, a.step + 1 FROM organisation_unit u
    JOIN above a ON u.id = a.id WHERE u.parent_id IS NOT NULL AND a.step < 20
) SELECT a.start, c.id FROM above a JOIN competence_centre c ON c.region_id = a.id
ORDER BY a.start, a.step DESC
"""


async def centre(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Key | None]:
    """Return the competence centre of the nearest region that each unit belongs to."""
    found: dict[str, str] = dict(
        await scope.asks.rows(
            CENTRES.format(chosen=among("u.id", "ids")), {"ids": [row["id"] for row in rows]}
        )
    )
    return [
        Key("CompetenceCentre", found[row["id"]]) if row["id"] in found else None for row in rows
    ]


async def centre_label(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[str]:
    """Return what each centre is called: by its region."""
    found: dict[str, str] = dict(
        await scope.asks.rows(
            f"SELECT u.id, u.name FROM organisation_unit u WHERE {among('u.id', 'ids')}",
            {"ids": [row["region_id"] for row in rows]},
        )
    )
    return [f"Competence centre {found.get(row['region_id'], '')}".strip() for row in rows]
