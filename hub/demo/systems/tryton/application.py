"""A pretend Tryton 8.2 server: quality records over its REST API, `/hub/rest/model/{model}`.

Follows a Tryton 8.2 that was run, written to and read. What surprises in it is kept: `write_date`
is null until the first update, and moments are naive UTC; the end of a `Range` is exclusive, and a
page beyond the end is 416 with `Range` but empty with `s` and `p`; a list leaves out who is no
longer employed unless the context says `active_test: false`; a record is `{"id", "__name__",
"rec_name"}` unless `f` asks for more; `state` is changed by the buttons of the workflow only; a
mistake in a request is a 500 whose page holds the server's own exception, a broken rule a 400 in
JSON. A record that another needs cannot be deleted; one that is deleted is simply absent.

Seed: `{model: [record, …], …}`; a record holds `id` (a number), its fields by name, `create_date`
and `write_date` (null where it was never updated). Dates and moments are ISO text, moments in UTC,
relations ids, references `"quality.inspection,12"`.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from html import escape
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.demo.systems.state import Change, Collections, Documents, Json
from hub.demo.systems.tryton.models import MODELS
from hub.demo.systems.tryton.records import Records, ServerError, model_of
from hub.demo.systems.tryton.values import decoded, kept
from hub.demo.systems.tryton.writing import UserError, Writing
from hub.demo.systems.wire import Credentials, Guarded, authorization, same

BASE = "/hub"
DEFAULT_FIELDS = ("__name__", "id", "rec_name")
COUNTED = 10  # pages that the server looks ahead before it says `*` for the total
SAID = {
    400: "Unable to read JSON request",
    401: "The server could not verify that you are authorized to access the URL requested. You "
    "either supplied the wrong credentials (e.g. a bad password), or your browser doesn't "
    "understand how to supply the credentials required.",
    403: "You don't have the permission to access the requested resource. It is either "
    "read-protected or not readable by the server.",
    404: "The requested URL was not found on the server. If you entered the URL manually please "
    "check your spelling and try again.",
    405: "The method is not allowed for the requested URL.",
    416: "The server cannot provide the requested range.",
}


def seeded(collections: Collections) -> Iterable[Change]:
    """Return the documents of a seed."""
    for model, records in collections.items():
        kinds = {name: field.kind for name, field in MODELS[model].fields.items()}
        for record in records:
            yield Change(collection=model, id=str(record["id"]), body=kept(kinds, record))


def application(documents: Documents, credentials: Credentials) -> ASGIApp:
    """Return the server, whose state is in `documents`."""
    server = _Server(documents)
    model = "/hub/rest/model/{model}"
    routes = [
        Route(model, server.search, methods=["GET"]),
        Route(model, server.create, methods=["POST"]),
        Route(model + "/{id:int}", server.read, methods=["GET"]),
        Route(model + "/{id:int}", server.update, methods=["PUT"]),
        Route(model + "/{id:int}", server.delete, methods=["DELETE"]),
        Route(model + "/{id:int}/{button}", server.press, methods=["POST"]),
    ]

    def refusal(request: Request) -> ASGIApp | None:
        scheme, token = authorization(request)
        if scheme == "bearer" and same(token, credentials.secret):
            return None
        if not request.url.path.startswith(f"{BASE}/"):
            return _page(404)
        return _page(401)

    handlers: Any = dict.fromkeys((ServerError, UserError, HTTPException), _refused)
    return Guarded(Starlette(routes=routes, exception_handlers=handlers), refusal)


class _Server:
    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    async def search(self, request: Request) -> Response:
        model = request.path_params["model"]
        asked = request.query_params
        records = self._records()
        found = records.search(
            model,
            decoded(_encoded(asked.get("d"), [])),
            _encoded(asked.get("o"), None),
            active_test=_context(request).get("active_test", True),
        )
        span = _range(request.headers.get("range"))
        offset, limit = span or (_number(asked.get("p")) or 0, _number(asked.get("s")))
        page = found[offset : None if limit is None else offset + limit]
        fields = _fields(request)
        answer = _json([records.read(model, each, fields) for each in page])
        if span is not None:
            if not page and offset:
                raise HTTPException(416)
            total = len(found)
            looked = COUNTED * ((len(page) if limit is None else limit) + offset)
            count = str(total) if total < looked or len(page) < (limit or 0) else "*"
            answer.headers["Accept-Ranges"] = "records"
            answer.headers["Content-Range"] = f"records {offset}-{offset + len(page)}/{count}"
        return answer

    async def read(self, request: Request) -> Response:
        return self._answer(request, self._one(request))

    async def create(self, request: Request) -> Response:
        given = decoded(await _body(request))
        writing = Writing(self._documents, _context(request))
        return self._answer(request, writing.create(request.path_params["model"], given))

    async def update(self, request: Request) -> Response:
        record = self._one(request)
        given = decoded(await _body(request))
        writing = Writing(self._documents, _context(request))
        return self._answer(request, writing.update(request.path_params["model"], record, given))

    async def delete(self, request: Request) -> Response:
        record = self._one(request)
        writing = Writing(self._documents, _context(request))
        writing.delete(request.path_params["model"], record)
        return Response(status_code=204)

    async def press(self, request: Request) -> Response:
        model, button = request.path_params["model"], request.path_params["button"]
        if button not in model_of(model).steps:
            raise HTTPException(403)
        writing = Writing(self._documents, _context(request))
        return self._answer(request, writing.press(model, self._one(request), button))

    def _records(self) -> Records:
        return Records(self._documents, self._documents.now().date().isoformat())

    def _one(self, request: Request) -> Json:
        model = request.path_params["model"]
        model_of(model)
        record = self._records().get(model, request.path_params["id"])
        if record is None:
            raise HTTPException(404)
        return record

    def _answer(self, request: Request, record: Json) -> Response:
        model = request.path_params["model"]
        return _json(self._records().read(model, record, _fields(request)))


def _json(value: Any) -> Response:
    headers = {"Content-Language": "en"}
    return Response(json.dumps(value), media_type="application/json", headers=headers)


def _fields(request: Request) -> tuple[str, ...]:
    return tuple(request.query_params.getlist("f")) or DEFAULT_FIELDS


def _encoded(text: str | None, default: Any) -> Any:
    """Read what a parameter or header holds as JSON in URL-safe base64."""
    if text is None:
        return default
    try:
        return json.loads(urlsafe_b64decode(text))
    except ValueError as error:
        raise ServerError(str(error)) from error


def _context(request: Request) -> Mapping[str, Any]:
    context: Mapping[str, Any] = decoded(_encoded(request.headers.get("x-tryton-context"), {}))
    return context


def _range(header: str | None) -> tuple[int, int | None] | None:
    """Read `records=10-20`, whose end is exclusive; anything else is not a range."""
    if header is None or "," in header:
        return None
    start, _, end = header.partition("=")[2].partition("-")
    first, last = _number(start), _number(end)
    if first is None:
        return None
    return first, None if last is None else last - first


def _number(text: str | None) -> int | None:
    if not text:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise ServerError(str(error)) from error


async def _body(request: Request) -> Json:
    if "json" not in request.headers.get("content-type", ""):
        raise ServerError("'bytes' object has no attribute 'copy'")
    try:
        body = json.loads(await request.body())
    except ValueError as error:
        raise HTTPException(400) from error
    if not isinstance(body, dict):
        raise ServerError(f"'{type(body).__name__}' object has no attribute 'copy'")
    return body


async def _refused(_: Request, error: Exception) -> Response:
    if isinstance(error, UserError):
        return _user_error(error)
    if isinstance(error, HTTPException):
        return _page(error.status_code, headers=error.headers)
    return _page(500, str(error))


def _user_error(error: UserError) -> Response:
    body = {"status": 400, "message": error.message, "description": error.description}
    return Response(json.dumps(body), status_code=400, media_type="application/json")


def _page(
    status: int, text: str | None = None, *, headers: Mapping[str, str] | None = None
) -> Response:
    phrase = HTTPStatus(status).phrase
    said = escape(text or SAID.get(status, phrase)).replace("&#x27;", "&#39;")
    page = f"<!doctype html>\n<html lang=en>\n<title>{status} {phrase}</title>\n"
    page += f"<h1>{phrase}</h1>\n<p>{said}</p>\n"
    return HTMLResponse(page, status_code=status, headers=headers)
