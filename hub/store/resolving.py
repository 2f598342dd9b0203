"""What relations point at: each `Ref` of each live record, and the entity that it resolves to.

A relation resolves when exactly one entity answers to its lookup. Whatever appears, moves or
vanishes later is looked up here backwards, so that relations follow it. Both directions cost an
index look-up per relation concerned.
"""

from collections.abc import Iterable
from typing import Any

from hub.models.kinds import LinkStatus
from hub.store.concepts import pointed_at
from hub.store.dialect import among
from hub.store.lookups import BETWEEN, HUB, ID, TERM, by_id, term_id, term_of
from hub.store.matching import canonical_ids
from hub.store.said import Place, Said
from hub.store.statements import insert
from hub.store.values import digest
from hub.store.writer import Writer, chunks

Targets = dict[str, str]


async def resolve(writer: Writer, lookups: Iterable[str]) -> Targets:
    """Return the entity that each lookup leads to, for those that lead to exactly one."""
    kinds: dict[str, list[str]] = {ID: [], TERM: [], "": []}
    for lookup in sorted(set(lookups)):
        by = lookup.split(BETWEEN, 2)[1]
        kinds[by if by in kinds else ""].append(lookup)
    return {
        **await _by_key(writer, kinds[""]),
        **await _by_id(writer, kinds[ID]),
        **await _by_term(writer, kinds[TERM]),
    }


async def _by_key(writer: Writer, lookups: list[str]) -> Targets:
    """Return where keys lead; of several who have one, to whom it gave the id, else nowhere."""
    found = await _answers(
        writer,
        "SELECT DISTINCT c.lookup, s.entity_id FROM claim c"
        " JOIN source_record s ON s.id = c.record_id"
        f" WHERE {among('c.lookup', 'lookups')} AND s.entity_id IS NOT NULL",
        lookups,
    )
    named = {digest(lookup): lookup for lookup, ids in found.items() if len(ids) > 1}
    stand = await canonical_ids(writer, named)
    for id_, lookup in named.items():
        if stand.get(id_, id_) in found[lookup]:
            found[lookup] = {stand.get(id_, id_)}
    return _only(found)


async def _by_id(writer: Writer, lookups: list[str]) -> Targets:
    """Return where ids lead: those of a source's records, and the hub's own of entities."""
    found = await _answers(
        writer,
        "SELECT DISTINCT lookup, entity_id FROM source_record"
        f" WHERE {among('lookup', 'lookups')} AND entity_id IS NOT NULL",
        lookups,
    )
    own = {}
    for lookup in lookups:
        type_, _, system, value = lookup.split(BETWEEN, 3)
        if system == HUB and lookup not in found:
            own[lookup] = (type_, value)
    return _only(found) | await _standing(writer, own)


async def _answers(writer: Writer, statement: str, lookups: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for chunk in chunks(lookups):
        for lookup, entity in await writer.rows(statement, {"lookups": chunk}):
            found.setdefault(lookup, set()).add(entity)
    return found


def _only(found: dict[str, set[str]]) -> Targets:
    return {lookup: next(iter(ids)) for lookup, ids in found.items() if len(ids) == 1}


async def _standing(writer: Writer, said: dict[str, tuple[str, str]]) -> Targets:
    """Return the entity (type, id) that each lookup says, if it exists; merged ones moved on."""
    kept = await canonical_ids(writer, {id_ for _, id_ in said.values()})
    leads = {lookup: (type_, kept.get(id_, id_)) for lookup, (type_, id_) in said.items()}
    alive: set[tuple[str, str]] = set()
    for chunk in chunks(sorted({id_ for _, id_ in leads.values()})):
        rows = await writer.rows(
            f"SELECT DISTINCT type, entity_id FROM source_record WHERE {among('entity_id', 'ids')}",
            {"ids": chunk},
        )
        alive.update((type_, id_) for type_, id_ in rows)
    return {lookup: entity[1] for lookup, entity in leads.items() if entity in alive}


async def _by_term(writer: Writer, lookups: list[str]) -> Targets:
    """Return where the terms of sources lead, as far as they were mapped."""
    ids = {term_id(*told): lookup for lookup in lookups if (told := term_of(lookup))}
    said = {}
    for chunk in chunks(sorted(ids)):
        for id_, type_, target in await writer.rows(
            f"SELECT id, target_type, target_id FROM term_link WHERE {among('id', 'ids')}"
            " AND target_id IS NOT NULL AND status = :status",
            {"ids": chunk, "status": LinkStatus.CONFIRMED},
        ):
            said[ids[id_]] = (type_, target)
    return await _standing(writer, said)


async def relate(writer: Writer, records: list[Said]) -> dict[str, int]:
    """Resolve the relations of `records` and write them down.

    Returns:
        For each term of a source, how many records more (or fewer) use it now.
    """
    related = [said for said in records if said.concept.related]
    if not related:
        return {}
    targets = await resolve(writer, (lookup for said in related for _, lookup in said.pointers))
    old: dict[str, dict[Place, tuple[str, str | None]]] = {said.id: {} for said in related}
    for chunk in chunks(old):
        for id_, *place, lookup, target in await writer.rows(
            "SELECT record_id, field, position, part, lookup, target_id FROM reference"
            f" WHERE {among('record_id', 'ids')}",
            {"ids": chunk},
        ):
            old[id_][(place[0], place[1], place[2])] = (lookup, target)
    moved = []
    uses: dict[str, int] = {}
    for said in related:
        new = {
            (p.field, p.position, p.part): (lookup, targets.get(lookup))
            for p, lookup in said.pointers
        }
        said.targets = {place: target for place, (_, target) in new.items()}
        said.waits_for = next(
            (p for p, lookup in said.pointers if p.required and lookup not in targets), None
        )
        if new != old[said.id]:
            moved.append((said.id, new))
            _count(uses, new, 1)
            _count(uses, old[said.id], -1)
    await writer.delete("reference", [id_ for id_, _ in moved if old[id_]], "record_id")
    await writer.write_all("reference", insert("reference"), list(_rows(moved)))
    return {lookup: more for lookup, more in uses.items() if more}


def _rows(
    moved: list[tuple[str, dict[Place, tuple[str, str | None]]]],
) -> Iterable[dict[str, Any]]:
    for id_, places in moved:
        for (field, position, part), (lookup, target) in places.items():
            yield {
                "record_id": id_,
                "field": field,
                "position": position,
                "part": part,
                "lookup": lookup,
                "target_id": target,
            }


def _count(uses: dict[str, int], places: dict[Place, tuple[str, str | None]], sign: int) -> None:
    for lookup in {lookup for lookup, _ in places.values()}:
        if term_of(lookup):
            uses[lookup] = uses.get(lookup, 0) + sign


async def followers(writer: Writer, records: Iterable[Said]) -> set[str]:
    """Return the ids of the records whose relations lead elsewhere since `records` moved."""
    moved: set[str] = set()
    entities: set[tuple[str, str]] = set()
    targets = pointed_at()
    for said in records:
        if said.row["type"] in targets:
            moved |= said.findable()
            if said.moved() or said.waits_for:
                both = (said.before, said.entity_id, said.row["entity_id"])
                entities.update((said.row["type"], each) for each in both if each)
    moved.update(by_id(type_, HUB, entity) for type_, entity in entities)
    moved.update(await _terms_of(writer, {entity for _, entity in entities}))
    return await astray(writer, moved)


async def _terms_of(writer: Writer, entities: set[str]) -> set[str]:
    """Return the lookups of the terms that stand for `entities`."""
    found = set()
    for chunk in chunks(sorted(entities)):
        for type_, system, kind, key in await writer.rows(
            "SELECT target_type, system, term_kind, external_id FROM term_link"
            f" WHERE {among('target_id', 'ids')}",
            {"ids": chunk},
        ):
            found.add(BETWEEN.join((type_, TERM, system, f"{kind}|{key}")))
    return found


async def astray(writer: Writer, lookups: Iterable[str]) -> set[str]:
    """Return the records with a relation among `lookups` that no longer leads where it says."""
    said: list[tuple[str, str, str | None]] = []
    for chunk in chunks(sorted(lookups)):
        rows = await writer.rows(
            "SELECT record_id, lookup, target_id FROM reference"
            f" WHERE {among('lookup', 'lookups')}",
            {"lookups": chunk},
        )
        said += [(id_, lookup, target) for id_, lookup, target in rows]
    if not said:
        return set()
    targets = await resolve(writer, {lookup for _, lookup, _ in said})
    return {id_ for id_, lookup, target in said if targets.get(lookup) != target}
