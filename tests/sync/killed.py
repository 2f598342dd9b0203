"""Delivers what is due and is killed when it is written but not yet kept: for one test, by name.

`python -m tests.sync.killed DATABASE FOLDER`, the folder being that of the systems' settings.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from hub import clock, config
from hub.store import Store
from hub.sync.source import configured
from hub.sync.writing import Deliverer


async def killed(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def main(database: str, folder: Path) -> None:
    settings = config.load(folder / "hub.toml", environment={}, folder=folder)
    store = await Store.open(database, now=clock.now)
    await Deliverer(sources=configured(settings, {}), touching=killed).deliver(store, clock.now)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
