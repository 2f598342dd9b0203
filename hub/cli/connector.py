"""`hub connector`: which connectors there are, and whether one keeps its contract."""

from dataclasses import MISSING, Field, fields
from importlib import import_module
from typing import Annotated, Any, get_type_hints

import typer
from rich.table import Table

from hub import registry
from hub.cli.shared import JsonOption, console, print_json
from hub.errors import UsageError
from hub.sdk import Connector, Fetches, Pulls, Secret, Sweeps, Writes, settings_of

CAPABILITIES = {"pull": Pulls, "fetch": Fetches, "sweep": Sweeps, "write": Writes}
NameArgument = Annotated[str, typer.Argument(help="Name of the connector.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Where chance begins.")]
SEED = 7


def add_to(app: typer.Typer) -> None:
    """Add `hub connector`."""
    group = typer.Typer(help="Connectors.", no_args_is_help=True)
    group.callback()(_connector)
    group.command("list")(list_)
    group.command("check")(check)
    app.add_typer(group, name="connector")


def _connector() -> None:
    pass


def list_(*, as_json: JsonOption = False) -> None:
    """List the connectors that are installed: what they read, what they can do, what they need."""
    found = [described(name, registry.connector(name)) for name in registry.names()]
    if as_json:
        print_json(found)
        return
    table = Table("Connector", "Kind", "Reads", "Settings")
    for each in found:
        reads = [f"{one['record']}: {', '.join(one['can'])}" for one in each["resources"]]
        needs = [one["name"] + ("" if one["required"] else "?") for one in each["settings"]]
        table.add_row(each["name"], each["kind"], "\n".join(reads), ", ".join(needs))
    console().print(table)


def described(name: str, connector: type[Connector[Any]]) -> dict[str, Any]:
    """Return what a connector is, for programs."""
    of = settings_of(connector)
    hints = get_type_hints(of)
    return {
        "name": name,
        "version": registry.version(name),
        "kind": connector.kind,
        "resources": [
            {
                "record": each.record.__name__,
                "stream": each.stream,
                "can": [word for word, able in CAPABILITIES.items() if issubclass(each, able)],
                "never": dict(each.never),
            }
            for each in connector.resources
        ],
        "settings": [_setting(each, hints[each.name]) for each in fields(of)],
    }


def _setting(field: Field[Any], kind: type) -> dict[str, Any]:
    """Return what may be set; the default only where there is one."""
    required = field.default is MISSING
    told = {"name": field.name, "secret": kind is Secret, "required": required}
    return told if required else told | {"default": field.default}


def check(name: NameArgument, *, as_json: JsonOption = False, seed: SeedOption = SEED) -> None:
    """Put a connector to the laws of its contract; exit code 1 when one that must hold does not.

    A connector of the hub's own is asked to read a pretend system in this process. Of another only
    the source text is judged; its own tests do the rest.
    """
    connector = registry.connector(name)
    try:
        # the kit is slow to load, and a hub that only serves does without what it needs
        judging = import_module("hub.cli.judging")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed; the extra `testing` of this package brings it"
        ) from error
    if not judging.checked(name, connector, seed=seed, as_json=as_json):
        raise typer.Exit(1)
