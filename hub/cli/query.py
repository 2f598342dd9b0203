"""`hub query`: ask the graph without a server."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from hub import app as hub_app
from hub.app import Hub
from hub.cli.shared import ConfigOption, print_json, settings
from hub.config import Settings
from hub.engine.prepare import Question
from hub.errors import UsageError
from hub.web.sign_in import viewer_of


def add_to(app: typer.Typer) -> None:
    """Add `hub query`."""
    app.command("query")(command)


def command(
    query: Annotated[
        str, typer.Argument(help="The question itself, a file with it, or - to read it from input.")
    ],
    *,
    variables: Annotated[
        str, typer.Option(help="Values of its variables, as a JSON object.")
    ] = "{}",
    operation: Annotated[
        str | None,
        typer.Option(help="Name of the operation, where there are several.", show_default=False),
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option(
            "--as", help="Employee number of who asks; in the demo only.", show_default=False
        ),
    ] = None,
    file: ConfigOption = None,
) -> None:
    """Ask the graph, and print the answer as JSON; exit 1 when there is none."""
    text, given = read(query), parsed(variables)
    authorization = f"Bearer demo:{as_}" if as_ is not None else None
    answer = asyncio.run(run(settings(file), text, given, authorization, operation))
    print_json(answer)
    if answer.get("data") is None:
        raise typer.Exit(1)


def read(query: str) -> str:
    """Return the text of a question.

    Raises:
        UsageError: it is in a file that cannot be read.
    """
    if "{" in query:
        return query
    try:
        return sys.stdin.read() if query == "-" else Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{query[:200]!r} is neither a question such as '{{ hub {{ version }} }}' nor a file "
            "that can be read"
        ) from error


def parsed(variables: str) -> dict[str, Any]:
    """Return the values of variables.

    Raises:
        UsageError: they are no JSON object.
    """
    try:
        values = json.loads(variables)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"--variables is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise UsageError('--variables must be a JSON object, e.g. {"first": 10}')
    return values


async def run(
    found: Settings,
    query: str,
    variables: Mapping[str, Any],
    authorization: str | None,
    operation: str | None,
) -> dict[str, Any]:
    """Open a hub and ask it."""
    async with hub_app.opened(found) as hub:
        return await answered(hub, query, variables, authorization, operation)


async def answered(
    hub: Hub,
    query: str,
    variables: Mapping[str, Any],
    authorization: str | None,
    operation: str | None = None,
) -> dict[str, Any]:
    """Return the answer to a question, as it is sent over HTTP.

    Raises:
        UnauthenticatedError: the credential does not hold.
    """
    async with hub.store.snapshot() as snapshot:
        viewer = await viewer_of(
            snapshot, authorization, hub.now(), hub.engine.memory, demo=hub.settings.demo
        )
    question = Question(text=query, variables=variables, operation=operation)
    return (await hub.engine.answer(question, viewer)).plain()
