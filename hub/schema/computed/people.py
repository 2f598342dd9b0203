"""What follows of people from their employments."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.engine.loading import Row
from hub.engine.scope import Scope
from hub.schema.narrowing import EMPLOYED
from hub.store import among


async def active(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[bool]:
    """Return whether each person is employed on the day asked for."""
    found = await scope.asks.rows(
        f"{EMPLOYED} AND {among('e.person_id', 'ids')}",
        {"ids": [row["id"] for row in rows], **scope.times},
    )
    employed = {person for (person,) in found}
    return [row["id"] in employed for row in rows]
