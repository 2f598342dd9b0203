"""Which entity a source record belongs to: never by name, and the same in whatever order they come.

A record is of the entity that its strongest key names. One without its type's strongest key first
looks, key by key, for exactly one entity among the records with a stronger key than its own; only
where there is none does its own key name an entity, and for people not even then: an account that
matches nobody waits, unmatched. What a person decided goes before all of this.

The answer depends on nothing but which records there are. So when a record appears, changes its
keys or vanishes, the weaker records that share a key with it are matched again. A page costs a
few statements per level of key.
"""

from collections.abc import Iterable
from typing import Any

from hub.models.kinds import LinkStatus, MatchRule
from hub.store.dialect import among
from hub.store.lookups import by_key
from hub.store.reader import Asks
from hub.store.said import Said
from hub.store.statements import insert
from hub.store.values import digest, identifier
from hub.store.writer import Writer, chunks

PERSON = "Person"
RULES = {
    "employee_number": MatchRule.EMPLOYEE_NUMBER,
    "scim_external_id": MatchRule.SCIM_EXTERNAL_ID,
    "work_email": MatchRule.WORK_EMAIL,
}
CONFIDENCE = {
    MatchRule.EMPLOYEE_NUMBER: 1.0,
    MatchRule.SCIM_EXTERNAL_ID: 0.95,
    MatchRule.WORK_EMAIL: 0.9,
    MatchRule.MANUAL: 1.0,
}
Links = dict[str, dict[str, Any]]


def link_id(said: Said) -> str:
    """Return the id of the identity link of a person's record."""
    return identifier("IdentityLink", said.id)


async def match(writer: Writer, records: list[Said]) -> Links:
    """Give each record its entity; adds to `records` the weaker ones that it moves.

    Returns:
        The identity links of the people among them as they stood, by id.
    """
    known = {said.id for said in records}
    for said in await _weaker(writer, await _claim(writer, records), known):
        known.add(said.id)
        records.append(said)
    links: Links = {}
    deepest = max((len(said.concept.description.keys) for said in records), default=0)
    for level in range(deepest + 1):
        group = [said for said in records if said.live and said.level == level]
        gone = [said for said in records if not said.live] if level == 0 else []
        people = [link_id(each) for each in (*group, *gone) if each.concept.name == PERSON]
        found = await writer.mappings("identity_link", people)
        links |= {row["id"]: row for row in found}
        await _assign(writer, group, links)
        for said in gone:
            said.entity_id = None
        await _save(writer, [*group, *gone])
        for said in await _weaker(writer, dict.fromkeys((*group, *gone), level), known):
            known.add(said.id)
            records.append(said)
    return links


async def _claim(writer: Writer, records: list[Said]) -> dict[Said, int]:
    """Write the keys by which each record can be found, where they changed.

    Returns:
        The records that lost their strongest key, with the level that it gave them.
    """
    pointed = [said for said in records if said.concept.points]
    old: dict[str, dict[str, int]] = {said.id: {} for said in pointed}
    for chunk in chunks(old):
        for id_, lookup, level in await writer.rows(
            f"SELECT record_id, lookup, level FROM claim WHERE {among('record_id', 'ids')}",
            {"ids": chunk},
        ):
            old[id_][lookup] = level
    for said in pointed:
        new = dict.fromkeys(said.claims, said.level)
        said.gained = {lookup for lookup, _ in new.items() ^ old[said.id].items()}
    moved = [said for said in pointed if said.gained]
    await writer.delete("claim", [said.id for said in moved if old[said.id]], "record_id")
    await writer.write_all(
        "claim",
        insert("claim"),
        [
            {"record_id": said.id, "lookup": lookup, "level": said.level}
            for said in moved
            for lookup in dict.fromkeys(said.claims)
        ],
    )
    levels = {said: min(old[said.id].values()) for said in moved if old[said.id]}
    return {said: level for said, level in levels.items() if level < said.level}


async def _weaker(writer: Writer, moved: dict[Said, int], known: set[str]) -> list[Said]:
    """Return the records not `known` yet that may match otherwise since some moved.

    Args:
        writer: The transaction.
        moved: Records that may have moved, and the level below which that matters.
        known: Ids of records that are matched anyway.
    """
    levels: dict[str, int] = {}
    for said, level in moved.items():
        if len(said.concept.description.keys) > 1:
            for lookup in said.findable():
                levels[lookup] = min(level, levels.get(lookup, level))
    found: set[str] = set()
    for chunk in chunks(levels):
        rows = await writer.rows(
            f"SELECT record_id, lookup, level FROM claim WHERE {among('lookup', 'lookups')}",
            {"lookups": chunk},
        )
        found.update(id_ for id_, lookup, level in rows if level > levels[lookup])
    others = await writer.mappings("source_record", sorted(found - known))
    return [Said.of(row) for row in others]


async def _save(writer: Writer, group: Iterable[Said]) -> None:
    await writer.write_all(
        "source_record",
        "UPDATE source_record SET entity_id = :entity_id WHERE id = :id",
        [
            {"id": said.id, "entity_id": said.entity_id}
            for said in group
            if said.entity_id != said.row["entity_id"]
        ],
    )
    for said in group:
        said.row["entity_id"] = said.entity_id


async def _assign(writer: Writer, group: list[Said], links: Links) -> None:
    """Give each record of one level its entity."""
    stronger = await _stronger(writer, [said for said in group if said.level])
    for said in group:
        said.entity_id, said.rule = _entity(said, stronger, links.get(link_id(said)))
    kept = await canonical_ids(
        writer, {said.entity_id for said in group if said.concept.name == PERSON and said.entity_id}
    )
    for said in group:
        said.entity_id = kept.get(said.entity_id or "", said.entity_id)


def _entity(
    said: Said, stronger: dict[str, dict[str, int]], link: dict[str, Any] | None
) -> tuple[str | None, MatchRule | None]:
    """Return the entity of a record, and by which rule when it is a person's."""
    keys = said.concept.description.keys
    person = said.concept.name == PERSON
    if link and link["pinned_id"]:
        return link["pinned_id"], MatchRule.MANUAL
    refused = link["person_id"] if link and link["status"] == LinkStatus.REJECTED else None
    if not said.concept.keyed or said.level == len(keys):
        own = (said.row["type"], said.row["system"], said.row["stream"], said.row["external_id"])
        return (None if person else identifier(*own)), None
    for key in keys if said.level else ():
        if not said.told.get(key):
            continue
        hits = {
            entity
            for entity, level in stronger.get(_lookup(said, key), {}).items()
            if level < said.level and entity != refused
        }
        if hits:
            return (hits.pop(), RULES.get(key)) if len(hits) == 1 else (None, None)
    key = keys[said.level]
    named = digest(_lookup(said, key))
    if person and (said.level or named == refused):
        return None, None
    return named, RULES.get(key)


def _lookup(said: Said, key: str) -> str:
    return by_key(said.concept.name, key, said.told[key])


async def _stronger(writer: Writer, group: list[Said]) -> dict[str, dict[str, int]]:
    """Return, for each key, the entities that records with it belong to, with their levels."""
    lookups = {lookup for said in group for lookup in said.claims}
    found: dict[str, dict[str, int]] = {}
    for chunk in chunks(sorted(lookups)):
        for lookup, level, entity in await writer.rows(
            "SELECT c.lookup, min(c.level), s.entity_id FROM claim c"
            " JOIN source_record s ON s.id = c.record_id"
            f" WHERE {among('c.lookup', 'lookups')} AND s.entity_id IS NOT NULL"
            " GROUP BY c.lookup, s.entity_id",
            {"lookups": chunk},
        ):
            found.setdefault(lookup, {})[entity] = level
    return found


async def canonical_ids(asks: Asks, ids: Iterable[str]) -> dict[str, str]:
    """Return, for those of `ids` that were merged into another, the id that stands.

    One statement, and one more for each merge of a merged one.
    """
    leads = {each: each for each in ids}
    ask = set(leads)
    while ask:
        rows = await asks.rows(
            f"SELECT merged_id, kept_id FROM alias WHERE {among('merged_id', 'ids')}",
            {"ids": sorted(ask)},
        )
        step: dict[str, str] = dict(rows)
        leads = {id_: step.get(now, now) for id_, now in leads.items()}
        ask = set(step.values())
    return {id_: now for id_, now in leads.items() if id_ != now}
