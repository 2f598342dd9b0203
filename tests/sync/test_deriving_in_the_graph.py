"""What a state rests on, and how ratings are read: as where they are derived."""

from collections.abc import Mapping
from typing import Any

import pytest

from hub.engine.execute import Engine
from hub.engine.prepare import Question
from hub.models.competence import CompetenceAlignment
from hub.models.kinds import AlignmentType, ViewerKind
from hub.policy import Viewer
from hub.schema import served
from hub.store import Store
from hub.store.identity import By
from hub.store.lookups import term_id
from hub.store.terms import save
from hub.sync.deriving import derived_at
from tests.conftest import Clock
from tests.sync.organisation import (
    BASE,
    Organisation,
    appraisal,
    competence,
    competence_id,
    person_id,
    requirement,
    scale,
    shift,
)

STATES = "{ me { competences(first: 9) { nodes { competence { name } %s } } } }"
EVIDENCE = "evidence(first: 9) { totalCount nodes { competence { name } } }"


async def undecided(*_: object) -> Mapping[str, Any]:
    raise NotImplementedError


class Told(Organisation):
    """An organisation of which Ada asks."""

    async def ask(self, text: str) -> Any:
        engine = Engine(
            schema=served().graph,
            store=self.store,
            now=self.clock,
            derive=derived_at,
            decide=undecided,
        )
        viewer = Viewer(kind=ViewerKind.DEMO, person_id=person_id("ada"))
        answer = await engine.answer(Question(text=text, variables={}), viewer)
        assert answer.errors == ()
        return answer.data


@pytest.fixture
async def hub(store: Store, clock: Clock) -> Told:
    made = Told(store, clock)
    await made.tell(*BASE, competence("driving", uri="u:driving"))
    return made


def rests_on(data: Any) -> dict[str, list[str]]:
    """Return the competence of each piece that each state rests on."""
    return {
        state["competence"]["name"]: [
            piece["competence"]["name"] for piece in state["evidence"]["nodes"]
        ]
        for state in data["me"]["competences"]["nodes"]
    }


@pytest.mark.parametrize("as_of", ["", '(asOf: "2026-05-05T00:00:00Z")'])
async def test_a_state_rests_on_all_that_counts_for_it(hub: Told, as_of: str) -> None:
    """On evidence of what is narrower, of what it matches exactly, and of what those match."""
    exact = CompetenceAlignment(type=AlignmentType.EXACT_MATCH, target_uri="u:driving")
    near = CompetenceAlignment(type=AlignmentType.CLOSE_MATCH, target_uri="u:signals")
    await hub.tell(
        competence("brakes", broader=["safety"]),
        competence("safety", broader=["work"], alignments=(near, exact)),
        competence("work"),
        competence("signals", uri="u:signals"),
        requirement(),
        shift("w1", -10, "ada"),
    )
    await hub.derive()
    asked = (STATES % EVIDENCE).replace("me", f"me{as_of}", 1)
    on_brakes = ["brakes"]
    assert {
        "brakes": on_brakes,
        "safety": on_brakes,
        "work": on_brakes,
        "driving": on_brakes,
    } == rests_on(await hub.ask(asked))


async def test_evidence_of_what_is_broader_counts_for_nothing_narrower(hub: Told) -> None:
    await hub.tell(
        competence("brakes"),
        competence("signals", broader=["brakes"]),
        requirement(),
        requirement("r2", asks="signals"),
        shift("w1", -10, "ada"),
    )
    await hub.derive()
    data = await hub.ask(STATES % EVIDENCE)
    assert {"brakes": ["brakes", "signals"], "signals": ["signals"]} == {
        name: sorted(pieces) for name, pieces in rests_on(data).items()
    }


async def test_a_rating_is_shown_at_the_level_that_its_word_gives_it(hub: Told) -> None:
    """As the evidence made of it is; without such a word the scale decides."""
    await hub.tell(
        scale(1, 2, 3),
        appraisal("a1", "ada", -20, "2", word="Brakes"),
        appraisal("a2", "ada", -10, "2"),
    )
    async with hub.store.transaction() as tx:
        link = term_id("Competence", "appraisal", "kra", "Brakes")
        await save(tx, link, competence_id("brakes"), By(), levels={"2": 3})
    await hub.derive()
    data = await hub.ask(
        "query Q @purpose(is: DEVELOPMENT) { me { appraisals(first: 9) { nodes"
        " { ratings { level { rank } } } } evidence(first: 9) { nodes { level { rank } } } } }"
    )
    rated = [each["ratings"][0]["level"]["rank"] for each in data["me"]["appraisals"]["nodes"]]
    pieces = [each["level"]["rank"] for each in data["me"]["evidence"]["nodes"]]
    assert [2, 3] == sorted(rated) == sorted(pieces)
