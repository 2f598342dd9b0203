"""What a serving hub does by itself: it syncs, derives what is due, and delivers what is approved.

Everything here may run in several processes at once, and be killed at any moment: what is to be
done stands in the store.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from hub.app import Hub
from hub.models.kinds import SyncTrigger
from hub.sync.run import Order, sync

log = logging.getLogger(__name__)


async def background(hub: Hub) -> None:
    """Work until cancelled."""
    settings = hub.settings
    scheduled = partial(sync, hub.syncing, Order(trigger=SyncTrigger.SCHEDULE))
    async with asyncio.TaskGroup() as group:
        group.create_task(again_and_again(hub.syncing.settle, settings.write_every_s))
        if settings.sync_every_s:
            group.create_task(again_and_again(scheduled, settings.sync_every_s))


async def again_and_again(work: Callable[[], Awaitable[object]], seconds: float) -> None:
    """Do some work at once, and again after each pause; a fault of one time stops none after it."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("work in the background failed; it is tried again in %s s", seconds)
        await asyncio.sleep(seconds)
