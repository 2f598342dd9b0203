"""Searching resources as they stand: filter, order, page and projection over plain JSON.

Source: RFC 7644, 3.4.2 and 3.9. The grammar and its checks are those of scim2-models; values are
compared here, on the JSON itself, so that a resource which breaks the schema is still found.
Text is compared without its case, except for the attributes that RFC 7643 calls case exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scim2_models import EnterpriseUser, SearchRequest, User
from scim2_models.path import (
    AttrPath,
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Path,
    Present,
    ValuePath,
)

from hub.demo.systems.state import Json
from hub.demo.systems.wire import rank

Model = User[EnterpriseUser]
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
MAX_RESULTS = 200
CASE_EXACT = frozenset({"id", "externalid", "location", "version", "$ref"})
MOMENTS = frozenset({"created", "lastmodified"})


def found(resources: Iterable[Json], search: SearchRequest[Model]) -> list[Json]:
    """Return the resources that a search asks for, in its order, all pages of them."""
    ast = None if search.filter is None else search.filter.ast
    kept = [each for each in resources if ast is None or _Matches(each).visit(ast)]
    if search.sort_by is None:
        return kept
    path = _attribute(search.sort_by)
    descending = search.sort_order == SearchRequest.SortOrder.descending
    return sorted(kept, key=lambda each: _order(each, path), reverse=descending)


def page(resources: Sequence[Json], search: SearchRequest[Model]) -> tuple[int, Sequence[Json]]:
    """Return the 1-based index of a page and what stands on it; never more than the maximum."""
    start = search.start_index or 1
    count = MAX_RESULTS if search.count is None else min(search.count, MAX_RESULTS)
    return start, resources[start - 1 : start - 1 + count]


def projected(resource: Json, search: SearchRequest[Model]) -> Json:
    """Return the attributes of a resource that a search asks for; `id` and `schemas` always."""
    if search.attributes:
        asked = [_attribute(path) for path in search.attributes]
        return {
            key: value
            for key, value in resource.items()
            if key in {"id", "schemas"} or any(_names(path, key) for path in asked)
        }
    spared = [_attribute(path) for path in search.excluded_attributes or ()]
    return {
        key: value
        for key, value in resource.items()
        if key in {"id", "schemas"} or not any(_names(path, key) for path in spared)
    }


def _names(path: AttrPath, key: str) -> bool:
    return key.casefold() in {path.attr.casefold(), (path.uri or path.attr).casefold()}


def _attribute(path: Path[Model]) -> AttrPath:
    """Read `urn:…:User:employeeNumber`, `meta.lastModified` or `userName`."""
    uri, _, attribute = str(path).rpartition(":")
    attr, _, sub_attr = attribute.partition(".")
    return AttrPath(attr=attr, sub_attr=sub_attr or None, uri=uri or None)


def _order(resource: Json, path: AttrPath) -> tuple[bool, tuple[int, float, str]]:
    value = next(iter(_values(resource, path, comparing=True)), None)
    return (value is None, rank(_comparable(path, value)))


def _member(holder: Any, name: str) -> Any:
    if not isinstance(holder, dict):
        return None
    if name in holder:
        return holder[name]
    wanted = name.casefold()
    return next((value for key, value in holder.items() if key.casefold() == wanted), None)


def _values(resource: Json, path: AttrPath, *, comparing: bool = False) -> list[Any]:
    holder = resource
    if path.uri and path.uri.casefold() == ENTERPRISE.casefold():
        holder = _member(resource, ENTERPRISE)
    value = _member(holder, path.attr)
    values = value if isinstance(value, list) else [value]
    if path.sub_attr:
        values = [_member(each, path.sub_attr) for each in values]
    elif comparing:
        values = [_member(each, "value") if isinstance(each, dict) else each for each in values]
    return [each for each in values if each not in (None, "", [], {})]


def _comparable(path: AttrPath, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    name = (path.sub_attr or path.attr).casefold()
    if name in MOMENTS:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return value if name in CASE_EXACT else value.casefold()


@dataclass(frozen=True, slots=True)
class _Matches(FilterVisitor[bool]):
    """Tells whether one resource, or one value of it, satisfies a filter."""

    resource: Json

    def visit_comparison(self, node: Comparison) -> bool:
        wanted = _comparable(node.attr_path, node.value)
        values = [
            _comparable(node.attr_path, value)
            for value in _values(self.resource, node.attr_path, comparing=True)
        ]
        if node.op == CompareOperator.ne:
            return wanted not in values
        if node.value is None:
            return not values
        return any(_holds(value, node.op, wanted) for value in values)

    def visit_present(self, node: Present) -> bool:
        return bool(_values(self.resource, node.attr_path))

    def visit_not(self, node: Not) -> bool:
        return not self.visit(node.expr)

    def visit_logical_expr(self, node: LogicalExpr) -> bool:
        terms = (self.visit(term) for term in node.terms)
        return all(terms) if node.op == LogicalOperator.and_ else any(terms)

    def visit_value_path(self, node: ValuePath) -> bool:
        return any(
            _Matches(value).visit(node.val_filter)
            for value in _values(self.resource, node.attr_path)
            if isinstance(value, dict)
        )


def _holds(value: Any, op: CompareOperator, wanted: Any) -> bool:  # noqa: PLR0911  one line per operator
    if op == CompareOperator.eq:
        return bool(value == wanted)
    if isinstance(value, str) != isinstance(wanted, str):
        return False
    match op:
        case CompareOperator.co:
            return wanted in value
        case CompareOperator.sw:
            return bool(value.startswith(wanted))
        case CompareOperator.ew:
            return bool(value.endswith(wanted))
        case CompareOperator.gt:
            return bool(value > wanted)
        case CompareOperator.ge:
            return bool(value >= wanted)
        case CompareOperator.lt:
            return bool(value < wanted)
        case _:
            return bool(value <= wanted)
