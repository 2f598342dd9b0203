"""Deciding on proposed actions: `decideActions`.

An action needs the decisions of some roles, one after the other; the last yes lets it out. What it
writes to other systems is posted in the transaction of that decision, and never without one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hub.commands.decision import Decision, Outcome
from hub.commands.looking import Found, by_id, moved
from hub.commands.scoping import Concerned, concerned, holds
from hub.engine.origins import Key
from hub.errors import (
    AlreadyDoneError,
    DecisionError,
    InvalidError,
    NotAllowedError,
    WrongStateError,
)
from hub.models.coupling import Approval, CouplingAction, DomainEvent, FieldChange
from hub.models.kinds import ActionStatus, ApprovalDecision, Role
from hub.policy import Viewer
from hub.store import Asks, concept, outbox
from hub.store.outbox import Letter
from hub.store.statements import columns, select

TYPE = CouplingAction.__name__
MOST = 100  # actions of one decision
WHY_NOT = {
    ActionStatus.SHADOWED: "It is only logged: its rule runs in the shadow.",
    ActionStatus.APPROVED: "It was approved already.",
    ActionStatus.EXECUTED: "It was done already.",
    ActionStatus.REJECTED: "It was rejected already.",
    ActionStatus.FAILED: "It was approved, tried and given up.",
    ActionStatus.SUPERSEDED: "A newer action took its place; decide on that one.",
    ActionStatus.LAPSED: "It was not decided in time; it has lapsed.",
}
APPROVED = frozenset({ActionStatus.APPROVED, ActionStatus.EXECUTED})
REJECTED = frozenset({ActionStatus.REJECTED})


async def decide_actions(of: Decision) -> Outcome:
    """Approve or reject actions, all of them or none."""
    found = await _asked(of)
    matters = await concerning(of.tx, {each.id: each.record for each in found}, of.at)
    faults = [
        fault
        for place, each in enumerate(found)
        if (fault := _refusal(of, each, matters[each.id], place)) is not None
    ]
    if faults:
        raise ExceptionGroup("not all of the actions can be decided on", faults)
    decided = {each.key: _decided(of, each.record) for each in found}
    await of.tx.put({key.id: action for key, action in decided.items()})
    events = [await _carry_out(of, key, action) for key, action in decided.items()]
    return Outcome(answer={"actions": tuple(decided)}, events=tuple(events))


async def _asked(of: Decision) -> list[Found]:
    """Return the actions to decide on, each once.

    Raises:
        InvalidError: there are none, too many, or one twice.
    """
    given = of.given["actions"]
    if not 0 < len(given) <= MOST:
        raise InvalidError(f"Decide on 1 to {MOST} actions at a time.", path=("actions",))
    found: list[Found] = []
    for place, each in enumerate(given):
        path = ("actions", str(place))
        action = await by_id(of, each["id"], (*path, "id"), TYPE)
        if any(action.id == other.id for other in found):
            raise InvalidError("This action is named before; name it once.", path=(*path, "id"))
        found.append(action)
    return found


async def concerning(
    asks: Asks, actions: Mapping[str, CouplingAction], at: datetime
) -> dict[str, Concerned]:
    """Return whom each of some actions matters to: the units and people of what it is about."""
    about = {
        id_: Key(action.subject_type, action.subject_id)
        for id_, action in actions.items()
        if action.subject_type and action.subject_id
    }
    found = await concerned(asks, about.values(), at.date().isoformat())
    return {id_: found[about[id_]] if id_ in about else Concerned() for id_ in actions}


def turn(action: CouplingAction) -> Approval | None:
    """Return the decision that an action waits for; None when it waits for none."""
    if action.status is not ActionStatus.PROPOSED:
        return None
    waiting = (each for each in action.approvals if each.decision is ApprovalDecision.PENDING)
    return next(waiting, None)


async def decidable(asks: Asks, viewer: Viewer, ids: Sequence[str], at: datetime) -> set[str]:
    """Return which of some actions wait for a decision that a viewer may take.

    One statement, and two for each type of subject among them.
    """
    of = concept(CouplingAction)
    names = columns(of.table)
    rows = await asks.rows(select(of.table), {"ids": list(ids)})
    told = [dict(zip(names, row, strict=True)) for row in rows]
    actions: dict[str, CouplingAction] = {row["id"]: of.decode(row) for row in told}
    matters = await concerning(asks, actions, at)
    return {id_ for id_, action in actions.items() if _may(viewer, action, matters[id_], at)}


def _may(viewer: Viewer, action: CouplingAction, matters: Concerned, at: datetime) -> bool:
    waiting = turn(action)
    if waiting is None or _lapsed(action, at):
        return False
    return _is(viewer, waiting.role, matters)


def _is(viewer: Viewer, role: Role, matters: Concerned) -> bool:
    """Whether a viewer is in a role towards what an action is about."""
    if role is Role.EMPLOYEE:
        return viewer.person_id in matters.people
    leads = role is Role.LINE_MANAGER and bool(matters.people & viewer.reports)
    return leads or holds(viewer, [role], matters.units)


def _lapsed(action: CouplingAction, at: datetime) -> bool:
    return action.expires_at is not None and action.expires_at <= at


def _refusal(of: Decision, found: Found, matters: Concerned, place: int) -> DecisionError | None:
    """Return why an action cannot be decided on; None when it can."""
    action: CouplingAction = found.record
    path = ("actions", str(place))
    waiting = turn(action)
    asked = [waiting] if waiting else action.approvals
    if not any(_is(of.viewer, each.role, matters) for each in asked):
        roles = " or ".join(dict.fromkeys(each.role.value for each in asked))
        return NotAllowedError(
            f"It waits for a {roles or 'decision of nobody'} of what it is about; ask one.",
            path=path,
        )
    expected = of.given["actions"][place]["expectedVersion"]
    conflict = moved(found, expected, (*path, "expectedVersion"))
    if conflict is not None:
        return conflict
    if action.status in (APPROVED if of.given["approve"] else REJECTED):
        return AlreadyDoneError(WHY_NOT[action.status], path=path, current=found.current)
    if waiting is None:
        said = WHY_NOT.get(action.status, "It waits for no decision.")
        return WrongStateError(said, path=path, current=found.current)
    if _lapsed(action, of.at):
        return WrongStateError(WHY_NOT[ActionStatus.LAPSED], path=path, current=found.current)
    return None


def _decided(of: Decision, action: CouplingAction) -> CouplingAction:
    """Return an action with the decision that it waited for."""
    yes = bool(of.given["approve"])
    waiting = turn(action)
    approvals = tuple(
        replace(
            each,
            decision=ApprovalDecision.APPROVED if yes else ApprovalDecision.REJECTED,
            by_id=of.viewer.person_id,
            at=of.at,
            note=of.given.get("note"),
        )
        if each is waiting
        else each
        for each in action.approvals
    )
    after = replace(action, approvals=approvals)
    if not yes:
        return replace(after, status=ActionStatus.REJECTED)
    return after if turn(after) else replace(after, status=ActionStatus.APPROVED)


async def _carry_out(of: Decision, key: Key, action: CouplingAction) -> DomainEvent:
    """Post what an action writes once all have said yes; account for the decision on both sides."""
    if action.status is ActionStatus.APPROVED:
        for letter in letters(key.id, action):
            await outbox.post(of.tx, letter)
    said = "APPROVED" if of.given["approve"] else "REJECTED"
    await of.audit(said, key, {"status": action.status.value})
    if action.subject_type and action.subject_id:
        await of.audit(said, Key(action.subject_type, action.subject_id), {"action": key.id})
    change = FieldChange(
        field="status",
        label="How it stands",
        before=ActionStatus.PROPOSED.value,
        after=action.status.value,
    )
    return of.event(f"hub.action.{said.lower()}", key, part=key.id, changes=(change,))


def letters(action_id: str, action: CouplingAction) -> list[Letter]:
    """Return what an approved action writes: one letter for each change, in order.

    The first has the key of the action as its id, the second `{key}:2`, and so on; the body is the
    JSON form of the `ProposedChange`.
    """
    changes = concept(CouplingAction).form(action)["changes"]
    return [
        Letter(
            id=action.key if place == 1 else f"{action.key}:{place}",
            system=change["system"],
            action_id=action_id,
            body=change,
        )
        for place, change in enumerate(changes, start=1)
    ]
