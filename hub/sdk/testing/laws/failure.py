"""Laws about an upstream that is slow, busy, broken or lying, and how hard it is pressed."""

import asyncio
from collections.abc import Sequence

from hub.errors import (
    ForeignAddressError,
    SourceError,
    ThrottledError,
    TimedOutError,
    UnavailableError,
    UpstreamError,
)
from hub.sdk.http import LONGEST_WAIT_S
from hub.sdk.testing.bench import Bench
from hub.sdk.testing.law import Chapter, Tier, holds, law
from hub.sdk.testing.trying import at_once, everything, raised, ways
from hub.sdk.testing.wire import (
    broken_off,
    hanging,
    honest,
    leading,
    saying,
    slowly,
    stumbling,
    throttling,
    torn,
)

LONG_S = int(LONGEST_WAIT_S) + 30
SHORT_S = 0.05
NONSENSE = {
    "an empty body": b"",
    "an error with status 200": b'{"error": {"code": 500, "message": "Internal Server Error"}}',
}
ELSEWHERE = "https://elsewhere.example/here"


@law(Chapter.FAILURE, Tier.SILVER)
async def patience_is_told(bench: Bench) -> None:
    """Status 429 becomes a ThrottledError, with the seconds of its Retry-After."""
    ids = await bench.fill_all()
    bench.wire.manner = throttling(LONG_S)
    async with bench.connected() as connector:
        for what, step in everything(connector, ids):
            error = await raised(step)
            holds(isinstance(error, ThrottledError), f"{what}: {error!r}")
            after = getattr(error, "retry_after_s", None)
            holds(after == LONG_S, f"{what}: retry_after_s is {after}, told were {LONG_S}")


@law(Chapter.FAILURE, Tier.SILVER)
async def patience_is_kept(bench: Bench) -> None:
    """After status 429 the next request comes once its Retry-After is over, and not before."""
    bench.wire.manner = throttling(1, times=1)
    async with bench.connected() as connector:
        error = await raised(connector.ping())
    holds(error is None, f"it did not wait and ask again: {error!r}")
    first, second, *_ = bench.wire.exchanges
    waited = second.at - first.at
    holds(waited >= 1, f"asked again after {waited:.2f} s, told was 1 s")


@law(Chapter.FAILURE, Tier.SILVER)
async def two_failures_are_got_over(bench: Bench) -> None:
    """What fails twice with a status of 500 or more and then succeeds, succeeds."""
    ids = await bench.fill_all()
    bench.wire.manner = stumbling()
    async with bench.connected() as connector:
        with at_once():
            for what, step in everything(connector, ids):
                error = await raised(step)
                holds(error is None, f"{what}: {error!r}")


@law(Chapter.FAILURE, Tier.SILVER)
async def a_torn_answer_is_no_answer(bench: Bench) -> None:
    """An answer that breaks off is an error, never taken for a whole one."""
    ids = await bench.fill_all()
    for manner in (torn, broken_off):
        bench.wire.manner = manner
        async with bench.connected() as connector:
            with at_once():
                for each in bench.connector.resources:
                    for what, step in ways(connector[each.record], ids[each.record]):
                        error = await raised(step)
                        wanted = isinstance(error, UpstreamError | UnavailableError)
                        holds(wanted, f"{what}: {error!r}")


@law(Chapter.FAILURE, Tier.SILVER)
async def nonsense_is_no_answer(bench: Bench) -> None:
    """An empty body, or an error with status 200, is an error, never a stream without records."""
    ids = await bench.fill_all()
    for name, body in NONSENSE.items():
        bench.wire.manner = saying(body)
        async with bench.connected() as connector:
            for each in bench.connector.resources:
                for what, step in ways(connector[each.record], ids[each.record]):
                    error = await raised(step)
                    holds(isinstance(error, SourceError), f"{what}, {name}: no error")


@law(Chapter.FAILURE, Tier.SILVER)
async def a_hanging_upstream_times_out(bench: Bench) -> None:
    """Without an answer in time there is a TimedOutError."""
    ids = await bench.fill_all()
    bench.wire.manner = hanging
    async with bench.connected(timeout_s=SHORT_S) as connector:
        with at_once():
            for what, step in everything(connector, ids):
                try:
                    async with asyncio.timeout(100 * SHORT_S):
                        error = await raised(step)
                except TimeoutError:
                    holds(truth=False, otherwise=f"{what}: it waits for ever")
                else:
                    holds(isinstance(error, TimedOutError), f"{what}: {error!r}")


@law(Chapter.FAILURE, Tier.SILVER)
async def what_is_cancelled_leaves_nothing_open(bench: Bench) -> None:
    """A reading that is cancelled in the middle leaves no connection open and asks nothing more."""
    ids = await bench.fill_all()
    async with bench.connected() as connector:
        for what, step in everything(connector, ids):
            bench.wire.manner = hanging
            task = asyncio.ensure_future(step)
            await bench.wire.begun(task)
            task.cancel()
            await asyncio.wait([task])
            holds(not bench.wire.open, f"{what}: {bench.wire.open} requests still stand open")
            asked = len(bench.wire.exchanges)
            bench.wire.manner = honest
            await asyncio.sleep(SHORT_S)
            holds(asked == len(bench.wire.exchanges), f"{what}: it goes on asking")


@law(Chapter.FAILURE, Tier.SILVER)
async def limits_are_kept(bench: Bench) -> None:
    """Nobody is pressed harder than `limits` says: neither in any second, nor at the same time."""
    limits = bench.connector.limits
    ids = await bench.fill_all()
    bench.wire.manner = slowly
    most = max(1, int(limits.per_second))
    rounds = min(most, 40) + 5
    async with bench.connected(limits=limits) as connector:
        steps = [step for _, step in everything(connector, ids)]
        steps += [connector.ping() for _ in range(rounds)]
        await asyncio.gather(*(raised(step) for step in steps))
    seen, at_once_ = bench.wire.most_open, [each.at for each in bench.wire.exchanges]
    holds(seen <= limits.concurrent, f"{seen} requests at once, {limits.concurrent} are allowed")
    pressed = _most_in_a_second(at_once_)
    holds(pressed <= most, f"{pressed} requests in a second, {limits.per_second:g} are allowed")


def _most_in_a_second(moments: Sequence[float]) -> int:
    """Return how many moments lie in one second, at most; a busy machine is forgiven a little."""
    most, begin = 0, 0
    for end, moment in enumerate(moments):
        while moment - moments[begin] >= 0.8:
            begin += 1
        most = max(most, end - begin + 1)
    return most


@law(Chapter.FAILURE, Tier.SILVER)
async def no_other_host_is_asked(bench: Bench) -> None:
    """A redirect is not followed; the credential goes to no other host."""
    ids = await bench.fill_all()
    bench.wire.manner = leading(ELSEWHERE)
    async with bench.connected() as connector:
        for what, step in everything(connector, ids):
            error = await raised(step)
            holds(isinstance(error, ForeignAddressError), f"{what}: {error!r}")
    hosts = {each.headers.get("host") for each in bench.wire.exchanges}
    holds(len(hosts) == 1, f"asked were {', '.join(map(str, hosts))}")


LAWS = (
    patience_is_told,
    patience_is_kept,
    two_failures_are_got_over,
    a_torn_answer_is_no_answer,
    nonsense_is_no_answer,
    a_hanging_upstream_times_out,
    what_is_cancelled_leaves_nothing_open,
    limits_are_kept,
    no_other_host_is_asked,
)
