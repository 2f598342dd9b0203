"""Where objects come from, how old they are, and what their sources disagree on.

The hub's own records hold whatever the moment; those of a source are known to hold up to the start
of its last whole reading, or up to when they were read, whichever is later.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hub.engine.loading import Row, flag, load
from hub.engine.origins import Key, table_of
from hub.engine.scope import Scope
from hub.engine.sources import STALE_AFTER
from hub.models.kinds import Delivery
from hub.schema.computed.told import Told, feeds, owns, told
from hub.store import concept, identity, moment_of, terms
from hub.store.authority import ordered
from hub.store.said import Said

MOST = 10
CONFLICT = ("subject_type", "subject_id", "field", "chosen", "values")
FED: Mapping[str, str] = {
    "person": "person_id",
    "competence": "competence_id",
    "kind": "kind",
    "polarity": "polarity",
    "level": "rank",
    "rawScore": "raw_score",
    "rawScale": "raw_scale",
    "observedAt": "observed_at",
    "expiresAt": "expires_at",
    "assessor": "assessor_id",
}
"""What evidence takes from the record that it comes from, and the columns that show it."""

EVIDENCE = ("record_id", *FED.values())


async def records(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return the records that each object was made from, those of its owner first."""
    known = await told(scope, [row["id"] for row in rows])
    fed = await feeds(scope, known.of)
    return [
        [_record(known, said, fed[said.id]) for said in known.of.get(row["id"], ())] for row in rows
    ]


async def of_evidence(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return the records behind the record that each piece of evidence was taken from."""
    known = await told(scope, [row["record_id"] for row in rows])
    return [
        [
            _record(known, said, [name for name, column in FED.items() if row[column] is not None])
            for said in known.of.get(row["record_id"], ())
        ]
        for row in rows
    ]


async def freshness(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return how old the oldest part of each object is."""
    known = await told(scope, [row["id"] for row in rows])
    return [_age(known, known.of.get(row["id"], ()), row["recorded_at"]) for row in rows]


async def freshness_of_evidence(
    scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]
) -> list[Any]:
    """Return how old the record is that each piece of evidence was taken from."""
    known = await told(scope, [row["record_id"] for row in rows])
    return [_age(known, known.of.get(row["record_id"], ()), row["observed_at"]) for row in rows]


async def conflict_candidates(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return what each source says, of the subjects that the viewer may see."""
    return [list(each.values()) for each in await _candidates(scope, rows)]


async def conflict_choice(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return what is served of each conflict, where the viewer may see its subject."""
    found = await _candidates(scope, rows)
    return [each.get(row["chosen"]) for row, each in zip(rows, found, strict=True)]


async def identity_candidates(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return whom each unmatched id may belong to, likeliest first."""
    found = await identity.candidates(scope.request.snapshot, [row["id"] for row in rows])
    return [
        [
            {"person_id": each.person_id, "rule": each.rule, "confidence": each.confidence}
            for each in found[row["id"]][:MOST]
        ]
        for row in rows
    ]


async def term_suggestions(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[Any]:
    """Return what each unmapped term may mean, likeliest first."""
    found = await terms.suggestions(scope.request.snapshot, [row["id"] for row in rows])
    types = scope.request.types
    return [
        [Key(types[type_], id_) for type_, id_ in found[row["id"]] if type_ in types]
        for row in rows
    ]


def _record(known: Told, said: Said, fields: list[str]) -> dict[str, Any]:
    return {
        **said.row,
        "authoritative": owns(said),
        "fields": fields,
        "delivery": Delivery.MIRRORED,
        "as_of": known.holds_until(said),
    }


def _age(known: Told, said: Iterable[Said], since: str) -> dict[str, Any]:
    """Return the age of what is said; what nobody says any more is as old as itself."""
    until = [known.holds_until(each) for each in said if each.live]
    as_of = min(until, default=min(moment_of(since), known.moment))
    age = known.moment - as_of
    return {
        "as_of": as_of,
        "age_seconds": int(age.total_seconds()),
        "stale": age > STALE_AFTER,
        "delivery": Delivery.MIRRORED,
    }


async def _candidates(scope: Scope, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return, for each conflict, what each source says, by its key."""
    known = await told(scope, [row["subject_id"] for row in rows])
    fed = await feeds(scope, known.of)
    seen = await _seen(scope, rows)
    found = []
    for row in rows:
        shown = seen.get((row["subject_id"], row["field"]))
        newest = reversed(ordered(known.of.get(row["subject_id"], [])))
        by = {said.row["system"]: said for said in newest}
        found.append(
            {
                system: {
                    "id": system,
                    "record": _record(known, by[system], fed[by[system].id]),
                    "value": value if shown else None,
                }
                for system, value in json.loads(row["values"])
                if shown is not None and system in by
            }
        )
    return found


async def _seen(scope: Scope, rows: Sequence[Row]) -> dict[tuple[str, str], bool]:
    """Return, for each subject that the viewer may see and its field, whether they may see that."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        wanted.setdefault((row["subject_type"], row["field"]), set()).add(row["subject_id"])
    seen: dict[tuple[str, str], bool] = {}
    for (subject, name), ids in wanted.items():
        type_ = scope.request.schema.type_map.get(scope.request.types.get(subject, ""))
        table = table_of(type_) if type_ else None
        if table is None:
            continue
        privacy = concept(subject).attributes[name].meaning.privacy
        columns = {flag(privacy): privacy} if privacy else {}
        for id_, row in (await load(scope, table, columns, ids)).items():
            seen[id_, name] = privacy is None or bool(row[flag(privacy)])
    return seen
