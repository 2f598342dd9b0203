"""Random valid questions: fragments, aliases, directives, variables, filters and real ids."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLScalarType,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
)
from hypothesis import strategies as st

from hub.schema import served

DEEPEST = 5
WIDEST = 4
WORDS = ("a", "1", "Person", "title", "%", "_", "")
CODES = ("Orga0", "Work1", "N3", "CouplingRule.key.1", "Competence.code.2", "qms", "nothing")
CURSORED = ("after", "before")
FRAGMENTS = 3


@dataclass(frozen=True)
class Asked:
    """One question."""

    text: str
    variables: dict[str, Any]


@dataclass
class Writer:
    """Writes one question.

    Attributes:
        draw: Draws what chance decides.
        ids: Global ids of what is there.
        without: Names of fields that are not asked for.
        purpose: What the question says that it is for.
        variable: Whether some values are variables.
        names: How many names were given.
        fragments: The fragments.
        variables: Types and values of the variables.
    """

    draw: st.DrawFn
    ids: Sequence[str]
    without: frozenset[str] = frozenset()
    purpose: str | None = "DEVELOPMENT"
    variable: bool = True
    names: int = 0
    fragments: list[str] = field(default_factory=list)
    variables: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def chance(self, of: int) -> bool:
        """Say yes once in so many times."""
        return self.draw(st.integers(1, of)) == of

    def name(self, letter: str) -> str:
        """Return a name that is not yet used."""
        self.names += 1
        return f"{letter}{self.names}"

    def question(self) -> Asked:
        """Return a whole question."""
        query = served().graph.query_type
        assert query is not None
        body = self.selections(query, DEEPEST)
        declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in self.variables.items())
        said = f"({declared})" if declared else ""
        aim = f" @purpose(is: {self.purpose})" if self.purpose else ""
        text = f"query Q{said}{aim} {body}\n" + "\n".join(self.fragments)
        return Asked(text, {name: value for name, (_, value) in self.variables.items()})

    def selections(self, of: Any, depth: int) -> str:
        """Return a selection set on a type."""
        many = self.draw(st.integers(1, WIDEST))
        parts = [self.selection(of, depth) for _ in range(many)]
        return "{ " + " ".join(parts) + " }"

    def selection(self, of: Any, depth: int) -> str:
        """Return one selection on a type."""
        if is_abstract_type(of):
            names = [each.name for each in served().graph.get_possible_types(of)]
            on = self.draw(st.sampled_from([*sorted(names), of.name]))
            if on != of.name or not getattr(of, "fields", None):
                on = on if on != of.name else min(names)
                return self.fragment(served().graph.type_map[on], depth)
            if self.chance(4):
                return self.field("__typename", None, depth)
        if self.chance(6):
            return self.fragment(of, depth)
        names = sorted(each for each in of.fields if each not in self.without)
        if depth <= 0:
            names = [each for each in names if not _composite(of.fields[each])]
        if not names or self.chance(12):
            return self.field("__typename", None, depth)
        name = self.draw(st.sampled_from(names))
        return self.field(name, of.fields[name], depth)

    def fragment(self, of: Any, depth: int) -> str:
        """Return a fragment, inline or named."""
        body = self.selections(of, depth - 1)
        if len(self.fragments) < FRAGMENTS and self.chance(2):
            name = self.name("F")
            self.fragments.append(f"fragment {name} on {of.name} {body}")
            return f"...{name}{self.directive()}"
        on = f" on {of.name}"
        return f"...{on}{self.directive()} {body}"

    def directive(self) -> str:
        """Return @skip or @include, or mostly nothing."""
        if not self.chance(6):
            return ""
        name = self.draw(st.sampled_from(["skip", "include"]))
        value = self.draw(st.booleans())
        if self.chance(2):
            return f" @{name}(if: {'true' if value else 'false'})"
        variable = self.name("v")
        self.variables[variable] = ("Boolean!", value)
        return f" @{name}(if: ${variable})"

    def field(self, name: str, of: GraphQLField | None, depth: int) -> str:
        """Return a field under a name of its own; sometimes twice, to be merged."""
        called = f"{self.name('f')}: {name}"
        if of is None:
            return f"{called}{self.directive()}"
        said = f"{called}{self.arguments(of)}"
        if not _composite(of):
            return f"{said}{self.directive()}"
        inner = get_named_type(of.type)
        one = f"{said}{self.directive()} {self.selections(inner, depth - 1)}"
        if self.chance(8):
            return f"{one} {said} {self.selections(inner, depth - 1)}"
        return one

    def arguments(self, of: GraphQLField) -> str:
        """Return arguments of a field: a page, and some of the others."""
        given: dict[str, str] = {}
        if "first" in of.args:
            shown = self.draw(st.sampled_from(["first"] * 6 + ["last"] * 3 + ["", "both"]))
            for name in ("first", "last"):
                if shown in (name, "both"):
                    count = self.draw(st.sampled_from([0, 1, 2, 3, 5, 100]))
                    given[name] = self.value_of("Int", count, str(count))
        for name, each in of.args.items():
            if name in ("first", "last", "asOf", *CURSORED):
                continue
            if is_required_argument(each) or self.chance(3):
                given[name] = self.argument(name, each)
        return f"({', '.join(f'{name}: {text}' for name, text in given.items())})" if given else ""

    def argument(self, name: str, of: GraphQLArgument) -> str:
        """Return the value of an argument."""
        return self.literal(of.type, name)

    def value_of(self, type_: str, value: Any, literal: str) -> str:
        """Return a value as it stands in the text: itself, or a variable."""
        if not self.variable or not self.chance(4):
            return literal
        variable = self.name("v")
        self.variables[variable] = (type_, value)
        return f"${variable}"

    def plain(self, of: GraphQLInputType, name: str) -> str:
        """Return a literal of an input type in which no variable stands."""
        self.variable = False
        return self.literal(of, name)

    def literal(self, of: GraphQLInputType, name: str) -> str:
        """Return a literal of an input type."""
        if is_non_null_type(of):
            return self.literal(of.of_type, name)
        if is_list_type(of):
            many = self.draw(st.integers(1, 2))
            return f"[{', '.join(self.literal(of.of_type, name) for _ in range(many))}]"
        if isinstance(of, GraphQLEnumType):
            return str(self.draw(st.sampled_from(sorted(of.values))))
        if isinstance(of, GraphQLInputObjectType):
            return self.input(of)
        assert isinstance(of, GraphQLScalarType)
        return self.scalar(of.name, name)

    def input(self, of: GraphQLInputObjectType) -> str:
        """Return a literal of an input object."""
        names = sorted(of.fields)
        required = [each for each in names if is_required_input_field(of.fields[each])]
        many = 1 if of.is_one_of else self.draw(st.integers(0, min(2, len(names))))
        chosen = self.draw(
            st.lists(st.sampled_from(names), min_size=many, max_size=many, unique=True)
        )
        told = {
            each: self.literal(of.fields[each].type, each)
            for each in dict.fromkeys([*required, *chosen])
        }
        return "{" + ", ".join(f"{each}: {text}" for each, text in told.items()) + "}"

    def scalar(self, type_: str, name: str) -> str:  # noqa: PLR0911, one for each scalar
        """Return a literal of a scalar."""
        match type_:
            case "Int":
                return str(self.draw(st.sampled_from([0, 1, 2, 5])))
            case "Float":
                return self.draw(st.sampled_from(["0.0", "0.5", "1.0"]))
            case "Boolean":
                return self.draw(st.sampled_from(["true", "false"]))
            case "ID":
                known = self.draw(st.sampled_from(self.ids))
                text = self.draw(st.sampled_from([known, known, known, "Rm9vOmJhcg", "x"]))
                return self.value_of("ID!", text, f'"{text}"')
            case "Date":
                return self.draw(st.sampled_from(['"2026-01-01"', '"2026-05-04"']))
            case "DateTime":
                return self.draw(
                    st.sampled_from(['"2026-01-01T00:00:00Z"', '"2026-06-01T00:00:00Z"'])
                )
            case "Duration":
                return '"P30D"'
            case "Language":
                return '"nl"'
            case "URL":
                return '"http://x.test/Competence.uri.1"'
            case _:
                word = self.draw(st.sampled_from(WORDS if name == "search" else CODES))
                return f'"{word}"'


def _composite(of: GraphQLField) -> bool:
    return bool(is_composite_type(get_named_type(of.type)))


@st.composite
def questions(
    draw: st.DrawFn,
    ids: Sequence[str],
    *,
    without: frozenset[str] = frozenset(),
    purpose: str | None = "DEVELOPMENT",
) -> Asked:
    """Return random questions about records with these ids; see `Writer`."""
    return Writer(draw, ids, without, purpose).question()
