"""A source is read by one process at a time, and never stays locked by a dead one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hub.sync.lock import BusyError, alone

HOLDER = """
import asyncio, sys
from hub.sync.lock import alone
async def hold():
    async with alone(sys.argv[1], "hr"):
        print("held", flush=True)
        await asyncio.Event().wait()
asyncio.run(hold())
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"


async def test_a_lock_is_held_by_one_at_a_time_and_given_back(database: str) -> None:
    async with alone(database, "hr"):
        with pytest.raises(BusyError, match="hr is being synced"):
            async with alone(database, "hr"):
                pass
    async with alone(database, "hr"):
        pass


async def test_sources_do_not_wait_for_one_another(database: str) -> None:
    async with alone(database, "hr"), alone(database, "quality"):
        pass


async def test_a_lock_dies_with_its_holder(database: str) -> None:
    command = [sys.executable, "-c", HOLDER, database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:  # noqa: ASYNC220, another process is the point
        assert holder.stdout
        assert "held\n" == holder.stdout.readline()
        with pytest.raises(BusyError):
            async with alone(database, "hr"):
                pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    async with alone(database, "hr"):
        pass
