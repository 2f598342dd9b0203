"""Writes what docs/import.md says of each file: `python -m tests.commands.documented`."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from hub.commands.importable import TYPES, Column, columns
from hub.models.record import Meaning
from hub.models.ref import Ref
from hub.store.values import Codec

WORDS: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    Decimal: "number",
    bool: "`true` or `false`",
    date: "day",
    datetime: "moment",
}


def imports() -> str:
    """Return the columns of every file."""
    return "\n\n".join("\n".join(_file(name, of)) for name, of in TYPES.items())


def _file(name: str, of: type) -> Iterator[str]:
    yield f"### `{name}`"
    yield ""
    yield "| Column | Value | |"
    yield "|---|---|---|"
    yield "| `id` | text, required | The record's own id within its file. |"
    for column in columns(of).values():
        yield f"| `{column.name}` | {value(column)} | {column.meaning.sentence} |"


def value(column: Column) -> str:
    """Return what a column holds, in words."""
    said = _kind(column.codec, column.meaning)
    item = column.codec.parts.get("[]")
    if item is not None:
        said = f"list: {_kind(item, column.meaning)}"
    low, high = column.meaning.minimum, column.meaning.maximum
    if low is not None:
        said += f" from {low:g}" + (f" to {high:g}" if high is not None else "")
    return f"{said}, required" if column.required else said


def _kind(codec: Codec, meaning: Meaning) -> str:
    if codec.kind is dict:
        parts = columns(codec.base).values()
        return f"mapping of {', '.join(f'`{each.name}`: {value(each)}' for each in parts)}"
    if codec.base is Ref:
        return f"points at {' or '.join((meaning.target or '').split('|'))}"
    if isinstance(codec.base, type) and issubclass(codec.base, Enum):
        return f"one of {', '.join(codec.base.__members__)}"
    return WORDS.get(codec.base, "")


if __name__ == "__main__":
    print(imports())  # noqa: T201, that is what it is for
