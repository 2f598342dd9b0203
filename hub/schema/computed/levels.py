"""Levels: what a rank means on the scale of a competence; and how derived."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hub.engine.loading import Row
from hub.engine.origins import Batch, Key
from hub.engine.scope import Scope
from hub.store import identifier

DERIVED = ("rule_version", "computed_at", "complete", "missing_systems")
SCALES = "SELECT id, levels FROM proficiency_scale ORDER BY id"
OF_COMPETENCE = (
    "SELECT c.id, c.scale_id FROM competence c WHERE c.id IN (SELECT value FROM json_each(:ids))"
)


class Scales:
    """The scales, and which competence is measured on which; one without any is on the first."""

    def __init__(self, scales: Sequence[Sequence[Any]], of: Mapping[str, str | None]) -> None:
        self._levels = {
            id_: {level["rank"]: level for level in json.loads(levels)} for id_, levels in scales
        }
        self._of = of
        self._first = scales[0][0] if scales else ""

    def level(self, competence_id: str | None, rank: int | None) -> Any:
        """Return the level of a rank, None for no rank."""
        if competence_id is None or rank is None:
            return None
        levels = self._levels.get(self._scale(competence_id), {})
        return levels.get(rank) or {"rank": rank, "label": str(rank), "normalised": 0.0}

    def _scale(self, competence_id: str) -> str:
        return self._of.get(competence_id) or self._first


async def scales(scope: Scope, competence_ids: set[str]) -> Scales:
    """Return the scales of competences."""
    of = await scope.asks.rows(OF_COMPETENCE, {"ids": sorted(competence_ids)})
    return Scales(await scope.asks.rows(SCALES), dict(of))


def level(competence: str, rank: str) -> Batch:
    """Return what gives the level that stands as rank in a column, on a competence's scale."""

    async def levels(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
        known = await scales(scope, {row[competence] for row in rows if row.get(competence)})
        return [known.level(row.get(competence), row.get(rank)) for row in rows]

    return levels


async def mappings(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[Any]:
    """Return the mappings of each scale, each with the level that it leads to."""
    found = []
    for row in rows:
        levels = {level["rank"]: level for level in json.loads(row["levels"])}
        told = json.loads(row["mappings"])
        found.append([{**each, "level": levels.get(each["rank"])} for each in told])
    return found


async def derivation(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[Any]:
    """Return how each derived value came about."""
    return [derived(row) for row in rows]


def derived(row: Row) -> dict[str, Any]:
    """Return how one derived value came about."""
    told = row["missing_systems"]
    keys = json.loads(told) if isinstance(told, str) else told
    missing = [Key("SourceSystem", identifier("SourceSystem", key)) for key in keys]
    return {
        "rule_version": row["rule_version"],
        "computed_at": row["computed_at"],
        "oldest_input_at": row.get("oldest_input_at"),
        "complete": row["complete"],
        "missing": missing,
    }
