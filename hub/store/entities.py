"""Entities written: the row as it is now, and every row before it in the history.

What did not change is not written. The first version of an entity is recorded from the beginning
of time, since the hub knew nothing earlier; one that comes back is recorded from its return.
Where a relation leads that led nowhere is found out late, and is no change of what is: it is
written into the row as it stands, and holds for as long as the row does.
A batch of one type costs a fixed number of statements, plus three per table of relations.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hub.store.concepts import Concept
from hub.store.dialect import among
from hub.store.statements import archive, insert, update
from hub.store.values import BEGINNING
from hub.store.writer import Writer, chunks

State = dict[str, Any]  # the columns of an entity in JSON form; relations as [ref, target id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a fold did to one entity.

    Attributes:
        type: Name of its type.
        id: Its hub id.
        before: The fields that changed, as they were; empty when it is new. Values in JSON form;
            what a relation resolves to is in `{field}_id`.
        after: The same fields as they are; empty when it is gone.
        origin: Mark of the hub's own write when this is nothing but its echo.
    """

    type: str
    id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    origin: str | None = None


async def current(writer: Writer, of: Concept, ids: Iterable[str]) -> dict[str, State]:
    """Return the entities of a type that exist, with `version` and `recorded_at`."""
    listed = sorted(ids)
    found: dict[str, State] = {}
    for row in await writer.mappings(of.table, listed):
        for name, each in of.attributes.items():
            row[name] = [] if each.relations else each.told(row[name])
        found[row["id"]] = row
    for each in of.tables():
        for chunk in chunks(listed):
            for owner, ref, target in await writer.rows(
                f"SELECT owner_id, ref, target_id FROM {of.table}__{each.name}"
                f" WHERE {among('owner_id', 'ids')} ORDER BY owner_id, position",
                {"ids": chunk},
            ):
                found[owner][each.name].append([ref, target])
    return found


async def save(writer: Writer, of: Concept, wanted: Mapping[str, State | None]) -> list[Change]:
    """Make the entities of a type what they are wanted to be; None means gone."""
    kept = await current(writer, of, wanted)
    new = {id_: state for id_, state in wanted.items() if state and id_ not in kept}
    gone = [id_ for id_, state in wanted.items() if state is None and id_ in kept]
    moved = {
        id_: state
        for id_, state in wanted.items()
        if state and id_ in kept and _differences(kept[id_], state)
    }
    found = {id_: state for id_, state in moved.items() if found_out(kept[id_], state)}
    told = {id_: state for id_, state in moved.items() if id_ not in found}
    await _retire(writer, of, [*gone, *told])
    await _relate(writer, of, {**new, **told}, kept, gone)
    await _lead(writer, of, found)
    await _add(writer, of, new)
    await writer.write_all(
        of.table,
        update(of.table),
        [
            _row(
                of,
                id_,
                state,
                kept[id_]["version"] + 1,
                kept[id_]["recorded_at"] if id_ in found else writer.now,
            )
            for id_, state in moved.items()
        ],
    )
    await writer.delete(of.table, gone)
    changes = [Change(type=of.name, id=id_, before={}, after=state) for id_, state in new.items()]
    changes += [Change(type=of.name, id=id_, before=_said(kept[id_]), after={}) for id_ in gone]
    for id_, state in moved.items():
        names = _differences(kept[id_], state)
        before = {name: kept[id_][name] for name in names}
        after = {name: state[name] for name in names}
        changes.append(Change(type=of.name, id=id_, before=before, after=after))
    return changes


def found_out(before: Any, after: Any) -> bool:
    """Say whether a state says the same, and of some relations where they lead, which led nowhere.

    A relation stands beside what it leads to: as `{field}_id`, or as the second of a pair.
    """
    if isinstance(after, dict) and isinstance(before, dict):
        return all(
            found_out(before.get(name), value)
            or (before.get(name) is None and before.get(name.removesuffix("_id")) is not None)
            for name, value in after.items()
        )
    if isinstance(after, list) and isinstance(before, list):
        return len(after) == len(before) and all(
            found_out(*both) or _leads(*both) for both in zip(before, after, strict=True)
        )
    return bool(before == after)


def _leads(before: Any, after: Any) -> bool:
    """Say whether a pair of relation and target is the same, its target found."""
    pair = isinstance(before, list) and len(before) == 2
    return pair and before[0] == after[0] is not None and before[1] is None


def _said(state: State) -> State:
    track = ("id", "version", "recorded_at")
    return {name: value for name, value in state.items() if name not in track}


def _differences(kept: State, state: State) -> list[str]:
    return [name for name, value in state.items() if kept[name] != value]


def _row(of: Concept, id_: str, state: State, version: int, recorded_at: str) -> dict[str, Any]:
    row = {"id": id_, "version": version, "recorded_at": recorded_at}
    for name, each in of.attributes.items():
        if each.relations:
            continue
        row[name] = each.stored(state[name])
        if each.relation:
            row[f"{name}_id"] = state[f"{name}_id"]
    return row


async def _retire(writer: Writer, of: Concept, ids: list[str]) -> None:
    for chunk in chunks(ids):
        await writer.write(
            f"{of.table}_history", archive(of.table), {"ids": chunk, "now": writer.now}
        )


async def _add(writer: Writer, of: Concept, new: Mapping[str, State]) -> None:
    """Add the entities that do not exist; one that did before goes on counting."""
    versions: dict[str, int] = {}
    for chunk in chunks(new):
        rows = await writer.rows(
            f"SELECT id, max(version) FROM {of.table}_history"
            f" WHERE {among('id', 'ids')} GROUP BY id",
            {"ids": chunk},
        )
        versions.update((id_, version) for id_, version in rows)
    await writer.write_all(
        of.table,
        insert(of.table),
        [
            _row(of, id_, state, versions[id_] + 1, writer.now)
            if id_ in versions
            else _row(of, id_, state, 1, BEGINNING)
            for id_, state in new.items()
        ],
    )


async def _relate(
    writer: Writer,
    of: Concept,
    wanted: Mapping[str, State],
    kept: Mapping[str, State],
    gone: list[str],
) -> None:
    """Write the tables of many relations, for the owners whose relations changed."""
    for each in of.tables():
        table = f"{of.table}__{each.name}"
        name = each.name
        moved = [id_ for id_, state in wanted.items() if _many(kept, id_, name) != state[name]]
        old = [id_ for id_ in (*moved, *gone) if _many(kept, id_, name)]
        for chunk in chunks(old):
            await writer.write(
                f"{table}_history",
                archive(table, "owner_id"),
                {"ids": chunk, "now": writer.now},
            )
        await writer.delete(table, old, "owner_id")
        rows = [
            {
                "owner_id": id_,
                "position": position,
                "ref": ref,
                "target_id": target,
                "recorded_at": writer.now if id_ in kept else BEGINNING,
            }
            for id_ in moved
            for position, (ref, target) in enumerate(wanted[id_][name])
        ]
        await writer.write_all(table, insert(table), rows)


async def _lead(writer: Writer, of: Concept, found: Mapping[str, State]) -> None:
    """Write where relations lead that led nowhere, into the rows as they stand."""
    for each in of.tables():
        table = f"{of.table}__{each.name}"
        await writer.write_all(
            table,
            f"UPDATE {table} SET target_id = :target WHERE owner_id = :owner AND position = :place"
            " AND target_id IS NULL",
            [
                {"owner": id_, "place": place, "target": target}
                for id_, state in found.items()
                for place, (_, target) in enumerate(state[each.name])
                if target is not None
            ],
        )


def _many(kept: Mapping[str, State], id_: str, name: str) -> list[list[str | None]]:
    found: list[list[str | None]] = kept[id_][name] if id_ in kept else []
    return found
