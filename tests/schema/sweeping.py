"""Questions made from the schema itself: every field, every filter, every order."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

from hub.engine.origins import table_of

DEEP = 3
SAMPLES: Mapping[str, str] = {
    "Boolean": "true",
    "CodeKey": '{code: "DESK"}',
    "CompetenceKey": '{uri: "http://data.europa.eu/esco/skill/rebooking"}',
    "ConfigKey": '{key: "hr"}',
    "DateTime": '"2026-05-01T12:00:00Z"',
    "DateWindow": '{from: "2026-01-01", until: "2027-01-01"}',
    "Duration": '"P1D"',
    "ExternalKey": '{system: "hr", externalId: "E1"}',
    "Float": "0.5",
    "ID": '"none"',
    "Int": "1",
    "Language": '"en"',
    "PersonKey": '{employeeNumber: "1"}',
    "RecordKey": '{number: "NC-1"}',
    "String": '"s"',
    "TimeWindow": '{from: "2026-01-01T00:00:00Z", until: "2027-01-01T00:00:00Z"}',
}


def sample(type_: Any) -> str:
    """Return some value of an input's type, as it is written."""
    named = get_named_type(type_)
    if isinstance(named, GraphQLEnumType):
        return str(next(iter(named.values)))
    return SAMPLES[str(named.name)]


def asked(field: GraphQLField) -> str:
    """Return the arguments without which a field cannot be asked, a first page among them."""
    given = {
        name: f"{{{sample(each.type)}}}" if name == "where" else sample(each.type)
        for name, each in field.args.items()
        if is_required_argument(each)
    }
    if "first" in field.args:
        given["first"] = "2"
    if not given:
        return ""
    return "(" + ", ".join(f"{name}: {value}" for name, value in given.items()) + ")"


def selection(schema: GraphQLSchema, of: GraphQLNamedType, deep: int) -> str:
    """Return what can be selected of a type; a number of levels below it, but of values only."""
    if is_abstract_type(of):
        return "__typename ... on Node { id }"
    if not isinstance(of, GraphQLObjectType):
        raise TypeError(of.name)
    parts = ["__typename"]
    for name, field in of.fields.items():
        named = get_named_type(field.type)
        if is_leaf_type(named):
            parts.append(name + asked(field))
        elif deep:
            value = isinstance(named, GraphQLObjectType) and table_of(named) is None
            inside = selection(schema, named, deep - 1 if value else 0)
            parts.append(f"{name}{asked(field)} {{ {inside} }}")
    return " ".join(parts)


def selections(schema: GraphQLSchema, of: GraphQLObjectType) -> Iterator[str]:
    """Yield what can be selected of a type: its values at once, then each of its objects."""
    yield selection(schema, of, 0)
    for name, field in of.fields.items():
        below = get_named_type(field.type)
        if not is_leaf_type(below):
            value = isinstance(below, GraphQLObjectType) and table_of(below) is None
            inside = selection(schema, below, DEEP if value else 0)
            yield f"__typename {name}{asked(field)} {{ {inside} }}"


def lists(schema: GraphQLSchema) -> Iterator[tuple[GraphQLObjectType, str, GraphQLField]]:
    """Yield every field that is a connection, with the type that has it."""
    for of in schema.type_map.values():
        if isinstance(of, GraphQLObjectType):
            for name, field in of.fields.items():
                if get_named_type(field.type).name.endswith("Connection"):
                    yield of, name, field


def narrowings(field: GraphQLField) -> Iterator[str]:
    """Yield the arguments that narrow or order a list, each in turn."""
    where = field.args.get("where")
    filtered = get_named_type(where.type) if where else None
    if isinstance(filtered, GraphQLInputObjectType):
        for name, each in filtered.fields.items():
            yield f"where: {{{name}: {sample(each.type)}}}"
    order = field.args.get("orderBy")
    ordered = get_named_type(order.type) if order else None
    if isinstance(ordered, GraphQLEnumType):
        for name in ordered.values:
            yield f"orderBy: {name}"
