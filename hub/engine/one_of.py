"""Refuses a variable that may be null as the one key of a `@oneOf` input.

graphql-core refuses it too, except where the input itself may not be null.
"""

from typing import Any

from graphql import (
    GraphQLError,
    OperationDefinitionNode,
    ValidationRule,
    get_nullable_type,
    is_input_object_type,
    is_non_null_type,
    type_from_ast,
)


class OneOfVariables(ValidationRule):
    """A key of a `@oneOf` input takes no variable that may be null."""

    def leave_operation_definition(self, operation: OperationDefinitionNode, *_: Any) -> None:
        """Look at the variables of an operation, wherever its fragments use them."""
        types = {
            each.variable.name.value: type_from_ast(self.context.schema, each.type)
            for each in operation.variable_definitions or ()
        }
        for usage in self.context.get_recursive_variable_usages(operation):
            if not is_non_null_type(usage.parent_type):
                continue
            input_, name = get_nullable_type(usage.parent_type), usage.node.name.value
            given = types.get(name)
            if (
                is_input_object_type(input_)
                and input_.is_one_of
                and given is not None
                and not is_non_null_type(given)
            ):
                self.report_error(
                    GraphQLError(
                        f"Variable '${name}' may be null; as the key of a {input_.name}"
                        f" it must be declared as '{given}!'.",
                        [usage.node],
                    )
                )
