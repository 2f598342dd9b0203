"""Questions that are valid but meant badly: every argument, one at a time, with odd values."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
)

from tests.real.crawling import CONNECTION, Graph, Record

AT_ONCE = 20  # values in one question
PAGING = frozenset({"first", "after", "last", "before"})
"""What is alike for all lists; those of the root will do."""
LONG = "x" * 5_000
TEXTS = ("", " ", "a", LONG, "%_\\'\";--", "名前 😀", "\u202e", "a\nb\tc", "{}", "null")
DAYS = ("2026-06-01", "0001-01-01", "9999-12-31", "2024-02-29")
MOMENTS = (
    *("2026-06-01T12:00:00Z", "2026-06-01T12:00:00.123456789+05:45", "2026-06-01T00:00:00-12:00"),
    *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"),
    "9999-12-31T23:59:59-14:00",
)
VALUES: Mapping[str, Sequence[Any]] = {
    "Boolean": (True, False),
    "Date": DAYS,
    "DateTime": MOMENTS,
    "Duration": ("P1D", "PT0S", "P90D", "P9999Y", "P2W"),
    "Float": (0, 0.5, -1, 1e308, -1e308),
    "Int": (0, 1, -1, 100, 101, 2**31 - 1, -(2**31)),
    "Language": ("en", "nl", "xx", "en-GB"),
    "String": TEXTS,
    "URL": ("http://data.europa.eu/esco/skill/none", "https://a.example/?q=1#x", "urn:isbn:1"),
}
"""What each scalar may be; a hub may refuse some of it."""

REFUSED: Sequence[Any] = ({"a": 1}, [[[]]], 2**40, "2026-02-30", "\u0000", True, -0.5, LONG)
"""What hardly any type may be."""


def _id(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


IDS = ("", "none", LONG, "=", _id("Person:"), _id("Nothing:1"), _id("Person:1@9999-99-99"), "名前")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question.

    Attributes:
        name: What is asked with what.
        text: The question.
        variables: Its variables.
    """

    name: str
    text: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hostile:
    """Makes questions about what is served.

    Attributes:
        graph: What is served.
        real: Some record of each type, by type.
    """

    graph: Graph
    real: Mapping[str, Record]

    def cases(self) -> Iterator[Case]:
        """Yield questions for every argument of every field that can be reached at once."""
        for name, field in self.graph.type("Query").fields.items():
            yield from self._of(name, field, lambda asked: asked, {})
        for of, record in self.real.items():
            for name, field in self.graph.type(of).fields.items():
                yield from self._of(
                    name, field, _inside(of), {"id": record["id"]}, head="$id: ID!", of=of
                )

    def _of(  # noqa: PLR0913, the parts of a question
        self,
        name: str,
        field: GraphQLField,
        within: Callable[[str], str],
        variables: Mapping[str, Any],
        *,
        head: str = "",
        of: str = "Query",
    ) -> Iterator[Case]:
        for argument, given in field.args.items():
            if of != "Query" and argument in PAGING:
                continue
            others = self._others(field, argument)
            known, odd = self._split(given)
            pages = [known[at : at + AT_ONCE] for at in range(0, len(known), AT_ONCE)]
            for place, values in enumerate([*pages, *([each] for each in odd)]):
                heads = [head] * bool(head)
                heads += [f"$v{at}: {given.type}" for at in range(len(values))]
                asked = " ".join(
                    f"a{at}: {name}({', '.join([f'{argument}: $v{at}', *others])})"
                    f"{self._selected(field)}"
                    for at in range(len(values))
                )
                yield Case(
                    name=f"{of}.{name}({argument}) {place}",
                    text=f"query({', '.join(heads)}) @purpose(is: AUDIT) {{ {within(asked)} }}",
                    variables={**variables, **{f"v{at}": each for at, each in enumerate(values)}},
                )

    def _others(self, field: GraphQLField, argument: str) -> list[str]:
        given = (
            {"first": "2"} if "first" in field.args and argument not in ("first", "last") else {}
        )
        for name, each in field.args.items():
            if is_required_argument(each) and name != argument:
                given[name] = self._literal(get_named_type(each.type), get_named_type(field.type))
        return [f"{name}: {value}" for name, value in given.items()]

    def _literal(self, of: GraphQLNamedType, answer: GraphQLNamedType) -> str:
        """Return some value of a type, as it is written; a key is that of a real record."""
        if isinstance(of, GraphQLEnumType):
            return str(next(iter(of.values)))
        id_: str = json.dumps(self.real[answer.name]["id"])
        return f"{{id: {id_}}}" if isinstance(of, GraphQLInputObjectType) else id_

    def _split(self, given: GraphQLArgument) -> tuple[list[Any], list[Any]]:
        """Return what an argument may be, and one or two things that it may not."""
        known = list(self._values(given))
        if not is_non_null_type(given.type):
            known.append(None)
        chosen = len(str(given.type)) % len(REFUSED)
        return known, [REFUSED[chosen]]

    def _values(self, given: GraphQLArgument | GraphQLInputField) -> Iterator[Any]:
        listed = isinstance(get_nullable_type(given.type), GraphQLList)
        values = list(self._of_type(get_named_type(given.type)))
        if not listed:
            yield from values
            return
        yield from ([], values[:1], values[:3], values[:1] * 200)

    def _of_type(self, of: GraphQLNamedType) -> Iterator[Any]:
        if isinstance(of, GraphQLEnumType):
            yield from of.values
        elif isinstance(of, GraphQLInputObjectType):
            yield from self._inputs(of)
        elif of.name == "ID":
            yield from IDS
            yield from (each["id"] for each in self.real.values())
        else:
            yield from VALUES[of.name]

    def _inputs(self, of: GraphQLInputObjectType) -> Iterator[Record]:
        """Yield an input with each of its fields in turn, at each value."""
        needed = {
            name: _plain(get_named_type(each.type))
            for name, each in of.fields.items()
            if is_required_input_field(each)
        }
        for name, each in of.fields.items():
            for value in self._values(each):
                yield {**needed, name: value}

    def _selected(self, field: GraphQLField) -> str:
        of = get_named_type(field.type)
        if is_leaf_type(of):
            return ""
        if of.name.endswith(CONNECTION):
            return " { totalCount complete nodes { __typename id } }"
        if is_abstract_type(of) or of.name in self.graph.nodes:
            return f" {{ {self.graph.selection(of)} }}"
        assert isinstance(of, GraphQLObjectType)
        return f" {{ __typename {' '.join(self.graph.values(of))} }}"

    def fragments(self) -> Iterator[Case]:
        """Yield questions with a fragment on every interface and union, about every type."""
        ids = [each["id"] for each in self.real.values()]
        for name, of in self.graph.schema.type_map.items():
            if not is_abstract_type(of):
                continue
            below = [each for each in self.graph.possible(name) if each.name in self.graph.nodes]
            own = [
                each
                for each, field in getattr(of, "fields", {}).items()
                if is_leaf_type(get_named_type(field.type))
            ]
            each_of = " ".join(f"... on {one.name} {{ id }}" for one in below)
            if below:
                yield Case(
                    name=name,
                    text="query($ids: [ID!]!) @purpose(is: AUDIT) { nodes(ids: $ids) {"
                    f" __typename ... on {name} {{ __typename {' '.join(own)} {each_of} }} }} }}",
                    variables={"ids": ids},
                )


def _inside(of: str) -> Callable[[str], str]:
    return lambda asked: f"node(id: $id) {{ ... on {of} {{ {asked} }} }}"


def _plain(of: GraphQLNamedType) -> Any:
    """Return some value of a type, as JSON."""
    if isinstance(of, GraphQLEnumType):
        return next(iter(of.values))
    return {"String": "hr", "ID": "none", "Date": DAYS[0], "DateTime": MOMENTS[0], "Int": 1}[
        of.name
    ]
