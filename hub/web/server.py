"""Runs the application on a port until it is told to stop, with its background work beside it."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from hub.config import Settings
from hub.errors import UsageError
from hub.web.protocol import Impatient

STOPPING = (signal.SIGINT, signal.SIGTERM)


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


class Server(uvicorn.Server):
    """A server that says when it answers, and ends in peace when it is told to stop."""

    def __init__(self, app: ASGIApp, settings: Settings, started: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            http=Impatient,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=settings.shutdown_s,
            limit_concurrency=settings.max_connections,
            ws="none",
        )
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take a signal as the wish to stop; uvicorn would raise it again when all is done."""
        before = {each: signal.signal(each, self.handle_exit) for each in STOPPING}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


async def serve(
    server: Server, bound: socket.socket, background: Coroutine[Any, Any, None]
) -> None:
    """Serve until SIGINT or SIGTERM; then finish what is in flight and stop the background work."""
    beside = asyncio.create_task(background)
    gc.freeze()  # what lives as long as the server would only make each collection take longer
    try:
        await server.serve(sockets=[bound])
    finally:
        gc.unfreeze()
        beside.cancel()
        with suppress(asyncio.CancelledError):
            await beside
