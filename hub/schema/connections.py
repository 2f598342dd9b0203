"""Pages of records: the connection and the edge of every type that some field lists."""

import re
from collections.abc import Iterable, Iterator

from hub.engine.origins import Column
from hub.schema.declare import Field, Object

NAME = re.compile(r"(\w+)Connection\b")
WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")

PAGE_INFO = Object(
    name="PageInfo",
    says="Where a page begins and ends (Relay).",
    shareable=True,
    fields={
        "hasNextPage": Field(
            type="Boolean!", says="Whether more follows.", origin=Column("hasNextPage")
        ),
        "hasPreviousPage": Field(
            type="Boolean!", says="Whether more precedes.", origin=Column("hasPreviousPage")
        ),
        "startCursor": Field(
            type="String", says="Cursor of the first on the page.", origin=Column("startCursor")
        ),
        "endCursor": Field(
            type="String", says="Cursor of the last on the page.", origin=Column("endCursor")
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


def _words(name: str) -> str:
    return " ".join(each.lower() for each in WORDS.split(name))


def _plural(words: str) -> str:
    if words.endswith("person"):
        return f"{words.removesuffix('person')}people"
    if words.endswith("evidence"):
        return f"pieces of {words}"
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("s") else f"{words}s"


def _edge(of: str) -> Object:
    return Object(
        name=f"{of}Edge",
        says=f"One {_words(of)} with its cursor.",
        fields={
            "cursor": Field(
                type="String!",
                says="Where this one stands; pass as `after` or `before`.",
                origin=Column("cursor"),
            ),
            "node": Field(type=f"{of}!", says=f"The {_words(of)}.", origin=Column("node")),
        },
    )


def _connection(of: str) -> Object:
    return Object(
        name=f"{of}Connection",
        says=f"A page of {_plural(_words(of))}.",
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
