"""What the command groups share: common options, settings, and the two ways of printing."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from hub import config

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="The hub.toml to use.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def settings(given: Path | None) -> config.Settings:
    """Read the settings as every command does.

    Raises:
        ConfigError: with every fault and its cure.
    """
    return config.load(given, environment=os.environ, folder=Path.cwd())


def console() -> Console:
    """Return where tables and progress go: the terminal, or plain text when it is none."""
    return Console(markup=False, width=None if sys.stdout.isatty() else 160)


def progress_console() -> Console:
    """Return where progress goes, apart from the answer."""
    return Console(stderr=True, markup=False)


def print_json(value: Any) -> None:
    """Print one JSON document."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
