"""Killed at any moment of a load, and run again: nothing is lost, nothing is read in vain."""

import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.real.demo import Demo, held, processes_below, running

pytestmark = pytest.mark.real

PAGES_READ_AGAIN = 3  # the one that was cut off, and what leads to it


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A load that nobody disturbed, and the seconds that it took."""
    folder = tmp_path_factory.mktemp("untouched")
    began = time.monotonic()
    subprocess.run(
        Demo(folder).command("--once"), cwd=folder, check=True, capture_output=True, timeout=300
    )
    return folder, time.monotonic() - began


@pytest.mark.parametrize("chance", range(4))
def test_a_load_that_was_killed_ends_like_one_that_was_not(
    untouched: tuple[Path, float], tmp_path: Path, chance: int
) -> None:
    whole, seconds = untouched
    rng = random.Random(chance)
    demo = Demo(tmp_path)
    for _ in range(3):
        demo.begin()
        time.sleep(rng.uniform(0.2, 0.9) * seconds)
        demo.kill()
        _await_silence(tmp_path)
    with running(demo):
        pass
    assert [] == processes_below(tmp_path)
    expected, found = held(Demo(whole).database), held(demo.database)
    assert expected.keys() == found.keys()
    for table, rows in expected.items():
        assert rows == found[table], table
    shutil.rmtree(tmp_path / ".demo")


def _await_silence(folder: Path) -> None:
    """Wait until the systems have noticed that who started them is gone."""
    until = time.monotonic() + 10
    while processes_below(folder) and time.monotonic() < until:
        time.sleep(0.1)
    assert [] == processes_below(folder)
