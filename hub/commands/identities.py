"""Deciding who is who: `linkIdentity`, `decideIdentityLink`, `mergePeople`, `splitPerson`."""

from collections.abc import Iterable, Mapping
from typing import Any

from hub.commands.decision import Decision, Outcome
from hub.commands.looking import Found, by_id, by_key, missing, unchanged
from hub.engine.origins import Key
from hub.errors import AlreadyDoneError, InvalidError, NotAllowedError, WrongStateError
from hub.models.coupling import FieldChange
from hub.models.kinds import LinkStatus, Role
from hub.policy import rows as policy
from hub.store import concept, identity
from hub.store.identity_links import TABLE

LINK = "IdentityLink"
PERSON = "Person"
FEW = 20  # streams of one system that know one id


async def link_identity(of: Decision) -> Outcome:
    """Say that a record of a system is a person, whatever the rules find."""
    found = await _external(of, of.given["external"])
    person = await by_key(of, PERSON, of.given["person"], ("person",))
    _may(of, [person.id, found.row["person_id"]])
    if found.row["pinned_id"] == person.id and found.row["status"] == LinkStatus.CONFIRMED:
        raise AlreadyDoneError("It is linked to this person already.", current=found.current)
    folded = await identity.link(of.tx, found.id, person.id, of.by)
    changes = _moved(found.row["person_id"], person.id)
    event = of.event("hub.identity.linked", found.key, changes=changes)
    people = await _people(of, [person.id, found.row["person_id"]])
    return Outcome(
        answer={"link": found.key, "people": people}, events=(event,), changes=folded.changes
    )


async def _external(of: Decision, external: Mapping[str, Any]) -> Found:
    """Return the link of the record that an outside id names.

    Raises:
        MissingError: no such record of a person was read, or the viewer may not see its link.
        InvalidError: several streams of the system know the id.
    """
    about = concept(LINK)
    seen = policy(about.name, about.description.privacy, of.viewer)
    stream = "AND r.stream = :stream" if external.get("stream") else ""
    found = await of.tx.rows(
        f"SELECT r.id, r.stream FROM {TABLE} r WHERE r.system = :system"
        f" AND r.external_id = :external_id {stream} AND {seen.on('r')}"
        f" ORDER BY r.stream LIMIT {FEW}",
        {
            **seen.parameters,
            "system": external["system"],
            "external_id": external["externalId"],
            "stream": external.get("stream") or "",
        },
    )
    if not found:
        raise missing(("external",))
    if len(found) > 1:
        named = ", ".join(stream for _, stream in found)
        raise InvalidError(
            f"Several streams know this id; give one of them: {named}.",
            path=("external", "stream"),
        )
    (row,) = await of.tx.mappings(TABLE, [found[0][0]])
    return Found(key=Key(LINK, row["id"]), row=row)


async def decide_identity_link(of: Decision) -> Outcome:
    """Confirm that a record is the person it is linked to, or say that it is not."""
    found = await by_id(of, of.given["linkId"], ("linkId",), LINK)
    confirm = bool(of.given["confirm"])
    person = await _proposed(of, found)
    _may(of, [person])
    unchanged(found, of.given["expectedVersion"], ("expectedVersion",))
    status, pinned = found.row["status"], found.row["pinned_id"]
    if (
        (pinned == person and status == LinkStatus.CONFIRMED)
        if confirm
        else (status == LinkStatus.REJECTED)
    ):
        raise AlreadyDoneError("It was decided so before.", current=found.current)
    folded = await identity.decide(of.tx, found.id, of.by, confirm=confirm)
    decided = LinkStatus.CONFIRMED if confirm else LinkStatus.REJECTED
    change = FieldChange(
        field="status", label="Where the link stands", before=status, after=decided.value
    )
    event = of.event("hub.identity.decided", found.key, changes=(change,))
    people = await _people(of, [person])
    return Outcome(
        answer={"link": found.key, "people": people}, events=(event,), changes=folded.changes
    )


async def _proposed(of: Decision, found: Found) -> str:
    """Return the person whom a decision on a link is about.

    Raises:
        WrongStateError: it is nobody, or one of several.
    """
    if found.row["person_id"] is not None:
        return str(found.row["person_id"])
    likely = (await identity.candidates(of.tx, [found.id]))[found.id]
    if len(likely) != 1:
        raise WrongStateError(
            f"It has {len(likely)} candidates; say with linkIdentity who it is.",
            path=("linkId",),
            current=found.current,
        )
    return likely[0].person_id


async def merge_people(of: Decision) -> Outcome:
    """Make two people one."""
    keep = await by_id(of, of.given["keepId"], ("keepId",), PERSON)
    gone = await by_id(of, of.given["mergeId"], ("mergeId",), PERSON)
    _may(of, [keep.id, gone.id])
    if keep.id == gone.id:
        raise AlreadyDoneError("These are one person already.", current=keep.current)
    unchanged(keep, of.given["expectedKeepVersion"], ("expectedKeepVersion",))
    unchanged(gone, of.given["expectedMergeVersion"], ("expectedMergeVersion",))
    folded = await identity.merge(of.tx, keep.id, gone.id, of.by)
    change = FieldChange(field="merged", label="Who became part of the other", after=gone.id)
    event = of.event("hub.people.merged", keep.key, changes=(change,))
    return Outcome(
        answer={"people": await _people(of, [keep.id])}, events=(event,), changes=folded.changes
    )


async def split_person(of: Decision) -> Outcome:
    """Make one person two, or undo a merge."""
    person = await by_id(of, of.given["personId"], ("personId",), PERSON)
    to = None
    if of.given.get("to") is not None:
        to = await by_key(of, PERSON, of.given["to"], ("to",))
    _may(of, [person.id, to.id if to else None])
    unchanged(person, of.given["expectedVersion"], ("expectedVersion",))
    if to is not None and to.id == person.id:
        raise InvalidError("The other is this person; give somebody else.", path=("to",))
    links = await _links(of, person)
    folded = await identity.split(of.tx, person.id, links, of.by, to=to.id if to else None)
    after = await of.tx.mappings(TABLE, links)
    others = sorted({row["person_id"] for row in after if row["person_id"]})
    change = FieldChange(field="split", label="Who they are now", after=others)
    event = of.event("hub.person.split", person.key, changes=(change,))
    answer = {"people": await _people(of, [person.id, *others])}
    return Outcome(answer=answer, events=(event,), changes=folded.changes)


async def _links(of: Decision, person: Found) -> list[str]:
    """Return the links that belong to somebody else.

    Raises:
        MissingError: one of them cannot be seen.
        InvalidError: they are not some of the person's links, or are all of them.
    """
    chosen: list[str] = []
    for place, text in enumerate(of.given["linkIds"]):
        path = ("linkIds", str(place))
        found = await by_id(of, text, path, LINK)
        if found.row["person_id"] != person.id or found.id in chosen:
            raise InvalidError("Give each link of this person at most once.", path=path)
        chosen.append(found.id)
    rows = await of.tx.mappings(TABLE, [person.id], "person_id")
    if not 0 < len(chosen) < len(rows):
        raise InvalidError(
            "Give some of the person's links and leave at least one with the person.",
            path=("linkIds",),
        )
    return chosen


def _may(of: Decision, people: Iterable[str | None]) -> None:
    """Refuse who neither runs identity nor advises the people concerned.

    Raises:
        NotAllowedError: so it is.
    """
    advised = of.viewer.advised
    mine = of.viewer.has(Role.HR_ADVISER) and (
        advised is None or all(person in advised for person in people if person)
    )
    if not mine and not of.viewer.has(Role.INTEGRATOR):
        raise NotAllowedError(
            "Only an integrator, or an HR adviser for all people concerned, may decide who is who;"
            " ask one of them."
        )


async def _people(of: Decision, ids: Iterable[str | None]) -> tuple[Key, ...]:
    """Return those of some people who are there now, in order."""
    asked = list(dict.fromkeys(id_ for id_ in ids if id_))
    there = {row["id"] for row in await of.tx.mappings("person", asked)}
    return tuple(Key(PERSON, id_) for id_ in asked if id_ in there)


def _moved(before: str | None, after: str) -> tuple[FieldChange, ...]:
    return (FieldChange(field="person_id", label="Who it is", before=before, after=after),)
