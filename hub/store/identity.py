"""Decisions on who is who: link, confirm, reject, merge and split; each audited and reversible.

What the rules of `matching` find is the default; a decision goes before it, and taking the
decision back leaves what the rules find. Each function folds what it moves and returns what
changed, so that everything that points at the people concerned follows.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.errors import UsageError
from hub.models.kinds import LinkStatus, MatchRule
from hub.store.dialect import among, listed
from hub.store.folding import Folded
from hub.store.identity_links import TABLE
from hub.store.lookups import EMAIL, by_key
from hub.store.matching import PERSON, canonical_ids
from hub.store.page import record_id
from hub.store.reader import Asks
from hub.store.statements import insert
from hub.store.transaction import Transaction
from hub.store.values import canonical, digest, identifier

BOUND = 100  # decisions that a link remembers
LIKELY = 0.5  # confidence in a candidate whose address of mail has the same local part
SHARED = 0.6  # and in one of several that share the very key


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who decided, and why.

    Attributes:
        actor_id: The person; None for the hub itself, as when a file is imported.
        note: Why, in words the person concerned may read.
    """

    actor_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person whom an unmatched record may be; never linked without a decision."""

    person_id: str
    rule: MatchRule
    confidence: float


async def link(tx: Transaction, link_id: str, person_id: str, by: By) -> Folded:
    """Say that a record is this person, whatever the rules find."""
    row = await _one(tx, link_id)
    (person,) = (await _people(tx, person_id)).values()
    await _decide(tx, [row], by, "LINKED", status=LinkStatus.CONFIRMED, person=person)
    return await tx.fold([_record(row)])


async def decide(tx: Transaction, link_id: str, by: By, *, confirm: bool) -> Folded:
    """Confirm a link, or say that a record is not the person it is linked to."""
    row = await _one(tx, link_id)
    person = row["person_id"]
    if person is None:
        found = (await candidates(tx, [link_id]))[link_id]
        if len(found) != 1:
            raise UsageError(f"identity link {link_id} has {len(found)} candidates; link it")
        person = found[0].person_id
    status, action = LinkStatus.REJECTED, "REJECTED"
    if confirm:
        status, action = LinkStatus.CONFIRMED, "CONFIRMED"
    await _decide(tx, [row], by, action, status=status, person=person)
    return await tx.fold([_record(row)])


async def unlink(tx: Transaction, link_id: str, by: By) -> Folded:
    """Take a decision on a link back: it becomes what the rules find."""
    row = await _one(tx, link_id)
    await _decide(tx, [row], by, "UNLINKED", status=LinkStatus.UNMATCHED, person=None)
    return await tx.fold([_record(row)])


async def merge(tx: Transaction, keep_id: str, merge_id: str, by: By) -> Folded:
    """Make two people one; the merged id goes on leading to the one that stays."""
    people = await _people(tx, keep_id, merge_id)
    keep, gone = people[keep_id], people[merge_id]
    if keep == gone:
        raise UsageError(f"{keep_id} and {merge_id} are one person already")
    alias = {"merged_id": gone, "kept_id": keep, "type": PERSON, "merged_at": tx.now}
    await tx.write_all("alias", insert("alias"), [alias])
    rows = await tx.mappings(TABLE, [gone], "person_id")
    await _note(tx, rows, by, "MERGED")
    await tx.audit(
        "MERGED",
        actor_id=by.actor_id,
        subject=(PERSON, keep),
        note=by.note,
        detail={"merged": gone},
    )
    return await tx.fold(map(_record, rows))


async def split(
    tx: Transaction, person_id: str, link_ids: Sequence[str], by: By, *, to: str | None = None
) -> Folded:
    """Make one person two: the records of some links are someone else.

    Args:
        tx: The transaction.
        person_id: Who is split.
        link_ids: Links of that person that belong to someone else.
        by: Who decided.
        to: Who that is; by default whoever they were before a merge, else a new person.
    """
    (person,) = (await _people(tx, person_id)).values()
    rows = await tx.mappings(TABLE, [person], "person_id")
    chosen = [row for row in rows if row["id"] in set(link_ids)]
    if not chosen or len(chosen) != len(set(link_ids)) or len(chosen) == len(rows):
        raise UsageError("a split takes some of the person's links, not all and no others")
    detail = {"links": sorted(link_ids), "to": to}
    await tx.audit(
        "SPLIT", actor_id=by.actor_id, subject=(PERSON, person), note=by.note, detail=detail
    )
    await _note(tx, chosen, by, "SPLIT")
    released = [] if to else await _unmerge(tx, person, rows, chosen)
    folded = await tx.fold(map(_record, rows)) if released else Folded()
    stay = [row for row in await tx.mappings(TABLE, link_ids) if row["person_id"] == person]
    if not stay:
        return folded
    target = to or (released[0] if released else _new(stay[0]))
    pinned = (await canonical_ids(tx, [target])).get(target, target)
    await _pin(tx, stay, pinned)
    rest = await tx.fold(map(_record, stay))
    return Folded(changes=(*folded.changes, *rest.changes))


async def candidates(asks: Asks, link_ids: Iterable[str]) -> dict[str, list[Candidate]]:
    """Return, for each link that has no person, the people it may be, likeliest first.

    By an address of mail that several people share, else by one with the same local part.
    """
    found: dict[str, list[Candidate]] = {id_: [] for id_ in link_ids}
    mails: dict[str, str] = {}
    for id_, attributes in await asks.rows(
        f"SELECT id, attributes FROM {TABLE} WHERE {among('id', 'ids')} AND person_id IS NULL",
        {"ids": list(found)},
    ):
        mail = json.loads(attributes).get(EMAIL)
        if mail:
            mails[id_] = by_key(PERSON, EMAIL, mail)
    near = await _near(asks, {lookup.rpartition("@")[0] for lookup in mails.values()})
    for id_, lookup in mails.items():
        local = lookup.rpartition("@")[0]
        found[id_] = [
            Candidate(
                person_id=person,
                rule=MatchRule.WORK_EMAIL,
                confidence=SHARED if other == lookup else LIKELY,
            )
            for other, person in sorted(near.get(local, ()), key=lambda x: (x[0] != lookup, x[1]))
        ]
    return found


async def _near(asks: Asks, locals_: set[str]) -> dict[str, set[tuple[str, str]]]:
    """Return who has an address of mail that begins alike: its lookup and the person."""
    near: dict[str, set[tuple[str, str]]] = {}
    after = chr(ord("@") + 1)
    for local, lookup, person in await asks.rows(
        f"SELECT json_each.value, c.lookup, s.entity_id FROM {listed('locals')}"
        " JOIN claim c ON c.lookup >= json_each.value || '@'"
        f" AND c.lookup < json_each.value || '{after}'"
        " JOIN source_record s ON s.id = c.record_id AND s.entity_id IS NOT NULL",
        {"locals": sorted(locals_)},
    ):
        near.setdefault(local, set()).add((lookup, person))
    return near


def _record(row: Mapping[str, Any]) -> str:
    return record_id(row["system"], row["stream"], PERSON, row["external_id"])


def _new(row: Mapping[str, Any]) -> str:
    return identifier(PERSON, row["system"], row["stream"], row["external_id"])


async def _one(tx: Transaction, link_id: str) -> dict[str, Any]:
    rows = await tx.mappings(TABLE, [link_id])
    if not rows:
        raise UsageError(f"there is no identity link {link_id}")
    return rows[0]


async def _people(tx: Transaction, *ids: str) -> dict[str, str]:
    """Return the ids that stand for `ids`.

    Raises:
        UsageError: one of them is nobody.
    """
    kept = await canonical_ids(tx, ids)
    stand = {id_: kept.get(id_, id_) for id_ in ids}
    known = {row["id"] for row in await tx.mappings("person", stand.values())}
    for id_, now in stand.items():
        if now not in known:
            raise UsageError(f"there is no person {id_}")
    return stand


async def _decide(  # noqa: PLR0913, one argument per part of a decision
    tx: Transaction,
    rows: Sequence[dict[str, Any]],
    by: By,
    action: str,
    *,
    status: LinkStatus,
    person: str | None,
) -> None:
    pinned = person if status is LinkStatus.CONFIRMED else None
    for row in rows:
        row["person_id"], row["status"], row["pinned_id"] = person, status.value, pinned
        row["rule"], row["confidence"] = None, None
        await tx.audit(
            action,
            actor_id=by.actor_id,
            subject=("IdentityLink", row["id"]),
            note=by.note,
            detail={"person": person},
        )
    await _note(tx, rows, by, action)


async def _note(tx: Transaction, rows: Sequence[dict[str, Any]], by: By, action: str) -> None:
    """Write links down with one more entry in their history."""
    entry = {"at": tx.now, "actor_id": by.actor_id, "action": action, "note": by.note}
    told = ("person_id", "status", "pinned_id", "rule", "confidence", "history")
    moved = ", ".join(f"{name} = :{name}" for name in told)
    for row in rows:
        row["history"] = canonical([entry, *json.loads(row["history"])][:BOUND])
    await tx.write_all(
        TABLE,
        f"UPDATE {TABLE} SET {moved}, version = version + 1 WHERE id = :id",
        [{name: row[name] for name in (*told, "id")} for row in rows],
    )


async def _pin(tx: Transaction, rows: Iterable[dict[str, Any]], person: str) -> None:
    await tx.write_all(
        TABLE,
        f"UPDATE {TABLE} SET pinned_id = :person WHERE id = :id",
        [{"id": row["id"], "person": person} for row in rows],
    )


async def _unmerge(
    tx: Transaction,
    person: str,
    rows: Sequence[dict[str, Any]],
    chosen: Sequence[dict[str, Any]],
) -> list[str]:
    """Undo the merges that brought nothing but chosen records; return who is back."""
    leads = await _merges(tx, person)
    brought: dict[str, set[str]] = {merged: set() for merged in leads}
    for row in rows:
        at = _named(row)
        while at in leads:
            brought[at].add(row["id"])
            at = leads[at]
    own = {row["id"] for row in chosen}
    released: list[str] = []
    for merged, kept in leads.items():  # from the person outwards: an undone merge stays whole
        if kept not in released and brought[merged] and brought[merged] <= own:
            released.append(merged)
    await tx.delete("alias", released, "merged_id")
    return released


async def _merges(tx: Transaction, person: str) -> dict[str, str]:
    """Return every id that was merged into a person, the nearest first, and into which."""
    found: dict[str, str] = {}
    ask = [person]
    while ask:
        rows = await tx.rows(
            f"SELECT merged_id, kept_id FROM alias WHERE {among('kept_id', 'ids')}"
            " ORDER BY merged_id",
            {"ids": ask},
        )
        found.update((merged, kept) for merged, kept in rows)
        ask = [merged for merged, _ in rows]
    return found


def _named(row: Mapping[str, Any]) -> str:
    """Return the person that a record names by itself, merges aside; empty when it follows."""
    if row["pinned_id"]:
        return str(row["pinned_id"])
    number = json.loads(row["attributes"]).get("employee_number")
    return digest(by_key(PERSON, "employee_number", number)) if number else ""
