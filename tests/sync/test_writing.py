"""What was approved is done once, as it was approved, or not at all."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from hub import sdk
from hub.connectors.caldav import CalDav, CalDavSettings
from hub.demo.systems.catalogue import SYSTEMS
from hub.demo.systems.state import Documents
from hub.errors import RefusedError, UnavailableError
from hub.models.coupling import CouplingAction, DomainEvent, FieldChange, ProposedChange
from hub.models.kinds import ActionStatus, ChangeOperation, CouplingMode
from hub.store import Store, identifier
from hub.store.outbox import Letter, post
from hub.sync import writing
from hub.sync.coupling import couple, register
from hub.sync.deriving import derive
from hub.sync.run import Order, Syncing, sync
from hub.sync.source import Source
from hub.sync.writing import AGAIN, Deliverer
from tests.conftest import Clock
from tests.sync.organisation import at, credential, employed, person
from tests.sync.pretending import KilledError
from tests.sync.rostering import CALENDAR, STAFF, Roster, ics, meant, touching


@dataclass
class Wire:
    """Lets requests through to the roster's server, counts them, and may cut one off.

    Attributes:
        application: The server.
        methods: The methods of the requests so far.
        dies_at: The request, counted from 0, at which the process ends.
        answers: Whether that request still reaches the server.
    """

    application: ASGIApp
    methods: list[str] = field(default_factory=list)
    dies_at: int | None = None
    answers: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.methods.append(scope["method"])
        if len(self.methods) - 1 != self.dies_at:
            await self.application(scope, receive, send)
            return
        if self.answers:
            await self.application(scope, receive, send)
        raise KilledError

    @property
    def writes(self) -> int:
        return self.methods.count("PUT")


@dataclass(frozen=True)
class Planned(Roster):
    """A hub with a roster that stands in a CalDAV server in this process."""

    syncing: Syncing
    wire: Wire
    vendor: httpx.AsyncClient

    async def sync(self) -> None:
        reports = await sync(self.syncing, Order())
        assert [] == [each.error for each in reports if each.error]

    async def deliver(self, **how: Any) -> None:
        """Deliver what is due."""
        said = {"sources": self.syncing.sources, "touching": touching, **how}
        await Deliverer(**said).deliver(self.store, self.clock)

    async def put(self, text: str) -> None:
        (await self.vendor.put(f"{CALENDAR}/early.ics", content=text)).raise_for_status()

    async def text(self) -> str:
        return (await self.vendor.get(f"{CALENDAR}/early.ics")).text.replace("\r\n ", "")

    async def approved(self) -> CouplingAction:
        """Let the rule propose, and approve of it."""
        await self.sync()
        action = await self.action()
        await self.approve(action)
        return action

    async def letter(self) -> tuple[Any, ...]:
        (row,) = await self.rows("SELECT attempts, due_at, done_at, error FROM outbox")
        return row


@pytest.fixture
def calendars(tmp_path: Path, clock: Clock) -> Iterator[tuple[ASGIApp, Any, Any]]:
    """The roster's server with one shift of Ada's."""
    system = next(each for each in SYSTEMS if each.key == "planning")
    credentials = system.credentials(tmp_path)
    documents = Documents(":memory:", clock)
    documents.seed(
        system.seeded({f"{CALENDAR}/": [{"uid": "early", "ics": ics("ada", more="COMMENT:Tea")}]})
    )
    yield system.application(documents, credentials), credentials, system.headers(credentials)
    documents.close()


def planning(application: Any, account: Any) -> Source:
    options = CalDavSettings(
        base_url="http://planning.test",
        user=account.user,
        password=sdk.Secret(account.secret),
    )
    return Source(
        key="planning",
        name="Rosters",
        version="caldav 1",
        connector=lambda: CalDav,
        options=lambda _: options,
        application=application,
    )


@pytest.fixture
async def hub(store: Store, clock: Clock, database: str, calendars: Any) -> AsyncIterator[Planned]:
    application, account, headers = calendars
    wire = Wire(application)
    syncing = Syncing(
        database=database,
        store=store,
        sources=[planning(wire, account)],
        now=clock,
        touching=touching,
        afterwards=(derive, couple),
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(application),
        base_url="http://planning.test",
        headers=headers,
    ) as vendor:
        made = Planned(store, clock, syncing, wire, vendor)
        await register(store, clock)
        await made.tell(*STAFF)
        await meant(store)
        yield made


async def test_what_was_approved_stands_in_the_roster_with_its_mark(hub: Planned) -> None:
    action = await hub.approved()
    await hub.deliver()
    text = await hub.text()
    assert "ATTENDEE:mailto:ben@example.org" in text
    assert "ada@example.org" not in text
    assert "Tea\\nWas not covered: ben takes over from ada." in text
    assert f"X-HUB-ORIGIN:hub:{action.key}" in text
    assert "X-SHIFT-CODE:E2" in text
    done = await hub.action()
    assert (ActionStatus.EXECUTED, 1, None) == (done.status, done.attempts, done.error)
    assert done.executed_at is not None
    attempts, due, done_at, error = await hub.letter()
    assert (1, None, None) == (attempts, due, error)
    assert done_at is not None
    assert [("ACTION_EXECUTED",)] == await hub.rows(
        "SELECT action FROM audit WHERE subject_type = 'CouplingAction'"
    )


async def test_its_answer_is_kept_at_once_and_no_rule_hears_its_echo(hub: Planned) -> None:
    action = await hub.approved()
    await hub.deliver()
    ((ref, origin),) = await hub.rows(
        "SELECT a.ref, s.origin FROM work_assignment__assignees a"
        " JOIN source_record s ON s.entity_id = a.owner_id"
    )
    assert ("Person:email::ben@example.org", f"hub:{action.key}") == (ref, origin)
    events: list[DomainEvent] = await hub.records(DomainEvent)
    caused = [each for each in events if each.caused_by_id]
    assert [("hub.work-assignment.changed", identifier("CouplingAction", action.key))] == [
        (each.type, each.caused_by_id) for each in caused
    ]


async def test_nothing_fires_a_second_time(hub: Planned) -> None:
    await hub.approved()
    await hub.deliver()
    await hub.settle()
    held = await _held(hub)
    writes = hub.wire.writes
    for _ in range(2):
        await hub.sync()
        await hub.deliver()
    await hub.touch(await hub.event_ids())
    await hub.sync()
    await hub.deliver()
    assert (1, 1) == (writes, hub.wire.writes)
    assert held == await _held(hub)
    assert [ActionStatus.EXECUTED] == await hub.statuses()


async def _held(hub: Planned) -> list[Any]:
    return [
        await hub.rows("SELECT id, version FROM work_assignment"),
        await hub.rows("SELECT id, key FROM domain_event ORDER BY id"),
        await hub.rows("SELECT id, version, status FROM coupling_action"),
        await hub.stored(),
    ]


MOVED = ics("ada", begins=at(4), more="COMMENT:Tea")


@pytest.mark.parametrize(
    ("text", "field_"),
    [
        (MOVED, "starts_at"),
        (ics("ada", "cas", more="COMMENT:Tea"), "assignees"),
        (ics("ben", more="COMMENT:Tea"), "assignees"),
        (ics("ada", more="COMMENT:Coffee"), "comment"),
    ],
    ids=["moved", "one more", "covered by hand", "another note"],
)
async def test_what_was_changed_since_is_left_as_it_is(
    hub: Planned, text: str, field_: str
) -> None:
    await hub.approved()
    await hub.put(text)
    before = await hub.text()
    await hub.deliver()
    failed = await hub.action()
    assert ActionStatus.FAILED == failed.status
    assert str(failed.error).startswith("VERSION_CONFLICT: It was changed meanwhile: ")
    assert field_ in str(failed.error)
    assert (before, 0) == (await hub.text(), hub.wire.writes)
    assert (await hub.letter())[1] is None  # nobody tries again


async def test_a_newer_version_can_be_proposed_after_one_that_failed(hub: Planned) -> None:
    await hub.approved()
    await hub.put(MOVED)
    await hub.deliver()
    await hub.sync()
    assert [ActionStatus.FAILED, ActionStatus.PROPOSED] == await hub.statuses()


async def test_an_approval_does_not_hold_for_a_newer_version(hub: Planned) -> None:
    await hub.approved()
    await hub.put(MOVED)
    await hub.sync()
    await hub.deliver()
    assert [ActionStatus.SUPERSEDED, ActionStatus.PROPOSED] == await hub.statuses()
    assert 0 == hub.wire.writes


async def test_an_edit_that_changes_nothing_known_does_not_stand_in_the_way(hub: Planned) -> None:
    await hub.approved()
    await hub.put(ics("ada", more="COMMENT:Tea\r\nX-COLOUR:red"))
    await hub.deliver()
    assert ActionStatus.EXECUTED == (await hub.action()).status
    assert "X-COLOUR:red" in await hub.text()


@pytest.mark.parametrize("known", [False, True], ids=["unknown to the hub", "known to the hub"])
async def test_what_is_gone_is_not_written(hub: Planned, *, known: bool) -> None:
    await hub.approved()
    (await hub.vendor.delete(f"{CALENDAR}/early.ics")).raise_for_status()
    if known:
        await hub.sync()
    await hub.deliver()
    failed = await hub.action()
    assert (ActionStatus.FAILED, "VERSION_CONFLICT: It is gone.") == (failed.status, failed.error)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("replacement lost it", "Who was to take over cannot any more."),
        ("renewed", "The shift is covered by now."),
        ("late", "It is too late."),
        ("shadow", "C13 was switched off."),
        ("off", "C13 was switched off."),
    ],
)
async def test_what_no_longer_makes_sense_is_not_written(
    hub: Planned, how: str, words: str
) -> None:
    await hub.approved()
    match how:
        case "replacement lost it":
            await hub.happen(credential("c-ben", "ben", 2))
        case "renewed":
            await hub.happen(credential("c-ada", "ada", 500))
        case "late":
            hub.clock.wait(days=3)
        case "shadow":
            await hub.mode(CouplingMode.SHADOW)
        case _:
            await hub.set_rule(enabled=False)
    await hub.deliver()
    failed = await hub.action()
    assert (ActionStatus.FAILED, f"VERSION_CONFLICT: {words}") == (failed.status, failed.error)
    assert 0 == hub.wire.writes


async def test_two_approved_changes_of_one_shift_are_both_made(hub: Planned) -> None:
    await hub.tell(
        person("dan", work_email="dan@example.org"),
        employed("dan"),
        credential("c-dan", "dan", 2),
    )
    await hub.put(ics("ada", "dan"))
    await hub.sync()
    actions = await hub.actions()
    assert 2 == len(actions)
    for each in actions:
        await hub.approve(each)
    await hub.deliver()
    assert [ActionStatus.EXECUTED] * 2 == await hub.statuses()
    text = await hub.text()
    for who, there in (("ada", False), ("dan", False), ("ben", True), ("cas", True)):
        assert there == (f"ATTENDEE:mailto:{who}@example.org" in text)
    assert 2 == text.count("Was not covered")


async def test_killed_after_writing_it_finds_its_own_mark(hub: Planned) -> None:
    await hub.approved()

    async def dying(*_: Any) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        await hub.deliver(touching=dying)
    assert (1, ActionStatus.APPROVED) == (hub.wire.writes, (await hub.action()).status)
    await hub.deliver()
    assert (1, ActionStatus.EXECUTED) == (hub.wire.writes, (await hub.action()).status)
    await hub.sync()
    assert [ActionStatus.EXECUTED] == await hub.statuses()


async def test_killed_after_writing_and_then_read_it_is_done_all_the_same(hub: Planned) -> None:
    await hub.approved()

    async def dying(*_: Any) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        await hub.deliver(touching=dying)
    await hub.sync()  # the echo comes before anybody knows that it was written
    hub.clock.wait(days=4)
    await hub.deliver()
    assert (1, [ActionStatus.EXECUTED]) == (hub.wire.writes, await hub.statuses())


@pytest.mark.parametrize("answers", [False, True], ids=["before", "after"])
async def test_killed_at_any_request_it_is_written_once(hub: Planned, *, answers: bool) -> None:
    await hub.approved()
    begun, requests = len(hub.wire.methods), 0
    hub.wire.answers = answers
    while ActionStatus.EXECUTED not in await hub.statuses():
        hub.wire.dies_at = len(hub.wire.methods) + requests
        try:
            await hub.deliver()
        except BaseExceptionGroup as error:
            assert error.subgroup(KilledError)  # noqa: PT017
        except KilledError:
            pass
        requests += 1
    assert requests > 3
    assert "PUT" in hub.wire.methods[begun:]
    text = await hub.text()
    assert (1, 1) == (text.count("ATTENDEE"), text.count("Was not covered"))
    tried = hub.wire.writes - (0 if answers else 1)
    assert 1 == tried


def down() -> Any:
    raise UnavailableError("planning: no answer")


def refusing() -> Any:
    raise RefusedError("planning: not like this")


def instead(hub: Planned, connector: Callable[[], Any]) -> list[Source]:
    return [replace(hub.syncing.sources[0], connector=connector)]


async def test_what_fails_is_tried_again_later_and_given_up_at_last(hub: Planned) -> None:
    await hub.approved()
    for number, wait in enumerate(AGAIN, start=1):
        await hub.deliver(sources=instead(hub, down))
        await hub.deliver(sources=instead(hub, down))  # nothing is due
        waiting = await hub.action()
        assert (ActionStatus.APPROVED, number) == (waiting.status, waiting.attempts)
        assert "UPSTREAM_UNAVAILABLE: planning: no answer" == waiting.error
        hub.clock.wait(seconds=wait.total_seconds() + 1)
    await hub.deliver(sources=instead(hub, down))
    failed = await hub.action()
    assert (ActionStatus.FAILED, len(AGAIN) + 1) == (failed.status, failed.attempts)
    assert (len(AGAIN) + 1, None, None) == (await hub.letter())[:3]
    hub.clock.wait(hours=9)
    await hub.deliver()
    assert 0 == hub.wire.writes


async def test_what_failed_once_is_done_when_the_source_is_back(hub: Planned) -> None:
    await hub.approved()
    await hub.deliver(sources=instead(hub, down))
    hub.clock.wait(minutes=2)
    await hub.deliver()
    done = await hub.action()
    assert (ActionStatus.EXECUTED, 2, None) == (done.status, done.attempts, done.error)


async def test_what_is_refused_as_it_stands_is_given_up_at_once(hub: Planned) -> None:
    await hub.approved()
    await hub.deliver(sources=instead(hub, refusing))
    failed = await hub.action()
    assert (ActionStatus.FAILED, 1) == (failed.status, failed.attempts)


async def test_a_source_that_never_answers_holds_nobody_up(
    hub: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(*_: Any) -> None:
        await asyncio.sleep(60)

    await hub.approved()
    monkeypatch.setattr(writing, "WRITE_S", 0.2)
    await hub.deliver(sources=[replace(hub.syncing.sources[0], application=silent)])
    waiting = await hub.action()
    assert ActionStatus.APPROVED == waiting.status
    assert str(waiting.error).startswith("UPSTREAM_TIMEOUT")


async def test_a_fault_of_the_hub_itself_tells_no_secrets(
    hub: Planned, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Any:
        raise ValueError("s3cret")

    await hub.approved()
    await hub.deliver(sources=instead(hub, broken))
    waiting = await hub.action()
    assert ActionStatus.APPROVED == waiting.status
    assert "INTERNAL: ValueError" in str(waiting.error)
    assert "s3cret" not in str(waiting.error)
    assert "could not be delivered" in caplog.text


async def test_a_source_that_is_no_more_is_told(hub: Planned) -> None:
    await hub.approved()
    await hub.deliver(sources=[])
    assert "planning is no source of the hub" in str((await hub.action()).error)


async def test_a_field_that_the_source_does_not_take_is_refused(hub: Planned) -> None:
    action = await hub.approved()
    title = FieldChange(field="title", label="Title", before="Early", after="Earlier")
    change = replace(action.changes[0], fields=(title,))
    body = {
        "operation": change.operation.value,
        "system": "planning",
        "target_id": change.target_id,
        "entity": change.entity,
        "recipient_ids": [],
        "text": change.text,
        "fields": [{"field": "title", "label": "Title", "before": "Early", "after": "Earlier"}],
    }
    id_ = identifier("CouplingAction", action.key)
    async with hub.store.transaction() as tx:
        await tx.delete("outbox", [action.key])
        await post(tx, Letter(id="another", system="planning", action_id=id_, body=body))
    await hub.deliver()
    failed = await hub.action()
    assert ActionStatus.FAILED == failed.status
    assert "caldav does not write title of WorkAssignment" in str(failed.error)


@pytest.mark.parametrize("status", [ActionStatus.SUPERSEDED, ActionStatus.REJECTED])
async def test_a_letter_whose_action_is_not_to_be_done_is_put_away(
    hub: Planned, status: ActionStatus
) -> None:
    action = await hub.approved()
    await hub.decide(action, status)
    await hub.deliver()
    assert (0, [status]) == (hub.wire.writes, await hub.statuses())
    _, due, done, error = await hub.letter()
    assert (None, None, f"The action is {status.value}.") == (due, done, error)


async def test_a_letter_that_another_process_delivered_is_done(hub: Planned) -> None:
    action = await hub.approved()
    await hub.decide(action, ActionStatus.EXECUTED)
    await hub.deliver()
    _, due, done, error = await hub.letter()
    assert (None, None, 0) == (due, error, hub.wire.writes)
    assert done is not None


async def test_a_letter_of_no_action_is_put_away(hub: Planned) -> None:
    async with hub.store.transaction() as tx:
        await post(tx, Letter(id="x", system="planning", action_id="none", body={}))
    await hub.deliver()
    assert "There is no such action." == (await hub.letter())[3]


async def test_a_notice_is_done_when_it_is_recorded(hub: Planned) -> None:
    notice = ProposedChange(
        operation=ChangeOperation.NOTIFY, entity="Person", recipient_ids=("p",), text="Well done."
    )
    action = CouplingAction(
        summary="Tell them.",
        status=ActionStatus.PROPOSED,
        changes=(notice, notice),
        created_at=at(0),
        attempts=0,
        key="by hand",
    )
    await hub.approve(action)
    await hub.deliver()
    done = await hub.action()
    assert ActionStatus.EXECUTED == done.status
    assert [(1,), (1,)] == await hub.rows("SELECT attempts FROM outbox WHERE done_at IS NOT NULL")


async def test_an_action_is_done_when_all_of_its_letters_are(hub: Planned) -> None:
    await hub.sync()
    action = await hub.action()
    notice = ProposedChange(operation=ChangeOperation.NOTIFY, entity="Person", text="A new shift.")
    both = replace(action, changes=(*action.changes, notice))
    await hub.approve(both)
    await hub.deliver(sources=instead(hub, down))
    assert ActionStatus.APPROVED == (await hub.action()).status
    hub.clock.wait(minutes=2)
    await hub.deliver()
    assert ActionStatus.EXECUTED == (await hub.action()).status


async def test_two_processes_that_deliver_at_once_write_once(hub: Planned) -> None:
    action = await hub.approved()
    await asyncio.gather(hub.deliver(), hub.deliver())
    hub.clock.wait(minutes=2)
    await hub.deliver()
    text = await hub.text()
    assert (1, 1) == (text.count("ATTENDEE"), text.count("Was not covered"))
    assert f"X-HUB-ORIGIN:hub:{action.key}" in text
    assert [ActionStatus.EXECUTED] == await hub.statuses()
    assert (None, None) == (await hub.letter())[1:4:2]
