"""Laws about looking records up by their ids."""

import asyncio
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from hub.sdk.testing.bench import Bench, content, fetched
from hub.sdk.testing.law import Chapter, Tier, holds, law
from hub.sdk.testing.upstream import done

UNKNOWN = ("nobody", "999999", "00000000-0000-4000-8000-999999999999", 'x" or 1 eq 1', "a\\b%20/c")
EXAMPLES = 25


@law(Chapter.FETCH, Tier.BRONZE)
async def what_is_fetched_is_what_was_asked_for(bench: Bench) -> None:
    """A fetch finds just those that exist, as they were read, whatever the order and repeats."""
    ids = await bench.fill()
    async with bench.connected() as connector:
        known = await bench.whole(connector, ids)
        resource = connector[bench.record]
        asked = st.lists(st.sampled_from([*ids, *UNKNOWN]), max_size=resource.max_batch)
        here = asyncio.get_running_loop()

        @seed(bench.seed)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(asked)
        def proof(some: list[str]) -> None:
            asyncio.run_coroutine_threadsafe(_compare(resource, some, known), here).result()

        await asyncio.to_thread(proof)


async def _compare(resource: Any, ids: Sequence[str], known: dict[str, Any]) -> None:
    found = await resource.fetch(list(ids))
    got = [each.id for each in found]
    wanted = {id_ for id_ in ids if id_ in known}
    holds(len(got) == len(set(got)), f"asked for {ids}: found some twice")
    holds(set(got) == wanted, f"asked for {ids}: found {got}")
    for each in found:
        holds(each == known[each.id], f"asked for {ids}: {each.id} is not as it was read")


@law(Chapter.FETCH, Tier.BRONZE)
async def null_keys_never_go_upstream(bench: Bench) -> None:
    """An empty id is no id: nothing is asked for it, and nothing at all when there is no other."""
    known = (await bench.fill())[0]
    async with bench.opened() as resource:
        for none in ([], [""]):
            found = await resource.fetch(none)
            holds(not found, f"asked for {none}: found {len(found)} records")
            holds(not bench.wire.exchanges, f"asked for {none}: the system was asked")
        questions = []
        for some in ([known], ["", known], [known, ""]):
            before = len(bench.wire.exchanges)
            await resource.fetch(some)
            questions.append([each.asked for each in bench.wire.exchanges[before:]])
    holds(questions[0] == questions[1] == questions[2], "an empty id changes what is asked")


@law(Chapter.FETCH, Tier.BRONZE)
async def a_whole_batch_is_taken(bench: Bench) -> None:
    """As many ids as `max_batch` may be asked for at once."""
    ids = await bench.fill()
    async with bench.opened() as resource:
        most = resource.max_batch
        holds(most >= 1, f"max_batch is {most}")
        asked = [*ids, *(f"{id_}9" for id_ in ids), *(str(990_000 + n) for n in range(most))][:most]
        found = await resource.fetch(asked)
    missing = ({*ids} & {*asked}) - {each.id for each in found}
    holds(not missing, f"asked for {len(asked)} ids, {len(missing)} that exist are not found")


@law(Chapter.FETCH, Tier.BRONZE)
async def what_changed_is_fetched_as_it_is(bench: Bench) -> None:
    """A fetch finds a record as it is by now, and none that was deleted."""
    ids = await bench.fill()
    changed, gone = ids[0], ids[-1]
    async with bench.opened() as resource:
        before, _ = await fetched(resource, ids)
        if bench.shows("update"):
            await done(bench.able("update")(changed))
            after, _ = await fetched(resource, [changed])
            holds(changed in after, f"{changed} was changed and is not found")
            as_before = content(after[changed]) == content(before.get(changed))
            holds(not as_before, f"{changed} is found as it was before")
        if bench.shows("delete"):
            await done(bench.able("delete")(gone))
            after, _ = await fetched(resource, [gone])
            holds(not after, f"{gone} was deleted and is found")


LAWS = (
    what_is_fetched_is_what_was_asked_for,
    null_keys_never_go_upstream,
    a_whole_batch_is_taken,
    what_changed_is_fetched_as_it_is,
)
