"""What tests of the served hub share: headers, codes, and patience."""

import asyncio
from collections.abc import Callable

import httpx

from hub.web.asked import PREFLIGHT

RESPONSE = {"Accept": "application/graphql-response+json"}
PLAIN = {"Content-Type": "application/json"}
ASKING = {PREFLIGHT[0]: "1"}
ADA = {"Authorization": "Bearer demo:1017"}


def code(answer: httpx.Response) -> str:
    """Return the code of the first error."""
    found: str = answer.json()["errors"][0]["extensions"]["code"]
    return found


def status(answer: bytes) -> int:
    """Return the status of an answer in bytes."""
    return int(answer.split(b" ", 2)[1])


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110, what it waits for is another task's doing
            await asyncio.sleep(0.01)
