"""What is written of decisions and folders is so."""

import re
from pathlib import Path

import pytest
from graphql import parse, validate

from hub.commands.deciding import COMMANDS
from hub.commands.importable import NAMES, TYPES, columns
from hub.commands.importing import import_folder
from hub.commands.pointing import ways
from hub.commands.words import COLUMNS
from hub.models.kinds import UserErrorCode
from hub.schema import served
from hub.store import Store
from tests.commands.documented import imports
from tests.conftest import Clock

DOCS = Path(__file__).parents[2] / "docs"
IMPORT = (DOCS / "import.md").read_text(encoding="utf-8")
DECISIONS = (DOCS / "decisions.md").read_text(encoding="utf-8")
EVERYWHERE = {"INVALID", "NOT_FOUND", "KEY_REUSED"}


def _section(name: str) -> str:
    return DECISIONS.partition(f"### `{name}`")[2].partition("###")[0]


class TestFolders:
    def test_every_file_is_listed(self) -> None:
        listed = IMPORT.partition("## Files")[2].partition("## Fields")[0]
        assert set(NAMES) == set(re.findall(r"`(\w+)`", listed.partition("|---|---|")[2]))

    def test_every_column_is_listed_with_what_it_holds(self) -> None:
        assert imports() in IMPORT, "run `python -m tests.commands.documented`"
        assert all(f"`{name}`" in IMPORT for name in COLUMNS)

    def test_every_way_to_point_is_listed(self) -> None:
        listed = IMPORT.partition("| | Points at |")[2].partition("Where a field")[0]
        pointed = {
            target
            for of in TYPES.values()
            for column in columns(of).values()
            for target in (column.meaning.target or "").split("|")
            if target
        }
        for by in {way for target in pointed for way in ways(target)}:
            assert f"`{by}:" in listed or f"`{by}@" in listed

    async def test_the_examples_can_be_taken_in(
        self, store: Store, clock: Clock, tmp_path: Path
    ) -> None:
        examples = re.findall(r"`([\w.]+)`:\n\n((?:    .*\n)+)", IMPORT)
        assert {"competence_requirement.csv", "term_link.csv"} == {name for name, _ in examples}
        for name, text in examples:
            (tmp_path / name).write_text(text.replace("    ", ""), encoding="utf-8")
        reports = await import_folder(store, tmp_path, now=clock)
        assert [1, 3] == [each.created for each in reports]


class TestDecisions:
    def test_the_example_is_one_that_the_graph_takes(self) -> None:
        (example,) = re.findall(r"^    mutation (?:.*\n)+?    }\n", DECISIONS, re.MULTILINE)
        assert [] == validate(served().graph, parse(example))

    def test_every_mutation_has_a_section(self) -> None:
        assert set(COMMANDS) == set(re.findall(r"^### `(\w+)`$", DECISIONS, re.MULTILINE))

    @pytest.mark.parametrize("code", UserErrorCode)
    def test_every_code_has_its_sentence_and_what_to_do(self, code: UserErrorCode) -> None:
        told = re.escape(code.sentence)
        assert re.search(rf"^\| `{code.value}` \| {told} \| \S.* \|$", DECISIONS, re.MULTILINE)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_mutation_tells_its_codes(self, name: str) -> None:
        codes = re.findall(r"^- `(\w+)`: \S", _section(name), re.MULTILINE)
        assert "NOT_ALLOWED" in codes
        assert len(codes) == len(set(codes))
        assert set(codes) <= {each.value for each in UserErrorCode} - EVERYWHERE
        assert "By: " in _section(name)
