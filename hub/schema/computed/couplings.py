"""What follows of coupling actions for who reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.commands.actions import decidable
from hub.engine.loading import Row
from hub.engine.scope import Scope


async def viewer_can_decide(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[bool]:
    """Return whether each action waits for somebody that the viewer is."""
    request = scope.request
    ids = [row["id"] for row in rows]
    found = await decidable(request.snapshot, request.viewer, ids, request.now)
    return [id_ in found for id_ in ids]
