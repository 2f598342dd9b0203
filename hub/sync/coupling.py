"""Lets the rules hear what happened, and keeps what they propose.

What a rule proposes follows from the facts as they are: events only say of what to look at them
again. So whatever comes twice, late, or after the process was killed leads to the same actions; an
action is known by its key, and there is never a second one of the same key.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hub.couplings import RULES, Proposal, Rule
from hub.couplings.rule import place
from hub.models.coupling import Approval, CouplingAction, CouplingRule, DomainEvent
from hub.models.kinds import ActionStatus, ApprovalDecision, CouplingMode
from hub.models.shared import AuditEntry
from hub.store import Asks, Store, Transaction, among, concept, identifier
from hub.sync.events import TOUCHED
from hub.sync.roster import rosters

Now = Callable[[], datetime]
Gather = Callable[[Asks, Iterable[str], datetime], Awaitable[Mapping[str, Any]]]

AT_ONCE = 50  # events heard in one transaction
LADDER = tuple(CouplingMode)
UNDECIDED = frozenset({ActionStatus.PROPOSED, ActionStatus.SHADOWED})
OPEN = frozenset({ActionStatus.PROPOSED, ActionStatus.APPROVED})
DECIDED = frozenset({ActionStatus.APPROVED, ActionStatus.REJECTED})

FACTS: Mapping[str, Gather] = {"C13": rosters}
"""What each rule looks at: loads the facts about its subjects, by their ids."""

LATEST = f"""
SELECT subject_id, id FROM domain_event
WHERE {among("subject_id", "ids")} AND {among("type", "hears")} AND caused_by_id IS NULL
ORDER BY received_at, key
"""
WAITING = f"""
SELECT t.key FROM touched t JOIN domain_event e ON e.id = t.key
WHERE t.kind = :kind AND {among("e.subject_id", "ids")}
"""
PROPOSED = f"""
SELECT id FROM coupling_action WHERE {among("subject_id", "ids")} AND rule = :rule ORDER BY key
"""
OVERDUE = """
SELECT id FROM coupling_action
WHERE status = :status AND expires_at <= :now ORDER BY id LIMIT :most
"""


def rule_id(key: str) -> str:
    """Return the id under which a rule is kept."""
    return identifier("CouplingRule", key)


def action_id(key: str) -> str:
    """Return the id under which the action of a key is kept."""
    return identifier("CouplingAction", key)


async def register(store: Store, now: Now) -> None:
    """Keep every rule that there is; what was changed of one since stays as it is."""
    async with store.transaction() as tx:
        kept = await _rules(tx)
        fresh = {rule_id(each.key): _registered(each, kept.get(each.key), now()) for each in RULES}
        await tx.put({id_: rule for id_, rule in fresh.items() if rule != kept.get(rule.key)})


async def couple(store: Store, now: Now) -> None:
    """Let the rules hear what happened since, and let lapse what was not decided in time.

    Killed at any moment, it goes on from the last batch. Cost: what the rules look at for each
    thing that something happened to, and one look at the actions that are not decided.
    """
    while await _lapse(store, now):
        pass
    while await _hear(store, now):
        pass


async def objection(asks: Asks, action: CouplingAction, now: datetime) -> str | None:
    """Return why an approved action must not be done after all, in words; None: it may."""
    rule = next((each for each in RULES if each.key == action.rule), None)
    if rule is None:
        return None
    standing = (await _rules(asks)).get(rule.key)
    if standing is None or not standing.enabled or standing.mode is CouplingMode.SHADOW:
        return f"{rule.key} was switched off."
    subject = action.subject_id or ""
    facts = await FACTS[rule.key](asks, [subject], now)
    return rule.objection(action, facts.get(subject))


async def _rules(asks: Asks) -> dict[str, CouplingRule]:
    """Return the rules as they are kept, by key."""
    of = concept(CouplingRule)
    names = list(of.attributes)
    listed = ", ".join(f'"{name}"' for name in names)
    rows = await asks.rows(f"SELECT {listed} FROM {of.table}")
    return {
        rule.key: rule for rule in (of.decode(dict(zip(names, row, strict=True))) for row in rows)
    }


def _registered(rule: Rule[Any], kept: CouplingRule | None, now: datetime) -> CouplingRule:
    mode = min(kept.mode if kept else rule.mode, rule.highest_mode, key=LADDER.index)
    history = kept.history if kept else ()
    if kept is None or kept.mode is not mode:
        action = "LOWERED" if kept else "REGISTERED"
        history = (AuditEntry(at=now, action=action, note=f"Its mode is {mode}."), *history)
    return CouplingRule(
        key=rule.key,
        title=rule.title,
        trigger=", ".join(rule.hears),
        condition=rule.condition,
        effect=rule.effect,
        from_=rule.from_,
        to=rule.to,
        mode=mode,
        highest_mode=rule.highest_mode,
        approvers=rule.approvers,
        enabled=kept.enabled if kept else True,
        data_used=rule.data_used,
        origin=rule.origin,
        history=history,
    )


async def _lapse(store: Store, now: Now) -> bool:
    """Let some actions lapse that nobody decided on in time; return whether there were any."""
    async with store.transaction() as tx:
        overdue = {"status": ActionStatus.PROPOSED, "now": now(), "most": AT_ONCE}
        late = await _actions(tx, [id_ for (id_,) in await tx.rows(OVERDUE, overdue)])
        await tx.put({id_: replace(each, status=ActionStatus.LAPSED) for id_, each in late.items()})
    return bool(late)


async def _hear(store: Store, now: Now) -> bool:
    """Let the rules hear some events; return whether there were any."""
    async with store.transaction() as tx:
        ids = await tx.take(TOUCHED, AT_ONCE)
        events = await _with_others(tx, ids)
        standing = await _rules(tx)
        for rule in RULES:
            heard = [each for each in events if each.type in rule.hears and not each.caused_by_id]
            kept = standing.get(rule.key)
            if heard and kept is not None and kept.enabled:
                subjects = dict.fromkeys(each.subject_id for each in heard)
                await _Hearing(tx, rule, kept, now()).of(list(subjects))
    return bool(ids)


async def _with_others(tx: Transaction, ids: Sequence[str]) -> list[DomainEvent]:
    """Return events, with all that wait about the same things: so they are looked at but once."""
    first = await _events(tx, ids)
    about = {"kind": TOUCHED, "ids": sorted({each.subject_id for each in first})}
    others = [id_ for (id_,) in await tx.rows(WAITING, about)]
    await tx.write(
        "touched",
        f"DELETE FROM touched WHERE kind = :kind AND {among('key', 'keys')}",
        {"kind": TOUCHED, "keys": others},
    )
    return [*first, *await _events(tx, others)]


async def _events(tx: Transaction, ids: Iterable[str]) -> list[DomainEvent]:
    of = concept(DomainEvent)
    return [of.decode(row) for row in await tx.mappings(of.table, ids)]


async def _actions(tx: Transaction, ids: Iterable[str]) -> dict[str, CouplingAction]:
    of = concept(CouplingAction)
    return {row["id"]: of.decode(row) for row in await tx.mappings(of.table, ids)}


@dataclass(frozen=True, slots=True)
class _Hearing:
    """One rule that looks at some subjects again."""

    tx: Transaction
    rule: Rule[Any]
    kept: CouplingRule
    now: datetime

    async def of(self, subjects: Sequence[str]) -> None:
        """Make the actions about `subjects` what they should be."""
        facts = await FACTS[self.rule.key](self.tx, subjects, self.now)
        latest = await self.tx.rows(LATEST, {"ids": subjects, "hears": self.rule.hears})
        events = {subject: id_ for subject, id_ in latest}  # noqa: C416, rows have any length
        ids = await self.tx.rows(PROPOSED, {"ids": subjects, "rule": self.rule.key})
        there: dict[str, dict[str, CouplingAction]] = {each: {} for each in subjects}
        for id_, action in (await _actions(self.tx, [id_ for (id_,) in ids])).items():
            there[action.subject_id or ""][id_] = action
        for subject in subjects:
            proposals = self.rule.propose(facts.get(subject))
            wanted = {action_id(each.key): self._made(each, events) for each in proposals}
            await self.tx.put(_settled(there[subject], wanted))

    def _made(self, proposal: Proposal, events: Mapping[str, str]) -> CouplingAction:
        shadow = self.kept.mode is CouplingMode.SHADOW
        decided = self.kept.mode in {CouplingMode.APPROVE, CouplingMode.AUTOMATIC}
        approvers = self.kept.approvers if decided else ()
        return CouplingAction(
            summary=proposal.summary,
            rule=self.rule.key,
            event_id=events.get(proposal.subject_id),
            subject_type=proposal.subject_type,
            subject_id=proposal.subject_id,
            status=ActionStatus.SHADOWED if shadow else ActionStatus.PROPOSED,
            reasons=proposal.reasons,
            changes=proposal.changes,
            approvals=tuple(
                Approval(role=each, decision=ApprovalDecision.PENDING) for each in approvers
            ),
            created_at=self.now,
            expires_at=proposal.expires_at,
            attempts=0,
            key=proposal.key,
        )


Actions = Mapping[str, CouplingAction]


def _settled(there: Actions, wanted: Actions) -> dict[str, CouplingAction]:
    """Return the actions about one subject that are to change, given those that are wanted now."""
    changed: dict[str, CouplingAction] = {}
    places: dict[str, str] = {}
    for id_, action in wanted.items():
        twin = _twin(there, action)
        places[place(action.key)] = twin or id_
        if twin is None and (new := _renewed(there.get(id_), action)) is not None:
            changed[id_] = new
    for id_, action in there.items():
        newer = places.get(place(action.key))
        if newer == id_:
            continue
        if newer is not None and action.status in OPEN:
            changed[id_] = replace(action, status=ActionStatus.SUPERSEDED, superseded_by_id=newer)
        elif newer is None and action.status is ActionStatus.PROPOSED:
            changed[id_] = replace(action, status=ActionStatus.LAPSED)
    return changed


def _twin(there: Actions, action: CouplingAction) -> str | None:
    """Return the action that proposed the same for an older version, and waits or was decided."""
    for id_, each in there.items():
        stands = each.status in {action.status, *DECIDED}
        if each.key != action.key and stands and _same(each, action):
            return id_
    return None


def _same(one: CouplingAction, other: CouplingAction) -> bool:
    return (
        place(one.key) == place(other.key)
        and one.changes == other.changes
        and one.expires_at == other.expires_at
    )


def _renewed(old: CouplingAction | None, new: CouplingAction) -> CouplingAction | None:
    """Return what becomes of the action of a key; None: it stays as it is."""
    if old is None:
        return new
    if old.status not in UNDECIDED | {ActionStatus.LAPSED}:
        return None
    if old.status is new.status and _same(old, new):
        return None
    return replace(new, created_at=old.created_at, event_id=old.event_id)
