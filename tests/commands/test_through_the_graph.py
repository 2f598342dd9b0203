"""Decisions as a client takes them: an operation in, a payload out."""

from collections.abc import Mapping
from typing import Any

import pytest

from hub.commands.deciding import COMMANDS, deciding
from hub.engine.execute import Engine
from hub.engine.moment import Derived
from hub.engine.prepare import Question
from hub.schema import served
from tests.commands.conftest import World, gid
from tests.commands.test_deciding import inputs

PAYLOAD = {
    "saveRequirement": "requirement { id version required { rank } subject { id } }",
    "decideCause": "nonconformity { id version competenceCauses { status competence { code } } }",
    "linkIdentity": "link { id version status } people { id label }",
    "decideIdentityLink": "link { id version status } people { id label }",
    "mergePeople": "link { id } people { id label version }",
    "splitPerson": "link { id } people { id label version }",
    "saveTermLink": "termLink { id version target { id } }",
    "decideActions": "actions { id version status approvals { role decision by { id } } }",
}


async def nothing_follows(*_: object) -> Derived:
    return {}


async def ask(world: World, name: str, who: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the payload of a mutation."""
    engine = Engine(
        schema=served().graph,
        store=world.store,
        now=world.clock,
        derive=nothing_follows,
        decide=deciding(world.store, world.clock, world.settle, world.note),
    )
    type_ = f"{name[0].upper()}{name[1:]}Input!"
    text = (
        f"mutation ($input: {type_}) {{ {name}(input: $input) {{ {PAYLOAD[name]} replayed"
        " errors { code message path current { id } } } }"
    )
    said = {**given, "idempotencyKey": "k1"}
    if "validFrom" in said:
        said["validFrom"] = said["validFrom"].isoformat()
    question = Question(text=text, variables={"input": said})
    answer = (await engine.answer(question, await world.viewer(who))).plain()
    assert "errors" not in answer, answer["errors"]
    payload: dict[str, Any] = answer["data"][name]
    return payload


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_payload_shows_what_was_changed(world: World, name: str) -> None:
    who, said = (await inputs(world))[name]
    payload = await ask(world, name, who, said)
    assert [] == payload.pop("errors")
    assert payload.pop("replayed") is False
    assert any(payload.values())
    again = await ask(world, name, who, said)
    assert again.pop("replayed") is True
    assert again == {**payload, "errors": []}


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_refused_payload_is_empty_but_for_its_errors(world: World, name: str) -> None:
    _, said = (await inputs(world))[name]
    payload = await ask(world, name, "stranger", said)
    (error,) = payload.pop("errors")
    assert error["code"] in {"NOT_ALLOWED", "NOT_FOUND"}
    assert not any(payload.values())


async def test_a_conflict_shows_the_object_as_it_is(world: World) -> None:
    who, said = (await inputs(world))["decideActions"]
    (one,) = said["actions"]
    payload = await ask(
        world, "decideActions", who, {**said, "actions": [{**one, "expectedVersion": 7}]}
    )
    (error,) = payload["errors"]
    assert "VERSION_CONFLICT" == error["code"]
    assert {"id": one["id"]} == error["current"]
    assert one["id"] == gid("CouplingAction", "action-1")
