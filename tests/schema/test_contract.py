"""What is served is a part of the contract, and all of it is explained and answered."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_ast_schema,
    find_breaking_changes,
    is_specified_directive,
    parse,
    print_ast,
)

from hub.engine.origins import HUB, answered
from hub.schema import sdl, served
from tests.docs import SCHEMA
from tests.schema.comparing import CONTRACT, differences


def test_what_is_served_is_what_the_contract_says() -> None:
    assert differences(parse(sdl())) == []


def test_growing_into_the_contract_breaks_no_client() -> None:
    assert find_breaking_changes(build_ast_schema(parse(sdl())), build_ast_schema(CONTRACT)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("type Invented { a: Int }", "Invented is not in the contract"),
        ('"""The amount."""type Money { a: Int }', "Money.a is not in the contract"),
        ('type Money { """The amount."""amount: Float! }', "Money.amount: Float! instead of"),
        ('type Money { """Amount."""amount: Decimal! }', "Money.amount says 'Amount.' instead"),
        ("enum LinkStatus { GUESSED }", "LinkStatus.GUESSED is not in the contract"),
        ("type Person implements Group { id: ID! }", "are not in the contract"),
        ("type Query { node(key: ID!): Node }", "Query.node.key is not in the contract"),
        ("type Query { node: Node }", "Query.node.id is required by the contract"),
        ("input SplitPersonInput { personId: ID! }", "is required by the contract"),
        ("input AssignmentFilter { kinds: [Int] = 1 }", "= 1 instead of None"),
        ("type Person { workEmail: String }", "instead of ['@owner(system: IDENTITY)']"),
        ("directive @purpose(is: Int!) on QUERY", "purpose.is: Int! instead of Purpose!"),
    ],
)
def test_the_comparison_sees_each_kind_of_difference(text: str, told: str) -> None:
    assert told in "\n".join(differences(parse(text)))


def _sorted(document: DocumentNode) -> list[str]:
    return sorted(print_ast(each) for each in document.definitions)


def test_the_schema_under_version_control_is_the_one_served() -> None:
    assert _sorted(parse(SCHEMA.read_text(encoding="utf-8"))) == _sorted(parse(sdl()))


def _described() -> Iterator[tuple[str, Any]]:
    graph = served().graph
    for directive in graph.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive
            for name, each in directive.args.items():
                yield f"@{directive.name}({name})", each
    for name, type_ in graph.type_map.items():
        if name.startswith("__"):
            continue
        yield name, type_
        if isinstance(type_, GraphQLEnumType):
            yield from ((f"{name}.{value}", each) for value, each in type_.values.items())
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field, each in type_.fields.items():
                yield f"{name}.{field}", each
                for argument, given in getattr(each, "args", {}).items():
                    yield f"{name}.{field}({argument})", given


BUILT_IN = {"String", "Int", "Float", "Boolean", "ID"}


def test_everything_is_explained_in_a_sentence() -> None:
    silent = [name for name, each in _described() if not (each.description or "").endswith(".")]
    assert [name for name in silent if name not in BUILT_IN] == []


def test_every_field_of_an_object_says_where_its_values_come_from() -> None:
    lacking = [
        f"{type_.name}.{name}"
        for type_ in served().graph.type_map.values()
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
        for name, field in type_.fields.items()
        if HUB not in field.extensions or answered(field).origin is None
    ]
    assert lacking == []


def test_an_origin_belongs_to_one_type_also_where_types_share_an_interface() -> None:
    fields = [
        id(field)
        for type_ in served().graph.type_map.values()
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
        for field in type_.fields.values()
    ]
    assert len(fields) == len(set(fields))


def test_every_type_that_can_be_fetched_by_id_has_a_table() -> None:
    graph = served().graph
    node = graph.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    without = [each.name for each in graph.get_possible_types(node) if HUB not in each.extensions]
    assert without == []
