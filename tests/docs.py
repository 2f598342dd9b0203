"""Writes what is generated of the documentation: `make docs`.

A passage stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; `test_docs.py` fails while
one of them is stale. The schema stands as a file of its own, for clients to read and for reviews
of what changes in it.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer

from hub import config, errors
from hub.cli.main import build
from hub.models.kinds import UserErrorCode
from hub.schema import sdl

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "docs" / "schema.graphql"
PASSAGE = re.compile(r"<!-- begin (?P<name>[\w-]+) -->\n.*?<!-- end (?P=name) -->", re.DOTALL)


def settings() -> str:
    lines = ["| In `hub.toml`, `[hub]` | In the environment | Default | |", "|---|---|---|---|"]
    for name, (field, meaning) in config.described().items():
        default = f"`{config.shown(name, field.default)}`"
        lines.append(f"| `{name}` | `{config.variable(name)}` | {default} | {meaning.sentence} |")
    return "\n".join(lines)


def commands() -> str:
    group: Any = typer.main.get_command(build(None))
    return "\n\n".join(_command(path, command) for path, command in leaves("hub", group))


def leaves(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Yield every command that does something by itself, with its full name."""
    below = getattr(command, "commands", {})
    if not below or command.invoke_without_command:
        yield path, command
    for name in sorted(below):
        yield from leaves(f"{path} {name}", below[name])


def _command(path: str, command: Any) -> str:
    about = " ".join((command.help or "").split())
    lines = [f"### `{path}`", "", about, ""]
    for parameter in command.params:
        names = ", ".join(f"`{each}`" for each in _names(parameter))
        lines.append(f"- {names}: {parameter.help or ''}".rstrip(": "))
    return "\n".join(lines).rstrip()


def _names(parameter: Any) -> list[str]:
    if parameter.param_type_name == "argument":
        return [parameter.name.upper()]
    return [*parameter.opts, *parameter.secondary_opts]


def request_errors() -> str:
    lines = ["| Code | |", "|---|---|"]
    for code, sentences in codes(errors.RequestError, errors.SourceError).items():
        lines.append(f"| `{code}` | {' '.join(sentences)} |")
    return "\n".join(lines)


def decision_errors() -> str:
    lines = ["| Code | |", "|---|---|"]
    lines += [f"| `{each.value}` | {each.sentence} |" for each in UserErrorCode]
    return "\n".join(lines)


def codes(*families: type[errors.HubError]) -> dict[str, list[str]]:
    """Return every code that an error of these families can carry, with what it means."""
    found: dict[str, list[str]] = {}
    for each in vars(errors).values():
        if not isinstance(each, type) or not issubclass(each, families) or each in families:
            continue
        if each is errors.LimitError:
            found |= {f"LIMIT_{limit}": [text] for limit, text in each.LIMITS.items()}
        else:
            found.setdefault(each.code, []).append(str(each.__doc__).partition("\n")[0])
    return found


PASSAGES: dict[str, Callable[[], str]] = {
    "settings": settings,
    "commands": commands,
    "request-errors": request_errors,
    "decision-errors": decision_errors,
}


def fresh(text: str) -> str:
    """Return `text` with every passage written anew."""

    def written(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- begin {name} -->\n{PASSAGES[name]()}\n<!-- end {name} -->"

    return PASSAGE.sub(written, text)


def pages() -> list[Path]:
    """Return the pages that may hold passages."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def main() -> None:
    """Write all passages and the schema anew."""
    SCHEMA.write_text(sdl(), encoding="utf-8")
    for page in pages():
        page.write_text(fresh(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
