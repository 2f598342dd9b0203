"""Runs the application on a port until it is told to stop, with its background work beside it."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from hub.errors import UsageError


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        UsageError: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise UsageError(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another port with --port "
            "or HUB_PORT, or stop what uses it",
        ) from error
    bound.listen(2048)
    return bound


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()


async def serve(
    app: ASGIApp,
    bound: socket.socket,
    *,
    shutdown_s: int,
    background: Coroutine[Any, Any, None],
    started: Callable[[], None],
) -> None:
    """Serve until SIGINT or SIGTERM; then finish what is in flight and stop the background work."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=shutdown_s,
        h11_max_incomplete_event_size=64 * 1024,
        ws="none",
    )
    beside = asyncio.create_task(background)
    try:
        await _Server(config, started).serve(sockets=[bound])
    finally:
        beside.cancel()
        with suppress(asyncio.CancelledError):
            await beside
