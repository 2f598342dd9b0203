"""`hub schema`: the public graph as text."""

import sys

import typer

from hub.schema import sdl


def add_to(app: typer.Typer) -> None:
    """Add `hub schema`."""
    app.command("schema")(command)


def command() -> None:
    """Print the schema of the graph (GraphQL SDL)."""
    sys.stdout.write(sdl())
