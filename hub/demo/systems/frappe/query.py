"""What a list of a Frappe site answers: `filters`, `or_filters`, `order_by`, `fields`, the page.

Source: https://docs.frappe.io/framework/user/en/api/rest (read 2026-11-23), version 15. A list has
20 entries unless `limit_page_length` says otherwise, 0 says all; a list has `name` only unless
`fields` says otherwise, and no child table ever.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.demo.systems.frappe.errors import DataError, ValidationError
from hub.demo.systems.state import Json
from hub.demo.systems.wire import rank

Test = Callable[[Json], bool]
ORDER = re.compile(
    r"(?:`?tab[^`.]+`?\.)?`?(?P<field>\w+)`?(?:\s+(?P<way>asc|desc))?", re.IGNORECASE
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d{1,6})?)?")
FILTER_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One list as it was asked for."""

    fields: tuple[str, ...]
    tests: tuple[Test, ...]
    either: tuple[Test, ...]
    order: tuple[tuple[str, bool], ...]
    start: int
    length: int

    def answer(self, documents: Iterable[Json]) -> list[Json]:
        """Return the page of a list."""
        kept = self.matching(documents)
        for field, descending in reversed(self.order):
            kept.sort(key=lambda each: rank(each.get(field)), reverse=descending)
        end = None if self.length == 0 else self.start + self.length
        return [self._listed(each) for each in kept[self.start : end]]

    def matching(self, documents: Iterable[Json]) -> list[Json]:
        """Return the documents that pass the filters."""
        return [each for each in documents if self._passes(each)]

    def _passes(self, document: Json) -> bool:
        return all(test(document) for test in self.tests) and (
            not self.either or any(test(document) for test in self.either)
        )

    def _listed(self, document: Json) -> Json:
        if "*" in self.fields:
            return {key: value for key, value in document.items() if not _is_table(value)}
        return {field: document.get(field) for field in self.fields}


def read(asked: Mapping[str, str], known: frozenset[str]) -> Query:
    """Read the parameters of a list of a doctype that has these fields.

    Raises:
        DataError: a field that the doctype does not have.
        ValidationError: a parameter that cannot be read.
    """
    fields = tuple(_json(asked, "fields", ["name"]))
    order = tuple(_order(asked.get("order_by") or "modified desc"))
    for field in (*fields, *(each for each, _ in order)):
        _check(field, known)
    return Query(
        fields=fields,
        tests=tuple(_tests(_json(asked, "filters", []), known)),
        either=tuple(_tests(_json(asked, "or_filters", []), known)),
        order=order,
        start=_number(asked, ("limit_start", "start"), 0),
        length=_number(asked, ("limit_page_length", "limit"), 20),
    )


def _json(asked: Mapping[str, str], name: str, default: Any) -> Any:
    text = asked.get(name)
    if not text:
        return default
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValidationError(f"{name} is not valid JSON") from error


def _number(asked: Mapping[str, str], names: Sequence[str], default: int) -> int:
    text = next((asked[name] for name in names if name in asked), None)
    if text is None:
        return default
    if not text.isdecimal():
        raise ValidationError(f"{names[0]} must be a number")
    return int(text)


def _check(field: str, known: frozenset[str]) -> None:
    if known and field != "*" and field not in known:
        raise DataError(f"Field not permitted in query: {field}")


def _order(text: str) -> Iterable[tuple[str, bool]]:
    for part in text.split(","):
        match = ORDER.fullmatch(part.strip())
        if match is None:
            raise ValidationError(f"Illegal SQL Query: order by {part.strip()}")
        yield match["field"], (match["way"] or "asc").lower() == "desc"


def _tests(filters: Any, known: frozenset[str]) -> Iterable[Test]:
    """Read `[[field, operator, value]]`, `[[doctype, field, operator, value]]` or a mapping."""
    if isinstance(filters, dict):
        filters = [
            [field, *(value if isinstance(value, list) else ["=", value])]
            for field, value in filters.items()
        ]
    if filters and not isinstance(filters[0], list):
        filters = [filters]
    for one in filters:
        if not isinstance(one, list) or len(one) < FILTER_PARTS:
            raise ValidationError(f"Invalid filter: {json.dumps(one)}")
        field, operator, value = one[-FILTER_PARTS:]
        _check(field, known)
        yield _test(field, str(operator).lower(), value)


def _test(field: str, operator: str, value: Any) -> Test:
    if operator in COMPARISONS:
        holds = COMPARISONS[operator]
        return lambda document: holds(_compared(document.get(field), value))
    if operator in {"in", "not in"}:
        among = {_text(each) for each in _listing(value)}
        return lambda document: (_text(document.get(field)) in among) == (operator == "in")
    if operator in {"like", "not like"}:
        pattern = _pattern(str(value))
        return lambda document: (
            bool(pattern.fullmatch(_text(document.get(field)))) == (operator == "like")
        )
    if operator == "is" and value in {"set", "not set"}:
        return lambda document: (_text(document.get(field)) != "") == (value == "set")
    if operator == "between" and isinstance(value, list) and len(value) == len(("from", "to")):
        low, high = value
        return lambda document: (
            (_compared(document.get(field), low) or 0) >= 0
            and (_compared(document.get(field), high) or 0) <= 0
            and document.get(field) is not None
        )
    raise ValidationError(f"Operator must be one of {', '.join(OPERATORS)}")


COMPARISONS: dict[str, Callable[[int | None], bool]] = {
    "=": lambda order: order == 0,
    "!=": lambda order: order != 0,
    ">": lambda order: order is not None and order > 0,
    "<": lambda order: order is not None and order < 0,
    ">=": lambda order: order is not None and order >= 0,
    "<=": lambda order: order is not None and order <= 0,
}
OPERATORS = (*COMPARISONS, "in", "not in", "like", "not like", "is", "between")


def _compared(one: Any, other: Any) -> int | None:
    """Return which of two values is greater, as the database would; nothing is the empty text."""
    if isinstance(one, int | float) and not isinstance(other, int | float):
        try:
            other = float(other or 0)
        except ValueError:
            return None
    if isinstance(one, int | float):
        return int(one > other) - int(one < other)
    if one is None and other not in (None, ""):
        return None
    left, right = _text(one), _text(other)
    if MOMENT.fullmatch(left) and MOMENT.fullmatch(right):
        left, right = _padded(left), _padded(right)
    return (left > right) - (left < right)


def _padded(moment: str) -> str:
    """Return a day or a moment of any precision in the precision of the database."""
    return moment.replace("T", " ") + "0000-00-00 00:00:00.000000"[len(moment) :]


def _listing(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else str(value).split(",")


def _pattern(like: str) -> re.Pattern[str]:
    parts = (".*" if part == "%" else "." if part == "_" else re.escape(part) for part in like)
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _is_table(value: Any) -> bool:
    return isinstance(value, list)
