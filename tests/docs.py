"""Writes what is generated of the documentation: `make docs`.

A passage stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; `test_docs.py` fails while
one of them is stale. The schema stands as a file of its own, for clients to read and for reviews
of what changes in it.
"""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import Field, dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import typer

from hub import config, errors, models
from hub.cli.main import build
from hub.engine.limits import CHARACTERS, COST, DEPTH, TOKENS
from hub.engine.listing import MOST
from hub.models.kinds import UserErrorCode
from hub.models.record import Meaning, Nature, Sourced, describe, described
from hub.models.ref import Ref
from hub.schema import sdl
from hub.schema.computed.quality import MOST_GROUPS

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "docs" / "schema.graphql"
PASSAGE = re.compile(r"<!-- begin (?P<name>[\w-]+) -->\n.*?<!-- end (?P=name) -->", re.DOTALL)
CODE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


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


def limits() -> str:
    """Return the table of what a question may be at most, in the default settings."""
    set_ = {name: each.default for name, (each, _) in config.described().items()}
    rows = (
        ("`first` and `last`", f"{MOST}", "`LIMIT_PAGE`"),
        ("Ids of `nodes`", f"{MOST}", "`BAD_USER_INPUT`"),
        ("Levels", f"{DEPTH}", "`LIMIT_DEPTH`"),
        ("Cost", f"{COST:,}", "`LIMIT_COST`"),
        ("Tokens of a document", f"{TOKENS:,}", "`LIMIT_TOKENS`"),
        ("Characters of a document", f"{CHARACTERS:,}", "`LIMIT_TOKENS`"),
        ("Groups", f"{MOST_GROUPS:,}", "`LIMIT_GROUPS`"),
        ("Seconds (`question_s`)", f"{set_['question_s']}", "`LIMIT_TIME`"),
        ("Bytes of a body (`max_body_bytes`)", f"{set_['max_body_bytes']:,}", "413"),
        (
            "Questions at once (`questions_at_once`), and as many that wait",
            f"{set_['questions_at_once']}",
            "503, `RATE_LIMITED`, `Retry-After`",
        ),
    )
    lines = ["| | At most | Else |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def concepts() -> dict[ModuleType, list[type]]:
    """Return each module of the models with its records, in order of declaration."""
    found: dict[ModuleType, list[type]] = {}
    for name in sorted(each.name for each in pkgutil.iter_modules(models.__path__)):
        module = import_module(f"{models.__name__}.{name}")
        here = [each for each in vars(module).values() if inspect.isclass(each)]
        records = [each for each in here if each.__module__ == module.__name__ and is_record(each)]
        if records:
            found[module] = records
    return found


def is_record(of: type) -> bool:
    """Tell whether a class describes a concept."""
    return "__description__" in vars(of)


def model_tables() -> str:
    parts = []
    for module, records in concepts().items():
        parts.append(f"## {_first(inspect.getdoc(module)).removesuffix('.')}")
        parts += [_concept(each) for each in records]
    return "\n\n".join(parts)


def _first(text: str | None) -> str:
    return (text or "").partition("\n")[0]


NATURES = {
    Nature.SOURCED: "Sourced",
    Nature.DERIVED: "Derived",
    Nature.KEPT: "Kept",
    Nature.VALUE: "Value",
}


def _concept(of: type) -> str:
    about = describe(of)
    marks = [f"{NATURES[about.nature]}."]
    if about.nature is not Nature.VALUE:
        keys = ", ".join(f"`{each}`" for each in about.keys)
        marks += [
            f"Owner: `{about.owner}`.",
            f"Class: `{about.privacy}`.",
            f"Keys: {keys}." if keys else "No key of its own.",
        ]
    inherited = {each.name for each, _ in described(Sourced)} if of is not Sourced else set()
    rows = [_row(of, *each) for each in described(of) if each[0].name not in inherited]
    sentence = " ".join((inspect.getdoc(of) or "").split())
    table = "\n".join(
        [
            "| Field | Type | Meaning | Unit, range | Owner | Class |",
            "|---|---|---|---|---|---|",
            *rows,
        ]
    )
    return f"### {of.__name__}\n\n{sentence}\n\n{' '.join(marks)}\n\n{table}"


def _row(of: type, each: Field[Any], meaning: Meaning) -> str:
    cells = (
        f"`{each.name}`",
        _told(get_type_hints(of)[each.name], meaning),
        meaning.sentence,
        _range(meaning),
        f"`{meaning.owner}`" if meaning.owner else "",
        f"`{meaning.privacy}`" if meaning.privacy else "",
    )
    return f"| {' | '.join(cells)} |".replace("  ", " ")


def _range(meaning: Meaning) -> str:
    least, most = meaning.minimum, meaning.maximum
    bounds = {
        (False, False): "",
        (True, False): f"from {least}",
        (False, True): f"up to {most}",
        (True, True): f"{least} to {most}",
    }[least is not None, most is not None]
    return ", ".join(each for each in (meaning.unit, bounds) if each)


WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    Decimal: "decimal number",
    bool: "yes or no",
    date: "day",
    datetime: "moment",
    Any: "JSON",
}


def _told(of: Any, meaning: Meaning) -> str:
    """Return a type in words."""
    if get_origin(of) is UnionType:
        (inner,) = [each for each in get_args(of) if each is not NoneType]
        return f"{_told(inner, meaning)}, or null"
    if get_origin(of) is tuple:
        first, *rest = get_args(of)
        if rest == [...]:
            return f"list of {_told(first, meaning)}"
        return f"({', '.join(_told(each, meaning) for each in (first, *rest))})"
    if of is Ref or (of is str and meaning.target):
        return " or ".join(_linked(each) for each in str(meaning.target).split("|"))
    if of in WORDS:
        return WORDS[of]
    return f"`{of.__name__}`" if issubclass(of, StrEnum) else _linked(of.__name__)


def _linked(name: str) -> str:
    known = {each.__name__ for records in concepts().values() for each in records}
    return f"[{name}](#{name.lower()})" if name in known else f"`{name}`"


PASSAGES: dict[str, Callable[[], str]] = {
    "limits": limits,
    "models": model_tables,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of code on a page: its language and its text."""

    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """Return the blocks of code on a page, in order."""
    found = CODE.finditer(page.read_text(encoding="utf-8"))
    return [Block(language=each["language"], text=each["text"]) for each in found]


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
