"""Deciding whether lacking competence was a cause: `decideCause`."""

from dataclasses import dataclass

from hub.commands import owned
from hub.commands.decision import Decision, Outcome
from hub.commands.looking import Found, by_id, by_key, unchanged
from hub.commands.owned import Own
from hub.commands.scoping import concerned, holds
from hub.engine.origins import Key
from hub.errors import (
    AlreadyDoneError,
    InvalidError,
    NotAllowedError,
    RuleViolatedError,
    WrongStateError,
)
from hub.models.coupling import FieldChange
from hub.models.kinds import CauseStatus, NonconformityStatus, Role
from hub.models.quality import CompetenceCause
from hub.models.ref import Ref
from hub.store import identifier

TYPE = CompetenceCause.__name__
DECIDING = (Role.PROCESS_OWNER, Role.QUALITY_ADVISER)
MOST = 10  # causes of one nonconformity


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The cause as it stands.

    Attributes:
        known: How it is known.
        row: Its row, in stored form; None when it is new.
        others: How many other causes the nonconformity has.
    """

    known: Own
    row: Found | None
    others: int


async def decide_cause(of: Decision) -> Outcome:
    """Say that lacking a competence was, or was not, a cause of a nonconformity."""
    raised = await by_id(of, of.given["nonconformityId"], ("nonconformityId",), "Nonconformity")
    await _may(of, raised)
    unchanged(raised, of.given["expectedVersion"], ("expectedVersion",))
    if raised.row["status"] == NonconformityStatus.CANCELLED:
        raise WrongStateError(
            "It was cancelled: it was not a nonconformity after all, so it has no cause.",
            path=("nonconformityId",),
        )
    competence = await by_key(of, "Competence", of.given["competence"], ("competence",))
    share = _share(of)
    standing = await _standing(of, raised, competence)
    cause = _cause(of, standing, raised, competence, share)
    _new(standing, raised, cause)
    folded = await owned.keep(of, cause, standing.known)
    changes = (
        FieldChange(
            field="status",
            label="Whether lacking it was a cause",
            before=standing.row.row["status"] if standing.row else None,
            after=cause.status.value,
        ),
    )
    detail = {"competence": competence.id, "share": cause.share}
    await of.audit(cause.status.value, raised.key, detail)
    event = of.event("hub.cause.decided", raised.key, changes=changes)
    return Outcome(answer={"nonconformity": raised.key}, events=(event,), changes=folded.changes)


async def _may(of: Decision, raised: Found) -> None:
    matters = (await concerned(of.tx, [raised.key], of.today))[raised.key]
    rows = await of.tx.mappings("work_process", [raised.row["process_id"] or ""])
    me = of.viewer.person_id
    owner = me is not None and any(row["owner_id"] == me for row in rows)
    if not owner and not holds(of.viewer, DECIDING, matters.units):
        raise NotAllowedError(
            "Only the owner of its process, or a quality adviser for its unit, may decide this;"
            " ask one of them.",
            path=("nonconformityId",),
        )


def _share(of: Decision) -> float | None:
    """Return the share in the cause; None where it is none.

    Raises:
        InvalidError: it is missing, or no share.
    """
    share = of.given.get("share")
    if not of.given["confirmed"]:
        return None
    if share is None or not 0 < share <= 1:
        raise InvalidError(
            "Say how large its share in the cause is: more than 0, at most 1.", path=("share",)
        )
    return float(share)


async def _standing(of: Decision, raised: Found, competence: Found) -> Standing:
    """Return the cause as it stands, suggested or decided."""
    rows = await of.tx.rows(
        "SELECT id, competence_id FROM competence_cause WHERE nonconformity_id = :id ORDER BY id",
        {"id": raised.id},
    )
    mine = [id_ for id_, about in rows if about == competence.id][:1]
    known = Own(id=identifier(TYPE, raised.id, competence.id))
    found = None
    for row in await of.tx.mappings("competence_cause", mine):
        found = Found(key=Key(TYPE, row["id"]), row=row)
        known = await owned.own(of, found)
    return Standing(known=known, row=found, others=len(rows) - len(mine))


def _cause(
    of: Decision, standing: Standing, raised: Found, competence: Found, share: float | None
) -> CompetenceCause:
    me = of.viewer.person_id
    before: CompetenceCause | None = standing.row.record if standing.row else None
    status = CauseStatus.REJECTED if share is None else CauseStatus.CONFIRMED
    said: Ref | None = before.nonconformity if before else None
    return CompetenceCause(
        id=standing.known.id,
        nonconformity=said or owned.to("Nonconformity", raised.id),
        competence=before.competence if before else owned.to("Competence", competence.id),
        share=share or 0.0,
        status=status,
        decided_by=owned.to("Person", me) if me else None,
        decided_at=of.at,
        note=of.given.get("note"),
    )


def _new(standing: Standing, raised: Found, cause: CompetenceCause) -> None:
    """Refuse what was decided just so before, and more causes than one can look at.

    Raises:
        AlreadyDoneError: it stands so.
        RuleViolatedError: there are too many.
    """
    before: CompetenceCause | None = standing.row.record if standing.row else None
    told = (cause.status, cause.share, cause.note)
    if before is not None and (before.status, before.share, before.note) == told:
        raise AlreadyDoneError(
            "It was decided just so before; there is nothing to do.", current=raised.current
        )
    if before is None and standing.others >= MOST:
        raise RuleViolatedError(
            f"It has {MOST} causes already; decide on one of those.", path=("competence",)
        )
