"""A pretend identity provider: users with their manager, over SCIM 2.0 under `/v2`.

Follows RFC 7643 and RFC 7644, with the habits of scim2-server 0.8: at most 200 resources a page,
weak ETags, a deleted user simply absent. No groups, no bulk, no cursors; the service provider
configuration says so. A manager may be named before it exists.

Seed: `{"Users": [resource, …]}`, each whole, with `id` and `meta` (created, lastModified); what
breaks the schema is served as it is.
"""

import json
from collections.abc import Iterable
from typing import Any, cast
from uuid import uuid4

from pydantic import ValidationError
from scim2_models import (
    Context,
    Error,
    InvalidSyntaxException,
    NotFoundException,
    PatchOp,
    PreconditionFailedException,
    SCIMException,
    SearchRequest,
    UniquenessException,
)
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.demo.systems.scim import discovery
from hub.demo.systems.scim.discovery import ScimResponse
from hub.demo.systems.scim.search import ENTERPRISE, Model, found, page, projected
from hub.demo.systems.state import Change, Collections, Document, Documents, Json
from hub.demo.systems.wire import Credentials, Guarded, authorization, same

USERS = "Users"
BASE = "/v2"
PARAMETERS = (
    "attributes",
    "excludedAttributes",
    "filter",
    "sortBy",
    "sortOrder",
    "startIndex",
    "count",
)


def seeded(collections: Collections) -> Iterable[Change]:
    """Return the documents of a seed."""
    for resource in collections.get(USERS, ()):
        yield Change(collection=USERS, id=str(resource["id"]), body=resource)


def application(documents: Documents, credentials: Credentials) -> ASGIApp:
    """Return the service, whose state is in `documents`."""
    service = _Service(documents)
    routes = [
        Route("/v2/Users", service.search, methods=["GET"]),
        Route("/v2/Users", service.create, methods=["POST"]),
        Route("/v2/Users/.search", service.search_by_body, methods=["POST"]),
        Route("/v2/Users/{id}", service.read, methods=["GET"]),
        Route("/v2/Users/{id}", service.replace, methods=["PUT"]),
        Route("/v2/Users/{id}", service.patch, methods=["PATCH"]),
        Route("/v2/Users/{id}", service.delete, methods=["DELETE"]),
        *discovery.routes(BASE),
    ]

    def refusal(request: Request) -> ASGIApp | None:
        scheme, token = authorization(request)
        if scheme == "bearer" and same(token, credentials.secret):
            return None
        challenge = {"WWW-Authenticate": 'Bearer realm="SCIM"'}
        return _error(401, "Authentication failed", headers=challenge)

    handlers = {SCIMException: _refused, ValidationError: _refused, HTTPException: _refused}
    return Guarded(Starlette(routes=routes, exception_handlers=cast("Any", handlers)), refusal)


class _Service:
    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    async def search(self, request: Request) -> Response:
        asked = {
            key: request.query_params[key] for key in PARAMETERS if key in request.query_params
        }
        return self._answer(request, asked)

    async def search_by_body(self, request: Request) -> Response:
        return self._answer(request, await _body(request))

    def _answer(self, request: Request, asked: Json) -> Response:
        search = SearchRequest[Model].model_validate(asked, scim_ctx=Context.SEARCH_REQUEST)
        users = [_published(request, each) for each in self._documents.all(USERS)]
        matching = found(users, search)
        start, resources = page(matching, search)
        listed = [projected(each, search) for each in resources]
        return discovery.listed(listed, total=len(matching), start=start)

    async def create(self, request: Request) -> Response:
        context = Context.RESOURCE_CREATION_REQUEST
        given = _with_manager_location(request, await _body(request))
        user = Model.model_validate(given, scim_ctx=context)
        body = _dumped(user)
        id_ = str(uuid4())
        self._check_unique(body, id_)
        return self._kept(request, id_, body, self._moment(), status=201)

    async def read(self, request: Request) -> Response:
        document = self._one(request)
        published = _published(request, document)
        if request.headers.get("if-none-match") == published["meta"]["version"]:
            return Response(status_code=304, headers={"ETag": published["meta"]["version"]})
        return _resource(published)

    async def replace(self, request: Request) -> Response:
        document = self._one(request)
        context = Context.RESOURCE_REPLACEMENT_REQUEST
        given = _with_manager_location(request, await _body(request))
        user = Model.model_validate(given, scim_ctx=context)
        return self._changed(request, document, _dumped(user))

    async def patch(self, request: Request) -> Response:
        document = self._one(request)
        context = Context.RESOURCE_PATCH_REQUEST
        patch = PatchOp[Model].model_validate(await _body(request), scim_ctx=context)
        user = Model.model_validate(_with_manager_location(request, document.body))
        patch.patch(user)
        return self._changed(request, document, _dumped(user))

    async def delete(self, request: Request) -> Response:
        document = self._one(request)
        self._documents.write(Change(collection=USERS, id=document.id, body=None))
        return Response(status_code=204)

    def _one(self, request: Request) -> Document:
        document = self._documents.get(USERS, request.path_params["id"])
        if document is None:
            raise NotFoundException(detail=f"Resource {request.path_params['id']} not found")
        expected = request.headers.get("if-match")
        if expected not in {None, "*", _version(document)}:
            raise PreconditionFailedException(detail="The resource has changed since")
        return document

    def _changed(self, request: Request, document: Document, body: Json) -> Response:
        self._check_unique(body, document.id)
        before = _with_manager_location(request, document.body)
        if body == {key: value for key, value in before.items() if key not in {"id", "meta"}}:
            return _resource(_published(request, document))
        created = document.body.get("meta", {}).get("created", self._moment())
        return self._kept(request, document.id, body, created)

    def _kept(
        self, request: Request, id_: str, body: Json, created: str, *, status: int = 200
    ) -> Response:
        meta = {"resourceType": "User", "created": created, "lastModified": self._moment()}
        self._documents.write(
            Change(collection=USERS, id=id_, body={"id": id_, **body, "meta": meta})
        )
        document = self._documents.get(USERS, id_)
        assert document is not None  # noqa: S101  written on the line before
        return _resource(_published(request, document), status=status)

    def _check_unique(self, body: Json, id_: str) -> None:
        name = str(body.get("userName")).casefold()
        for other in self._documents.all(USERS):
            if other.id != id_ and str(other.body.get("userName")).casefold() == name:
                raise UniquenessException(detail=f"userName {body.get('userName')!r} is taken")

    def _moment(self) -> str:
        return self._documents.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _dumped(user: Model) -> Json:
    dumped: Json = user.model_dump(scim_ctx=Context.RESOURCE_CREATION_RESPONSE)
    return {key: value for key, value in dumped.items() if key not in {"id", "meta"}}


def _version(document: Document) -> str:
    return f'W/"{document.sequence}"'


def _published(request: Request, document: Document) -> Json:
    location = f"{_base_url(request)}/Users/{document.id}"
    meta = {**document.body.get("meta", {}), "location": location, "version": _version(document)}
    return _with_manager_location(request, {**document.body, "meta": meta})


def _with_manager_location(request: Request, resource: Json) -> Json:
    """Return a resource whose manager, if it has one, carries the reference that is required."""
    enterprise = resource.get(ENTERPRISE)
    if not isinstance(enterprise, dict):
        return resource
    manager = enterprise.get("manager")
    if not isinstance(manager, dict) or not manager.get("value"):
        return resource
    located = {**manager, "$ref": f"{_base_url(request)}/Users/{manager['value']}"}
    return {**resource, ENTERPRISE: {**enterprise, "manager": located}}


def _base_url(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}{BASE}"


def _resource(published: Json, *, status: int = 200) -> Response:
    meta = published["meta"]
    headers = {"ETag": meta["version"], "Location": meta["location"]}
    return ScimResponse(published, status_code=status, headers=headers)


async def _body(request: Request) -> Json:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip()
    if media_type not in {"application/scim+json", "application/json"}:
        raise HTTPException(415, "The body must be application/scim+json")
    try:
        body = json.loads(await request.body())
    except ValueError as error:
        raise InvalidSyntaxException(detail="The body is not valid JSON") from error
    if not isinstance(body, dict):
        raise InvalidSyntaxException(detail="The body is not a JSON object")
    return body


async def _refused(_: Request, error: Exception) -> Response:
    if isinstance(error, ValidationError):
        first = Error.from_validation_errors(error)[0]
        return _error(first.status or 400, first.detail, scim_type=first.scim_type)
    if isinstance(error, SCIMException):
        return _error(error.status, error.detail, scim_type=error.scim_type or None)
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _error(status, str(getattr(error, "detail", error)))


def _error(
    status: int,
    detail: str | None,
    *,
    scim_type: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    error = Error(status=status, scim_type=scim_type, detail=detail)
    return ScimResponse(error.model_dump(), status_code=status, headers=headers)
