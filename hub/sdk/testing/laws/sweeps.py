"""Laws about telling all ids that exist."""

from hub.errors import SourceError
from hub.sdk.testing.bench import Bench, swept
from hub.sdk.testing.law import Chapter, Tier, holds, law
from hub.sdk.testing.upstream import done
from hub.sdk.testing.wire import Exchange, Honest, Reply


@law(Chapter.SWEEP, Tier.BRONZE)
async def a_sweep_tells_what_exists(bench: Bench) -> None:
    """A sweep tells the id of every record that is there, and of none that is gone."""
    delete, ids = bench.able("delete"), await bench.fill()
    async with bench.opened() as resource:
        missing = set(ids) - await swept(resource)
        holds(not missing, f"{len(missing)} records that exist are not told")
        await done(delete(ids[1]))
        there = await swept(resource)
    holds(ids[1] not in there, f"{ids[1]} was deleted and is told")
    holds(set(ids) - {ids[1]} <= there, "after one deletion others are missing too")


@law(Chapter.SWEEP, Tier.BRONZE)
async def what_cannot_be_read_is_still_there(bench: Bench) -> None:
    """A sweep tells a bad record too: it is not gone."""
    spoil, ids = bench.able("spoil"), await bench.fill()
    await done(spoil(ids[1]))
    async with bench.opened() as resource:
        there = await swept(resource)
    holds(set(ids) <= there, f"{len(set(ids) - there)} records that exist are not told")


@law(Chapter.SWEEP, Tier.SILVER)
async def a_list_that_comes_again_stops_the_sweep(bench: Bench) -> None:
    """A part of the list that is given for another is an error: what it hides is not gone."""
    bench.expect("pages")
    ids = await bench.fill()
    first: dict[tuple[str, str], Reply] = {}

    async def manner(exchange: Exchange, told: Honest) -> Reply:
        place = exchange.method, exchange.path
        reply = first[place] if place in first else first.setdefault(place, await told())
        return Reply(status=reply.status, headers=reply.headers, body=reply.body)

    bench.wire.manner = manner
    async with bench.opened() as resource:
        try:
            missing = set(ids) - await swept(resource)
        except SourceError:
            return
    holds(not missing, f"it ends as if all were told, and {len(missing)} are missing")


LAWS = (
    a_sweep_tells_what_exists,
    what_cannot_be_read_is_still_there,
    a_list_that_comes_again_stops_the_sweep,
)
