"""A process that loads numbered people page by page, for tests that stop it at any moment.

Usage: `loader.py ADDRESS SYSTEM PAGES`. It goes on from its checkpoint.
"""

import asyncio
import sys

from hub.clock import now
from hub.models.kinds import SystemKind
from hub.models.person import Person
from hub.models.ref import Ref
from hub.store import Origin, Store

PAGE = 20


async def load(address: str, system: str, pages: int) -> None:
    store = await Store.open(address, now=now)
    source = Origin(key=system, kind=SystemKind.HRIS)
    while True:
        async with store.transaction() as tx:
            done = int(await tx.position(system, "employee") or 0)
            if done == pages:
                break
            numbers = range(done * PAGE, (done + 1) * PAGE)
            people = [
                Person(
                    id=str(number),
                    display_name=f"P {number}",
                    employee_number=str(number),
                    manager=Ref("Person", "employee_number", str(number + PAGE)),
                )
                for number in numbers
            ]
            kept = await tx.keep(source, "employee", Person, people, fetched_at=tx.moment)
            folded = await tx.fold(kept.touched)
            await tx.touch("Person", [change.id for change in folded.changes])
            await tx.checkpoint(system, "employee", str(done + 1))
    await store.close()


if __name__ == "__main__":
    asyncio.run(load(sys.argv[1], sys.argv[2], int(sys.argv[3])))
