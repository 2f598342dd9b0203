"""What the hub says of itself and of who asks."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from hub.competence.rules import RULE_VERSION
from hub.engine.limits import COST
from hub.engine.listing import MOST
from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.engine.scope import Scope
from hub.models.kinds import Purpose, Role
from hub.policy import Viewer
from hub.policy.disclosure import SMALLEST
from hub.schema.computed.quality import MOST_GROUPS

PACKAGE = "competence-hub"
LANGUAGES = ("en",)
ROLES = (
    "SELECT r.id FROM role_assignment r WHERE r.person_id = :person AND r.valid_from <= :today"
    " AND (r.valid_until IS NULL OR r.valid_until > :today) ORDER BY r.role, r.id"
)
OWNS = "SELECT w.id FROM work_process w WHERE w.owner_id = :person LIMIT 1"
MATCHING = (Role.INTEGRATOR, Role.HR_ADVISER)
DECIDING: Mapping[str, tuple[Role, ...]] = {
    "saveRequirement": (Role.COMPETENCE_MANAGER,),
    "decideCause": (Role.PROCESS_OWNER, Role.QUALITY_ADVISER),
    "linkIdentity": MATCHING,
    "decideIdentityLink": MATCHING,
    "mergePeople": MATCHING,
    "splitPerson": MATCHING,
    "saveTermLink": (Role.INTEGRATOR, Role.COMPETENCE_MANAGER),
}
"""Roles that may ever decide something; owners do so on what they own, approvers on actions."""


async def info(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return the hub and its limits."""
    about = {
        "version": version(PACKAGE),
        "rule_version": RULE_VERSION,
        "smallest_group": SMALLEST,
        "page_limit": MOST,
        "group_limit": MOST_GROUPS,
        "cost_limit": COST,
        "languages": LANGUAGES,
        "demo": scope.request.demo,
    }
    return [about] * len(rows)


async def viewer(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return who asks, and what they may do."""
    asking = scope.viewer
    held = await scope.asks.rows(ROLES, {"person": asking.person_id, **scope.times})
    about = {
        "kind": asking.kind,
        "person_id": asking.person_id,
        "roles": [Key("RoleAssignment", id_) for (id_,) in held],
        "purposes": list(Purpose),
        "mutations": _mutations(
            asking, owns=bool(await scope.asks.rows(OWNS, {"person": asking.person_id}))
        ),
    }
    return [about] * len(rows)


async def me(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Key | None]:
    """Return the person who asks."""
    id_ = scope.viewer.person_id
    return [Key("Person", id_) if id_ else None] * len(rows)


def _mutations(asking: Viewer, *, owns: bool) -> list[str]:
    allowed = [
        name
        for name, roles in DECIDING.items()
        if asking.has_any(roles) or (owns and name == "saveRequirement")
    ]
    return [*allowed, "decideActions"]
