"""The directives of the schema: what it says of types and fields, and what a client may say."""

from typing import cast

import strawberry
from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLDirective,
    GraphQLEnumType,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLString,
)
from strawberry.schema_directive import Location, schema_directive
from strawberry.schema_directives import OneOf

from hub.models.kinds import PrivacyClass, SystemKind

__all__ = ["Key", "OneOf", "Owner", "Privacy", "SemanticNonNull", "Shareable", "executable"]


@schema_directive(
    locations=[Location.OBJECT, Location.INTERFACE],
    name="key",
    description="An identity by which other subgraphs may refer to the object (Federation 2).",
    repeatable=True,
)
class Key:
    """An identity by which other graphs may refer to the object."""

    fields: str = strawberry.directive_field(name="fields")


@schema_directive(
    locations=[Location.OBJECT, Location.FIELD_DEFINITION],
    name="shareable",
    description="Other subgraphs may define the same (Federation 2).",
    repeatable=True,
)
class Shareable:
    """Other graphs may define the same."""


@schema_directive(
    locations=[Location.OBJECT, Location.FIELD_DEFINITION],
    name="owner",
    description="Which kind of system owns the value. The hub never overwrites it; it proposes a"
    " change through a CouplingAction.",
)
class Owner:
    """Which kind of system owns the value."""

    system: SystemKind = strawberry.directive_field(name="system")


@schema_directive(
    locations=[Location.OBJECT, Location.FIELD_DEFINITION],
    name="privacy",
    description="Who may read it. A field takes the class of its type unless it carries its own."
    " Without one: OPEN.",
)
class Privacy:
    """Who may read it."""

    class_: PrivacyClass = strawberry.directive_field(name="class")


@schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="semanticNonNull",
    description="Null here only ever means an error on this path or a value masked by policy.",
)
class SemanticNonNull:
    """Null only ever means an error or a mask."""


def executable(schema: GraphQLSchema) -> list[GraphQLDirective]:
    """Return the directives that a client may write in an operation."""
    purpose = GraphQLDirective(
        name="purpose",
        locations=[
            DirectiveLocation.QUERY,
            DirectiveLocation.MUTATION,
            DirectiveLocation.SUBSCRIPTION,
        ],
        args={
            "is": GraphQLArgument(
                GraphQLNonNull(cast(GraphQLEnumType, schema.type_map["Purpose"])),
                description="What the data is read for.",
            ),
            "note": GraphQLArgument(
                GraphQLString,
                description="Case or round, for the log; shown to the people concerned.",
            ),
        },
        description="States why personal data is read; required for SENSITIVE and PAY, logged with"
        " each such read. Part of a trusted document, so that it can be reviewed.",
    )
    return [purpose]
