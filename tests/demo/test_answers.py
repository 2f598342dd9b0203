"""The demo from its beginning to its answers: seven systems, a hub that reads them, questions."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hub import app, clock, config
from hub.cli.query import answered
from hub.commands.importing import import_folder
from hub.demo import home
from hub.demo.organisation import generate, publish
from hub.demo.organisation.model import Organisation
from hub.demo.questions import Asked, first_question, questions
from hub.demo.systems.process import started
from hub.sync.run import Order, sync
from tests.demo.expectations import unmet
from tests.demo.systems.conftest import free_ports


@dataclass(frozen=True)
class Answers:
    """What a hub answered to the questions about an organisation."""

    organisation: Organisation
    given: dict[str, dict[str, Any]]

    def of(self, *names: str) -> Iterator[tuple[Asked, dict[str, Any]]]:
        """Return the questions whose names begin so, each with its answer."""
        for each in _asked(self.organisation):
            if each.name.startswith(names):
                yield each, self.given[each.name]


def _asked(organisation: Organisation) -> list[Asked]:
    return [first_question(organisation), *questions(organisation)]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Load a small organisation and ask all that can be asked of it."""
    folder = tmp_path_factory.mktemp("demo")
    organisation = generate(7, 60, clock.now().date())
    publish(organisation, folder)
    port = free_ports()
    with started(folder / "systems", first_port=port):
        path = home.write_settings(folder, port=8000, first_port=port)
        found = config.load(path, environment={}, folder=folder)
        return Answers(organisation, asyncio.run(_given(found, folder, organisation)))


async def _given(
    found: config.Settings, folder: Path, organisation: Organisation
) -> dict[str, dict[str, Any]]:
    async with app.opened(found) as hub:
        await import_folder(hub.store, folder / "owned", now=hub.now)
        await sync(hub.syncing, Order())
        return {
            each.name: await answered(hub, each.query, each.variables, each.authorization)
            for each in _asked(organisation)
        }


@pytest.mark.parametrize(
    "names", [("who_",), ("F04",), ("F13",), ("F14",), ("F20",), ("identity_links",)]
)
def test_the_hub_answers_what_the_generator_knows(answers: Answers, names: tuple[str, ...]) -> None:
    found = list(answers.of(*names))
    assert found
    for asked, answer in found:
        assert "errors" not in answer, asked.name
        assert [] == unmet(answer["data"], asked.expect), asked.name
