"""`hub demo`: an organisation that nobody has to have, with its pretend systems and a hub."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from hub import clock, config
from hub.cli.shared import JsonOption, console, print_json
from hub.demo import home
from hub.demo.home import Basis
from hub.demo.organisation import generate, publish
from hub.demo.organisation.model import Organisation
from hub.demo.questions import questions
from hub.demo.systems import control
from hub.demo.systems.catalogue import KEYS
from hub.demo.systems.errors import PretendError
from hub.demo.systems.faults import Fault
from hub.demo.systems.process import started
from hub.errors import UsageError

HOST = "127.0.0.1"


def add_to(app: typer.Typer) -> None:
    """Add `hub demo`."""
    group = typer.Typer(invoke_without_command=True)
    group.callback()(run)
    group.command("systems")(systems)
    group.command("fault")(fault)
    group.command("questions")(list_questions)
    app.add_typer(group, name="demo")


def run(  # noqa: PLR0913, one argument per option
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(help="Port of the hub.")] = 8000,
    people: Annotated[
        int, typer.Option(min=60, max=20_000, help="How many people work there.")
    ] = 500,
    seed: Annotated[int, typer.Option(help="Decides who they are and what happens where.")] = 7,
    first_port: Annotated[
        int, typer.Option("--systems", help="First of eight ports, for the systems.")
    ] = 9100,
    without: Annotated[
        list[str] | None, typer.Option(help="Key of a system that is not there; may be repeated.")
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Stop after the first answer instead of serving.")
    ] = False,
) -> None:
    """Run an organisation's systems, load them into a hub, answer a question, and serve."""
    if context.invoked_subcommand is not None:
        return
    # what serves is loaded here, so that the commands beside it start quickly
    from hub.cli.loading import Loading  # noqa: PLC0415
    from hub.web.server import listen  # noqa: PLC0415

    missing = _known(without or [])
    basis = Basis(seed=seed, people=people, today=clock.now().date())
    with told(), listen(HOST, port) as bound:
        organisation = generate(basis.seed, basis.people, basis.today)
        folder = prepared(Path.cwd() / home.PLACE, basis, organisation)
        with started(folder / "systems", first_port=first_port, without=missing):
            path = home.write_settings(folder, port=port, first_port=first_port)
            home.make_current(folder)
            loading = Loading(
                settings=config.load(path, environment=os.environ, folder=folder),
                folder=folder,
                organisation=organisation,
                bound=None if once else bound,
            )
            asyncio.run(loading.run())


def prepared(place: Path, basis: Basis, organisation: Organisation) -> Path:
    """Return the folder of an organisation, published unless it stands there whole."""
    folder = home.folder_of(place, basis)
    if Basis.read(folder) != basis:
        home.emptied(folder)
        publish(organisation, folder)
        basis.write(folder)
    return folder


def systems(*, as_json: JsonOption = False) -> None:
    """List the pretend systems that run: where they are, and what a client must send."""
    with told():
        listed = control.systems(_current() / "systems")
    if as_json:
        print_json(listed)
        return
    for each in listed:
        console().print(
            f"{each['key']:12} {each['vendor']:12} {each['base_url']}  {each['requests']}"
        )


def fault(
    key: Annotated[str, typer.Argument(help="Key of the system.")],
    kind: Annotated[Fault, typer.Argument(help="What is to be the matter with it.")],
) -> None:
    """Let a pretend system fail from now on; `ok` mends it."""
    with told():
        control.set_fault(_current() / "systems", key, kind)


def list_questions(*, as_json: JsonOption = False) -> None:
    """List flagship questions with the answers that the generated organisation must give."""
    basis = Basis.read(_current())
    if basis is None:
        raise UsageError("no demo was loaded here; run `hub demo` first")
    if basis.generator != home.generator():
        raise UsageError("the demo here was made by another version; run `hub demo` again")
    asked = questions(generate(basis.seed, basis.people, basis.today))
    if as_json:
        print_json([each.plain() for each in asked])
        return
    for each in asked:
        console().print(f"{each.name}: {len(each.expect)} expectations", highlight=False)


def _current() -> Path:
    return Path.cwd() / home.PLACE / home.CURRENT


def _known(without: list[str]) -> list[str]:
    wanted = [key for each in without for key in each.replace(",", " ").split()]
    unknown = [key for key in wanted if key not in KEYS]
    if unknown:
        raise UsageError(f"no system {unknown[0]!r}; there are {', '.join(KEYS)}")
    return wanted


@contextmanager
def told() -> Iterator[None]:
    """Tell a fault of the pretend systems as one of the command."""
    try:
        yield
    except PretendError as error:
        raise UsageError(str(error)) from error
