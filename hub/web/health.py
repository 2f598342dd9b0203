"""Whether the process lives, and whether it can answer now."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route


def routes(ready: Callable[[], Awaitable[str | None]]) -> list[BaseRoute]:
    """Return `/healthz` and `/readyz`.

    Args:
        ready: Tells why the hub cannot answer now; None when it can. A source that is down is no
            reason: the hub answers without it.
    """

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> Response:
        reason = await ready()
        if reason is None:
            return JSONResponse({"status": "ready"})
        body = {"status": "unavailable", "reason": reason}
        return JSONResponse(body, status_code=503, headers={"Retry-After": "5"})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
