"""What follows of coupling actions for who reads them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.engine.scope import Scope
from hub.models.kinds import ActionStatus, ApprovalDecision, Role
from hub.policy import Viewer

MOST = 50
DECIDED = ("status", "approvals", "subject_type", "subject_id")


async def recipients(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[list[Key]]:
    """Return who gets the notice of each change."""
    return [[Key("Person", id_) for id_ in row.get("recipient_ids", ())[:MOST]] for row in rows]


async def viewer_can_decide(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[bool]:
    """Return whether each action waits for somebody that the viewer is."""
    return [
        row["status"] == ActionStatus.PROPOSED.value and _awaited(row, scope.viewer) for row in rows
    ]


def _awaited(row: Row, viewer: Viewer) -> bool:
    waiting = (
        Role[each["role"]]
        for each in json.loads(row["approvals"])
        if each["decision"] == ApprovalDecision.PENDING.value
    )
    role = next(waiting, None)
    about = row["subject_id"] if row["subject_type"] == "Person" else None
    if role is Role.EMPLOYEE:
        return about is not None and about == viewer.person_id
    if role is Role.LINE_MANAGER and about in viewer.reports:
        return True
    return role is not None and viewer.has(role)
