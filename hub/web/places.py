"""How many questions are answered at the same time; who comes when all places wait is sent away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hub.errors import RateLimitedError

RETRY_S = 1


class Places:
    """As many places as questions are answered at the same time, and as many to wait for one."""

    def __init__(self, many: int) -> None:
        self._most = 2 * many
        self._here = 0
        self._free = asyncio.Semaphore(many)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Hold a place while the block runs, after waiting for it.

        Raises:
            RateLimitedError: too many wait already.
        """
        if self._here >= self._most:
            raise RateLimitedError(
                "Too many questions are being answered; ask again in a moment.",
                retry_after_s=RETRY_S,
            )
        self._here += 1
        try:
            async with self._free:
                yield
        finally:
            self._here -= 1
