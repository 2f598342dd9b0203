"""How types of the graph are declared: as plain values, of which `build` makes the schema.

Types are written as GraphQL writes them: `[String!]!`. A declaration names other types by name, so
that subjects may refer to each other in circles.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hub.engine.origins import Children, Column, Order, Origin, Record, Reference, Table, Where
from hub.models.kinds import Described, PrivacyClass, SystemKind
from hub.models.record import Meaning, Nature, describe, described
from hub.models.ref import Ref
from hub.store import concept
from hub.store.values import Codec, codecs_of

UNSET = object()
SCALARS: Mapping[Any, str] = {
    int: "Int",
    float: "Float",
    bool: "Boolean",
    date: "Date",
    datetime: "DateTime",
    Decimal: "Decimal",
    Any: "JSON",
}
ID = "Opaque, global and stable; pass it to `node`. Under `asOf` it carries that moment."
PAGE: Mapping[str, tuple[str, str]] = {
    "first": (
        "Int",
        "Page size from the start, 1 to 100. Either `first` or `last` must be given.",
    ),
    "after": ("String", "Only what follows this cursor."),
    "last": ("Int", "Page size from the end, 1 to 100. Not together with `first`."),
    "before": ("String", "Only what precedes this cursor."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An argument, or a field of an input.

    Attributes:
        type: Its type.
        says: What it means.
        default: Its value when it is not given; `UNSET` for none.
        narrows: The condition that it puts on the rows of a list.
    """

    type: str
    says: str
    default: Any = UNSET
    narrows: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field.

    Attributes:
        type: Its type.
        says: What it means; empty where it shows a field of the model, whose sentence holds.
        origin: Where its values come from; None on an interface.
        arguments: Its arguments.
        privacy: Its class, where it has one of its own.
        owner: Who owns it, where that is not who owns the record.
        semantic: Whether null only ever means an error or a mask.
        public: Whether it is for those too who have not signed in.
    """

    type: str
    says: str = ""
    origin: Origin | None = None
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    privacy: PrivacyClass | None = None
    owner: SystemKind | None = None
    semantic: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """A type of objects, or an interface of them.

    Attributes:
        name: Its name.
        says: What it is.
        fields: Its fields.
        interfaces: Names of the interfaces that it implements.
        is_interface: Whether it is one itself.
        table: Where its records stand; None for a value.
        keys: Fields by which other graphs may refer to it.
        shareable: Whether other graphs may define it alike.
        owner: Kind of system that owns its records, to be shown.
        privacy: Class of its records, to be shown.
    """

    name: str
    says: str
    fields: Mapping[str, Field]
    interfaces: Sequence[str] = ()
    is_interface: bool = False
    table: Table | None = None
    keys: Sequence[str] = ()
    shareable: bool = False
    owner: SystemKind | None = None
    privacy: PrivacyClass | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """One of several types."""

    name: str
    says: str
    types: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What a client gives."""

    name: str
    says: str
    fields: Mapping[str, Argument]
    one_of: bool = False

    @property
    def where(self) -> Mapping[str, Where]:
        """Return the condition that each field means, where this is a filter."""
        return {name: each.narrows for name, each in self.fields.items() if each.narrows}

    @property
    def defaults(self) -> Mapping[str, Any]:
        """Return the values of fields that are not given."""
        return {n: each.default for n, each in self.fields.items() if each.default is not UNSET}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A closed list of values.

    Attributes:
        name: Its name.
        says: What it is for.
        values: Each value with its sentence.
        orders: The order of a list that each value means, where it is about that.
    """

    name: str
    says: str
    values: Mapping[str, str]
    orders: Mapping[str, Order] = field(default_factory=dict)


Declared = Object | Union | Input | Choice | type[Described]


def table(of: type, condition: str = "1 = 1") -> Table:
    """Return where the records of a concept stand."""
    found = describe(of)
    return Table(
        concept=of.__name__,
        name=concept(of).table,
        owner=found.owner,
        privacy=found.privacy,
        condition=condition,
    )


def camel(name: str) -> str:
    """Return the name in the graph of a field of a model."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(each.capitalize() for each in rest)


def of_model(of: type, names: str) -> dict[str, Field]:
    """Return fields that show fields of a model as they are.

    Args:
        of: The model.
        names: Names in the graph, between spaces; a relation without its `Id`.
    """
    known = {
        camel(each.name.removesuffix("_id") if meaning.target else each.name): (each.name, meaning)
        for each, meaning in described(of)
    }
    return {shown: _shown(of, *known[shown]) for shown in names.split()}


def _shown(of: type, name: str, meaning: Meaning) -> Field:
    said = describe(of)
    codec = codecs_of(of)[name] if said.nature is Nature.VALUE else concept(of).codecs[name]
    type_, origin = _origin(of, name, codec, meaning)
    optional = codec.optional or (codec.base is Ref and not meaning.required)
    return Field(
        type=type_ if optional else f"{type_}!",
        says=meaning.sentence,
        origin=origin,
        privacy=meaning.privacy,
        owner=meaning.owner if said.nature is Nature.SOURCED else None,
    )


def _origin(of: type, name: str, codec: Codec, meaning: Meaning) -> tuple[str, Origin]:
    """Return the type of a field of a model, and where its values come from."""
    target = meaning.target or ""
    if codec.base is Ref:
        return target, Reference(f"{name}_id", type=target)
    if name.endswith("_id") and target:
        return target, Reference(name, type=target)
    items = codec.parts.get("[]")
    if items is not None and items.base is Ref:
        links = f"{concept(of).table}__{name}"
        on = f"r.id IN (SELECT l.target_id FROM {links} l WHERE l.owner_id = {{parent}})"
        return f"[{target}!]", Children(type=target, on=on)
    inner = _named(name, items or codec, meaning)
    read = None
    if codec.kind in (list, dict) and describe(of).nature is not Nature.VALUE:
        read = json.loads
    return f"[{inner}!]" if items else inner, Column(name, read)


def _named(name: str, codec: Codec, meaning: Meaning) -> str:
    """Return the type of one value of a field of a model."""
    if codec.base is str:
        if meaning.unit == "ISO 8601 duration":
            return "Duration"
        return "URL" if name.endswith(("uri", "uris", "url")) else "String"
    return SCALARS.get(codec.base) or str(codec.base.__name__)


def node(  # noqa: PLR0913, what a type of records is
    of: type,
    fields: Mapping[str, Field],
    *,
    name: str | None = None,
    says: str | None = None,
    interfaces: str = "",
    keys: Sequence[str] = (),
    condition: str = "1 = 1",
) -> Object:
    """Return the type of a concept's records.

    Args:
        of: The model; its docstring says what the type is, unless `says` does.
        fields: Its fields, but for the id.
        name: Its name, where that is not the model's.
        says: What it is.
        interfaces: Interfaces that it implements besides `Node`, between spaces.
        keys: Fields by which other graphs may refer to it.
        condition: What a row `r` must fulfil to be of this type.
    """
    said = describe(of)
    own = {"id": Field(type="ID!", says=ID, origin=Record())}
    return Object(
        name=name or of.__name__,
        says=says or sentence(of),
        fields={**own, **fields},
        interfaces=("Node", *interfaces.split()),
        table=table(of, condition),
        keys=keys,
        owner=said.owner if said.owner is not SystemKind.HUB else None,
        privacy=said.privacy if said.privacy is not PrivacyClass.OPEN else None,
    )


def value(
    name: str, says: str, fields: Mapping[str, Field], privacy: PrivacyClass | None = None
) -> Object:
    """Return a type of objects without an id."""
    return Object(name=name, says=says, fields=fields, privacy=privacy)


def sentence(of: type) -> str:
    """Return what a class says of itself, in one paragraph."""
    return " ".join((of.__doc__ or "").split())


def connection(  # noqa: PLR0913, what a connection is
    of: str,
    says: str,
    origin: Children,
    *,
    filtered: Input | None = None,
    ordered: Choice | None = None,
    order: str | None = None,
    arguments: Mapping[str, Argument] | None = None,
    privacy: PrivacyClass | None = None,
) -> Field:
    """Return a field that lists records page by page.

    Args:
        of: Type of the records.
        says: What the list holds.
        origin: Which records belong to the parent.
        filtered: The type of its argument `where`.
        ordered: The type of its argument `orderBy`.
        order: Its default.
        arguments: Further arguments, after the page's.
        privacy: Class of the list, where it has one of its own.
    """
    taken: dict[str, Argument] = {}
    if filtered:
        taken["where"] = Argument(type=filtered.name, says="Only what meets all of these.")
    if ordered:
        default = [order] if order else UNSET
        taken["orderBy"] = Argument(
            type=f"[{ordered.name}!]", says="Order, most important first.", default=default
        )
    taken |= {name: Argument(type=type_, says=text) for name, (type_, text) in PAGE.items()}
    return Field(
        type=f"{of}Connection!",
        says=says,
        origin=replace(
            origin,
            where=filtered.where if filtered else {},
            defaults=filtered.defaults if filtered else {},
            orders=ordered.orders if ordered else {},
        ),
        arguments={**taken, **(arguments or {})},
        privacy=privacy,
    )
