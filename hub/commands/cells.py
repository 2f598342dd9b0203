"""Makes records of the rows of a file; tells each fault with its line and what to write instead."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any

from hub.commands.folders import Faults, File, Node, Row
from hub.commands.importable import ID, Column, columns
from hub.commands.pointing import clip, pointed
from hub.commands.rules import broken
from hub.models.record import Meaning, Sourced
from hub.models.ref import LONGEST as LONGEST_ID
from hub.models.ref import UNREADABLE, Ref
from hub.store import concept
from hub.store.values import Codec

LONGEST = 20_000  # characters of a text
MOST = 1_000  # items of a list
WHOLE = re.compile(r"-?\d{1,18}")
NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class WrongError(Exception):
    """A value cannot be taken; told as a fault of its line."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record, and where it stands."""

    line: int
    record: Sourced


def records(file: File, of: type[Sourced], faults: Faults) -> list[Line]:
    """Return the records of a file; what is wrong with it goes to `faults`."""
    known = columns(of)
    found: list[Line] = []
    needed = (ID, *(name for name, column in known.items() if column.required))
    if not headed(file, (ID, *known), needed, faults):
        return []
    for line, row in file.rows:
        before = faults.count
        known_only(file, row, (ID, *known), faults)
        values = dict(_values(file, line, row, known, faults))
        id_ = _id(file, line, row.get(ID), faults)
        if faults.count > before:
            continue
        record = of(id=id_, **values)
        for each in broken(record):
            faults.add(
                file.name,
                row.get(each.field, Node(line=line, value=None)).line,
                f"{each.field}: {each.cure}",
            )
        found.append(Line(line=line, record=record))
    _unique(file, of, found, faults)
    return found


def headed(file: File, known: tuple[str, ...], needed: Iterable[str], faults: Faults) -> bool:
    """Tell what is wrong with the header of a CSV file; return whether nothing is."""
    before = faults.count
    if file.header is not None:
        for name in file.header:
            if name not in known:
                faults.add(file.name, 1, unknown(name, known))
        for name in needed:
            if name not in file.header:
                faults.add(file.name, 1, f"the column {name!r} is missing; add it")
    return faults.count == before


def known_only(file: File, row: Row, known: tuple[str, ...], faults: Faults) -> None:
    """Tell of what a record says under names that there are none of."""
    for name, node in row.items():
        if name not in known:
            faults.add(file.name, node.line, unknown(name, known))


def unknown(name: str, known: tuple[str, ...]) -> str:
    """Return what is said of a column that there is none of."""
    close = get_close_matches(name, known, 1)
    cure = f"is it {close[0]}?" if close else f"the columns are {', '.join(known)}"
    return f"there is no column {clip(name)}; {cure}"


def _values(
    file: File, line: int, row: Row, known: Mapping[str, Column], faults: Faults
) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a record that are said, with their values."""
    for name, column in known.items():
        node = row.get(name)
        if node is None or node.value is None:
            if column.required:
                faults.add(file.name, node.line if node else line, f"{name}: is empty; fill it in")
            continue
        try:
            yield name, value(node, column, flat=file.flat)
        except WrongError as error:
            faults.add(file.name, error.line, f"{name}: {error}")


def _id(file: File, line: int, node: Node | None, faults: Faults) -> str:
    said = node.value if node else None
    if not isinstance(said, str):
        faults.add(file.name, line, "id: is empty; give the record an id of its own, for ever")
        return ""
    if len(said) > LONGEST_ID or UNREADABLE.search(said):
        faults.add(file.name, line, f"id: give at most {LONGEST_ID} characters, all of them plain")
    return said


def _unique(file: File, of: type[Sourced], found: list[Line], faults: Faults) -> None:
    """Tell of ids and keys that two records of the file claim."""
    for name in (ID, *concept(of).description.keys):
        first: dict[str, int] = {}
        for each in found:
            said = getattr(each.record, name)
            if said is None:
                continue
            if said in first:
                before = f"line {first[said]} has it too"
                faults.add(file.name, each.line, f"{name}: {clip(said)} is not unique; {before}")
            first.setdefault(said, each.line)


def value(node: Node, column: Column, *, flat: bool) -> Any:
    """Return the value of a column.

    Raises:
        WrongError: it cannot be taken.
    """
    if flat and column.composed:
        raise WrongError(node.line, "holds values with parts; put this type in a YAML file")
    if flat and column.listed and isinstance(node.value, str):
        parts = [Node(line=node.line, value=each) for each in node.value.split()]
        node = Node(line=node.line, value=parts)
    found = _value(node, column.codec, column.meaning)
    try:
        column.codec.encode(found)
    except (TypeError, ValueError) as error:
        raise WrongError(node.line, str(error)) from error
    return found


def _value(node: Node, codec: Codec, meaning: Meaning) -> Any:
    if "[]" in codec.parts:
        return _list(node, codec.parts["[]"], meaning)
    if codec.kind is dict:
        return _composed(node, codec)
    if not isinstance(node.value, str):
        raise WrongError(node.line, "one value is expected")
    try:
        return _scalar(node.value, codec.base, meaning)
    except ValueError as error:
        raise WrongError(node.line, str(error)) from error


def _list(node: Node, item: Codec, meaning: Meaning) -> tuple[Any, ...]:
    if not isinstance(node.value, list):
        raise WrongError(node.line, "a list is expected")
    if len(node.value) > MOST:
        raise WrongError(node.line, f"give at most {MOST} values")
    return tuple(_value(each, item, meaning) for each in node.value)


def _composed(node: Node, codec: Codec) -> Any:
    """Return a value with parts."""
    if not isinstance(node.value, dict):
        raise WrongError(node.line, "a mapping is expected")
    parts = columns(codec.base)
    for name, each in node.value.items():
        if name not in parts:
            raise WrongError(each.line, unknown(name, tuple(parts)))
    found = {}
    for name, part in parts.items():
        said = node.value.get(name)
        if said is not None and said.value is not None:
            found[name] = value(said, part, flat=False)
        elif part.required:
            raise WrongError(node.line, f"{name} is missing; fill it in")
    return codec.base(**found)


def _scalar(text: str, base: Any, meaning: Meaning) -> Any:
    if base is Ref:
        return pointed(text, meaning.target or "")
    if isinstance(base, type) and issubclass(base, Enum):
        return _choice(text, base)
    return READERS[base](text)


def _choice(text: str, base: type[Enum]) -> Enum:
    try:
        return base[text]
    except KeyError:
        raise ValueError(f"{clip(text)} is none of {', '.join(base.__members__)}") from None


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"write at most {LONGEST} characters")
    return text


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise ValueError(f"{clip(text)} is no whole number")
    return int(text)


def _float(text: str) -> float:
    return float(_decimal(text))


def _decimal(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{clip(text)} is no number such as 3 or 0.5")
    return Decimal(text)


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(f"{clip(text)} is neither true nor false")
    return text == "true"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        raise ValueError(f"{clip(text)} is no day such as 2026-03-01") from None


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(f"{clip(text)} is no moment such as 2026-03-01T09:00:00Z")
    return found


READERS: Mapping[Any, Callable[[str], Any]] = {
    str: _text,
    int: _whole,
    float: _float,
    Decimal: _decimal,
    bool: _truth,
    date: _day,
    datetime: _moment,
}
