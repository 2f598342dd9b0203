"""Answers one operation: each field of its root on its own, with what the answer says of itself."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
    get_argument_values,
    is_non_null_type,
)

from hub.engine.failure import Failure, failed, settled, told
from hub.engine.ids import read_id
from hub.engine.interpreter import TYPE, At, Interpreter
from hub.engine.limits import COST
from hub.engine.listing import MOST
from hub.engine.loading import Row
from hub.engine.memory import Memory
from hub.engine.moment import Derive
from hub.engine.origins import Key, answered
from hub.engine.prepare import Prepared, Question, RefusedError, prepare
from hub.engine.scope import Request
from hub.engine.sources import feeds, reported
from hub.errors import HubError, InputError, UnauthenticatedError
from hub.policy import Viewer
from hub.store import Snapshot, Store, canonical_ids, text_of

FURTHEST = timedelta(days=3660)
BY_ID = ("node", "nodes")
LONG = 2_000  # characters of a document that is prepared aside
LARGE = 5_000  # values of an answer that is settled aside

Decide = Callable[[str, Mapping[str, Any], Viewer], Awaitable[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered.

    Attributes:
        data: The data; None when nothing was answered.
        errors: What could not be.
        extensions: What the answer says of itself.
        executed: Whether the operation ran at all.
    """

    data: Mapping[str, Any] | None
    errors: tuple[GraphQLError, ...]
    extensions: Mapping[str, Any]
    executed: bool

    def plain(self) -> dict[str, Any]:
        """Return the answer as it is sent."""
        shown: dict[str, Any] = {}
        if self.errors:
            shown["errors"] = [error.formatted for error in self.errors]
        if self.executed:
            shown["data"] = self.data
        shown["extensions"] = dict(self.extensions)
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Answers questions about one store.

    Attributes:
        schema: The schema, with the origin of each field.
        store: The mirror.
        now: Tells the time.
        derive: Derives for another moment.
        decide: Runs the command of a mutation for a viewer, and returns its payload.
        demo: Whether the store holds the demo organisation.
        memory: What was worked out of the store; never shared with another engine.
    """

    schema: GraphQLSchema
    store: Store
    now: Callable[[], datetime]
    derive: Derive
    decide: Decide
    demo: bool = False
    memory: Memory = field(default_factory=Memory, init=False)

    async def answer(self, question: Question, viewer: Viewer) -> Answer:
        """Answer a question as a viewer may see it; what is wrong with it is in the answer."""
        about = {"requestId": uuid4().hex}
        try:
            prepared = await self._prepared(question)
        except HubError as error:
            return Answer(data=None, errors=(told(error),), extensions=about, executed=False)
        except RefusedError as refused:
            return Answer(data=None, errors=refused.errors, extensions=about, executed=False)
        viewer = replace(viewer, purpose=prepared.purpose)
        if prepared.operation.operation is OperationType.MUTATION:
            found = await self._decided(prepared, viewer)
        else:
            found = await self._read(prepared, viewer)
        data, sources, asked = found
        errors: list[GraphQLError] = []
        if prepared.cost > LARGE:
            shown = await asyncio.to_thread(settled, data, errors)
        else:
            shown = settled(data, errors)
        extensions = {
            **about,
            "asOf": asked,
            "purpose": prepared.purpose,
            "cost": {"estimated": prepared.cost, "limit": COST},
            "sources": sources,
        }
        return Answer(data=shown, errors=tuple(errors), extensions=extensions, executed=True)

    async def _prepared(self, question: Question) -> Prepared:
        """Prepare a question; a long one aside, so that others have their turn meanwhile."""
        if len(question.text) > LONG:
            return await asyncio.to_thread(prepare, self.schema, question)
        return prepare(self.schema, question)

    async def _read(self, prepared: Prepared, viewer: Viewer) -> tuple[Any, list[Any], str]:
        async with self.store.snapshot() as snapshot:
            request = self._request(snapshot, viewer)
            root = _Root(prepared, request, _nothing)
            data = await root.answer()
            return data, await _sources(request), text_of(request.now)

    async def _decided(self, prepared: Prepared, viewer: Viewer) -> tuple[Any, list[Any], str]:
        """Decide field by field; each payload is read after all that follows from its decision."""
        data: dict[str, Any] = {}
        sources: list[Any] = []
        for name, nodes in prepared.fields.items():
            payload = await self._payload(prepared, nodes, viewer)
            async with self.store.snapshot() as snapshot:
                request = self._request(snapshot, viewer)
                part = replace(prepared, fields={name: nodes})
                answer = await _Root(part, request, payload).answer()
                sources = await _sources(request)
            if isinstance(answer, Failure):
                return answer, sources, text_of(self.now())
            data |= answer
        return data, sources, text_of(self.now())

    async def _payload(
        self, prepared: Prepared, nodes: list[FieldNode], viewer: Viewer
    ) -> Callable[[str, Mapping[str, Any]], Awaitable[Row]]:
        """Return what gives the payload of a decision that is made here and now."""
        name = nodes[0].name.value
        if name == TYPE or not viewer.signed_in:
            return _nothing
        try:
            given = get_argument_values(
                prepared.root.fields[name], nodes[0], prepared.collector.variables
            )
            row = await self.decide(name, given["input"], viewer)
        except Exception as error:  # noqa: BLE001, told at the field
            return _raising(error)

        async def payload(_: str, __: Mapping[str, Any]) -> Row:
            return row

        return payload

    def _request(self, snapshot: Snapshot, viewer: Viewer) -> Request:
        return Request(
            schema=self.schema,
            snapshot=snapshot,
            viewer=viewer,
            now=self.now(),
            derive=self.derive,
            memory=self.memory,
            demo=self.demo,
        )


async def _nothing(_: str, __: Mapping[str, Any]) -> Row:
    raise InputError("There is nothing to decide.")


def _raising(error: Exception) -> Callable[[str, Mapping[str, Any]], Awaitable[Row]]:
    async def payload(_: str, __: Mapping[str, Any]) -> Row:
        raise error

    return payload


async def _sources(request: Request) -> list[dict[str, Any]]:
    touched = [(each.concept, ".".join(each.path), each.records) for each in request.touched]
    if not touched:
        return []
    standing = await request.standing()
    fed = await request.memory.recall("feeds", request.snapshot, feeds)
    return reported(touched, standing, fed, request.now)


class _Root:
    """The root of one operation."""

    def __init__(
        self,
        prepared: Prepared,
        request: Request,
        decide: Callable[[str, Mapping[str, Any]], Awaitable[Row]],
    ) -> None:
        self._prepared = prepared
        self._request = request
        self._interpreter = Interpreter(prepared.collector, decide)

    async def answer(self) -> Any:
        """Return the answer, with a `Failure` where something could not be answered."""
        data: dict[str, Any] = {}
        for name, nodes in self._prepared.fields.items():
            value = await self._field(name, nodes)
            asked = self._prepared.root.fields.get(nodes[0].name.value)
            if isinstance(value, Failure) and asked is not None and is_non_null_type(asked.type):
                return value.above(name)
            data[name] = value
        return data

    async def _field(self, name: str, nodes: list[FieldNode]) -> Any:
        asked = nodes[0].name.value
        if asked.startswith("__") and asked != TYPE:
            return self._introspected(nodes).get(name)
        if asked == TYPE:
            return self._prepared.root.name
        try:
            return await self._answered(name, nodes)
        except HubError as error:
            return failed(error, nodes)

    async def _answered(self, name: str, nodes: list[FieldNode]) -> Any:
        field = self._prepared.root.fields[nodes[0].name.value]
        if not (self._request.viewer.signed_in or answered(field).public):
            raise UnauthenticatedError("Sign in first: send the header Authorization.")
        arguments = get_argument_values(field, nodes[0], self._prepared.collector.variables)
        if nodes[0].name.value in BY_ID:
            return await self._by_id(name, nodes, arguments)
        scope = self._request.scope(_moment(arguments.get("asOf"), self._request.now))
        at = At(scope, (name,))
        (value,) = await self._interpreter.field(self._prepared.root, nodes, [{}], at)
        return value

    async def _by_id(self, name: str, nodes: list[FieldNode], arguments: Mapping[str, Any]) -> Any:
        """Return records by their ids, each at the moment that its id carries.

        An id that was merged away leads to the record that stands.
        """
        one = "id" in arguments
        ids = [arguments["id"]] if one else arguments["ids"]
        if len(ids) > MOST:
            raise InputError(f"Ask for at most {MOST} ids at a time.")
        of = self._prepared.root.fields["node"].type
        found: dict[str, Any] = {}
        moments: dict[datetime | None, dict[str, Key | None]] = {}
        for text in ids:
            key, moment = read_id(text) or (None, None)
            moments.setdefault(moment, {})[text] = key
        for moment, keys in moments.items():
            at = At(self._request.scope(moment), (name,))
            asked = list(keys.values()) if moment else await self._standing(keys.values())
            done = await self._interpreter.complete(of, asked, nodes, at)
            found.update(zip(keys, done, strict=True))
        return found[ids[0]] if one else [found[text] for text in ids]

    async def _standing(self, keys: Collection[Key | None]) -> list[Key | None]:
        """Return the keys of records as they are now: of what was merged away, what stands."""
        ids = [key.id for key in keys if key]
        kept = await canonical_ids(self._request.snapshot, ids)
        return [key and Key(key.type, kept.get(key.id, key.id)) for key in keys]

    def _introspected(self, nodes: list[FieldNode]) -> Mapping[str, Any]:
        """Return what the schema says of itself."""
        given = self._prepared.operation
        operation = OperationDefinitionNode(
            operation=given.operation,
            variable_definitions=given.variable_definitions,
            selection_set=SelectionSetNode(selections=tuple(nodes)),
            directives=(),
        )
        definitions = (operation, *self._prepared.collector.fragments.values())
        done = execute_sync(
            self._prepared.collector.schema,
            DocumentNode(definitions=definitions),
            variable_values=self._prepared.variables,
        )
        return done.data or {}


def _moment(asked: datetime | None, now: datetime) -> datetime | None:
    if asked is not None and abs(asked - now) > FURTHEST:
        raise InputError("asOf is more than ten years away.")
    return asked
