"""What happened, told once: changes of what sources say, and of what was judged of shifts.

An event is recorded in the transaction of the change that it tells of, so that neither is without
the other. A page read again changes nothing, and so tells nothing. What may move a rule is put on
the list of `couple` (kind `Coupling`); the echo of the hub's own write is recorded with the action
that caused it, and no rule hears it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub.competence.eligibility import ORDER
from hub.couplings import RULES
from hub.models.coupling import DomainEvent, FieldChange
from hub.models.kinds import EligibilityVerdict, PrivacyClass
from hub.models.ref import Ref
from hub.store import HUB, Change, Transaction, among, concept, identifier, moment_of
from hub.store.concepts import Attribute, Concept

TOUCHED = "Coupling"
JUDGED = "hub.eligibility.changed"
ORIGIN = "hub:"
MOST_FIELDS = 50
HEARD = frozenset(each for rule in RULES for each in rule.hears)

SPOKE = f"""
SELECT entity_id, system, changed_at FROM source_record
WHERE {among("entity_id", "ids")} AND deleted_at IS NULL ORDER BY recorded_at, system
"""
TOLD = f"""
SELECT subject_id, system FROM domain_event
WHERE {among("subject_id", "ids")} AND system IS NOT NULL ORDER BY received_at, key
"""
VERDICTS = f"""
SELECT assignment_id, verdict FROM assignment_eligibility WHERE {among("assignment_id", "ids")}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Which source spoke last of something, and when it changed there as far as it says."""

    system: str
    changed_at: datetime | None = None


async def tell(tx: Transaction, changes: Sequence[Change]) -> None:
    """Record an event for each change of an entity, in the transaction of the change.

    Cost: a few statements for each type among the changes, and the rows written.
    """
    if not changes:
        return
    ids = [each.id for each in changes]
    versions = await _versions(tx, changes)
    speakers = await _speakers(tx, ids)
    causes = await _causes(tx, {each.origin for each in changes if each.origin})
    await _happen(
        tx,
        [
            _event(
                each,
                versions[each.id],
                speakers.get(each.id),
                causes.get(each.origin or ""),
                tx.moment,
            )
            for each in changes
        ],
    )


async def judged(tx: Transaction, assignment_ids: Iterable[str]) -> None:
    """Record that the eligibility of people for these assignments is another than before."""
    worst: dict[str, EligibilityVerdict | None] = dict.fromkeys(assignment_ids)
    for id_, verdict in await tx.rows(VERDICTS, {"ids": list(worst)}):
        met = [EligibilityVerdict[verdict], *(each for each in [worst[id_]] if each)]
        worst[id_] = min(met, key=ORDER.index)
    await _happen(tx, [_judgement(id_, verdict, tx) for id_, verdict in worst.items()])


async def _happen(tx: Transaction, events: Sequence[DomainEvent]) -> None:
    await tx.happen(events)
    heard = [each for each in events if each.type in HEARD and each.caused_by_id is None]
    await tx.touch(TOUCHED, [identifier("DomainEvent", each.key) for each in heard])


def _judgement(id_: str, verdict: EligibilityVerdict | None, tx: Transaction) -> DomainEvent:
    change = FieldChange(field="verdict", label="Verdict", after=verdict and verdict.value)
    return DomainEvent(
        type=JUDGED,
        subject_type="WorkAssignment",
        subject_id=id_,
        changes=(change,),
        occurred_at=tx.moment,
        received_at=tx.moment,
        key=f"{JUDGED}:{id_}:{tx.now}",
    )


def _event(
    change: Change,
    version: int,
    speaker: Speaker | None,
    cause: str | None,
    moment: datetime,
) -> DomainEvent:
    of = concept(change.type)
    verb = "changed" if change.before and change.after else "created" if change.after else "deleted"
    type_ = f"hub.{of.table.replace('_', '-')}.{verb}"
    system = speaker.system if speaker else HUB.key
    said_at = speaker.changed_at if speaker else None
    return DomainEvent(
        type=type_,
        system=None if system == HUB.key else system,
        subject_type=change.type,
        subject_id=change.id,
        changes=tuple(_fields(of, change))[:MOST_FIELDS],
        occurred_at=said_at or moment,
        received_at=moment,
        key=f"{type_}:{system}:{change.id}:{version}",
        caused_by_id=cause,
    )


def _fields(of: Concept, change: Change) -> Iterator[FieldChange]:
    """Yield what changed; of what is not open to all staff, only that it did."""
    for name, each in of.attributes.items():
        before, after = _shown(each, change.before), _shown(each, change.after)
        if before == after and each.relation:
            before, after = (side.get(f"{name}_id") for side in (change.before, change.after))
        if before == after and each.relations:
            before, after = (_targets(side.get(name)) for side in (change.before, change.after))
        if before == after:
            continue
        open_ = (each.meaning.privacy or of.description.privacy) is PrivacyClass.OPEN
        yield FieldChange(
            field=_camel(name),
            label=name.strip("_").replace("_", " ").capitalize(),
            before=before if open_ else None,
            after=after if open_ else None,
        )


def _shown(attribute: Attribute, state: Mapping[str, Any]) -> Any:
    """Return a value as its source says it; relations by what the source knows of the target."""
    value = state.get(attribute.name)
    if value in (None, []):
        return None
    if attribute.relations:
        return [Ref.parse(ref).value for ref, _ in value]
    return Ref.parse(value).value if attribute.relation else value


def _targets(value: Any) -> list[str | None]:
    return [target for _, target in value or []]


def _camel(name: str) -> str:
    first, *others = name.strip("_").split("_")
    return first + "".join(each.capitalize() for each in others)


async def _versions(tx: Transaction, changes: Sequence[Change]) -> dict[str, int]:
    """Return the version that each entity has reached, or had when it was deleted."""
    there: dict[str, list[str]] = {}
    for each in changes:
        table = concept(each.type).table
        there.setdefault(table if each.after else f"{table}_history", []).append(each.id)
    found: dict[str, int] = {}
    for table, ids in there.items():
        rows = await tx.rows(
            f"SELECT id, max(version) FROM {table} WHERE {among('id', 'ids')} GROUP BY id",
            {"ids": ids},
        )
        found.update((id_, version) for id_, version in rows)
    return found


async def _speakers(tx: Transaction, ids: Sequence[str]) -> dict[str, Speaker]:
    """Return who spoke last of each entity; of one that is gone, who was last heard of it."""
    found = {
        id_: Speaker(system=system, changed_at=moment_of(at) if at else None)
        for id_, system, at in await tx.rows(SPOKE, {"ids": list(ids)})
    }
    gone = [each for each in ids if each not in found]
    told = await tx.rows(TOLD, {"ids": gone}) if gone else []
    return {**{id_: Speaker(system=system) for id_, system in told}, **found}


async def _causes(tx: Transaction, origins: Iterable[str]) -> dict[str, str]:
    """Return the action that each mark of the hub's own writes belongs to."""
    keys = {each.removeprefix(ORIGIN): each for each in origins}
    if not keys:
        return {}
    rows = await tx.rows(
        f"SELECT key, id FROM coupling_action WHERE {among('key', 'keys')}"
        f" UNION SELECT id, action_id FROM outbox WHERE {among('id', 'keys')}",
        {"keys": list(keys)},
    )
    return {keys[key]: id_ for key, id_ in rows}
