"""The directives of the schema: what it says of types and fields, and what a client may say.

The classes are how Strawberry writes a directive at a type or field; `definitions` is how the
schema defines them, since Strawberry drops what explains an argument.
"""

from typing import cast

import strawberry
from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
)
from strawberry.schema_directive import Location, schema_directive
from strawberry.schema_directives import OneOf

from hub.models.kinds import PrivacyClass, SystemKind

__all__ = [
    "FIELD_SET",
    "Key",
    "OneOf",
    "Owner",
    "Privacy",
    "SemanticNonNull",
    "Shareable",
    "definitions",
]

KEY = "An identity by which other subgraphs may refer to the object (Federation 2)."
SHAREABLE = "Other subgraphs may define the same (Federation 2)."
OWNER = (
    "Which kind of system owns the value. The hub never overwrites it; it proposes a change through"
    " a CouplingAction."
)
PRIVACY = (
    "Who may read it. A field takes the class of its type unless it carries its own. Without one:"
    " OPEN."
)
SEMANTIC = "Null here only ever means an error on this path or a value masked by policy."


@schema_directive(
    locations=[Location.OBJECT, Location.INTERFACE],
    name="key",
    repeatable=True,
)
class Key:
    """An identity by which other graphs may refer to the object."""

    fields: str = strawberry.directive_field(name="fields")


@schema_directive(
    locations=[Location.OBJECT, Location.FIELD_DEFINITION],
    name="shareable",
    repeatable=True,
)
class Shareable:
    """Other graphs may define the same."""


@schema_directive(
    locations=[Location.OBJECT, Location.FIELD_DEFINITION],
    name="owner",
)
class Owner:
    """Which kind of system owns the value."""

    system: SystemKind = strawberry.directive_field(name="system")


@schema_directive(
    locations=[Location.OBJECT, Location.FIELD_DEFINITION],
    name="privacy",
)
class Privacy:
    """Who may read it."""

    class_: PrivacyClass = strawberry.directive_field(name="class")


@schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="semanticNonNull",
)
class SemanticNonNull:
    """Null only ever means an error or a mask."""


FIELD_SET = GraphQLScalarType(
    "FieldSet",
    description="A selection of fields that identifies an object for a federation gateway.",
)


def definitions(schema: GraphQLSchema) -> list[GraphQLDirective]:
    """Return all of them as the schema defines them, their arguments explained."""
    objects = [DirectiveLocation.OBJECT, DirectiveLocation.FIELD_DEFINITION]
    return [
        GraphQLDirective(
            name="key",
            locations=[DirectiveLocation.OBJECT, DirectiveLocation.INTERFACE],
            args={
                "fields": _argument(GraphQLNonNull(FIELD_SET), "The identifying fields."),
                "resolvable": GraphQLArgument(
                    GraphQLBoolean,
                    default_value=True,
                    description="Whether this subgraph can look the object up by them.",
                ),
            },
            is_repeatable=True,
            description=KEY,
        ),
        GraphQLDirective(
            name="shareable", locations=objects, is_repeatable=True, description=SHAREABLE
        ),
        GraphQLDirective(
            name="oneOf",
            locations=[DirectiveLocation.INPUT_OBJECT],
            description="Exactly one field must be given. Defined here because Apollo composition"
            " does not know it yet.",
        ),
        GraphQLDirective(
            name="semanticNonNull",
            locations=[DirectiveLocation.FIELD_DEFINITION],
            args={
                "levels": GraphQLArgument(
                    GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLInt))),
                    default_value=[0],
                    description="List levels it holds for; 0 is the field itself.",
                )
            },
            description=SEMANTIC,
        ),
        GraphQLDirective(
            name="owner",
            locations=objects,
            args={"system": _argument(_enum(schema, "SystemKind"), "The kind of system.")},
            description=OWNER,
        ),
        GraphQLDirective(
            name="privacy",
            locations=objects,
            args={"class": _argument(_enum(schema, "PrivacyClass"), "The class.")},
            description=PRIVACY,
        ),
        GraphQLDirective(
            name="purpose",
            locations=[
                DirectiveLocation.QUERY,
                DirectiveLocation.MUTATION,
                DirectiveLocation.SUBSCRIPTION,
            ],
            args={
                "is": _argument(_enum(schema, "Purpose"), "What the data is read for."),
                "note": _argument(
                    GraphQLString, "Case or round, for the log; shown to the people concerned."
                ),
            },
            description="States why personal data is read; required for SENSITIVE and PAY, logged"
            " with each such read. Part of a trusted document, so that it can be reviewed.",
        ),
    ]


def _argument(type_: GraphQLInputType, says: str) -> GraphQLArgument:
    return GraphQLArgument(type_, description=says)


def _enum(schema: GraphQLSchema, name: str) -> GraphQLInputType:
    return GraphQLNonNull(cast(GraphQLEnumType, schema.type_map[name]))
