"""What could not be answered, on its way to the list of errors."""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from graphql import FieldNode, GraphQLError

from hub.errors import HubError, InternalError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Stands where a value should be.

    Attributes:
        error: What is the matter.
        nodes: Where the document asked for it.
        path: Where it was met, below the place where this stands.
    """

    error: GraphQLError
    nodes: tuple[FieldNode, ...]
    path: tuple[str | int, ...] = ()

    def above(self, step: str | int) -> "Failure":
        """Return this as seen from one step further up."""
        return Failure(error=self.error, nodes=self.nodes, path=(step, *self.path))


def failed(error: Exception, nodes: list[FieldNode]) -> Failure:
    """Return an exception as failure; what nobody expected is logged, and told as INTERNAL."""
    return Failure(error=told(error), nodes=tuple(nodes))


def told(error: Exception) -> GraphQLError:
    """Return an exception as an error of the graph, with its code."""
    if not isinstance(error, HubError):
        error_id = uuid4().hex
        log.error("unexpected fault %s", error_id, exc_info=error)
        error = InternalError(error_id=error_id)
    return GraphQLError(str(error), extensions={"code": error.code, **_details(error)})


def _details(error: HubError) -> dict[str, Any]:
    names = {
        "source": "source",
        "retryable": "retryable",
        "retry_after_s": "retryAfterSeconds",
        "error_id": "errorId",
    }
    found = {shown: getattr(error, name, None) for name, shown in names.items()}
    return {name: value for name, value in found.items() if value is not None}


def missing(nodes: list[FieldNode], name: str) -> Failure:
    """Return the failure of a field that is never null, and is."""
    error = GraphQLError(
        f"{name} is not known here.", extensions={"code": "INTERNAL", "errorId": uuid4().hex}
    )
    return Failure(error=error, nodes=tuple(nodes))


def settled(data: Any, errors: list[GraphQLError], path: tuple[str | int, ...] = ()) -> Any:
    """Return an answer with null for each failure, which is added to the errors."""
    if isinstance(data, Failure):
        where = [*path, *data.path]
        message, extensions = data.error.message, data.error.extensions
        errors.append(GraphQLError(message, list(data.nodes), path=where, extensions=extensions))
        return None
    if isinstance(data, dict):
        return {name: settled(value, errors, (*path, name)) for name, value in data.items()}
    if isinstance(data, list):
        return [settled(value, errors, (*path, place)) for place, value in enumerate(data)]
    return data
