"""Where a demo lives: what stands there is used again only if it is the same organisation."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hub.demo import home, organisation
from hub.demo.home import Basis

BASIS = Basis(seed=7, people=60, today=date(2026, 11, 25))


def test_what_a_folder_says_of_itself_is_read_back(tmp_path: Path) -> None:
    assert Basis.read(tmp_path) is None
    BASIS.write(tmp_path)
    assert BASIS == Basis.read(tmp_path)


@pytest.mark.parametrize("said", ["", "{", "[]", '{"seed": 7}', '{"seed": "x", "people": 60}'])
def test_a_folder_that_says_nothing_whole_is_none(tmp_path: Path, said: str) -> None:
    (tmp_path / home.SAID).write_text(said)
    assert Basis.read(tmp_path) is None


@pytest.mark.parametrize(
    "other",
    [{"seed": 8}, {"people": 61}, {"today": date(2026, 11, 26)}, {"generator": "another"}],
)
def test_another_basis_is_another_organisation(tmp_path: Path, other: dict[str, object]) -> None:
    BASIS.write(tmp_path)
    assert Basis.read(tmp_path) != replace(BASIS, **other)  # type: ignore[arg-type]


def test_another_generator_has_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = home.generator()
    assert before == home.generator()
    (tmp_path / "draft.py").write_text("SIZE = 1\n")
    monkeypatch.setattr(organisation, "__path__", [str(tmp_path)])
    assert before != home.generator()


def test_the_current_demo_is_the_one_made_last(tmp_path: Path) -> None:
    for seed in (7, 8):
        folder = home.folder_of(tmp_path, replace(BASIS, seed=seed))
        home.emptied(folder)
        home.make_current(folder)
        assert folder == (tmp_path / home.CURRENT).resolve()
        assert 0o700 == folder.stat().st_mode & 0o777
