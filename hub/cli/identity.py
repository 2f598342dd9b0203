"""`hub identity`: who in which system is whom in the organisation."""

import asyncio
import json
from typing import Any

import typer
from rich.table import Table

from hub import app as hub_app
from hub.cli.shared import ConfigOption, JsonOption, console, print_json, settings
from hub.config import Settings
from hub.store import among
from hub.store.identity import candidates

WAITING = """
SELECT id, system, external_id, status, attributes
FROM identity_link WHERE status IN ('UNMATCHED', 'PROPOSED') ORDER BY system, external_id
"""
NAMES = "SELECT id, display_name FROM person WHERE "


def add_to(app: typer.Typer) -> None:
    """Add `hub identity`."""
    group = typer.Typer(help="Who in which system is whom.", no_args_is_help=True)
    group.callback()(_identity)
    group.command("inbox")(inbox)
    app.add_typer(group, name="identity")


def _identity() -> None:
    pass


def inbox(*, as_json: JsonOption = False, file: ConfigOption = None) -> None:
    """List the accounts that nobody matches yet, with those they may belong to."""
    waiting = asyncio.run(run(settings(file)))
    if as_json:
        print_json(waiting)
        return
    table = Table("System", "Account", "Status", "Known of it", "May be")
    for each in waiting:
        known = ", ".join(f"{name} {value}" for name, value in each["attributes"].items())
        table.add_row(
            each["system"],
            each["externalId"],
            each["status"],
            known,
            ", ".join(str(candidate) for candidate in each["candidates"]),
        )
    console().print(table)


async def run(found: Settings) -> list[dict[str, Any]]:
    """Return what waits, by system and account, with the names of those it may be."""
    async with hub_app.opened(found) as hub, hub.store.snapshot() as snapshot:
        rows = await snapshot.rows(WAITING)
        maybe = await candidates(snapshot, [row[0] for row in rows])
        ids = sorted({each.person_id for those in maybe.values() for each in those})
        names: dict[str, str] = dict(await snapshot.rows(NAMES + among("id", "ids"), {"ids": ids}))
    return [
        {
            "system": system,
            "externalId": external_id,
            "status": status,
            "attributes": json.loads(attributes),
            "candidates": [names[each.person_id] for each in maybe[id_]],
        }
        for id_, system, external_id, status, attributes in rows
    ]
