"""Walks a served graph over HTTP: every record that somebody meets, with every field of it.

What there is to ask is taken from the schema that the hub itself tells of. A record is asked by its
id; what it leads to is followed, every page of it, until nothing new is met.
"""

import base64
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_client_schema,
    get_introspection_query,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

Record = dict[str, Any]

PAGE = 100  # the greatest that there is
BELOW = 20  # of each list of each record of a page of records
CONNECTION = "Connection"
WHOLE = {"includePast": "true", "limit": "20"}
"""What makes lists hold all that they can."""


@dataclass
class Seen:
    """What was ever there, whoever asked.

    Attributes:
        fields: Type and field of whatever had a value, and of lists those that were not empty.
    """

    fields: set[tuple[str, str]] = field(default_factory=set)

    def take(self, told: Any) -> None:
        """Look at an answer."""
        for each in objects(told):
            self.fields |= {
                (each["__typename"], name)
                for name, value in each.items()
                if name != "__typename" and value is not None and value != []
            }


def objects(told: Any) -> Iterator[Record]:
    """Yield every object of an answer that says what it is."""
    if isinstance(told, list):
        for each in told:
            yield from objects(each)
    elif isinstance(told, dict):
        if "__typename" in told:
            yield told
        for each in told.values():
            yield from objects(each)


def dated(id_: str) -> bool:
    """Tell whether an id carries a moment of its own."""
    return b"@" in base64.urlsafe_b64decode(f"{id_}{'=' * (-len(id_) % 4)}")


@dataclass
class Graph:
    """What is served at an address."""

    client: httpx.Client

    @cached_property
    def schema(self) -> GraphQLSchema:
        """What it says of itself."""
        return build_client_schema(self.data(get_introspection_query(), None))

    @cached_property
    def nodes(self) -> frozenset[str]:
        """The types of what has an id."""
        return frozenset(each.name for each in self.possible("Node"))

    def possible(self, name: str) -> Sequence[GraphQLObjectType]:
        """Return the types of an interface or union."""
        of: Any = self.schema.type_map[name]
        return self.schema.get_possible_types(of)

    def type(self, name: str) -> GraphQLObjectType:
        """Return a type of objects."""
        found = self.schema.type_map[name]
        assert isinstance(found, GraphQLObjectType), name
        return found

    def ask(self, text: str, who: str | None, **variables: Any) -> httpx.Response:
        """Ask something, valid or not."""
        return self.client.post(
            "/graphql",
            json={"query": text, "variables": variables},
            headers={"Authorization": who} if who else {},
        )

    def data(self, text: str, who: str | None, **variables: Any) -> Any:
        """Ask something that must be answered without an error."""
        said = self.ask(text, who, **variables)
        assert said.status_code == 200, (said.status_code, said.text[:500], text[:500])
        answer = said.json()
        assert "errors" not in answer, (answer["errors"][:3], text[:500])
        return answer["data"]

    def values(self, of: GraphQLObjectType) -> list[str]:
        """Return the fields of a type that are values."""
        return [name for name, each in of.fields.items() if is_leaf_type(get_named_type(each.type))]

    def lists(self, of: GraphQLObjectType) -> list[str]:
        """Return the fields of a type that are lists in pages."""
        return [name for name, each in of.fields.items() if _paged(get_named_type(each.type))]

    def selection(self, of: GraphQLNamedType) -> str:
        """Return every field of a type: values, values within values, and who is led to."""
        if is_abstract_type(of) or of.name in self.nodes:
            return "__typename ... on Node { id }"
        return f"__typename {' '.join(self._fields(of))}"

    def whole(self, of: GraphQLObjectType) -> str:
        """Return every field of a type that has an id."""
        return f"__typename {' '.join(self._fields(of))}"

    def _fields(self, of: GraphQLNamedType) -> Iterator[str]:
        assert isinstance(of, GraphQLObjectType), of.name
        for name, each in of.fields.items():
            below = get_named_type(each.type)
            if is_leaf_type(below):
                yield name
            elif _paged(below):
                yield f"{name}{_given(each, BELOW)} {{ {self._page()} }}"
            else:
                yield f"{name}{_given(each, BELOW)} {{ {self.selection(below)} }}"

    def _page(self) -> str:
        info = "pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor }"
        return (
            f"__typename totalCount complete {info}"
            " edges { __typename cursor node { __typename id } } nodes { __typename id }"
        )


def _paged(of: GraphQLNamedType) -> bool:
    return of.name.endswith(CONNECTION)


def _given(of: GraphQLField, first: int) -> str:
    given = {name: WHOLE[name] for name in of.args if name in WHOLE}
    if "first" in of.args:
        given["first"] = str(first)
    return f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""


@dataclass
class Walk:
    """What one viewer meets.

    Attributes:
        graph: What is asked.
        who: The header that signs the viewer in.
        seen: Keeps what was ever there.
        records: What was met, by id: each field; of an edge the id, of a list the ids.
        listed: The values of what stood in the lists of the root, by id.
        moments: Ids that carry a moment of their own, which are not followed.
    """

    graph: Graph
    who: str
    seen: Seen
    records: dict[str, Record] = field(default_factory=dict)
    listed: dict[str, Record] = field(default_factory=dict)
    moments: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)

    def everything(self) -> "Walk":
        """Begin at every field of the root that needs to be told nothing, and follow all."""
        root = self.graph.type("Query")
        for name, each in root.fields.items():
            if not any(is_required_argument(given) for given in each.args.values()):
                self._begin(root, name, each)
        return self.onward()

    def own(self) -> "Walk":
        """Look at oneself, and at what is personal."""
        viewer = self.graph.selection(self.graph.type("Viewer"))
        told = self.graph.data(
            f"{{ __typename viewer {{ {viewer} }} me {{ __typename id }} }}", self.who
        )
        self.seen.take(told)
        self._read(self.graph.type("Person"), [told["me"]["id"]])
        ambitions = [id_ for id_, type_ in self.waiting.items() if type_ == "Ambition"]
        self._read(self.graph.type("Ambition"), ambitions)
        return self

    def onward(self) -> "Walk":
        """Follow everything that was met."""
        while self.waiting:
            todo = defaultdict(list)
            for id_, type_ in self.waiting.items():
                todo[type_].append(id_)
            self.waiting = {}
            for type_, ids in todo.items():
                self._read(self.graph.type(type_), [id_ for id_ in ids if id_ not in self.records])
            self.waiting = {
                id_: type_ for id_, type_ in self.waiting.items() if id_ not in self.records
            }
        return self

    def look_up(self) -> "Walk":
        """Ask every field of the root that finds a record by a key."""
        for name, each in self.graph.type("Query").fields.items():
            key = each.args.get("by")
            keys = get_named_type(key.type) if key else None
            if isinstance(keys, GraphQLInputObjectType) and "id" in keys.fields:
                of = get_named_type(each.type)
                id_ = next(iter(self.of_type(of.name)))
                told = self._ask(
                    f"__typename {name}(by: {{ id: {json.dumps(id_)} }}) {{ __typename id }}"
                )
                assert id_ == told[name]["id"]
                self.seen.take(told)
        return self

    def of_type(self, name: str) -> dict[str, Record]:
        """Return what was met of a type, by id."""
        return {id_: each for id_, each in self.records.items() if each["__typename"] == name}

    def _begin(self, root: GraphQLObjectType, name: str, each: GraphQLField) -> None:
        below = get_named_type(each.type)
        if not _paged(below):
            told = self._ask(f"{name}{_given(each, PAGE)} {{ {self.graph.selection(below)} }}")
            self._take({"__typename": root.name, **told})
            return
        nodes = get_named_type(self.graph.type(below.name).fields["nodes"].type)
        values = " ".join(self.graph.values(self.graph.type(nodes.name)))
        more = "edges { __typename cursor node { __typename id } } totalCount complete"
        for page in self._pages(name, f"nodes {{ __typename {values} }} {more}"):
            self._take({"__typename": root.name, name: page})
            self.listed |= {one["id"]: one for one in page["nodes"]}

    def _pages(self, name: str, inside: str, of: str = "", id_: str = "") -> Iterator[Record]:
        """Yield every page of a list of the root, or of a record."""
        after = ""
        while True:
            more = "pageInfo { __typename hasNextPage endCursor }"
            asked = f"{name}(first: {PAGE}{after}) {{ __typename {more} {inside} }}"
            if id_:
                told = self._ask(f"node(id: {json.dumps(id_)}) {{ ... on {of} {{ {asked} }} }}")
                page = told["node"][name]
            else:
                page = self._ask(asked)[name]
            yield page
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = f", after: {json.dumps(page['pageInfo']['endCursor'])}"

    def _ask(self, asked: str) -> Any:
        return self.graph.data(f"query @purpose(is: AUDIT) {{ {asked} }}", self.who)

    def _read(self, of: GraphQLObjectType, ids: Sequence[str]) -> None:
        text = (
            "query($ids: [ID!]!) @purpose(is: AUDIT) { nodes(ids: $ids) { __typename"
            f" ... on {of.name} {{ {self.graph.whole(of)} }} }} }}"
        )
        size = PAGE
        while ids:
            said = self.graph.ask(text, self.who, ids=ids[:size]).json()
            if said.get("errors", [{}])[0].get("extensions", {}).get("code") == "LIMIT_COST":
                size //= 2
                continue
            assert "errors" not in said, (self.who, of.name, said["errors"][:3])
            for id_, told in zip(ids[:size], said["data"]["nodes"], strict=True):
                assert told is not None, (self.who, of.name, id_)
                assert (told["__typename"], told["id"]) == (of.name, id_)
                self.records[id_] = self._edges(of, told)
            self._take(said["data"])
            ids = ids[size:]

    def _edges(self, of: GraphQLObjectType, told: Record) -> Record:
        """Return a record with ids in the place of what it leads to, all of them."""
        return {name: self._edge(of, told, name, value) for name, value in told.items()}

    def _edge(self, of: GraphQLObjectType, told: Record, name: str, value: Any) -> Any:
        if name == "__typename" or value is None:
            return value
        if name not in self.graph.lists(of):
            return _ids(value)
        if not value["pageInfo"]["hasNextPage"]:
            assert [each["node"] for each in value["edges"]] == value["nodes"]
            return [each["id"] for each in value["nodes"]]
        found = []
        for page in self._pages(name, "nodes { __typename id }", of.name, told["id"]):
            self._take(page)
            found += [each["id"] for each in page["nodes"]]
        return found

    def _take(self, told: Any) -> None:
        self.seen.take(told)
        for each in objects(told):
            if each["__typename"] in self.graph.nodes and each["id"] not in self.records:
                where = self.moments if dated(each["id"]) else self.waiting
                where[each["id"]] = each["__typename"]


def _ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_ids(each) for each in value]
    return value["id"] if isinstance(value, dict) and set(value) == {"__typename", "id"} else value
