"""Whether an upstream shows enough to be judged by: a law that nothing can break proves nothing.

What it says must show on the wire, whatever the connector makes of it.
"""

from collections.abc import Callable
from typing import Any

from hub.errors import HubError
from hub.sdk.connector import Connector, Pulls, Resource
from hub.sdk.records import UNREADABLE
from hub.sdk.testing.bench import SIZE, Bench, Mirror
from hub.sdk.testing.law import BrokenError
from hub.sdk.testing.upstream import Hand, Upstream, done

FEWEST_PAGES = 3
SHOWN = {"update": "an update", "delete": "a deletion", "spoil": "a bad record"}


async def faults(
    connector: type[Connector[Any]], upstream: Callable[[], Upstream], *, live: bool
) -> list[str]:
    """Return what an upstream cannot show, in words; nothing where it can be judged by.

    Args:
        connector: The connector that is to be judged.
        upstream: Makes the system.
        live: Whether it is a real system, which need not show what it never does on demand.
    """
    found = []
    for resource in connector.resources:
        made = upstream()
        try:
            bench = Bench(connector, made, resource, 0)
            found += await _faults(bench, resource, live=live)
        finally:
            made.close()
    return found


async def _faults(bench: Bench, resource: type[Resource[Any]], *, live: bool) -> list[str]:
    name = resource.record.__name__
    hand = bench.upstream.hands.get(resource.record)
    if hand is None:
        return [f"{name}: there is no hand for it"]
    missing = [
        f"{name}: it cannot show {what} (Hand.{attribute} is missing)"
        for attribute, what in SHOWN.items()
        if getattr(hand, attribute) is None and attribute not in resource.never
    ]
    if missing and not live:
        return missing
    try:
        return await _unseen(bench, resource, hand)
    except (HubError, BrokenError, *UNREADABLE):
        return []  # the connector cannot even read it, which is for the laws to say


async def _unseen(bench: Bench, resource: type[Resource[Any]], hand: Hand) -> list[str]:
    """Return what a hand claims to do and the wire does not show."""
    name, ids, found = resource.record.__name__, await bench.fill(), []
    async with bench.connected() as connector:
        if issubclass(resource, Pulls) and "pages" not in resource.never:
            mirror = Mirror()
            await mirror.full(connector[resource.record])
            shown = sum(1 for page in mirror.pages if page.records)
            if set(ids) <= mirror.records.keys() and shown < FEWEST_PAGES:
                found.append(
                    f"{name}: it cannot show three pages: {SIZE} records fill {shown}; "
                    "give it settings with a smaller page size"
                )
        for number, (attribute, what) in enumerate(SHOWN.items()):
            act = getattr(hand, attribute)
            if act is None or attribute in resource.never:
                continue
            before = await _said(bench, connector, ids)
            await done(act(ids[number % len(ids)]))
            if before and before == await _said(bench, connector, ids):
                found.append(f"{name}: it cannot show {what}: its answers are the same afterwards")
    return found


async def _said(bench: Bench, connector: Connector[Any], ids: list[str]) -> list[Any]:
    """Return what passes on the wire when everything is read."""
    before = len(bench.wire.exchanges)
    await bench.whole(connector, ids)
    return bench.wire.said(before)
