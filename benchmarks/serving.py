"""The process that is measured: a hub over HTTP, and beside it the least that any server does.

    python -m benchmarks.serving FOLDER PORT

`/cpu` tells the CPU time of the process so far, in nanoseconds. `/finished` gives back, to whoever
posts there, the bytes that were last put there: an endpoint that has nothing to do but to send.
"""

import asyncio
import os
import sys
import time
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub import app, config
from hub.web.application import application
from hub.web.server import Server, listen, serve


class Beside:
    """A hub's application with the two addresses beside it."""

    def __init__(self, hub: ASGIApp) -> None:
        self._hub = hub
        self._finished = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["path"] == "/cpu":
            await _sent(send, str(time.process_time_ns()).encode())
        elif scope["path"] == "/finished":
            told = await _read(receive)
            if scope["method"] == "PUT":
                self._finished = told
            await _sent(send, self._finished)
        else:
            await self._hub(scope, receive, send)


async def _read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message: Message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _sent(send: Send, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def run(folder: Path, port: int) -> None:
    """Serve the hub of a folder until the process is told to stop."""
    settings = config.load(folder / "hub.toml", environment=os.environ, folder=folder)
    async with app.opened(settings) as hub:
        with listen("127.0.0.1", port) as bound:
            server = Server(Beside(application(hub)), settings, lambda: None)
            await serve(server, bound, asyncio.sleep(0))


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]).resolve(), int(sys.argv[2])))
