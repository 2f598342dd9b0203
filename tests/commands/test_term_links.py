"""Deciding what a source's own word means."""

from typing import Any

import pytest

from tests.commands.conftest import BRAKE, PROCESS, WORD, World, gid

SAVE = "saveTermLink"
MEANT = "SELECT target_id, status FROM term_link WHERE id = :id"
USED = "SELECT competence_id FROM learning_record"


def meaning(target: str | None = gid("Competence", BRAKE), **said: Any) -> dict[str, Any]:
    return {
        "termLinkId": gid("TermLink", WORD),
        "targetId": target,
        "reason": "It is the brake course.",
        **said,
    }


class TestSaving:
    async def test_a_word_means_what_somebody_says_and_its_records_follow(
        self, world: World
    ) -> None:
        row = await world.done(SAVE, "integrator", **meaning())
        assert ("TermLink", WORD) == (row["termLink"].type, row["termLink"].id)
        assert [(BRAKE, "CONFIRMED")] == await world.rows(MEANT, id=WORD)
        assert [(BRAKE,)] == await world.rows(USED)
        assert ["LearningRecord"] == [change.type for change in world.changes]
        assert [("hub.term.saved",)] == await world.rows("SELECT type FROM domain_event")

    async def test_it_can_mean_nothing_here_after_all(self, world: World) -> None:
        await world.done(SAVE, "integrator", **meaning())
        await world.done(SAVE, "integrator", "k2", **meaning(None))
        assert [(None, "UNMATCHED")] == await world.rows(MEANT, id=WORD)
        assert [(None,)] == await world.rows(USED)

    @pytest.mark.parametrize(
        ("who", "codes"),
        [
            ("integrator", []),
            ("competence manager", []),
            ("competence manager of A", ["NOT_ALLOWED"]),
            ("owner", ["NOT_ALLOWED"]),
            ("stranger", ["NOT_ALLOWED"]),
        ],
    )
    async def test_integrators_and_competence_managers_may(
        self, world: World, who: str, codes: list[str]
    ) -> None:
        row = await world.decide(SAVE, who, **meaning())
        assert codes == [each["code"] for each in row["errors"]]

    async def test_another_version_is_a_conflict_where_one_is_given(self, world: World) -> None:
        assert [("VERSION_CONFLICT", "expectedVersion")] == await world.refused(
            SAVE, "integrator", **meaning(expectedVersion=99)
        )
        version = await world.version("term_link", WORD)
        await world.done(SAVE, "integrator", **meaning(expectedVersion=version))

    async def test_it_means_that_already(self, world: World) -> None:
        await world.done(SAVE, "integrator", **meaning())
        assert [("ALREADY_DONE", "")] == await world.refused(
            SAVE, "integrator", key="k2", **meaning()
        )

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"targetId": gid("WorkProcess", PROCESS)}, ("INVALID", "targetId")),
            ({"targetId": gid("Competence", "nothing")}, ("NOT_FOUND", "targetId")),
            ({"termLinkId": gid("TermLink", "nothing")}, ("NOT_FOUND", "termLinkId")),
            ({"reason": "  "}, ("INVALID", "reason")),
        ],
    )
    async def test_what_cannot_be_says_where_it_is_wrong(
        self, world: World, said: dict[str, Any], expected: tuple[str, str]
    ) -> None:
        assert [expected] == await world.refused(SAVE, "integrator", **{**meaning(), **said})
