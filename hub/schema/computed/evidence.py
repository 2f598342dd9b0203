"""What follows of evidence and credentials."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from hub.engine.loading import Row
from hub.engine.scope import Scope
from hub.models.kinds import ContestOutcome, CredentialStatus, PrivacyClass
from hub.policy import class_of_evidence
from hub.store import among, text_of

SOON = timedelta(days=90)
CONTESTED = ("person_id", "competence_id", "record_id")
SETTLED = ("settled_by_id", "settled_at", "note")
CONTEST = ("reason", "raised_at", "outcome", *SETTLED)
CONTESTS = f"""
SELECT c.person_id, c.competence_id, c.told_by_id, {", ".join(f"c.{name}" for name in CONTEST)}
FROM contest c WHERE {among("c.told_by_id", "ids")} AND c.raised_at <= :now
ORDER BY c.raised_at, c.id
"""
STANDING = (CredentialStatus.VALID.value, CredentialStatus.EXPIRING.value)


async def contest(
    scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]
) -> list[dict[str, Any] | None]:
    """Return the last objection to each piece, as it stood at the moment asked for."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    ids = sorted({row["record_id"] for row in rows if row["record_id"]})
    for person, competence, record, *told in await scope.asks.rows(
        CONTESTS, {"ids": ids, **scope.times}
    ):
        one = dict(zip(CONTEST, told, strict=True))
        if one["settled_at"] is not None and one["settled_at"] > text_of(scope.moment):
            one |= {"outcome": ContestOutcome.OPEN.value} | dict.fromkeys(SETTLED)
        found[person, competence, record] = one
    return [found.get(tuple(row[name] for name in CONTESTED)) for row in rows]


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
