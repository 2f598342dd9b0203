"""A pretend Frappe site with the HR application: documents of doctypes over `/api/resource`.

Follows https://docs.frappe.io/framework/user/en/api/rest (read 2026-11-23) and the doctypes of
Frappe HR 15. Times are naive, in the time zone of the site. A list carries no child tables: read
the document, or list the child doctype by `parent`. A deletion leaves a `Deleted Document`. A wrong
key is 401, no key at all is a guest, who is refused with 403. Links are not checked: a document
may be deleted while another names it.

Seed: `{doctype: [document, …], …}`, each with `name`, `creation` and `modified`, child tables
inline as lists of rows; rows get their own name, parent and index here.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.demo.systems.frappe import doctypes, errors, query
from hub.demo.systems.frappe.doctypes import DOCTYPES, OWN, Doctype
from hub.demo.systems.state import Change, Collections, Documents, Json
from hub.demo.systems.wire import Credentials, Guarded, authorization, same

SITE = ZoneInfo("Europe/Amsterdam")
DELETED = "Deleted Document"


def seeded(collections: Collections) -> Iterable[Change]:
    """Return the documents of a seed."""
    for doctype, documents in collections.items():
        for document in documents:
            whole = doctypes.complete(doctype, document)
            yield Change(collection=doctype, id=document["name"], body=whole)


def application(documents: Documents, credentials: Credentials) -> ASGIApp:
    """Return the site, whose state is in `documents`."""
    site = _Site(documents, credentials.user)
    routes = [
        Route("/api/resource/{doctype}", site.list, methods=["GET"]),
        Route("/api/resource/{doctype}", site.create, methods=["POST"]),
        Route("/api/resource/{doctype}/{name:path}", site.read, methods=["GET"]),
        Route("/api/resource/{doctype}/{name:path}", site.update, methods=["PUT"]),
        Route("/api/resource/{doctype}/{name:path}", site.delete, methods=["DELETE"]),
        Route("/api/method/frappe.client.get_count", site.count, methods=["GET", "POST"]),
        Route("/api/method/frappe.auth.get_logged_user", site.who, methods=["GET", "POST"]),
        Route("/api/method/ping", _ping, methods=["GET", "POST"]),
    ]

    def refusal(request: Request) -> ASGIApp | None:
        scheme, token = authorization(request)
        if request.url.path == "/api/method/ping":
            return None
        if not scheme:
            return errors.response(errors.PermissionError("Login to access"))
        account = (("token", f"{credentials.user}:{credentials.secret}"), ("basic", _basic))
        expected = dict(account).get(scheme)
        if isinstance(expected, str) and same(token, expected):
            return None
        return errors.response(errors.AuthenticationError())

    _basic = credentials.basic.partition(" ")[2]
    handlers: Any = {errors.FrappeError: _refused, HTTPException: _not_routed}
    return Guarded(Starlette(routes=routes, exception_handlers=handlers), refusal)


class _Site:
    def __init__(self, documents: Documents, user: str) -> None:
        self._documents = documents
        self._user = f"{user}@example.org"

    async def list(self, request: Request) -> Response:
        doctype = self._doctype(request.path_params["doctype"])
        asked = query.read(request.query_params, self._fields(doctype))
        return JSONResponse({"data": asked.answer(self._all(doctype))})

    async def count(self, request: Request) -> Response:
        doctype = self._doctype(request.query_params.get("doctype", ""))
        asked = query.read(request.query_params, self._fields(doctype))
        return JSONResponse({"message": len(asked.matching(self._all(doctype)))})

    async def who(self, _: Request) -> Response:
        return JSONResponse({"message": self._user})

    async def read(self, request: Request) -> Response:
        return JSONResponse({"data": self._one(*_target(request))})

    async def create(self, request: Request) -> Response:
        doctype = self._doctype(request.path_params["doctype"])
        given = await _body(request)
        _check_mandatory(doctype, given)
        taken = {str(document.get("name")) for document in self._all(doctype)}
        name = doctypes.name_of(doctype, given, taken)
        if name in taken:
            raise errors.DuplicateEntryError(f"{doctype} {name} already exists")
        moment = self._moment()
        own = (name, self._user, moment, moment, self._user, 0, 0)
        defaults = DOCTYPES.get(doctype, Doctype()).defaults
        return self._kept(doctype, {**defaults, **given, **dict(zip(OWN, own, strict=True))})

    async def update(self, request: Request) -> Response:
        doctype, name = _target(request)
        before = self._one(doctype, name)
        given = await _body(request)
        if given.get("modified", before.get("modified")) != before.get("modified"):
            raise errors.TimestampMismatchError(
                f"Error: {doctype} {name} has been modified after you have opened it"
            )
        changes = {key: value for key, value in given.items() if key not in OWN}
        if "docstatus" in given:
            changes["docstatus"] = _docstatus(before.get("docstatus", 0), given["docstatus"])
        after = {**before, **changes, "modified": self._moment(), "modified_by": self._user}
        _check_mandatory(doctype, after)
        return self._kept(doctype, after)

    async def delete(self, request: Request) -> Response:
        doctype, name = _target(request)
        document = self._one(doctype, name)
        moment = self._moment()
        stone_name = uuid4().hex[:10]
        own = (stone_name, self._user, moment, moment, self._user, 0, 0)
        stone = {
            **dict(zip(OWN, own, strict=True)),
            "deleted_doctype": doctype,
            "deleted_name": name,
            "data": json.dumps(document),
            "restored": 0,
        }
        self._documents.write(
            Change(collection=doctype, id=name, body=None),
            Change(collection=DELETED, id=stone_name, body=doctypes.complete(DELETED, stone)),
        )
        return JSONResponse({"data": "ok"}, status_code=202)

    def _kept(self, doctype: str, document: Json) -> Response:
        whole = doctypes.complete(doctype, document)
        self._documents.write(Change(collection=doctype, id=whole["name"], body=whole))
        return JSONResponse({"data": whole})

    def _doctype(self, doctype: str) -> str:
        if doctype in DOCTYPES or doctype in self._documents.collections():
            return doctype
        raise errors.DoesNotExistError(f"DocType {doctype} not found")

    def _one(self, doctype: str, name: str) -> Json:
        document = self._documents.get(self._doctype(doctype), name)
        if document is None:
            raise errors.DoesNotExistError(f"{doctype} {name} not found")
        return document.body

    def _all(self, doctype: str) -> Iterator[Json]:
        for parent, declared in DOCTYPES.items():
            for table in (each for each, child in declared.tables.items() if child == doctype):
                for document in self._documents.all(parent):
                    yield from document.body[table]
        for document in self._documents.all(doctype):
            yield document.body

    def _fields(self, doctype: str) -> frozenset[str]:
        own = frozenset(doctypes.fields(doctype))
        return own.union(*self._all(doctype))

    def _moment(self) -> str:
        return _written(self._documents.now())


def _written(moment: datetime) -> str:
    return moment.astimezone(SITE).strftime("%Y-%m-%d %H:%M:%S.%f")


def _target(request: Request) -> tuple[str, str]:
    return request.path_params["doctype"], request.path_params["name"]


def _check_mandatory(doctype: str, document: Json) -> None:
    missing = doctypes.missing(doctype, document)
    if missing:
        name = document.get("name", "new")
        raise errors.MandatoryError(f"[{doctype}, {name}]: {', '.join(missing)}")


def _docstatus(before: int, after: Any) -> int:
    """Return the new state: a draft may be submitted, what is submitted may be cancelled."""
    if after == before or (before, after) in {(0, 1), (1, 2)}:
        return int(after)
    raise errors.ValidationError(f"Cannot change docstatus from {before} to {after}")


async def _body(request: Request) -> Json:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise errors.ValidationError("Invalid JSON in request body") from error
    if not isinstance(body, dict):
        raise errors.ValidationError("Invalid JSON in request body")
    inner = body.get("data", body)
    return json.loads(inner) if isinstance(inner, str) else dict(inner)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, errors.FrappeError)  # noqa: S101  registered for nothing else
    return errors.response(error)


async def _not_routed(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return errors.response(errors.DoesNotExistError(f"{request.url.path} not found"))
    return JSONResponse({"exc_type": "PermissionError", "exception": "Not permitted"}, status)


async def _ping(_: Request) -> Response:
    return JSONResponse({"message": "pong"})
