"""Deciding on what a subject asks: `saveRequirement`."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hub.commands import owned
from hub.commands.decision import Decision, Outcome
from hub.commands.looking import Found, by_id, by_key, unchanged
from hub.commands.owned import Own
from hub.commands.rules import broken
from hub.commands.scoping import concerned, holds
from hub.engine.origins import Key
from hub.errors import DecisionError, InvalidError, NotAllowedError, RuleViolatedError
from hub.models.coupling import FieldChange
from hub.models.kinds import Enforcement, Role, Severity
from hub.models.ref import Ref
from hub.models.requirement import CompetenceRequirement
from hub.store import concept, identifier

TYPE = CompetenceRequirement.__name__
SUBJECTS = ("WorkProcess", "JobProfile")
MOST = 100  # requirements of one subject
DEEPEST = 20  # steps from a requirement up to the widest that it carries out
INPUT = {"legal_basis": "legalBasis", "min_holders": "minHolders", "valid_until": "validUntil"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a requirement is about.

    Attributes:
        before: The requirement as it stands; None for a new one.
        subject: What asks.
        competence: What is asked.
        wider: The requirement that it carries out.
    """

    before: Found | None
    subject: Found
    competence: Found
    wider: Found | None

    @property
    def record(self) -> CompetenceRequirement | None:
        """The requirement as it stands."""
        found: CompetenceRequirement | None = self.before.record if self.before else None
        return found


async def save_requirement(of: Decision) -> Outcome:
    """Add or change a requirement; its subject's owner agrees with it by saving it."""
    before = await _before(of)
    subject = await by_id(of, of.given["subjectId"], ("subjectId",), *SUBJECTS)
    owner = await _may(of, subject, before)
    competence = await by_key(of, "Competence", of.given["competence"], ("competence",))
    wider = await _wider(of, before)
    parts = Parts(before=before, subject=subject, competence=competence, wider=wider)
    known = await owned.own(of, before) if before else Own(id=identifier(TYPE, of.key))
    record = _agreed(_record(of, parts, known), parts.record, of.at if owner else None)
    faults = [*_broken(record), *await _levels(of, competence), *await _room(of, parts)]
    if faults:
        raise ExceptionGroup("the requirement cannot be saved", faults)
    folded = await owned.keep(of, record, known)
    key = before.key if before else Key(TYPE, owned.hub_id(CompetenceRequirement, known))
    changes = _changes(record, parts.record)
    await of.audit("SAVED", key, {each.field: [each.before, each.after] for each in changes})
    event = of.event("hub.requirement.saved", key, changes=changes)
    return Outcome(answer={"requirement": key}, events=(event,), changes=folded.changes)


async def _before(of: Decision) -> Found | None:
    """Return the requirement to change; None for a new one."""
    if of.given.get("id") is None:
        return None
    found = await by_id(of, of.given["id"], ("id",), TYPE)
    unchanged(found, of.given.get("expectedVersion"), ("expectedVersion",))
    return found


async def _may(of: Decision, subject: Found, before: Found | None) -> bool:
    """Refuse who may not say what the subject asks; return whether it is its owner.

    Raises:
        NotAllowedError: the viewer neither owns it nor manages competence for it.
    """
    subjects = {subject.key: subject.row}
    if before is not None:
        old = Key(Ref.parse(before.row["subject"]).type, before.row["subject_id"])
        for row in await of.tx.mappings(concept(old.type).table, [old.id]):
            subjects[old] = row
    matters = await concerned(of.tx, subjects, of.today)
    own = {key: _owns(of, row) for key, row in subjects.items()}
    for key in subjects:
        if not own[key] and not holds(of.viewer, [Role.COMPETENCE_MANAGER], matters[key].units):
            raise NotAllowedError(
                "Only the owner of what asks, or a competence manager for its unit, may decide"
                " this; ask one of them.",
                path=("subjectId",),
            )
    return own[subject.key]


def _owns(of: Decision, row: dict[str, Any]) -> bool:
    owner = row.get("owner_id")
    return owner is not None and owner == of.viewer.person_id


def _record(of: Decision, parts: Parts, known: Own) -> CompetenceRequirement:
    """Return the requirement as it is asked for, agreed by nobody."""
    given, before = of.given, parts.before
    return CompetenceRequirement(
        id=known.id,
        subject=_same(before, "subject", parts.subject),
        competence=_same(before, "competence", parts.competence),
        required_rank=given["rank"],
        criticality=Severity[given["criticality"]],
        enforcement=Enforcement[given.get("enforcement") or "INFORM"],
        legal_basis=given.get("legalBasis"),
        min_holders=given.get("minHolders"),
        credential_required=bool(given.get("credentialRequired")),
        derived_from=_same(before, "derived_from", parts.wider) if parts.wider else None,
        valid_from=given["validFrom"],
        valid_until=given.get("validUntil"),
    )


def _same(before: Found | None, field: str, target: Found) -> Ref:
    """Return the relation as it was said before, where it leads to the same."""
    if before is not None and before.row[f"{field}_id"] == target.id:
        return Ref.parse(before.row[field])
    return owned.to(target.key.type, target.id)


def _agreed(
    record: CompetenceRequirement, before: CompetenceRequirement | None, at: datetime | None
) -> CompetenceRequirement:
    """Return a requirement with who agreed to it: whoever agreed before, if it asks the same."""
    if before is not None:
        same = replace(
            record,
            owner_confirmed_at=before.owner_confirmed_at,
            practitioner_confirmed_at=before.practitioner_confirmed_at,
        )
        if same == replace(before, id=record.id):
            return same
    return replace(record, owner_confirmed_at=at)


async def _wider(of: Decision, before: Found | None) -> Found | None:
    """Return the wider requirement that this one carries out.

    Raises:
        InvalidError: it is this one, or carries out this one.
    """
    path = ("derivedFromId",)
    if of.given.get("derivedFromId") is None:
        return None
    found = await by_id(of, of.given["derivedFromId"], path, TYPE)
    at: str | None = found.id
    for _ in range(DEEPEST):
        if at is None or before is None:
            return found
        if at == before.id:
            break
        rows = await of.tx.rows(
            "SELECT derived_from_id FROM competence_requirement WHERE id = :id", {"id": at}
        )
        at = rows[0][0] if rows else None
    raise InvalidError("It would carry out itself; choose a wider requirement.", path=path)


def _broken(record: CompetenceRequirement) -> list[DecisionError]:
    return [
        (RuleViolatedError if each.policy else InvalidError)(each.cure, path=(INPUT[each.field],))
        for each in broken(record)
    ]


async def _levels(of: Decision, competence: Found) -> list[DecisionError]:
    """Return what is wrong with the rank that is asked, on the scale of the competence."""
    scales = await of.tx.mappings("proficiency_scale", [competence.row["scale_id"] or ""])
    ranks = [level["rank"] for scale in scales for level in json.loads(scale["levels"])]
    asked = of.given["rank"]
    if ranks and asked not in ranks:
        said = f"The scale of this competence has ranks {min(ranks)} to {max(ranks)}; give one."
        return [InvalidError(said, path=("rank",))]
    return [] if asked >= 1 else [InvalidError("Give a rank from 1.", path=("rank",))]


async def _room(of: Decision, parts: Parts) -> list[DecisionError]:
    """Return what is wrong with the number of requirements of the subject."""
    rows = await of.tx.rows(
        "SELECT COUNT(*) FROM competence_requirement WHERE subject_id = :id",
        {"id": parts.subject.id},
    )
    if rows[0][0] < MOST or parts.before is not None:
        return []
    said = f"It asks {MOST} competences already; change or end one of those."
    return [RuleViolatedError(said, path=("subjectId",))]


def _changes(
    record: CompetenceRequirement, before: CompetenceRequirement | None
) -> tuple[FieldChange, ...]:
    """Return what differs, field by field."""
    of = concept(CompetenceRequirement)
    after, was = of.form(record), of.form(before) if before else {}
    return tuple(
        FieldChange(
            field=name,
            label=each.meaning.sentence.rstrip("."),
            before=was.get(name),
            after=after[name],
        )
        for name, each in of.attributes.items()
        if was.get(name) != after[name]
    )
