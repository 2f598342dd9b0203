"""A small organisation in a store, and an engine that is asked about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from hub.commands.viewers import load_viewer, person_of
from hub.engine.execute import Engine
from hub.engine.prepare import Question
from hub.engine.scope import Derived
from hub.errors import InputError
from hub.models.kinds import ViewerKind
from hub.policy import ANONYMOUS, Viewer
from hub.schema import served
from hub.store import Asks, Store
from tests.conftest import Clock
from tests.schema.organisation import lay_down
from tests.store.conftest import Teller


async def nothing_follows(_: Asks, __: datetime) -> Derived:
    return {}


async def nothing_is_decided(_: str, __: Mapping[str, Any], ___: Viewer) -> Mapping[str, Any]:
    raise InputError("nothing is decided here")


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks the graph as somebody, named by employee number; as nobody for None."""

    engine: Engine
    store: Store
    clock: Clock

    async def __call__(self, text: str, number: str | None = "1", **variables: Any) -> Any:
        """Return the data of an answer without errors."""
        answer = await self.whole(text, number, **variables)
        assert answer.get("errors") is None, answer["errors"]
        return answer["data"]

    async def whole(self, text: str, number: str | None = "1", **variables: Any) -> dict[str, Any]:
        """Return an answer as it is sent."""
        viewer = ANONYMOUS if number is None else await self._viewer(number)
        question = Question(text=text, variables=variables)
        return (await self.engine.answer(question, viewer)).plain()

    async def _viewer(self, number: str) -> Viewer:
        async with self.store.snapshot() as snapshot:
            person = await person_of(snapshot, number)
            assert person is not None
            return await load_viewer(snapshot, person, self.clock.moment, kind=ViewerKind.PERSON)


@pytest.fixture
def tell(store: Store) -> Teller:
    """Tell the store something: `await tell("hr", Person(...), ...)`."""
    return Teller(store)


@pytest.fixture
async def ask(store: Store, clock: Clock, tell: Teller) -> Asking:
    """Ask about the small organisation of `tests.schema.organisation`."""
    await lay_down(tell, clock)
    engine = Engine(
        schema=served().graph,
        store=store,
        now=clock,
        derive=nothing_follows,
        decide=nothing_is_decided,
    )
    return Asking(engine, store, clock)
