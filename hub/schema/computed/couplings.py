"""What follows of coupling actions for who reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.commands.actions import decidable
from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.engine.scope import Scope

MOST = 50


async def recipients(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[list[Key]]:
    """Return who gets the notice of each change."""
    return [[Key("Person", id_) for id_ in row.get("recipient_ids", ())[:MOST]] for row in rows]


async def viewer_can_decide(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[bool]:
    """Return whether each action waits for somebody that the viewer is."""
    request = scope.request
    ids = [row["id"] for row in rows]
    found = await decidable(request.snapshot, request.viewer, ids, request.now)
    return [id_ in found for id_ in ids]
