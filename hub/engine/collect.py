"""Which fields a selection asks of a type (GraphQL specification, 6.3.2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_directive_values,
    is_abstract_type,
)
from graphql.execution.values import VariableValues

Fields = dict[str, list[FieldNode]]
"""Nodes that select a field, by the name of the answer."""


@dataclass(slots=True)
class Collector:
    """Collects the fields of one operation.

    Attributes:
        schema: The schema.
        fragments: Fragments of the document, by name.
        variables: Values of the operation's variables.
    """

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def root(self, of: GraphQLObjectType, selections: SelectionSetNode) -> Fields:
        """Return the fields that an operation asks of its root."""
        return self._collect(of, selections.selections)

    def below(self, of: GraphQLObjectType, nodes: Iterable[FieldNode]) -> Fields:
        """Return the fields asked of an object that `nodes` together select."""
        sets = (node.selection_set for node in nodes)
        return self._collect(of, (each for one in sets if one for each in one.selections))

    def _collect(self, of: GraphQLObjectType, selections: Iterable[SelectionNode]) -> Fields:
        found: Fields = {}
        for node in self._flat(of, selections, set()):
            found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
        return found

    def _flat(
        self, of: GraphQLObjectType, selections: Iterable[SelectionNode], seen: set[str]
    ) -> Iterator[FieldNode]:
        for each in selections:
            if not self._included(each):
                continue
            if isinstance(each, FieldNode):
                yield each
            elif isinstance(each, InlineFragmentNode):
                condition = each.type_condition
                if condition is None or self._fits(of, condition.name.value):
                    yield from self._flat(of, each.selection_set.selections, seen)
            elif isinstance(each, FragmentSpreadNode) and each.name.value not in seen:
                seen.add(each.name.value)
                fragment = self.fragments[each.name.value]
                if self._fits(of, fragment.type_condition.name.value):
                    yield from self._flat(of, fragment.selection_set.selections, seen)

    def _included(self, node: SelectionNode) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _fits(self, of: GraphQLObjectType, name: str) -> bool:
        if name == of.name:
            return True
        condition = self.schema.type_map[name]
        return is_abstract_type(condition) and self.schema.is_sub_type(condition, of)
