"""What follows of evidence and credentials."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from hub.engine.loading import Row
from hub.engine.scope import Scope
from hub.models.kinds import CredentialStatus, PrivacyClass
from hub.policy import class_of_evidence
from hub.store import text_of

SOON = timedelta(days=90)
STANDING = (CredentialStatus.VALID.value, CredentialStatus.EXPIRING.value)


async def contest(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[None]:
    """Return the objection to each piece: there is none while objecting is not yet possible."""
    return [None] * len(rows)


async def privacy_class(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[PrivacyClass]:
    """Return the class of each piece."""
    return [class_of_evidence(row["kind"], row["polarity"]) for row in rows]


async def viewer_can_contest(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[bool]:
    """Return whether each piece is about the viewer, who may then object to it."""
    return [row["person_id"] == scope.viewer.person_id for row in rows]


async def credential_status(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[str]:
    """Return how each credential stands at the moment asked for."""
    return [standing(scope, row["status"], row["valid_until"]) for row in rows]


def standing(scope: Scope, status: str, valid_until: str | None) -> str:
    """Return how a credential stands: as its register says, until its end decides."""
    if status not in STANDING or valid_until is None:
        return CredentialStatus.VALID.value if status in STANDING else status
    if valid_until <= text_of(scope.moment):
        return CredentialStatus.EXPIRED.value
    if valid_until <= text_of(scope.moment + SOON):
        return CredentialStatus.EXPIRING.value
    return CredentialStatus.VALID.value
