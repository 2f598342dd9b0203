"""The hub itself, and who asks it."""

from hub.engine.origins import Column, Reference
from hub.schema.declare import Field, Object

VIEWER = Object(
    name="Viewer",
    says="Who is asking, and what for they may ask.",
    fields={
        "kind": Field(
            type="ViewerKind!", says="Person, system or demo visitor.", origin=Column("kind")
        ),
        "person": Field(
            type="Person",
            says="The person; null for a system.",
            origin=Reference("person_id", "Person"),
        ),
        "roles": Field(
            type="[RoleAssignment!]!",
            says="Roles held today. Bounded: few per person.",
            origin=Column("roles"),
        ),
        "purposes": Field(
            type="[Purpose!]!",
            says="Purposes the viewer may state. Bounded: the enum.",
            origin=Column("purposes"),
        ),
        "mutations": Field(
            type="[String!]!",
            says="Mutations the viewer may ever use, for menus. Bounded: Mutation's fields.",
            origin=Column("mutations"),
        ),
    },
)

HUB_INFO = Object(
    name="HubInfo",
    says="The hub itself.",
    fields={
        "version": Field(type="String!", says="Version.", origin=Column("version")),
        "ruleVersion": Field(
            type="String!",
            says="Version of the rules of derivation in force.",
            origin=Column("rule_version"),
        ),
        "smallestGroup": Field(
            type="Int!", says="Smallest group shown in aggregates.", origin=Column("smallest_group")
        ),
        "pageLimit": Field(type="Int!", says="Greatest page size.", origin=Column("page_limit")),
        "groupLimit": Field(
            type="Int!", says="Most groups in one answer.", origin=Column("group_limit")
        ),
        "costLimit": Field(
            type="Int!",
            says="Highest cost of one operation for this viewer.",
            origin=Column("cost_limit"),
        ),
        "languages": Field(
            type="[Language!]!",
            says="Languages with texts. Bounded: 10.",
            origin=Column("languages"),
        ),
        "demo": Field(
            type="Boolean!", says="Whether this is the demo organisation.", origin=Column("demo")
        ),
    },
)

DECLARED = (
    VIEWER,
    HUB_INFO,
)
