"""A tiny matcher for what questions of the demo expect of their answers.

An expectation is `{"path": …, "equals" | "has" | "lacks": value}`. The path is a JSON Pointer
(RFC 6901) from the root of `data`, in which `*` stands for any element of a list; so it leads to
any number of values, and to none where a member is missing or null.

- `equals`: it leads somewhere, and each value there is this one
- `has`: one of the values is this one
- `lacks`: none of the values is this one
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def unmet(data: Any, expectations: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what an answer does not meet, in words with what stands there instead."""
    return [
        f"{each}: found {found}"
        for each in expectations
        if not _meets(each, found := list(values(data, each["path"])))
    ]


def values(data: Any, path: str) -> Iterator[Any]:
    """Return what stands at a path, in order."""
    if not path:
        if data is not None:
            yield data
        return
    part, slash, rest = path[1:].partition("/")
    for inner in _at(data, part.replace("~1", "/").replace("~0", "~")):
        yield from values(inner, slash + rest)


def _at(data: Any, part: str) -> Iterator[Any]:
    if isinstance(data, list):
        if part == "*":
            yield from data
        elif part.isdecimal() and int(part) < len(data):
            yield data[int(part)]
    elif isinstance(data, dict) and part in data:
        yield data[part]


def _meets(expectation: Mapping[str, Any], found: list[Any]) -> bool:
    match expectation:
        case {"equals": value}:
            return bool(found) and all(_same(each, value) for each in found)
        case {"has": value}:
            return any(_same(each, value) for each in found)
        case {"lacks": value}:
            return not any(_same(each, value) for each in found)
        case _:
            raise ValueError(f"{expectation} expects nothing")


def _same(one: Any, other: Any) -> bool:
    """Compare as JSON does: truth is no number."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
