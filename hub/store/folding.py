"""From what sources say to what is: source records become entities.

A fold goes in waves. Each wave gives its records their entity (`matching`), resolves their
relations (`resolving`), parks what lacks a relation it cannot be without, hears all sources of
each entity concerned (`authority`) and writes the entities (`entities`). What then points
elsewhere than before is the next wave. The result depends on which records there are, not on the
order in which they came. A wave of up to `CHUNK` records costs a bounded number of statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hub.models.kinds import ConflictStatus
from hub.store.authority import Decision, Disagreement, believed
from hub.store.concepts import concept
from hub.store.dialect import among
from hub.store.entities import Change, State, save
from hub.store.identity_links import link_people
from hub.store.matching import match
from hub.store.quarantine import park
from hub.store.resolving import followers, relate
from hub.store.said import Place, Said
from hub.store.statements import upsert
from hub.store.term_links import count_uses
from hub.store.values import identifier
from hub.store.writer import CHUNK, Writer, chunks


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What a fold did.

    Attributes:
        changes: Every entity that is new, different or gone, once.
        parked: How many records were found to wait for something they cannot be without.
    """

    changes: tuple[Change, ...] = ()
    parked: int = 0


async def fold(writer: Writer, touched: Iterable[str]) -> Folded:
    """Fold the source records `touched`; see `Transaction.fold`."""
    first = set(waiting := dict.fromkeys(touched))
    done: dict[tuple[str, str], Change] = {}
    parked = 0
    while waiting:
        ids = list(waiting)[:CHUNK]
        for id_ in ids:
            del waiting[id_]
        wave = await _wave(writer, ids, first)
        waiting.update(dict.fromkeys(wave.further))
        parked += wave.parked
        for change in wave.changes:
            key = (change.type, change.id)
            done[key] = _together(done[key], change) if key in done else change
    changes = tuple(each for each in done.values() if each.before != each.after)
    return Folded(changes=changes, parked=parked)


def _together(first: Change, then: Change) -> Change:
    """Return two changes of one entity as one."""
    return replace(
        first,
        before={**then.before, **first.before} if first.before else {},
        after={**first.after, **then.after} if then.after else {},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """What one wave did, and which records it sets in motion."""

    changes: list[Change]
    parked: int
    further: set[str]


async def _wave(writer: Writer, ids: list[str], first: set[str]) -> Wave:
    records = [Said.of(row) for row in await writer.mappings("source_record", ids)]
    links = await match(writer, records)
    await link_people(writer, records, links)
    await count_uses(writer, await relate(writer, records))
    parked = await park(writer, records)
    changes = await _entities(writer, records, first)
    return Wave(changes=changes, parked=parked, further=await followers(writer, records))


async def _entities(writer: Writer, records: list[Said], first: set[str]) -> list[Change]:
    """Hear every source of the entities that `records` belong or belonged to, and write them."""
    concerned: dict[str, set[str]] = {}
    origins: dict[str, set[str | None]] = {}
    for said in records:
        both = {each for each in (said.before, said.entity_id) if each}
        concerned.setdefault(said.row["type"], set()).update(both)
        for each in both:
            echo = said.row["origin"] if said.id in first else None
            origins.setdefault(each, set()).add(echo)
    changes = []
    for type_, ids in concerned.items():
        heard = await _heard(writer, sorted(ids), [s for s in records if s.row["type"] == type_])
        wanted, apart = await _believed(writer, type_, ids, heard)
        changes += await save(writer, concept(type_), wanted)
        await _disagree(writer, type_, ids, apart)
    return [_marked(change, origins[change.id]) for change in changes]


def _marked(change: Change, origins: set[str | None]) -> Change:
    return replace(change, origin=origins.pop()) if len(origins) == 1 else change


async def _heard(writer: Writer, ids: list[str], told: list[Said]) -> dict[str, list[Said]]:
    """Return every record of each entity, with what its relations resolve to."""
    heard: dict[str, list[Said]] = {id_: [] for id_ in ids}
    if not told[0].concept.keyed:  # then a record is an entity of its own
        for said in told:
            if said.entity_id:
                heard[said.entity_id].append(said)
        return heard
    known = {said.id: said for said in told}
    others: dict[str, Said] = {}
    for row in await writer.mappings("source_record", ids, "entity_id"):
        if row["id"] not in known:
            others[row["id"]] = Said.of(row)
        heard[row["entity_id"]].append(known.get(row["id"]) or others[row["id"]])
    for chunk in chunks(others):
        for id_, field, position, part, target in await writer.rows(
            "SELECT record_id, field, position, part, target_id FROM reference"
            f" WHERE {among('record_id', 'ids')}",
            {"ids": chunk},
        ):
            place: Place = (field, position, part)
            others[id_].targets[place] = target
    return heard


Apart = dict[str, list[Disagreement]]
CONFLICT = "data_conflict"


async def _believed(
    writer: Writer, type_: str, ids: set[str], heard: dict[str, list[Said]]
) -> tuple[dict[str, State | None], Apart]:
    of = concept(type_)
    decided = await _decided(writer, type_, [id_ for id_ in ids if len(heard[id_]) > 1])
    wanted: dict[str, State | None] = {}
    apart: Apart = {}
    for id_ in sorted(ids):
        wanted[id_] = None
        if heard[id_]:
            wanted[id_], apart[id_] = believed(of, heard[id_], decided.get(id_, {}))
    return wanted, apart


async def _decided(writer: Writer, type_: str, ids: list[str]) -> dict[str, dict[str, Decision]]:
    """Return, per entity and field, what a person decided."""
    found: dict[str, dict[str, Decision]] = {}
    for chunk in chunks(ids):
        for id_, field, chosen, values in await writer.rows(
            f'SELECT subject_id, field, chosen, "values" FROM {CONFLICT}'
            f" WHERE {among('subject_id', 'ids')} AND subject_type = :type AND status = :status",
            {"ids": chunk, "type": type_, "status": ConflictStatus.RESOLVED_BY_PERSON},
        ):
            found.setdefault(id_, {})[field] = (chosen, values)
    return found


async def _disagree(writer: Writer, type_: str, ids: set[str], apart: Apart) -> None:
    """Open the conflicts there are, and close those that are no more."""
    rows = [_conflict(type_, id_, each) for id_, found in apart.items() for each in found]
    kept = {row["id"]: row for row in await writer.mappings(CONFLICT, ids, "subject_id")}
    fresh = {row["id"]: row for row in rows}
    await writer.delete(CONFLICT, [id_ for id_ in kept if id_ not in fresh])
    told = ("chosen", "values", "rule", "status")
    await writer.write_all(
        CONFLICT,
        upsert(CONFLICT, keeping=("history",), counting=True),
        [
            row
            for id_, row in fresh.items()
            if id_ not in kept or any(row[name] != kept[id_][name] for name in told)
        ],
    )


def _conflict(type_: str, id_: str, found: Disagreement) -> dict[str, object]:
    return {
        "id": identifier("DataConflict", type_, id_, found.field),
        "subject_type": type_,
        "subject_id": id_,
        "field": found.field,
        "chosen": found.chosen,
        "values": found.text(),
        "rule": found.rule,
        "status": found.status.value,
        "history": "[]",
        "version": 1,
    }
