"""What appraisals rate, and what each rating amounts to.

A rating is read as it is where it becomes evidence (`hub.sync.deriving.ratings`): by what the word
that names the competence says of its scores, else by the mappings of the competence's scale.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hub.engine.loading import Row
from hub.engine.scope import Scope
from hub.schema.computed.levels import scales
from hub.sync.deriving.ratings import scales as scales_of_ratings
from hub.sync.deriving.told import systems


async def ratings(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[list[Row]]:
    """Return the ratings of each appraisal, each with the source that tells of it."""
    told_by = await systems(scope.asks, [row["id"] for row in rows])
    return [
        [{**each, "system": told_by[row["id"]]} for each in json.loads(row["ratings"])]
        for row in rows
    ]


async def level(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return the level that each rating lands on; None where nothing says."""
    aligned = [row for row in rows if row["competence_id"] is not None]
    read = await scales_of_ratings(scope.asks, [(row, row["system"]) for row in aligned])
    known = await scales(scope, {row["competence_id"] for row in aligned})
    return [
        known.level(row["competence_id"], read.rank(row, row["system"]))
        if row["competence_id"] is not None
        else None
        for row in rows
    ]
