"""Runs decisions: each in one transaction with its audit, its event and its answer."""

import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from hub.commands.actions import decide_actions
from hub.commands.causes import decide_cause
from hub.commands.decision import Answered, Command, Decision
from hub.commands.identities import (
    decide_identity_link,
    link_identity,
    merge_people,
    split_person,
)
from hub.commands.requirements import save_requirement
from hub.commands.term_links import save_term_link
from hub.engine.execute import Decide
from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.errors import (
    DecisionError,
    InputError,
    InvalidError,
    KeyReusedError,
    UnauthenticatedError,
)
from hub.policy import Viewer
from hub.store import Change, Store, Transaction, identifier

log = logging.getLogger(__name__)

Touching = Callable[[Transaction, Sequence[Change]], Awaitable[object]]

KEPT = timedelta(days=30)  # for how long an idempotency key is remembered
LONGEST = 4_000  # characters of a text
LONGEST_KEY = 200
MOST = 100  # items of a list
COUPLING = "Coupling"  # what rules are woken by
COMMANDS: Mapping[str, Command] = {
    "decideActions": decide_actions,
    "decideCause": decide_cause,
    "decideIdentityLink": decide_identity_link,
    "linkIdentity": link_identity,
    "mergePeople": merge_people,
    "saveRequirement": save_requirement,
    "saveTermLink": save_term_link,
    "splitPerson": split_person,
}


async def nothing(_: Transaction, __: Sequence[Change]) -> None:
    """Note nothing of what changed."""


def deciding(
    store: Store,
    now: Callable[[], datetime],
    settle: Callable[[], Awaitable[object]],
    touching: Touching = nothing,
) -> Decide:
    """Return what runs the command of a mutation.

    It returns the row of the payload: `errors` with what was refused and why, `replayed`, and the
    `Key`s of what was changed. A refusal leaves nothing behind and may be asked again under the
    same key; a key that had its effect answers as it did, for 30 days.

    Args:
        store: Where it is decided.
        now: Tells the time.
        settle: Does what follows from a decision, after it stands.
        touching: Says, in the transaction, what is to be derived anew.
    """

    async def decide(name: str, given: Mapping[str, Any], viewer: Viewer) -> Row:
        if not viewer.signed_in:
            raise UnauthenticatedError("Sign in to decide.")
        if name not in COMMANDS:
            raise InputError(f"{name} is no decision.")
        errors: Sequence[DecisionError] = ()
        row: Row = {}
        try:
            _readable(given)
            async with store.transaction() as tx:
                key = identifier("Decision", viewer.person_id or "", given["idempotencyKey"])
                decision = Decision(tx=tx, viewer=viewer, given=given, at=now(), key=key)
                row = await _once(name, decision, touching)
        except* DecisionError as refused:
            errors = list(_flat(refused))
        if errors:
            return {"errors": [_told(each) for each in errors], "replayed": False}
        await _settled(settle)
        return row

    return decide


async def _settled(settle: Callable[[], Awaitable[object]]) -> None:
    """Let follow what follows from a decision, which stands whatever becomes of that."""
    try:
        await settle()
    except Exception:
        log.exception("a decision stands, but not yet all that follows from it")


async def _once(name: str, decision: Decision, touching: Touching) -> Row:
    """Decide, or answer as before where it was decided before."""
    tx, key = decision.tx, decision.key
    given = identifier("Input", name, json.dumps(decision.given, sort_keys=True, default=_plain))
    await tx.write(
        "idempotency",
        "DELETE FROM idempotency WHERE key = :key AND at < :before",
        {"key": key, "before": decision.at - KEPT},
    )
    before = await tx.answered(key)
    if before is not None:
        if before[0] != given:
            raise KeyReusedError(
                "This key served another input before; choose a new one.",
                path=("idempotencyKey",),
            )
        return {**_read(before[1]), "errors": [], "replayed": True}
    done = await COMMANDS[name](decision)
    happened = await tx.happen(done.events)
    await tx.touch(COUPLING, happened)
    await touching(tx, done.changes)
    await tx.answer(key, given, _written(done.answer))
    return {**done.answer, "errors": [], "replayed": False}


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no input")


def _written(answer: Answered) -> dict[str, Any]:
    """Return an answer as it is remembered."""
    return {
        name: [value.type, value.id]
        if isinstance(value, Key)
        else [[each.type, each.id] for each in value]
        for name, value in answer.items()
    }


def _read(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer that `_written` wrote."""
    return {
        name: Key(*value)
        if all(isinstance(each, str) for each in value) and value
        else tuple(Key(*each) for each in value)
        for name, value in answer.items()
    }


def _told(error: DecisionError) -> dict[str, Any]:
    return {
        "code": error.code,
        "message": str(error),
        "path": list(error.path),
        "current": Key(*error.current) if error.current else None,
    }


def _flat(group: BaseExceptionGroup[DecisionError]) -> Iterator[DecisionError]:
    for each in group.exceptions:
        if isinstance(each, BaseExceptionGroup):
            yield from _flat(each)
        else:
            yield each


def _readable(given: Mapping[str, Any]) -> None:
    """Refuse an input with a text or a list that nothing can take.

    Raises:
        ExceptionGroup: of `InvalidError`s, one for each.
    """
    faults = list(_unreadable(given, ()))
    key = given["idempotencyKey"]
    if not 0 < len(key) <= LONGEST_KEY:
        said = f"Choose a key of 1 to {LONGEST_KEY} characters, such as a UUID."
        faults.append(InvalidError(said, path=("idempotencyKey",)))
    if faults:
        raise ExceptionGroup("the input cannot be read", faults)


def _unreadable(value: Any, path: tuple[str, ...]) -> Iterator[InvalidError]:
    if isinstance(value, str):
        if len(value) > LONGEST:
            yield InvalidError(f"Write at most {LONGEST} characters.", path=path)
        elif "\x00" in value or any("\ud800" <= each <= "\udfff" for each in value):
            yield InvalidError("This holds something that is no character.", path=path)
        elif not value.strip() and path[-1:] == ("reason",):
            yield InvalidError("Say why, in words the person concerned may read.", path=path)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _unreadable(each, (*path, name))
    elif isinstance(value, list | tuple):
        if len(value) > MOST:
            yield InvalidError(f"Give at most {MOST} of these.", path=path)
            return
        for place, each in enumerate(value):
            yield from _unreadable(each, (*path, str(place)))
