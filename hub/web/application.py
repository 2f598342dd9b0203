"""The hub over HTTP: what answers under which address, and the guards before all of it."""

import asyncio
import logging

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.app import Hub
from hub.web import explore, health
from hub.web.graphql import GraphQL
from hub.web.guard import BoundedBody, BoundedHead, SecurityHeaders
from hub.web.sign_in import example

READY_S = 2.0
log = logging.getLogger(__name__)


def application(hub: Hub) -> ASGIApp:
    """Return the application that serves a hub."""
    settings = hub.settings

    async def schema(_: Request) -> Response:
        return PlainTextResponse(hub.schema.sdl)

    async def ready() -> str | None:
        try:
            async with asyncio.timeout(READY_S), hub.store.snapshot() as snapshot:
                await snapshot.rows("SELECT 1")
        except Exception as error:  # noqa: BLE001, whatever keeps the hub from answering
            log.warning("the database does not answer: %r", error)
            return "the database does not answer"
        return None

    async def sign_in() -> str:
        async with hub.store.snapshot() as snapshot:
            return await example(snapshot)

    routes = [Route("/graphql", GraphQL(hub)), *health.routes(ready)]
    if settings.explore:
        routes += [
            Route("/schema.graphql", schema),
            *explore.routes(sign_in if settings.demo and settings.loopback else None),
        ]
    bounded = BoundedBody(Starlette(routes=routes), max_bytes=settings.max_body_bytes)
    hosts = frozenset(each.lower() for each in settings.allowed_hosts)
    return SecurityHeaders(BoundedHead(bounded, hosts=hosts))
