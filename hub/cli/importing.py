"""`hub import`: take in what the organisation itself decides and no outside system holds."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from hub import app as hub_app
from hub.cli.shared import ConfigOption, JsonOption, console, print_json, settings
from hub.commands.importing import FileReport, import_folder
from hub.config import Settings


def add_to(app: typer.Typer) -> None:
    """Add `hub import`."""
    app.command("import")(command)


def command(
    folder: Annotated[
        Path, typer.Argument(help="Folder of CSV and YAML files; docs/import.md says which.")
    ],
    *,
    as_json: JsonOption = False,
    file: ConfigOption = None,
) -> None:
    """Take in a folder of files, all or nothing; what is in it already stays as it is."""
    reports = asyncio.run(run(settings(file), folder))
    if as_json:
        print_json([asdict(each) for each in reports])
        return
    table = Table("File")
    for name in ("Read", "Created", "Changed", "Deleted"):
        table.add_column(name, justify="right")
    for each in reports:
        table.add_row(each.file, *map(str, (each.read, each.created, each.changed, each.deleted)))
    console().print(table)


async def run(found: Settings, folder: Path) -> list[FileReport]:
    """Import, and derive what follows."""
    async with hub_app.opened(found) as hub:
        touching = hub.syncing.touching
        reports = await import_folder(hub.store, folder, now=hub.now, touching=touching)
        await hub.syncing.settle()
        return reports
