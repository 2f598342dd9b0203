"""`hub serve`: answer questions over HTTP, and do in the background what time asks for."""

import asyncio
import socket
from dataclasses import replace
from typing import Annotated

import typer

from hub import app as hub_app
from hub.app import Hub
from hub.cli.background import background
from hub.cli.shared import ConfigOption, settings
from hub.config import Settings
from hub.web.application import application
from hub.web.server import Server, listen, serve


def add_to(app: typer.Typer) -> None:
    """Add `hub serve`."""
    app.command("serve")(command)


def command(
    *,
    port: Annotated[
        int | None,
        typer.Option(
            min=1, max=65535, help="Port, instead of the one in the settings.", show_default=False
        ),
    ] = None,
    file: ConfigOption = None,
) -> None:
    """Answer questions over HTTP until stopped; sync, derive and write back meanwhile."""
    found = settings(file)
    found = found if port is None else replace(found, port=port)
    with listen(found.host, found.port) as bound:
        asyncio.run(run(found, bound))


async def run(found: Settings, bound: socket.socket) -> None:
    """Open a hub and serve it."""
    async with hub_app.opened(found) as hub:
        await serving(hub, bound)


async def serving(hub: Hub, bound: socket.socket) -> None:
    """Serve a hub at a socket until SIGINT or SIGTERM, and say where it listens."""
    host, port = bound.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def started() -> None:
        typer.echo(f"Questions are answered at {address}/graphql; Ctrl-C stops.")
        if hub.settings.explore:
            typer.echo(f"Ask some in a browser at {address}/graphiql")

    await serve(Server(application(hub), hub.settings, started), bound, background(hub))
