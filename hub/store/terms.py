"""Decisions on what a source's own words mean; each audited and reversible.

Saving a link folds every record that uses the word, so that what waited for it is released.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hub.errors import UsageError
from hub.models.kinds import LinkStatus
from hub.store.concepts import concept
from hub.store.dialect import among
from hub.store.folding import Folded
from hub.store.identity import BOUND, By
from hub.store.lookups import BETWEEN, TERM, term_id
from hub.store.reader import Asks
from hub.store.resolving import astray
from hub.store.statements import insert
from hub.store.term_links import TABLE, unmatched
from hub.store.transaction import Transaction
from hub.store.values import canonical
from hub.store.writer import chunks

LABELS = ("name", "title", "code")
MOST = 5  # suggestions for one term

SAVED = (
    f"UPDATE {TABLE} SET target_id = :target_id, status = :status, confidence = :confidence,"
    " levels = :levels, history = :history, version = version + 1 WHERE id = :id"
)

Levels = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a term is said to stand for.

    Attributes:
        target_id: Hub id of it; None: nobody knows after all.
        levels: Raw scores of the term and the ranks they stand for; None leaves them.
        confidence: How it was mapped, 0 to 1.
    """

    target_id: str | None
    levels: Levels | None = None
    confidence: float = 1.0

    def told(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a link says then that stands as `row`."""
        return {
            "target_id": self.target_id,
            "status": (LinkStatus.CONFIRMED if self.target_id else LinkStatus.UNMATCHED).value,
            "confidence": self.confidence if self.target_id else None,
            "levels": row["levels"]
            if self.levels is None
            else canonical(sorted(self.levels.items())),
        }

    @property
    def action(self) -> str:
        """What saving it is called."""
        return "MAPPED" if self.target_id else "UNMAPPED"


async def add(tx: Transaction, system: str, kind: str, key: str, target_type: str) -> str:
    """Add a term that no record has used yet, if it is not there; return the id of its link."""
    await add_all(tx, [(system, kind, key, target_type)])
    return term_id(target_type, system, kind, key)


async def add_all(tx: Transaction, terms: Iterable[tuple[str, str, str, str]]) -> None:
    """Add terms that are not there: of each its system, kind, key and the type of its target."""
    await tx.write_all(
        TABLE,
        insert(TABLE, otherwise="ON CONFLICT DO NOTHING"),
        [
            unmatched(BETWEEN.join((target_type, TERM, system, f"{kind}|{key}")), 0)
            for system, kind, key, target_type in terms
        ],
    )


async def save(  # noqa: PLR0913, the parts of a decision
    tx: Transaction,
    link_id: str,
    target_id: str | None,
    by: By,
    *,
    levels: Levels | None = None,
    confidence: float = 1.0,
) -> Folded:
    """Say what one term stands for; see `Meaning` and `save_all`."""
    meaning = Meaning(target_id=target_id, levels=levels, confidence=confidence)
    return await save_all(tx, {link_id: meaning}, by)


async def save_all(tx: Transaction, meanings: Mapping[str, Meaning], by: By) -> Folded:
    """Say what terms stand for. Costs a few statements, and folding the records that use them.

    Args:
        tx: The transaction.
        meanings: What each stands for, by the id of its link.
        by: Who decided.

    Raises:
        UsageError: there is no such link.
    """
    rows = {row["id"]: row for row in await tx.mappings(TABLE, meanings)}
    moved: dict[str, dict[str, Any]] = {}
    for link_id, meaning in meanings.items():
        if link_id not in rows:
            raise UsageError(f"there is no term link {link_id}")
        row = rows[link_id]
        told = meaning.told(row)
        if any(row[name] != value for name, value in told.items()):
            entry = {"at": tx.now, "actor_id": by.actor_id, "action": meaning.action}
            history = [{**entry, "note": by.note}, *json.loads(row["history"])][:BOUND]
            moved[link_id] = {**told, "history": canonical(history), "id": link_id}
    await tx.write_all(TABLE, SAVED, list(moved.values()))
    await tx.audit_each(
        {
            ("TermLink", id_): (meanings[id_].action, {"target": each["target_id"]})
            for id_, each in moved.items()
        },
        actor_id=by.actor_id,
        note=by.note,
    )
    return await tx.fold(await astray(tx, [_lookup(rows[id_]) for id_ in moved]))


async def users(asks: Asks, link_id: str) -> list[tuple[str, str]]:
    """Return (type, id) of every entity whose records use a term."""
    rows = await asks.rows(
        f"SELECT target_type, system, term_kind, external_id FROM {TABLE} WHERE id = :id",
        {"id": link_id},
    )
    names = ("target_type", "system", "term_kind", "external_id")
    found: list[tuple[str, str]] = []
    for row in rows:
        found += [
            (type_, entity)
            for type_, entity in await asks.rows(
                "SELECT DISTINCT s.type, s.entity_id FROM reference r"
                " JOIN source_record s ON s.id = r.record_id"
                " WHERE r.lookup = :lookup AND s.entity_id IS NOT NULL"
                " ORDER BY s.type, s.entity_id",
                {"lookup": _lookup(dict(zip(names, row, strict=True)))},
            )
        ]
    return found


async def suggestions(asks: Asks, link_ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return, for each unmapped term, the (type, id) of up to five things of a like name.

    It compares each term with each thing of its type, so it is for the few that are shown.
    """
    found: dict[str, list[tuple[str, str]]] = {id_: [] for id_ in link_ids}
    for chunk in chunks(found):
        for id_, type_, term in await asks.rows(
            f"SELECT id, target_type, term FROM {TABLE}"
            f" WHERE {among('id', 'ids')} AND target_id IS NULL",
            {"ids": chunk},
        ):
            found[id_] = [(type_, like) for like in await _alike(asks, type_, term)]
    return found


async def _alike(asks: Asks, type_: str, term: str) -> list[str]:
    of = concept(type_)
    labels = [name for name in LABELS if name in of.attributes]
    alike = " OR ".join(
        f"(length({name}) > 2 AND :term LIKE '%' || lower({name}) || '%')"
        f" OR lower({name}) LIKE '%' || :term || '%'"
        for name in labels
    )
    rows = await asks.rows(
        f"SELECT id FROM {of.table} WHERE {alike}"
        f" ORDER BY abs(length({labels[0]}) - length(:term)), id LIMIT {MOST}",
        {"term": term.casefold()},
    )
    return [id_ for (id_,) in rows]


def _lookup(row: Mapping[str, Any]) -> str:
    value = f"{row['term_kind']}|{row['external_id']}"
    return BETWEEN.join((row["target_type"], TERM, row["system"], value))
