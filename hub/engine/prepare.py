"""What a question asks, checked against the schema and the limits before any of it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from graphql import (
    DocumentNode,
    FloatValueNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    ValidationRule,
    get_directive_values,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values

from hub.engine.collect import Collector, Fields
from hub.engine.limits import CHARACTERS, TOKENS, Measure, check_purpose
from hub.engine.one_of import OneOfVariables
from hub.errors import ForbiddenError, InputError, LimitError

PURPOSE = "purpose"
MOST_ERRORS = 20
LONGEST_NUMBER = 40  # digits
LONGEST = 500  # characters of a message that may repeat what was sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        text: The document.
        variables: Values of its variables.
        operation: Name of the operation, where the document has several.
        reading: Whether nothing may be decided, as when it comes by GET.
    """

    text: str
    variables: Mapping[str, Any]
    operation: str | None = None
    reading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A question that may be answered.

    Attributes:
        document: The document.
        operation: The operation.
        root: The type that it begins at.
        fields: The fields that it asks of the root.
        collector: Says which fields are asked of a type below.
        variables: Values of its variables, as they were sent.
        purpose: What sensitive data is read for.
        cost: How many values the answer holds at most.
    """

    document: DocumentNode
    operation: OperationDefinitionNode
    root: GraphQLObjectType
    fields: Fields
    collector: Collector
    variables: dict[str, Any]
    purpose: str | None
    cost: int


class RefusedError(Exception):
    """A question that is none; `errors` says why."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__()
        self.errors = tuple(_coded(error) for error in errors)


def prepare(schema: GraphQLSchema, question: Question) -> Prepared:
    """Return what a question asks.

    Raises:
        RefusedError: it is not GraphQL, or does not fit the schema.
        LimitError: it is larger than allowed.
        PurposeRequiredError: it reads sensitive data without saying why.
    """
    document = _document(schema, question.text)
    operation = _operation(document, question.operation)
    if question.reading and operation.operation is not OperationType.QUERY:
        raise ForbiddenError("Only a query can be asked by GET; send this by POST.")
    root = schema.get_root_type(operation.operation)
    if root is None:
        raise InputError(f"There is no {operation.operation.value} here.")
    collector = Collector(
        schema=schema,
        fragments={
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        },
        variables=_variables(schema, operation, question.variables),
    )
    measure = Measure(collector)
    try:
        measure.operation(root, operation)
    except GraphQLError as error:  # only the values of variables make an argument wrong
        raise RefusedError(error) from error
    purpose = _purpose(schema, operation, collector.variables)
    check_purpose(measure, purpose)
    return Prepared(
        document=document,
        operation=operation,
        root=root,
        fields=collector.root(root, operation.selection_set),
        collector=collector,
        variables=dict(question.variables),
        purpose=purpose,
        cost=measure.cost,
    )


class FiniteNumbers(ValidationRule):
    """Numbers must be such that they can be reckoned with: none without end, none endless."""

    def enter_float_value(self, node: FloatValueNode, *_: object) -> None:
        self._check(node)

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        self._check(node)

    def _check(self, node: FloatValueNode | IntValueNode) -> None:
        if len(node.value) > LONGEST_NUMBER or not isfinite(float(node.value)):
            self.report_error(GraphQLError(f"{node.value} is too large a number.", node))


@lru_cache(maxsize=512)
def _document(schema: GraphQLSchema, text: str) -> DocumentNode:
    """Return a document that fits the schema, parsed and validated once while it is in use."""
    if len(text) > CHARACTERS:
        raise LimitError(
            f"The document has more than {CHARACTERS} characters; send values as variables.",
            limit="TOKENS",
        )
    try:
        document = parse(text, max_tokens=TOKENS)
    except GraphQLError as error:
        if "tokens" in error.message:
            raise LimitError(
                f"The document has more than {TOKENS} tokens; ask for less at a time.",
                limit="TOKENS",
            ) from error
        raise RefusedError(error) from error
    rules = (*specified_rules, FiniteNumbers, OneOfVariables)
    errors = validate(schema, document, rules, max_errors=MOST_ERRORS)
    if errors:
        raise RefusedError(*errors)
    return document


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    if name is not None:
        operations = [each for each in operations if each.name and each.name.value == name]
    if len(operations) == 1:
        return operations[0]
    if name is not None:
        raise InputError("The document has no operation of the name in operationName.")
    raise InputError("Say in operationName which operation of the document is meant.")


def _variables(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any]
) -> VariableValues:
    found = get_variable_values(
        schema, operation.variable_definitions or (), dict(given), max_errors=MOST_ERRORS
    )
    if isinstance(found, VariableValues):
        return found
    raise RefusedError(*found)


def _purpose(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: VariableValues
) -> str | None:
    directive = schema.get_directive(PURPOSE)
    if directive is None:
        return None
    said = get_directive_values(directive, operation, variables)
    return str(said["is"]) if said else None


def _coded(error: GraphQLError) -> GraphQLError:
    message = error.message if len(error.message) <= LONGEST else f"{error.message[:LONGEST]}…"
    return GraphQLError(
        message,
        error.nodes,
        error.source,
        error.positions,
        extensions={"code": "BAD_USER_INPUT"},
    )
