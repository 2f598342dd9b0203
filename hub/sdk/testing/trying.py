"""Ways of asking that many laws share."""

from collections.abc import Awaitable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import stamina

from hub.errors import SourceError
from hub.models.record import Sourced
from hub.sdk.connector import Connector, Fetches, Pulls, Sweeps
from hub.sdk.testing.bench import pages, swept


async def raised(step: Awaitable[object]) -> Exception | None:
    """Return what a step raises of the contract's own errors; None if it does not."""
    try:
        await step
    except SourceError as error:
        return error
    return None


def everything(
    connector: Connector[Any], ids: Mapping[type[Sourced], Sequence[str]]
) -> Iterator[tuple[str, Coroutine[Any, Any, object]]]:
    """Yield each way in which a connector reads, named, as it is asked for."""
    yield "ping", connector.ping()
    for each in connector.resources:
        yield from ways(connector[each.record], ids[each.record])


def ways(resource: Any, ids: Sequence[str]) -> Iterator[tuple[str, Coroutine[Any, Any, object]]]:
    """Yield each way in which a resource reads, named, as it is asked for."""
    name = resource.record.__name__
    if isinstance(resource, Pulls):
        yield f"pull of {name}", _pulled(resource)
    if isinstance(resource, Fetches):
        yield f"fetch of {name}", _fetched(resource, ids)
    if isinstance(resource, Sweeps):
        yield f"sweep of {name}", swept(resource)


async def _pulled(resource: Any) -> set[str]:
    return {each.id async for page in pages(resource, None) for each in page.records}


async def _fetched(resource: Any, ids: Sequence[str]) -> Sequence[Any]:
    found: Sequence[Any] = await resource.fetch(list(ids[: resource.max_batch]))
    return found


@contextmanager
def at_once() -> Iterator[None]:
    """Let whatever is tried again be tried at once."""
    with stamina.set_testing(True, attempts=100, cap=True):
        yield
