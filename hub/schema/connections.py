"""Pages of records: the connection and the edge of every type that some field lists."""

import re
from collections.abc import Iterable, Iterator, Mapping

from hub.engine.origins import Column
from hub.schema.declare import Field, Object

NAME = re.compile(r"(\w+)Connection\b")
WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")

CALLED: Mapping[str, tuple[str, str]] = {
    "CompetenceEvidence": ("piece of evidence", "evidence"),
    "CompetenceGap": ("gap", "gaps"),
    "CompetenceRequirement": ("requirement", "requirements"),
    "OrganisationUnit": ("unit", "units"),
    "Person": ("person", "people"),
}
"""What one and several records of a type are called, where its name does not say it."""

EDGES: Mapping[str, str] = {"TermLink": "One term link with its cursor."}
"""What an edge says of itself, where it is not what the others say."""

PAGE_INFO = Object(
    name="PageInfo",
    says="Where a page begins and ends, and whether there is more.",
    shareable=True,
    fields={
        "hasNextPage": Field(
            type="Boolean!", says="More follows `endCursor`.", origin=Column("hasNextPage")
        ),
        "hasPreviousPage": Field(
            type="Boolean!", says="More precedes `startCursor`.", origin=Column("hasPreviousPage")
        ),
        "startCursor": Field(
            type="String",
            says="Cursor of the first; null on an empty page.",
            origin=Column("startCursor"),
        ),
        "endCursor": Field(
            type="String",
            says="Cursor of the last; null on an empty page.",
            origin=Column("endCursor"),
        ),
    },
)


def pages(objects: Iterable[Object]) -> Iterator[Object]:
    """Yield the connections that fields of `objects` give, and their edges."""
    found = {
        name: None
        for each in objects
        for field in each.fields.values()
        for name in NAME.findall(field.type)
    }
    for name in found:
        yield _edge(name)
        yield _connection(name)


def _called(name: str) -> tuple[str, str]:
    """Return what one and several records of a type are called."""
    one = " ".join(each.lower() for each in WORDS.split(name))
    several = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return CALLED.get(name, (one, f"{one}es" if one.endswith("s") else several))


def _edge(of: str) -> Object:
    one, _ = _called(of)
    return Object(
        name=f"{of}Edge",
        says=EDGES.get(of, f"One {one} in a page."),
        fields={
            "cursor": Field(
                type="String!",
                says="Where this one stands; pass as `after` or `before`.",
                origin=Column("cursor"),
            ),
            "node": Field(type=f"{of}!", says=f"The {one}.", origin=Column("node")),
        },
    )


def _connection(of: str) -> Object:
    _, several = _called(of)
    return Object(
        name=f"{of}Connection",
        says=f"A page of {several}.",
        fields={
            "edges": Field(
                type=f"[{of}Edge!]!",
                says="With cursors. Bounded: the page size.",
                origin=Column("edges"),
            ),
            "nodes": Field(
                type=f"[{of}!]!",
                says="The same without cursors. Bounded: the page size.",
                origin=Column("nodes"),
            ),
            "pageInfo": Field(
                type="PageInfo!", says="Where the page begins and ends.", origin=Column("pageInfo")
            ),
            "totalCount": Field(
                type="Int!",
                says="All that match and that the viewer may see; counted only when asked for.",
                origin=Column("totalCount"),
            ),
            "complete": Field(
                type="Boolean!",
                says="False when a source behind this list could not answer; `extensions.sources`"
                " says which.",
                origin=Column("complete"),
            ),
        },
    )
