"""One loopback port that can be opened and closed while the process runs, and the service behind.

Closed means closed: connections are refused, and those that stood are reset.
"""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from hub.demo.systems.catalogue import HOST
from hub.demo.systems.errors import StartError

PATIENCE_S = 3.0
EXPECTED = "ASGI callable returned without completing response."


def listen(port: int, purpose: str) -> socket.socket:
    """Return a socket that is bound to a loopback port.

    Raises:
        StartError: the port cannot be had.
    """
    # asyncio sends without delay only on sockets that say that they are TCP
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
        bound.listen()
    except OSError as error:
        bound.close()
        raise StartError(
            f"port {port} for {purpose} cannot be had: {error.strerror}; choose another first port "
            "(SYSTEMS=… or --systems), or stop what uses it"
        ) from error
    return bound


async def listen_soon(port: int, purpose: str) -> socket.socket:
    """Return a socket as `listen` does, but give who is just leaving the port some seconds.

    Raises:
        StartError: the port cannot be had, nor could it be after a while.
    """
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    return listen(port, purpose)
                except StartError:
                    await asyncio.sleep(0.1)
    except TimeoutError:
        return listen(port, purpose)


class _Server(uvicorn.Server):
    """A server that says when it answers, and leaves signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.opened = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.opened.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Door:
    """One port and the service behind it."""

    def __init__(self, app: ASGIApp, port: int, purpose: str) -> None:
        self.port = port
        self.purpose = purpose
        self._app = app
        self._turning = asyncio.Lock()
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    async def open(self, bound: socket.socket | None = None) -> None:
        """Let callers in from now on; returns when the first may come.

        Raises:
            StartError: the port cannot be had.
        """
        async with self._turning:
            if self._server is not None:
                return
            bound = bound or listen(self.port, self.purpose)
            self._server = _server(self._app)
            self._serving = asyncio.create_task(self._server.serve(sockets=[bound]))
            await self._server.opened.wait()

    async def close(self) -> None:
        """Refuse callers from now on, and reset those that are in."""
        async with self._turning:
            if self._server is None or self._serving is None:
                return
            self._server.should_exit = True
            for connection in list(self._server.server_state.connections):
                transport = connection.transport
                if isinstance(transport, asyncio.WriteTransport):
                    transport.abort()
            await self._serving
            self._server = None


def _server(app: ASGIApp) -> _Server:
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        ws="none",
    )
    return _Server(config)


def quieten() -> None:
    """Keep the server from reporting the half answers that a fault asks for."""
    logging.getLogger("uvicorn.error").addFilter(lambda record: record.getMessage() != EXPECTED)
