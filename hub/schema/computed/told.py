"""What sources say of entities, at the moment asked for: the records that they were made from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphql import GraphQLObjectType

from hub.engine.loading import Row
from hub.engine.scope import Scope
from hub.models.kinds import SystemKind
from hub.schema.declare import camel
from hub.store import among, moment_of
from hub.store.authority import ordered, rank
from hub.store.said import Said
from hub.store.values import digest

NAMES = (
    "id",
    "system",
    "kind",
    "stream",
    "type",
    "external_id",
    "payload",
    "source_version",
    "changed_at",
    "fetched_at",
    "external_url",
    "deleted_at",
    "recorded_at",
)
COLUMNS = ", ".join(f"s.{name}" for name in NAMES)
PRESENT = f"""
SELECT s.entity_id, {COLUMNS} FROM source_record s WHERE {among("s.entity_id", "ids")}
UNION ALL
SELECT b.entity_id, {COLUMNS} FROM (
    SELECT DISTINCT h.entity_id, h.id FROM source_record_history h
    WHERE {among("h.entity_id", "ids")}
) b JOIN source_record s ON s.id = b.id WHERE s.deleted_at IS NOT NULL
"""
PAST = f"""
WITH named(entity, record) AS (
    SELECT s.entity_id, s.id FROM source_record s WHERE {among("s.entity_id", "ids")}
    UNION SELECT h.entity_id, h.id FROM source_record_history h WHERE {among("h.entity_id", "ids")}
    UNION SELECT a.merged_id, s.id FROM alias a JOIN source_record s ON s.entity_id = a.kept_id
    WHERE {among("a.merged_id", "ids")}
)
SELECT n.entity, {COLUMNS} FROM named n JOIN source_record s ON s.id = n.record
UNION ALL
SELECT n.entity, {COLUMNS} FROM named n JOIN source_record_history s ON s.id = n.record
"""
MERGED = (
    f"SELECT merged_id, merged_at FROM alias WHERE {among('kept_id', 'ids')}"
    f" OR {among('merged_id', 'ids')}"
)
LOST = (
    "SELECT record_id, field FROM reference"
    f" WHERE {among('record_id', 'ids')} AND position = 0 AND part = '' AND target_id IS NULL"
)
CHOSEN = (
    "SELECT subject_id, field, chosen FROM data_conflict"
    f" WHERE {among('subject_id', 'ids')} AND chosen IS NOT NULL"
)


def owns(said: Said) -> bool:
    """Return whether a record is of the kind of system that owns what it is about."""
    return bool(said.row["kind"] == said.concept.description.owner.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of some entities.

    Attributes:
        of: The records of each entity, by whomever, those of its owner first; what a source took
            back is among them, marked as deleted.
        moment: The moment asked for.
        marks: Up to when what each source says is known to hold.
    """

    of: Mapping[str, list[Said]]
    moment: datetime
    marks: Mapping[str, datetime]

    def holds_until(self, said: Said) -> datetime:
        """Return up to when a record is known to hold, no later than the moment asked for."""
        row = said.row
        if row["kind"] == SystemKind.HUB.value:
            return self.moment
        if row["deleted_at"]:
            return min(moment_of(row["deleted_at"]), self.moment)
        read = moment_of(row["fetched_at"])
        return min(max(read, self.marks.get(row["system"], read)), self.moment)


async def told(scope: Scope, ids: Iterable[str | None]) -> Told:
    """Return what is said of entities at the moment asked for.

    What a source said first holds before it was said too, as the entity made from it does.
    """
    asked = {"ids": sorted({id_ for id_ in ids if id_ is not None})}
    rows = scope.request.snapshot.rows
    of: dict[str, list[Said]] = {}
    for row in _versions(await rows(PRESENT if scope.as_of is None else PAST, asked), scope.moment):
        of.setdefault(row["entity_id"], []).append(Said.of(row))
    if scope.as_of is not None:
        of = _unmerged(of, await rows(MERGED, asked), scope.moment)
    standing = await scope.request.standing()
    return Told(
        of={entity: sorted(each, key=_place) for entity, each in of.items()},
        moment=scope.moment,
        marks={each.key: each.succeeded_at for each in standing if each.succeeded_at},
    )


def _versions(rows: Iterable[Sequence[Any]], moment: datetime) -> Iterable[dict[str, Any]]:
    """Return each record as it was at a moment."""
    versions: dict[tuple[str, str], dict[str, Any]] = {}
    for entity, *values in rows:
        row = {**dict(zip(NAMES, values, strict=True)), "entity_id": entity}
        place = (entity, row["id"])
        if place not in versions or _nearer(moment, row, versions[place]):
            versions[place] = row
    return versions.values()


def _unmerged(
    of: Mapping[str, list[Said]], merged: Iterable[Sequence[Any]], moment: datetime
) -> dict[str, list[Said]]:
    """Return what was said of each entity before those were merged that were merged later."""
    later = {gone for gone, at in merged if moment_of(at) > moment}

    def own(said: Said) -> bool:
        named = digest(said.claims[0]) if said.claims else None
        if said.entity_id in later:
            return named == said.entity_id
        return named not in later

    return {entity: [said for said in each if own(said)] for entity, each in of.items()}


def _place(said: Said) -> tuple[Any, ...]:
    return not owns(said), said.row["system"], said.row["stream"], said.row["external_id"]


def _nearer(moment: datetime, row: Row, other: Row) -> bool:
    """Return whether a version of a record is the one of a moment, rather than another."""
    at, instead = moment_of(row["recorded_at"]), moment_of(other["recorded_at"])
    if at <= moment:
        return instead > moment or at > instead
    return instead > moment and at < instead


async def feeds(scope: Scope, of: Mapping[str, list[Said]]) -> dict[str, list[str]]:
    """Return, for each record, the fields that the graph shows and whose value is its own."""
    several = {entity: each for entity, each in of.items() if len(each) > 1}
    rows = scope.request.snapshot.rows
    lost, chosen = set(), {}
    if several:
        ids = [said.id for each in several.values() for said in each]
        lost = {(id_, field) for id_, field in await rows(LOST, {"ids": ids})}
        decided = await rows(CHOSEN, {"ids": list(several)})
        chosen = {(entity, field): system for entity, field, system in decided}

    def place(said: Said, name: str) -> tuple[Any, ...]:
        """Return the place of a record among those that say something of a field."""
        system, attribute = said.row["system"], said.concept.attributes[name]
        return (
            chosen.get((said.entity_id, name)) != system,
            (said.id, name) in lost,
            rank(said.concept, attribute, said.row["kind"]),
        )

    found: dict[str, list[str]] = {said.id: [] for each in of.values() for said in each}
    for each in of.values():
        live = ordered([said for said in each if said.live])
        for name in _shown(scope, each[0]):
            heard = [said for said in live if said.told.get(name) not in (None, [])]
            if heard:
                first = min(heard, key=lambda said, name=name: place(said, name))  # type: ignore[misc]
                found[first.id].append(camel(name))
    return found


def _shown(scope: Scope, said: Said) -> Iterator[str]:
    """Yield the fields of an entity that the graph shows under their own name."""
    type_ = scope.request.schema.type_map.get(scope.request.types.get(said.concept.name, ""))
    if isinstance(type_, GraphQLObjectType):
        yield from (name for name in said.concept.attributes if camel(name) in type_.fields)
