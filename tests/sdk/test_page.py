"""The page about writing connectors shows one that works, with the test that proves it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "connectors.md"
BLOCK = re.compile(r"`(?P<name>\w+\.py)`:\n\n```python\n(?P<text>.*?)```", re.DOTALL)
SHOWN = {"acme_appraise.py": "acme.py", "acme_upstream.py": "acme_upstream.py"}


def blocks() -> dict[str, str]:
    """Return the files that the page shows."""
    return {each["name"]: each["text"] for each in BLOCK.finditer(PAGE.read_text())}


def test_the_files_that_the_page_shows_are_a_connector_that_keeps_its_contract(
    tmp_path: Path,
) -> None:
    for name, text in blocks().items():
        (tmp_path / name).write_text(text)
    page = tmp_path / "docs" / "connectors" / "acme-appraise.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Acme Appraise\n")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-W",
            "error",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:asyncio",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout
    assert "38 passed" in done.stdout


@pytest.mark.parametrize(("shown", "file"), SHOWN.items(), ids=SHOWN)
def test_what_the_page_shows_is_what_the_kit_is_tested_with(shown: str, file: str) -> None:
    text = (Path(__file__).parent / file).read_text().replace("tests.sdk.acme", "acme_appraise")
    assert text == blocks()[shown]
