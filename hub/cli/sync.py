"""`hub sync`: read what changed in the outside systems."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Self

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Table

from hub import app as hub_app
from hub.cli.shared import ConfigOption, JsonOption, console, print_json, progress_console, settings
from hub.config import Settings
from hub.models.kinds import SyncTrigger
from hub.sync.report import StreamReport
from hub.sync.run import Order, sync


def add_to(app: typer.Typer) -> None:
    """Add `hub sync`."""
    app.command("sync")(command)


def command(
    key: Annotated[
        str | None, typer.Argument(help="Key of the one source to sync; all when left out.")
    ] = None,
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Read everything again, not only what changed.")
    ] = False,
    accept_deletions: Annotated[
        bool,
        typer.Option(
            "--accept-deletions",
            help="Believe the source also when nearly everything has vanished there.",
        ),
    ] = False,
    as_json: JsonOption = False,
    file: ConfigOption = None,
) -> None:
    """Read what changed in the outside systems; one that fails stops no other."""
    found = settings(file)
    order = Order(
        keys=(found.source(key).key,) if key else (),
        full=full,
        accept_deletions=accept_deletions,
        trigger=SyncTrigger.MANUAL,
    )
    reports = asyncio.run(run(found, order))
    if as_json:
        print_json([as_row(each) for each in reports])
    else:
        console().print(summary(reports))
    for each in reports:
        if each.error:
            typer.secho(f"{each.source} {each.stream}: {each.error}", err=True)
    if reports and all(each.error for each in reports):
        raise typer.Exit(1)


async def run(found: Settings, order: Order) -> list[StreamReport]:
    """Sync with progress bars on standard error."""
    async with hub_app.opened(found) as hub:
        with Bars() as bars:
            return await sync(hub.syncing, order, bars)


def as_row(report: StreamReport) -> dict[str, object]:
    """Return a report for programs; `error` only where there is one."""
    row = asdict(report)
    return row if report.error else {name: row[name] for name in row if name != "error"}


def summary(reports: list[StreamReport]) -> Table:
    """Return a table of what a sync did."""
    table = Table("Source", "Stream")
    for name in ("Read", "Created", "Changed", "Deleted", "Quarantined"):
        table.add_column(name, justify="right")
    table.add_column("Stopped by")
    for each in reports:
        counts = (each.read, each.created, each.changed, each.deleted, each.quarantined)
        table.add_row(each.source, each.stream, *map(str, counts), each.error or "")
    return table


class Bars:
    """One progress line per stream, on standard error."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TextColumn("{task.completed:.0f} records"),
            console=progress_console(),
        )
        self._tasks: dict[tuple[str, str], TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def page(self, report: StreamReport) -> None:
        """Move the line of a stream."""
        self._progress.update(self._line(report), completed=report.read)

    def ended(self, report: StreamReport) -> None:
        """Close the line of a stream."""
        text = f"{report.source} {report.stream}"
        self._progress.update(
            self._line(report),
            description=f"{text}: {report.error}" if report.error else text,
            completed=report.read,
            total=max(report.read, 1) if report.error else report.read,
        )

    def _line(self, report: StreamReport) -> TaskID:
        key = (report.source, report.stream)
        if key not in self._tasks:
            text = f"{report.source} {report.stream}"
            self._tasks[key] = self._progress.add_task(text, total=None)
        return self._tasks[key]
