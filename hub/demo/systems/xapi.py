"""A pretend learning record store: xAPI 1.0.3 statements under `/xAPI/statements`.

Follows https://github.com/adlnet/xAPI-Spec, 1.0.3, part three. `since` is exclusive and `until`
inclusive, both on `stored`; a list is newest first unless `ascending`, at most 100 statements a
page, `more` leads to the next and is empty on the last. A statement is never changed: the same id
with other content is 409; a voided statement is left out of lists and found by
`voidedStatementId` only. Every request names its version, or is refused with 400.

Seed: `{"statements": [statement, …]}`, each with `id` and `stored`; what breaks the specification
is served as it is.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.demo.systems.state import Change, Collections, Document, Documents, Json
from hub.demo.systems.wire import Credentials, Guarded, authorization, same

BASE = "/xAPI"
STATEMENTS = "statements"
VERSION = "1.0.3"
VERSION_HEADER = "X-Experience-API-Version"
THROUGH_HEADER = "X-Experience-API-Consistent-Through"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
PAGE = 100
PARAMETERS = frozenset(
    {
        *("statementId", "voidedStatementId", "agent", "verb", "activity", "registration"),
        *("related_activities", "related_agents", "since", "until", "limit", "format"),
        *("attachments", "ascending", "cursor"),
    }
)
ALONE = frozenset({"attachments", "format", "statementId", "voidedStatementId"})
IGNORED = frozenset({"id", "stored", "timestamp", "authority", "version"})
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


class Refusal(HTTPException):
    """A request that the specification tells the store to refuse."""


def seeded(collections: Collections) -> Iterable[Change]:
    """Return the documents of a seed, in the order in which they were stored."""
    statements = collections.get(STATEMENTS, ())
    for statement in sorted(statements, key=lambda each: str(each.get("stored"))):
        yield Change(collection=STATEMENTS, id=str(statement["id"]), body=statement)


def application(documents: Documents, credentials: Credentials) -> ASGIApp:
    """Return the store, whose state is in `documents`."""
    store = _Store(documents, credentials)
    routes = [
        Route("/xAPI/statements", store.get, methods=["GET"]),
        Route("/xAPI/statements", store.post, methods=["POST"]),
        Route("/xAPI/statements", store.put, methods=["PUT"]),
        Route("/xAPI/about", store.about, methods=["GET"]),
    ]

    def refusal(request: Request) -> ASGIApp | None:
        if request.url.path == "/xAPI/about":
            return None
        scheme, token = authorization(request)
        if scheme != "basic" or not same(f"Basic {token}", credentials.basic):
            return _error(401, "Invalid authentication credentials", WWW_Authenticate="Basic")
        if not request.headers.get(VERSION_HEADER, "").startswith("1.0"):
            return _error(400, f"Missing or unsupported {VERSION_HEADER} header")
        return None

    handlers: Any = {HTTPException: _refused}
    return Guarded(Starlette(routes=routes, exception_handlers=handlers), refusal)


@dataclass(frozen=True, slots=True)
class _Stored:
    number: int
    stored: datetime
    body: Json


@dataclass(frozen=True, slots=True)
class _Known:
    sequence: int
    voided: frozenset[str]
    listed: tuple[_Stored, ...]


def _known(documents: Documents) -> _Known:
    held = list(documents.all(STATEMENTS))
    voided = frozenset(str(each.body["object"].get("id")) for each in held if _voids(each.body))
    listed = tuple(
        _Stored(each.sequence, _stored_at(each), each.body)
        for each in held
        if each.id not in voided
    )
    return _Known(documents.sequence(), voided, listed)


def _stored_at(document: Document) -> datetime:
    try:
        return _moment(document.body["stored"])
    except (KeyError, TypeError, ValueError):
        return document.changed_at


class _Store:
    def __init__(self, documents: Documents, credentials: Credentials) -> None:
        self._documents = documents
        self._known: _Known | None = None
        home = {"homePage": "https://lrs.example", "name": credentials.user}
        self._authority = {"objectType": "Agent", "account": home}

    async def about(self, _: Request) -> Response:
        return self._json({"version": [VERSION]})

    async def get(self, request: Request) -> Response:
        asked = dict(request.query_params)
        unknown = asked.keys() - PARAMETERS
        if unknown:
            raise Refusal(400, f"Unknown parameters: {', '.join(sorted(unknown))}")
        if "statementId" in asked or "voidedStatementId" in asked:
            return self._one(asked)
        return self._list(asked)

    async def post(self, request: Request) -> Response:
        body = await _body(request)
        statements = body if isinstance(body, list) else [body]
        kept = [self._checked(statement) for statement in statements]
        ids = [each["id"] for each in kept]
        if len(set(ids)) < len(ids):
            raise Refusal(400, "Duplicate statement ids in one batch")
        self._keep(kept)
        return self._json(ids)

    async def put(self, request: Request) -> Response:
        body = await _body(request)
        id_ = request.query_params.get("statementId")
        if id_ is None or not isinstance(body, dict) or body.get("id", id_) != id_:
            raise Refusal(400, "statementId is needed, and must be that of the statement")
        self._keep([self._checked({**body, "id": id_})])
        return Response(status_code=204, headers=self._headers())

    def _one(self, asked: Mapping[str, str]) -> Response:
        if asked.keys() - ALONE or asked.keys() >= {"statementId", "voidedStatementId"}:
            raise Refusal(400, "statementId and voidedStatementId allow no other parameter")
        id_ = asked.get("statementId") or asked.get("voidedStatementId", "")
        document = self._documents.get(STATEMENTS, id_)
        if document is None or (id_ in self._all().voided) != ("voidedStatementId" in asked):
            raise Refusal(404, f"No statement {id_}")
        return self._json(document.body)

    def _list(self, asked: Mapping[str, str]) -> Response:
        tests = [read(asked[name]) for name, read in TESTS.items() if name in asked]
        ascending = asked.get("ascending", "false") == "true"
        limit = _limit(asked.get("limit"))
        known = self._all()
        found = [each for each in known.listed if all(test(each) for test in tests)]
        if not ascending:
            found.reverse()
        if asked.get("cursor", "").isdecimal():
            cursor = int(asked["cursor"])
            found = [each for each in found if each.number != cursor]
            found = [each for each in found if (each.number > cursor) == ascending]
        page = found[:limit]
        more = ""
        if len(found) > len(page):
            more = f"{BASE}/statements?{urlencode({**asked, 'cursor': page[-1].number})}"
        return self._json({"statements": [each.body for each in page], "more": more})

    def _all(self) -> _Known:
        """Return what stands in the store, put in order once after each write."""
        if self._known is None or self._known.sequence != self._documents.sequence():
            self._known = _known(self._documents)
        return self._known

    def _checked(self, statement: Any) -> Json:
        """Return a statement as it is to be kept.

        Raises:
            Refusal: it breaks the specification.
        """
        if not isinstance(statement, dict):
            raise Refusal(400, "A statement is an object")
        for name in ("actor", "verb", "object"):
            if not isinstance(statement.get(name), dict):
                raise Refusal(400, f"statement.{name} is needed")
        if not any(name in statement["actor"] for name in IDENTIFIERS):
            raise Refusal(400, "statement.actor names nobody")
        if "id" not in statement["verb"] or not statement["object"].keys() & {"id", *IDENTIFIERS}:
            raise Refusal(400, "statement.verb and statement.object need an id")
        if VOIDED in str(statement["verb"]["id"]) and not _voids(statement):
            raise Refusal(400, "A voiding statement needs a StatementRef")
        moment = _written(self._documents.now())
        return {
            "version": "1.0.0",
            "timestamp": moment,
            **statement,
            "id": _id(statement.get("id")),
            "stored": moment,
            "authority": self._authority,
        }

    def _keep(self, statements: Iterable[Json]) -> None:
        changes = []
        for statement in statements:
            before = self._documents.get(STATEMENTS, statement["id"])
            if before is None:
                changes.append(Change(collection=STATEMENTS, id=statement["id"], body=statement))
            elif _content(before.body) != _content(statement):
                raise Refusal(409, f"Statement {statement['id']} exists with other content")
        self._documents.write(*changes)

    def _json(self, body: Any) -> Response:
        return JSONResponse(body, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {VERSION_HEADER: VERSION, THROUGH_HEADER: _written(self._documents.now())}


def _voids(statement: Json) -> bool:
    try:
        verb, target = statement["verb"]["id"], statement["object"]["objectType"]
    except (KeyError, TypeError):
        return False
    return bool(verb == VOIDED and target == "StatementRef")


def _content(statement: Json) -> Json:
    """Return what makes two statements of one id the same (part two, 2.4.1.3)."""
    return {name: value for name, value in statement.items() if name not in IGNORED}


def _id(given: Any) -> str:
    if given is None:
        return str(uuid4())
    try:
        return str(UUID(given))
    except (ValueError, AttributeError, TypeError) as error:
        raise Refusal(400, "statement.id is no UUID") from error


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _limit(text: str | None) -> int:
    if text is None:
        return PAGE
    if not text.isdecimal():
        raise Refusal(400, "limit is no number")
    return min(int(text) or PAGE, PAGE)


Test = Callable[[_Stored], bool]


def _when(holds: Callable[[datetime, datetime], bool]) -> Callable[[str], Test]:
    def read(text: str) -> Test:
        try:
            bound = _moment(text)
        except ValueError as error:
            raise Refusal(400, f"{text} is no timestamp") from error
        return lambda each: holds(each.stored, bound)

    return read


def _at(*path: str) -> Callable[[str], Test]:
    def read(text: str) -> Test:
        return lambda each: bool(_inner(each.body, path) == text)

    return read


def _by_agent(text: str) -> Test:
    try:
        wanted = json.loads(text)
    except ValueError as error:
        raise Refusal(400, "agent is no JSON") from error
    known = {name: wanted.get(name) for name in IDENTIFIERS if name in wanted}
    return lambda each: any(
        isinstance(agent, dict) and known.items() <= agent.items()
        for agent in (each.body.get("actor"), each.body.get("object"))
    )


def _inner(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


TESTS: Mapping[str, Callable[[str], Test]] = {
    "since": _when(lambda stored, bound: stored > bound),
    "until": _when(lambda stored, bound: stored <= bound),
    "agent": _by_agent,
    "verb": _at("verb", "id"),
    "activity": _at("object", "id"),
    "registration": _at("context", "registration"),
}


async def _body(request: Request) -> Any:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refusal(400, "The body must be application/json")
    try:
        return json.loads(await request.body())
    except ValueError as error:
        raise Refusal(400, "The body is no JSON") from error


async def _refused(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _error(status, str(getattr(error, "detail", error)))


def _error(status: int, said: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse({"detail": said}, status, {VERSION_HEADER: VERSION, **named})
