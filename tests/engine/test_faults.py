"""One fault stands alone: the rest is answered, and the answer says what is missing."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.engine.execute import Engine
from hub.engine.ids import global_id, read_id
from hub.engine.origins import HUB, Computed, Key, answered
from hub.engine.prepare import Question
from hub.errors import TimedOutError
from hub.models.evidence import CompetenceState
from hub.models.kinds import StateStatus
from hub.policy import Viewer
from hub.schema import served
from hub.store import Asks, concept
from tests.engine.world import FAILED, NOW, Asking

SEES = "DIRECTOR of all"
SECRET = "postgresql://hr:hunter2@db/hub"


@contextmanager
def failing(of: str, field: str, error: Exception) -> Iterator[None]:
    """Let a field of the served schema fail while the block runs."""
    asked = served().graph.type_map[of].fields[field]  # type: ignore[attr-defined]
    whole = answered(asked)

    async def fails(*_: object) -> Sequence[Any]:
        raise error

    asked.extensions[HUB] = replace(whole, origin=Computed(function=fails))
    try:
        yield
    finally:
        asked.extensions[HUB] = whole


def test_what_nobody_expected_is_told_as_internal_and_leaks_nothing(
    asking: Asking, caplog: pytest.LogCaptureFixture
) -> None:
    with failing("Person", "active", RuntimeError(SECRET)), caplog.at_level(logging.ERROR):
        answer = asking.ask(
            "{ people(first: 2) { totalCount nodes { displayName active } } }",
            asking.world.viewers[SEES],
        )
    (error, *_) = answer.errors

    assert "hunter2" not in str(answer.plain())
    assert error.formatted["extensions"]["code"] == "INTERNAL"
    assert error.formatted["extensions"]["errorId"] in caplog.text
    assert SECRET in caplog.text


def test_a_field_that_fails_makes_null_what_it_must_and_no_more(asking: Asking) -> None:
    with failing("Person", "credentials", TimedOutError("hris: no answer")):
        answer = asking.ask(
            '{ ok: people(first: 1) { totalCount } one: person(by: {employeeNumber: "N3"})'
            " { displayName credentials(first: 1) { totalCount } } }",
            asking.world.viewers[SEES],
        )
    assert answer.data == {"ok": {"totalCount": 14}, "one": None}
    assert [(each.path, each.formatted["extensions"]["code"]) for each in answer.errors] == [
        (["one", "credentials"], "UPSTREAM_TIMEOUT")
    ]


def test_a_nullable_field_that_fails_is_null_beside_its_siblings(asking: Asking) -> None:
    with failing("Person", "manager", TimedOutError("hris: no answer")):
        answer = asking.ask(
            "{ people(first: 1) { nodes { displayName manager { id } } } }",
            asking.world.viewers[SEES],
        )
    assert answer.data == {
        "people": {"nodes": [{"displayName": "Person.display_name.0", "manager": None}]}
    }
    assert [each.path for each in answer.errors] == [["people", "nodes", 0, "manager"]]


def test_what_a_failed_source_owns_is_not_said_to_be_complete(asking: Asking) -> None:
    answer = asking.ask(
        "{ credentials(first: 1) { complete nodes { name } }"
        " units(first: 1) { complete nodes { name } } }",
        asking.world.viewers[SEES],
    )
    assert answer.data is not None
    assert answer.data["credentials"]["complete"] is False
    assert answer.data["units"]["complete"] is True
    told = {each["key"]: each for each in answer.extensions["sources"]}
    assert told["credential"]["outcome"] == "TIMEOUT"
    assert told["credential"]["kind"] == FAILED.value
    assert told["credential"]["paths"] == ["credentials.nodes"]
    assert told["hris"]["outcome"] == "FRESH"
    assert told["hris"]["ageSeconds"] == 7200
    assert next(iter(told)) == "credential"


def test_a_source_that_has_not_been_read_for_a_day_is_called_stale(asking: Asking) -> None:
    later = replace(asking.engine, now=lambda: NOW + timedelta(days=2))
    question = Question(text="{ units(first: 1) { nodes { name } } }", variables={})
    answer = asking.run(later.answer(question, asking.world.viewers[SEES]))
    (told,) = answer.extensions["sources"]
    assert (told["key"], told["outcome"]) == ("hris", "STALE")


def test_every_answer_says_what_it_is_of(asking: Asking) -> None:
    answer = asking.ask("query @purpose(is: AUDIT) { me { id } }", asking.world.viewers[SEES])
    assert answer.extensions["purpose"] == "AUDIT"
    assert answer.extensions["asOf"] == "2026-05-04T08:00:00.001000Z"
    assert answer.extensions["cost"]["estimated"] > 0
    assert answer.extensions["requestId"]


def test_who_has_not_signed_in_is_told_so_at_each_field(asking: Asking) -> None:
    answer = asking.ask("{ me { id } people(first: 1) { totalCount } }", Viewer(kind=None))
    assert {each.formatted["extensions"]["code"] for each in answer.errors} == {"UNAUTHENTICATED"}
    assert asking.rows == []


PAST = datetime(2026, 1, 1, tzinfo=UTC)


def derived_then(asking: Asking) -> Engine:
    """Return an engine that derives one state for any other moment."""
    person, competence = asking.world.ids["Person"][0], asking.world.ids["Competence"][0]
    of = concept(CompetenceState)

    async def derive(_: Asks, as_of: datetime, *__: object) -> dict[str, list[list[Any]]]:
        state = CompetenceState(
            person_id=person,
            competence_id=competence,
            rank=2,
            status=StateStatus.PROVEN,
            confidence=1.0,
            contradictory=False,
            contested=False,
            as_of=as_of,
            rule_version="1",
            computed_at=as_of,
            complete=True,
        )
        row: Mapping[str, Any] = {"id": "then", **of.row(state)}
        return {of.table: [list(row.values())]}

    return replace(asking.engine, derive=derive)


def test_an_id_read_in_the_past_carries_its_moment_and_leads_back_to_it(asking: Asking) -> None:
    engine, viewer = derived_then(asking), asking.world.viewers[SEES]

    def ask(text: str, **variables: Any) -> Any:
        answer = asking.run(engine.answer(Question(text=text, variables=variables), viewer))
        assert answer.errors == ()
        return answer.data

    then = ask(
        '{ competenceStates(first: 9, asOf: "2026-01-01T00:00:00Z")'
        " { totalCount nodes { id asOf } } }"
    )["competenceStates"]
    (state,) = then["nodes"]
    now = ask("{ competenceStates(first: 9) { totalCount } }")["competenceStates"]

    assert read_id(state["id"]) == (Key("CompetenceState", "then"), PAST)
    assert state["asOf"].startswith("2026-01-01T00:00:00")
    assert then["totalCount"] == 1 != now["totalCount"]
    again = "query Q($id: ID!) { node(id: $id) { id ... on CompetenceState { asOf } } }"
    assert ask(again, id=state["id"])["node"] == state
    assert ask(again, id=global_id(Key("CompetenceState", "then"), None))["node"] is None
