"""Who asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.models.kinds import Role, ViewerKind

MANAGING = frozenset(
    {
        Role.DIRECTOR,
        Role.COMPETENCE_MANAGER,
        Role.COORDINATOR,
        Role.LINE_MANAGER,
        Role.PROCESS_OWNER,
        Role.HR_ADVISER,
        Role.QUALITY_ADVISER,
        Role.PLANNER,
    }
)
"""Roles that see what is of class TEAM about the people of their unit."""

ADVISING = frozenset({Role.HR_ADVISER})
"""Roles that see what is of class SENSITIVE about the people of their unit, with a purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role, for some units (those below them named too) or for the whole organisation.

    Attributes:
        role: The role.
        unit_ids: The units; None for the whole organisation.
    """

    role: Role
    unit_ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who asks, and whom that concerns. Its size grows with the people in their care.

    Attributes:
        kind: What kind of viewer; None for somebody who has not signed in.
        person_id: The person.
        grants: Roles held today.
        purpose: What the answer is needed for, where the request says so.
        reports: Everyone below them in the line, today.
        team: Everyone in the units of their managing roles, today; None for all.
        advised: Everyone in the units of their advising roles, today; None for all.
    """

    kind: ViewerKind | None
    person_id: str | None = None
    grants: tuple[Grant, ...] = ()
    purpose: str | None = None
    reports: frozenset[str] = frozenset()
    team: frozenset[str] | None = frozenset()
    advised: frozenset[str] | None = frozenset()

    @property
    def signed_in(self) -> bool:
        """Whether it is known who asks."""
        return self.kind is not None

    def has(self, role: Role, unit_id: str | None = None) -> bool:
        """Whether the viewer holds a role; for a unit, where one is named."""
        return any(
            grant.role is role
            and (unit_id is None or grant.unit_ids is None or unit_id in grant.unit_ids)
            for grant in self.grants
        )

    def has_any(self, roles: Iterable[Role], unit_id: str | None = None) -> bool:
        """Whether the viewer holds one of some roles."""
        return any(self.has(role, unit_id) for role in roles)


ANONYMOUS = Viewer(kind=None)
