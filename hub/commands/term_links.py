"""Deciding what a source's own word means: `saveTermLink`."""

from hub.commands.decision import Decision, Outcome
from hub.commands.looking import Found, by_id, unchanged
from hub.commands.scoping import concerned, holds
from hub.engine.origins import Key
from hub.errors import AlreadyDoneError, NotAllowedError
from hub.models.coupling import FieldChange
from hub.models.kinds import LinkStatus, Role
from hub.store import terms

TYPE = "TermLink"


async def save_term_link(of: Decision) -> Outcome:
    """Say what a word of a source stands for, or that it means nothing here."""
    link = await by_id(of, of.given["termLinkId"], ("termLinkId",), TYPE)
    target = None
    if of.given.get("targetId") is not None:
        target = await by_id(of, of.given["targetId"], ("targetId",), link.row["target_type"])
    await _may(of, link, target)
    if of.given.get("expectedVersion") is not None:
        unchanged(link, of.given["expectedVersion"], ("expectedVersion",))
    before, after = link.row["target_id"], target.id if target else None
    mapped = link.row["status"] == LinkStatus.CONFIRMED
    if before == after and (mapped or after is None):
        raise AlreadyDoneError("It means just that already.", current=link.current)
    folded = await terms.save(of.tx, link.id, after, of.by)
    change = FieldChange(field="target_id", label="What it stands for", before=before, after=after)
    event = of.event("hub.term.saved", link.key, changes=(change,))
    return Outcome(answer={"termLink": link.key}, events=(event,), changes=folded.changes)


async def _may(of: Decision, link: Found, target: Found | None) -> None:
    """Refuse who may not say what words mean, for the units that it concerns.

    Raises:
        NotAllowedError: so it is.
    """
    meant = [Key(link.row["target_type"], link.row["target_id"])] if link.row["target_id"] else []
    meant += [target.key] if target else []
    matters = await concerned(of.tx, meant, of.today)
    manages = all(
        holds(of.viewer, [Role.COMPETENCE_MANAGER], each.units) for each in matters.values()
    )
    if not of.viewer.has(Role.INTEGRATOR) and not (
        manages and of.viewer.has(Role.COMPETENCE_MANAGER)
    ):
        raise NotAllowedError(
            "Only an integrator, or a competence manager for what it means, may decide this; ask"
            " one of them."
        )
