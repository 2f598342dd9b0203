"""`/graphql`: the hub's own endpoint for GraphQL over HTTP.

POST takes every operation, GET queries only. What cannot be taken for one question is refused with
a status of its own; whatever can is answered with 200, or 400 where the client reads GraphQL's own
media type and nothing was run. A client that goes away stops the work on its answer.
"""

import asyncio
import re
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hub.app import Hub
from hub.engine.execute import Answer
from hub.engine.failure import told
from hub.engine.prepare import Question
from hub.errors import (
    ForbiddenError,
    InputError,
    LimitError,
    RateLimitedError,
    UnauthenticatedError,
)
from hub.policy import Viewer
from hub.web.accept import chosen
from hub.web.asked import Refusal, given, posted
from hub.web.places import Places
from hub.web.reply import broken, refused, reply
from hub.web.sign_in import viewer_of

METHODS = {"Allow": "GET, POST"}
INTROSPECTION = re.compile(r"\b__(?:schema|type)\b")


class GraphQL:
    """The endpoint, as an ASGI application."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._demo = hub.settings.demo and hub.settings.loopback
        self._places = Places(hub.settings.questions_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; answer nothing when nobody waits for it any more."""
        request = Request(scope, receive)
        media = chosen(", ".join(request.headers.getlist("accept")))
        try:
            question = await _question(request, media)
            response = await _while_awaited(request, self._answered(question, request, str(media)))
        except Refusal as refusal:
            response = refused(refusal, media)
        if response is not None:
            await response(scope, receive, send)

    async def _answered(self, question: Question, request: Request, media: str) -> Response:
        """Answer a question for whoever asks, if there is a place for it."""
        try:
            async with self._places.one():
                viewer = await self._viewer(request.headers)
                open_ = self._hub.settings.explore or viewer.signed_in
                if not open_ and INTROSPECTION.search(question.text):
                    raise Refusal(403, ForbiddenError("Sign in to read the schema."))
                answer = await self._answer(question, viewer)
        except UnauthenticatedError as error:
            raise Refusal(401, error, {"WWW-Authenticate": 'Bearer realm="hub"'}) from error
        except RateLimitedError as error:
            raise Refusal(503, error, {"Retry-After": f"{error.retry_after_s:.0f}"}) from error
        if question.reading and _decides(answer):
            raise Refusal(405, ForbiddenError(answer.errors[0].message), {"Allow": "POST"})
        return reply(answer, media, hints=open_)

    async def _viewer(self, headers: Headers) -> Viewer:
        said, hub = headers.get("authorization"), self._hub
        async with hub.store.snapshot() as snapshot:
            return await viewer_of(snapshot, said, hub.now(), hub.engine.memory, demo=self._demo)

    async def _answer(self, question: Question, viewer: Viewer) -> Answer:
        """Answer within the time that a question may take, whatever happens."""
        seconds = self._hub.settings.question_s
        try:
            async with asyncio.timeout(seconds):
                return await self._hub.engine.answer(question, viewer)
        except TimeoutError:
            late = f"This took more than {seconds} seconds; ask for less at a time."
            return broken(told(LimitError(late, limit="TIME")))
        except Exception as error:  # noqa: BLE001, told and logged under an id
            return broken(told(error))


async def _question(request: Request, media: str | None) -> Question:
    """Return what a request asks.

    Raises:
        Refusal: nothing that could be answered.
    """
    if request.method not in {"GET", "POST"}:
        raise Refusal(405, InputError("Ask by POST, or by GET what is only read."), METHODS)
    if media is None:
        raise Refusal(
            406, InputError("Answers are application/graphql-response+json or application/json.")
        )
    if request.method == "GET":
        return given(request.headers, request.scope["query_string"])
    return posted(request.headers, await request.body())


def _decides(answer: Answer) -> bool:
    """Tell whether an answer refuses a decision that came as a question."""
    return not answer.executed and any(
        (error.extensions or {}).get("code") == ForbiddenError.code for error in answer.errors
    )


async def _while_awaited(request: Request, work: Coroutine[Any, Any, Response]) -> Response | None:
    """Return the result of work; None, and the work is stopped, when the client is gone first."""
    task = asyncio.create_task(work)
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, gone):
            each.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await each


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
