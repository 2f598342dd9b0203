"""How an answer is sent: its status and its bytes, and what no answer may say."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import msgspec
from graphql import GraphQLError
from starlette.responses import Response

from hub.engine.execute import Answer
from hub.web.accept import JSON, RESPONSE
from hub.web.asked import Refusal

LONGEST = 1_000  # characters of a message
HINT = re.compile(r" Did you mean .*", re.DOTALL)
encode = msgspec.json.Encoder().encode


def reply(answer: Answer, media: str, *, hints: bool) -> Response:
    """Return an answer as it is sent.

    Args:
        answer: The answer.
        media: Its media type. What was not run is a 400 in GraphQL's own type, a 200 in plain JSON.
        hints: Whether messages may name what the schema has instead.
    """
    shown = answer.plain()
    if answer.errors:
        shown["errors"] = [_bounded(each, hints=hints) for each in answer.errors]
    status = 400 if media == RESPONSE and not answer.executed else 200
    return Response(encode(shown), status_code=status, media_type=_with_charset(media))


def refused(refusal: Refusal, media: str | None) -> Response:
    """Return a refusal as it is sent."""
    error = {"message": str(refusal)[:LONGEST], "extensions": {"code": refusal.error.code}}
    shown = {"errors": [error], "extensions": {"requestId": uuid4().hex}}
    return Response(
        encode(shown),
        status_code=refusal.status,
        headers=refusal.headers,
        media_type=_with_charset(media or JSON),
    )


def broken(error: GraphQLError) -> Answer:
    """Return the answer to a question that was begun and has no data."""
    about = {"requestId": uuid4().hex}
    return Answer(data=None, errors=(error,), extensions=about, executed=True)


def _bounded(error: GraphQLError, *, hints: bool) -> Mapping[str, Any]:
    shown: dict[str, Any] = dict(error.formatted)
    message = error.message if hints else HINT.sub("", error.message)
    shown["message"] = message if len(message) <= LONGEST else f"{message[:LONGEST]}…"
    return shown


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8"
