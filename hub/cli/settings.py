"""`hub config`: what is set, and where it comes from."""

import typer
from rich.table import Table

from hub import config
from hub.cli.shared import ConfigOption, JsonOption, console, print_json, settings


def add_to(app: typer.Typer) -> None:
    """Add `hub config`."""
    group = typer.Typer(help="Settings.", no_args_is_help=True)
    group.callback()(_config)
    group.command("show")(show)
    app.add_typer(group, name="config")


def _config() -> None:
    pass


def show(*, file: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Show every setting with its value and where it comes from; never a secret."""
    found = settings(file)
    rows = [
        {"setting": name, "value": config.shown(name, getattr(found, name)), "origin": origin}
        for name, origin in found.origins.items()
    ]
    sources = [
        {"source": each.key, "connector": each.connector, "name": each.name}
        for each in found.sources
    ]
    if as_json:
        print_json({"settings": rows, "sources": sources})
        return
    table = Table("Setting", "Value", "From")
    for row in rows:
        table.add_row(*row.values())
    console().print(table)
    if sources:
        table = Table("Source", "Connector", "Name")
        for source in sources:
            table.add_row(*source.values())
        console().print(table)
