"""With whose eyes, and at which moment, the values below a root field are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from graphql import GraphQLSchema

from hub.engine.listing import times
from hub.engine.memory import Memory
from hub.engine.moment import About, Derive, Moment
from hub.engine.origins import Table, table_of
from hub.engine.sources import Standing, standings
from hub.models.kinds import PrivacyClass, SystemKind
from hub.policy import Condition, Viewer, mask, rows
from hub.store import Asks, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Use of one type's records at one place of an answer."""

    concept: str
    path: tuple[str, ...]
    records: int


@dataclass(kw_only=True)
class Request:
    """One operation that is being answered.

    Attributes:
        schema: The schema.
        snapshot: The mirror at this moment.
        viewer: Who asks.
        now: This moment.
        derive: Derives for another moment.
        memory: What was worked out of the store before.
        demo: Whether this is the demo organisation.
        touched: What was read so far.
    """

    schema: GraphQLSchema
    snapshot: Snapshot
    viewer: Viewer
    now: datetime
    derive: Derive
    memory: Memory = field(default_factory=Memory)
    demo: bool = False
    touched: list[Touched] = field(default_factory=list)
    _scopes: dict[datetime | None, "Scope"] = field(default_factory=dict)
    _standing: list[Standing] | None = None

    async def standing(self) -> list[Standing]:
        """Return how every source stands."""
        if self._standing is None:
            self._standing = await self.memory.recall("standings", self.snapshot, standings)
        return self._standing

    def scope(self, as_of: datetime | None) -> "Scope":
        """Return what is read at a moment; None for the present."""
        if as_of not in self._scopes:
            asks: Asks = self.snapshot
            if as_of:
                asks = Moment(self.snapshot, as_of, self.now, self.derive, self.memory)
            self._scopes[as_of] = Scope(request=self, asks=asks, as_of=as_of)
        return self._scopes[as_of]

    @cached_property
    def types(self) -> Mapping[str, str]:
        """Return the type in the graph of each concept."""
        found: dict[str, str] = {}
        for type_ in self.schema.type_map.values():
            table = table_of(type_)
            if table:
                found[table.concept] = type_.name
        return found


@dataclass(kw_only=True)
class Scope:
    """What is read below one root field.

    Attributes:
        request: The operation.
        asks: Where statements are asked.
        as_of: The moment asked for; None for the present.
    """

    request: Request
    asks: Asks
    as_of: datetime | None

    def about(self, concept: str | None, ids: Iterable[str]) -> Asks:
        """Return where to ask what looks at no derived rows but those about some things.

        Args:
            concept: What they are (`hub.engine.moment.About`); None: it may look at all.
            ids: Their hub ids.
        """
        if concept is None or not isinstance(self.asks, Moment):
            return self.asks
        return self.asks.about(About(concept, frozenset(ids)))

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        return self.request.viewer

    @property
    def moment(self) -> datetime:
        """The moment that answers speak of."""
        return self.as_of or self.request.now

    @cached_property
    def times(self) -> dict[str, str]:
        """Return the parameters `:now` and `:today` of statements."""
        return times(self.moment)

    def policy(self, table: Table) -> Condition:
        """Return which rows of a table exist for the viewer."""
        return rows(table.concept, table.privacy, self.viewer)

    def mask(self, table: Table, class_: PrivacyClass | None) -> Condition:
        """Return in which of its rows a field can be read that has a class of its own."""
        return mask(table.concept, table.privacy, class_, self.viewer)

    async def missing(self, owner: SystemKind) -> list[str]:
        """Return the keys of the sources of a kind that what they own is not complete from."""
        standing = await self.request.standing()
        return [each.key for each in standing if each.kind is owner and each.missing]
