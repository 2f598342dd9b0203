"""What a question may ask at most, checked before any of it is answered.

Cost is the number of fields that the answer can hold at most, lists counted by what they ask for;
a list with a bound of its own counts as `BOUNDED`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_argument_values,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from hub.engine.collect import Collector
from hub.engine.listing import MOST
from hub.engine.origins import answered, table_of
from hub.errors import LimitError, PurposeRequiredError
from hub.models.kinds import PrivacyClass

DEPTH = 16
COST = 200_000
BOUNDED = 10
TOKENS = 4_000
CHARACTERS = 100_000
GUARDED = frozenset({PrivacyClass.SENSITIVE, PrivacyClass.PAY})
CONNECTION = "Connection"  # how their names end; what they hold is counted where they are asked for
OWN = "me"
PERSON = "Person"


@dataclass(frozen=True, slots=True)
class Size:
    """What one object's field holds at most: how many values, on how many levels."""

    cost: int
    height: int


@dataclass(slots=True)
class Measure:
    """Measures one operation.

    What fragments repeat is measured once, so that measuring grows with the document, not with
    what it unfolds to.

    Attributes:
        collector: Says which fields are asked of a type.
        cost: What was counted.
        guarded: Sensitive fields and types that are selected of others than the viewer.
    """

    collector: Collector
    cost: int = 0
    guarded: dict[str, None] = field(default_factory=dict)
    _known: dict[tuple[object, ...], Size] = field(default_factory=dict)

    def operation(self, of: GraphQLObjectType, node: OperationDefinitionNode) -> None:
        """Measure an operation, from its root on.

        Raises:
            LimitError: it is too deep, or may cost too much.
        """
        for nodes in self.collector.root(of, node.selection_set).values():
            own = nodes[0].name.value == OWN
            self.cost = _affordable(self.cost + self._field(of, nodes, depth=1, own=own).cost)

    def _field(
        self, of: GraphQLObjectType, nodes: list[FieldNode], *, depth: int, own: bool
    ) -> Size:
        """Return the size of a field of one object, measured unless it is known."""
        key = (of.name, own, depth == 1, *map(id, nodes))
        known = self._known.get(key)
        if depth + (known.height if known else 0) > DEPTH:
            raise LimitError(
                f"This goes more than {DEPTH} levels deep; ask for an object by its id instead.",
                limit="DEPTH",
            )
        if known is None:
            _affordable(len(self._known))
            known = self._known[key] = self._measured(of, nodes, depth=depth, own=own)
        return known

    def _measured(
        self, of: GraphQLObjectType, nodes: list[FieldNode], *, depth: int, own: bool
    ) -> Size:
        name = nodes[0].name.value
        asked = of.fields.get(name)
        if asked is None:
            return Size(cost=1, height=0)
        named = get_named_type(asked.type)
        self._guard(of, name, asked, own=own)
        if is_leaf_type(named):
            return Size(cost=1, height=0)
        cost, height = 0, -1
        for type_ in self._types(named):
            still = own and (depth == 1 or type_.name != PERSON)
            for below in self.collector.below(type_, nodes).values():
                size = self._field(type_, below, depth=depth + 1, own=still)
                cost = _affordable(cost + size.cost)
                height = max(height, size.height)
        items = 1 if of.name.endswith(CONNECTION) else self._items(asked, nodes)
        return Size(cost=_affordable(1 + items * cost), height=1 + height)

    def _guard(self, of: GraphQLObjectType, name: str, asked: GraphQLField, *, own: bool) -> None:
        if own:
            return
        table = table_of(get_named_type(asked.type))
        classes = {answered(asked).privacy, table.privacy if table else None}
        if classes & GUARDED:
            self.guarded[f"{of.name}.{name}"] = None

    def _types(self, named: GraphQLNamedType) -> list[GraphQLObjectType]:
        if isinstance(named, GraphQLObjectType):
            return [named]
        if is_abstract_type(named):
            return list(self.collector.schema.get_possible_types(named))
        return []

    def _items(self, asked: GraphQLField, nodes: list[FieldNode]) -> int:
        """Return how many objects a field gives at most."""
        arguments: Mapping[str, Any] = get_argument_values(
            asked, nodes[0], self.collector.variables
        )
        for name in ("first", "last"):
            if isinstance(arguments.get(name), int):
                return min(MOST, max(1, int(arguments[name])))
        type_ = asked.type.of_type if is_non_null_type(asked.type) else asked.type
        return BOUNDED if is_list_type(type_) else 1


def _affordable(cost: int) -> int:
    if cost > COST:
        raise LimitError(
            f"This may give more than {COST} values; ask for fewer at a time with first.",
            limit="COST",
        )
    return cost


def check_purpose(measure: Measure, purpose: str | None) -> None:
    """Refuse sensitive fields that are read for no purpose.

    Raises:
        PurposeRequiredError: there are some; the text names them.
    """
    if measure.guarded and purpose is None:
        names = ", ".join(sorted(measure.guarded))
        raise PurposeRequiredError(
            f"{names}: say what this is read for, as in query @purpose(is: DEVELOPMENT) {{ … }}."
        )
