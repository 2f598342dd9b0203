"""Where the values of a field come from: what a declaration says, and the interpreter reads.

A *record* is a row of a table, an object with an id. A *value* is an object without one: a mapping
that some field gave. Both are objects of the graph; the origins `Column` and `Reference` serve
both, since a row and a value are mappings alike.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from graphql import GraphQLField, GraphQLNamedType

from hub.clock import span
from hub.errors import InputError
from hub.models.kinds import PrivacyClass, SystemKind
from hub.policy import ANONYMOUS, Viewer, rows

HUB = "hub"

Batch = Callable[..., Awaitable[Sequence[Any]]]
"""Called once per level with (scope, rows, arguments); returns a value for each row, in order."""

Where = Callable[[Any, "Bind"], str]
"""Turns the value of one field of a filter into a condition on the row `r`."""


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        raise InputError("This span of time reaches beyond the calendar.") from None


@dataclass(slots=True)
class Bind:
    """Names the parameters of a statement as it is put together.

    Attributes:
        now: The moment that the statement is asked of.
        viewer: With whose eyes.
        values: The values, by name.
    """

    now: datetime
    viewer: Viewer = ANONYMOUS
    values: dict[str, Any] = field(default_factory=dict)

    def __call__(self, value: Any) -> str:
        """Return the placeholder of a value."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def after_now(self, duration: str) -> str:
        """Return the placeholder of the moment a span of time from now."""
        return self(_moved(self.now, span(duration)))

    def before_now(self, duration: str) -> str:
        """Return the placeholder of the moment a span of time ago."""
        return self(_moved(self.now, -span(duration)))

    def named(self, value: Any) -> str:
        """Return the bare name of a value, for `among` and `listed`."""
        return self(value)[1:]

    def sees(self, concept: str, class_: PrivacyClass, alias: str) -> str:
        """Return the condition that a row of a concept of a class is there for the viewer."""
        policy = rows(concept, class_, self.viewer)
        self.values |= policy.parameters
        return policy.on(alias)


@dataclass(frozen=True, slots=True)
class Key:
    """A record to be looked up: type in the graph, and hub id."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Record:
    """The record itself: its global id."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row.

    Attributes:
        name: Its name.
        read: Turns what is stored into what is answered.
        absent: What is answered where nothing is stored.
    """

    name: str
    read: Callable[[Any], Any] | None = None
    absent: Any = None

    def of(self, row: Mapping[str, Any]) -> Any:
        """Return the value of a row."""
        value = row.get(self.name)
        if value is None:
            return self.absent
        return value if self.read is None else self.read(value)


@dataclass(frozen=True, slots=True)
class Reference:
    """One other record, or none, that a column names by its hub id.

    Attributes:
        column: The column.
        type: Its type; None: the column `type_column` names it.
        type_column: Column with the name of the type.
        keyed: Whether the column holds its natural key instead.
    """

    column: str
    type: str | None = None
    type_column: str | None = None
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """One order of a list: expressions on the row `r` that are never null, each up or down."""

    by: tuple[tuple[str, bool], ...]

    @classmethod
    def up(cls, *expressions: str) -> "Order":
        """Order by these, smallest first."""
        return cls(tuple((each, False) for each in expressions))

    @classmethod
    def down(cls, *expressions: str) -> "Order":
        """Order by these, largest first."""
        return cls(tuple((each, True) for each in expressions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """Records that belong to the parent: a connection, or a list with its own bound.

    Attributes:
        type: Their type in the graph.
        on: Condition between the row `r` and `{parent}`, what `of` names in the parent.
        of: Column of the parent; None at the root, where there is none.
        where: For each field of the argument `where`, the condition it means.
        orders: For each value of the argument `orderBy`, the order it means.
        order: The order when none is asked for.
        narrowed: For other arguments of the field, the conditions they mean.
        defaults: Fields of `where` that mean something when they are not given.
        members: Whether `of` names a list of the records' own ids, as JSON text; `on` is not asked.
        about: What the parents are, where of what is derived only what is about them is looked at
            (`hub.engine.moment.About`): then nothing else is derived when the past is asked for.
    """

    type: str
    on: str = "1 = 1"
    of: str | None = "id"
    where: Mapping[str, Where] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)
    order: Order = field(default_factory=lambda: Order(()))
    narrowed: Mapping[str, Where] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    members: bool = False
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """Values that a function gives for all rows of a level at once.

    Records among them are given as `Key`s, other objects as mappings, connections as `Children`
    never: whatever is listed here has a bound.

    Attributes:
        function: The function.
        needs: Columns of the row that it reads.
    """

    function: Batch
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A decision: the mutation's own field."""

    name: str


Origin = Record | Column | Reference | Children | Computed | Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where the records of a type stand.

    Attributes:
        concept: Name of their concept.
        name: The table.
        owner: Kind of system that knows them.
        privacy: Who may see them.
        condition: What a row `r` must fulfil to be of this type.
    """

    concept: str
    name: str
    owner: SystemKind
    privacy: PrivacyClass
    condition: str = "1 = 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How a field is answered: what the built schema carries for each of its fields.

    Attributes:
        origin: Where its values come from.
        privacy: Who may see it, where that is not said by its type.
        public: Whether it is for those too who have not signed in.
        open: Whether its class hides nothing by itself, since what it lists is of the same class.
    """

    origin: Origin
    privacy: PrivacyClass | None = None
    public: bool = False
    open: bool = False

    @property
    def mask(self) -> PrivacyClass | None:
        """Class that hides it in some rows; None where nothing does."""
        return None if self.open else self.privacy


def answered(of: GraphQLField) -> Answered:
    """Return how a field of the built schema is answered."""
    found: Answered = of.extensions[HUB]
    return found


def table_of(of: GraphQLNamedType) -> Table | None:
    """Return where the records of a type of the built schema stand; None for a value."""
    found: Table | None = of.extensions.get(HUB)
    return found
