"""What the package says that it needs is what it imports."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

from tests.docs import ROOT

NAMED = {"aiosqlite", "httptools", "tzdata"}  # asked for by another, by name
EXTRA = {"hypothesis"}


def needed(text: str) -> str:
    """Return the name of a distribution of which a version is asked for."""
    return re.split(r"[\[<>=~! ]", text)[0].lower()


def imported() -> set[str]:
    """Return the names of the distributions that the package imports."""
    of = packages_distributions()
    tops = {top for path in (ROOT / "hub").rglob("*.py") for top in tops_of(path)}
    return {of[top][0].lower() for top in tops - {"hub"} - sys.stdlib_module_names}


def tops_of(path: Path) -> Iterator[str]:
    """Yield the first parts of the names of the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_everything_that_is_needed_is_imported_and_the_other_way_round() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = {needed(each) for each in project["optional-dependencies"]["testing"]}

    assert extra >= EXTRA
    assert {needed(each) for each in project["dependencies"]} == imported() - EXTRA | NAMED


def test_everything_that_is_needed_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)(?:\[\S+\])?==", lock, re.MULTILINE))
    asked = chain(project["dependencies"], *project["optional-dependencies"].values())

    assert {needed(each) for each in asked} - {project["name"]} <= locked
    assert "://" not in re.sub(r"^ *#.*$", "", lock, flags=re.MULTILINE)
