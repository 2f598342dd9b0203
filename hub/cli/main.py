"""The `hub` command: finds the group that was asked for and tells faults in plain words.

Exit codes: 0 done; 1 an outside system or the hub failed; 2 wrong settings or a wrong command;
130 stopped by Ctrl-C, 143 told to end; a server that is told to stop ends with 0.
"""

import logging
import signal
import sys
from importlib import import_module
from types import FrameType

import typer

from hub.errors import ConfigError, HubError, UsageError

GROUPS = {
    "config": "settings",
    "connector": "connector",
    "demo": "demo",
    "identity": "identity",
    "import": "importing",
    "query": "query",
    "schema": "schema",
    "serve": "serve",
    "sync": "sync",
}


def build(word: str | None) -> typer.Typer:
    """Return the command line, with the one group that `word` names, else with all of them.

    Loading one group only keeps the start quick: a query needs no scaffold, a help text no server.
    """
    app = typer.Typer(
        name="hub",
        help="One typed graph over competence development and an organisation's other systems.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_hub)
    for name in [word] if word in GROUPS else GROUPS:
        import_module(f"hub.cli.{GROUPS[str(name)]}").add_to(app)
    return app


def _hub() -> None:
    pass


def main() -> None:
    """Run the command line and leave with its exit code."""
    signal.signal(signal.SIGTERM, _end)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    word = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        build(word)(prog_name="hub")
    except (ConfigError, UsageError) as error:
        _tell(error)
        sys.exit(2)
    except HubError as error:
        _tell(error)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _end(_: int, __: FrameType | None) -> None:
    """End when told to, so that nothing that was opened stays open."""
    sys.exit(143)


def _tell(error: HubError) -> None:
    typer.secho(f"error: {error}", fg=typer.colors.RED, err=True)
