"""Reads a folder of CSV and YAML files into rows of text, each with its line.

Values stay text, so that a word means the same in both kinds of file: YAML's own notions of what
is a number, a day or the word for no are left aside. Nothing here knows any type.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from yaml import events

from hub.errors import UsageError

MOST_BYTES = 16_000_000  # of one file
MOST_RECORDS = 100_000  # of one file
MOST_FAULTS = 1_000  # that are told
DEEPEST = 8  # lists and mappings within each other
NOTHING = frozenset({"", "~", "null"})  # unquoted words of YAML for no value
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value as it stands in a file.

    Attributes:
        line: Where it begins, from 1.
        value: Text, None for no value, a list of nodes, or nodes by name.
    """

    line: int
    value: "str | list[Node] | dict[str, Node] | None"


Row = Mapping[str, Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file.

    Attributes:
        name: Its name in the folder.
        stem: What it holds.
        rows: Its records, each a mapping from column to node, with its line.
        header: Columns of a CSV file, where a cell holds one text; None for YAML.
    """

    name: str
    stem: str
    rows: list[tuple[int, Row]]
    header: tuple[str, ...] | None

    @property
    def flat(self) -> bool:
        """Whether it is CSV."""
        return self.header is not None


@dataclass(slots=True)
class Faults:
    """Everything that is wrong with a folder."""

    told: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, line: int | None, said: str) -> None:
        """Add one fault."""
        self.count += 1
        if self.count <= MOST_FAULTS:
            self.told.append(f"{file}:{line}: {said}" if line else f"{file}: {said}")

    def settle(self) -> None:
        """Refuse the folder if anything is wrong with it.

        Raises:
            UsageError: the text has every fault on a line of its own, the first thousand of them.
        """
        if not self.count:
            return
        more = self.count - len(self.told)
        lines = [*self.told, f"and {more} more"] if more else self.told
        many = f"{self.count} faults" if self.count > 1 else "a fault"
        raise UsageError(f"nothing was taken in, for {many}:\n" + "\n".join(lines))


def read_folder(folder: Path, names: tuple[str, ...], faults: Faults) -> list[File]:
    """Return the files of a folder that are named for a type, in order of name.

    Args:
        folder: The folder.
        names: The types.
        faults: Takes what is wrong.

    Raises:
        UsageError: there is no such folder, or nothing in it to take in.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; name one with CSV or YAML files")
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.suffix not in {".csv", ".yaml", ".yml"}:
            continue
        if path.stem not in names:
            faults.add(path.name, None, f"there is no type of that name{_like(path.stem, names)}")
        elif path.suffix == ".yml":
            faults.add(path.name, None, f"call it {path.stem}.yaml")
        elif path.stem in found:
            faults.add(path.name, None, f"{found[path.stem].name} holds this type too; keep one")
        else:
            found[path.stem] = path
    if not found and not faults.count:
        raise UsageError(f"{folder} holds no CSV or YAML file that is named for a type")
    files = [_read(path, faults) for path in found.values()]
    return [file for file in files if file is not None]


def _like(word: str, words: tuple[str, ...]) -> str:
    close = get_close_matches(word, words, 1)
    return f"; is it {close[0]}?" if close else f"; the types are {', '.join(sorted(words))}"


def _read(path: Path, faults: Faults) -> File | None:
    header: tuple[str, ...] | None = None
    try:
        text = _text(path)
        if path.suffix == ".csv":
            lines = _lines(text)
            header = _header(next(lines, None))
            rows = list(_bounded(_csv(lines, header, path.name, faults)))
        else:
            rows = list(_bounded(_yaml(text)))
    except Unreadable as error:
        faults.add(path.name, error.line, error.said)
        return None
    return File(name=path.name, stem=path.stem, rows=rows, header=header)


def _bounded(rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    for count, (line, row) in enumerate(rows):
        if count == MOST_RECORDS:
            raise Unreadable(line, f"holds more than {MOST_RECORDS} records")
        yield line, row


class Unreadable(Exception):  # noqa: N818, told as a fault, never seen outside
    """A file cannot be read further."""

    def __init__(self, line: int | None, said: str) -> None:
        super().__init__(said)
        self.line = line
        self.said = said


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(None, f"cannot be read: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise Unreadable(None, f"is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "is not UTF-8; save it as that") from error


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a CSV text that hold anything, as cells, with their numbers."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, [cell.strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(begins, f"is no CSV: {error}") from error


def _header(first: tuple[int, list[str]] | None) -> tuple[str, ...]:
    if first is None:
        raise Unreadable(1, "has no header; its first line names the columns")
    line, names = first
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Unreadable(line, f"names the column {twice[0]!r} twice")
    return tuple(names)


def _csv(
    lines: Iterable[tuple[int, list[str]]], header: tuple[str, ...], name: str, faults: Faults
) -> Iterator[tuple[int, Row]]:
    for line, cells in lines:
        if len(cells) != len(header):
            said = f"has {len(cells)} cells, not {len(header)}; quote a cell that holds a comma"
            faults.add(name, line, said)
            continue
        yield (
            line,
            {
                column: Node(line=line, value=cell or None)
                for column, cell in zip(header, cells, strict=True)
            },
        )


def _yaml(text: str) -> Iterator[tuple[int, Row]]:
    root = _composed(text)
    if root is None:
        raise Unreadable(1, "is empty; write [] where there is no record")
    if not isinstance(root.value, list):
        raise Unreadable(root.line, "holds a list of mappings, one for each record")
    for each in root.value:
        if not isinstance(each.value, dict):
            raise Unreadable(each.line, "every record is a mapping from column to value")
        yield each.line, each.value


def _composed(text: str) -> Node | None:
    """Return what a YAML text holds; its parts are put together without recursion."""
    above: list[Node] = []
    names: list[str | None] = []
    root: Node | None = None
    for event in _events(text):
        line = event.start_mark.line + 1
        match event:
            case events.ScalarEvent() | events.SequenceStartEvent() | events.MappingStartEvent():
                node = _node(event, line)
                if above and isinstance(above[-1].value, dict) and names[-1] is None:
                    names[-1] = _name(node, above[-1].value)
                    continue
                _put(above, names, node)
                root = root or node
                if not isinstance(event, events.ScalarEvent):
                    if len(above) == DEEPEST:
                        raise Unreadable(line, "is nested too deeply")
                    above.append(node)
                    names.append(None)
            case events.SequenceEndEvent() | events.MappingEndEvent():
                above.pop()
                names.pop()
            case events.AliasEvent():
                raise Unreadable(line, "refers to an anchor; write the value itself")
            case events.DocumentStartEvent() if root is not None:
                raise Unreadable(line, "holds a second document; keep one")
            case _:
                pass
    return root


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=PARSER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        said = f"is no YAML: {error.problem or error.context}"
        raise Unreadable(mark.line + 1 if mark else None, said) from error
    except yaml.YAMLError as error:
        said = str(error).splitlines()[0]
        raise Unreadable(None, f"is no YAML: {said}") from error


def _node(event: Any, line: int) -> Node:
    if event.tag is not None and event.tag != "!":
        raise Unreadable(line, f"has the tag {event.tag}; leave it out")
    match event:
        case events.SequenceStartEvent():
            return Node(line=line, value=[])
        case events.MappingStartEvent():
            return Node(line=line, value={})
        case _:
            plain = event.style is None or not event.style
            none = plain and event.value in NOTHING
            return Node(line=line, value=None if none else event.value.strip() or None)


def _name(node: Node, siblings: dict[str, Node]) -> str:
    if not isinstance(node.value, str):
        raise Unreadable(node.line, "a name is expected before the colon")
    if node.value in siblings:
        raise Unreadable(node.line, f"says {node.value!r} twice")
    return node.value


def _put(above: list[Node], names: list[str | None], node: Node) -> None:
    """Put a value into the list or mapping that it stands in."""
    if not above:
        return
    parent = above[-1].value
    if isinstance(parent, list):
        parent.append(node)
    elif isinstance(parent, dict):
        parent[names[-1] or ""] = node
        names[-1] = None
