"""A pretend CalDAV server: the planner's calendars, one for each unit that has a roster.

Follows RFC 4918 (WebDAV), RFC 4791 (CalDAV), RFC 5397 and RFC 6578 (synchronisation), with the
habits of Radicale 3.9. Calendars are at `/calendars/planner/{unit code}/`; `/` and
`/.well-known/caldav` lead a client there. A token from elsewhere is refused with
`valid-sync-token`; deletions come as members with 404; a write with `If-Match` or `If-None-Match`
that no longer holds is 412. Only VEVENT; no scheduling, no sharing, no locks.

Seed: `{calendar path: [{"uid": …, "ics": …}, …], …}`, the path beginning and ending with `/`, the
text a whole VCALENDAR with one event in it (what cannot be read is served as it is). An event
stands at `{calendar path}{uid}.ics`.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.demo.systems.caldav import reports
from hub.demo.systems.caldav.calendars import (
    CALENDARS,
    HOME,
    PRINCIPAL,
    ROOT,
    Calendars,
    Event,
    of_calendar,
    of_event,
    of_home,
    of_principal,
)
from hub.demo.systems.caldav.query import NotCalendarError, Query, uid
from hub.demo.systems.caldav.xml import (
    CALDAV,
    DAV,
    BadXmlError,
    Properties,
    asked,
    described,
    element,
    href,
    multistatus,
    parsed,
    refused,
)
from hub.demo.systems.state import Change, Collections, Documents
from hub.demo.systems.wire import Credentials, Guarded, authorization, same

METHODS = "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, REPORT, MKCALENDAR"
CAPABLE = {"DAV": "1, 3, access-control, calendar-access, sync-collection", "Allow": METHODS}
SETTABLE = f"{DAV}displayname"


def seeded(collections: Collections) -> Iterable[Change]:
    """Return the documents of a seed."""
    for path, events in collections.items():
        yield Change(collection=CALENDARS, id=path, body={"name": path.rstrip("/").split("/")[-1]})
        for event in events:
            yield Change(collection=path, id=f"{event['uid']}.ics", body=event)


def application(documents: Documents, credentials: Credentials) -> ASGIApp:
    """Return the server, whose state is in `documents`."""
    server = _Server(Calendars(documents))
    methods = METHODS.split(", ")
    routes = [Route("/{path:path}", server.answer, methods=methods)]

    def refusal(request: Request) -> ASGIApp | None:
        if request.method == "OPTIONS":
            return None
        scheme, token = authorization(request)
        if scheme == "basic" and same(f"Basic {token}", credentials.basic):
            return None
        challenge = {"WWW-Authenticate": 'Basic realm="Pretend CalDAV - Password Required"'}
        return PlainTextResponse("Access to the requested resource forbidden.", 401, challenge)

    handlers: Any = {BadXmlError: _bad_xml}
    return Guarded(Starlette(routes=routes, exception_handlers=handlers), refusal)


class _Server:
    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars
        self._query = Query()

    async def answer(self, request: Request) -> Response:
        path = "/" + quote(request.path_params["path"])
        body = await request.body()
        answers: dict[str, Callable[[], Response]] = {
            "OPTIONS": lambda: Response(headers=CAPABLE),
            "PROPFIND": lambda: self._propfind(path, request.headers.get("depth"), body),
            "PROPPATCH": lambda: self._proppatch(path, body),
            "REPORT": lambda: self._report(path, body),
            "MKCALENDAR": lambda: self._make(path, body),
            "PUT": lambda: self._put(path, request, body),
            "DELETE": lambda: self._delete(path, request),
        }
        return answers.get(request.method, lambda: self._get(path, request))()

    def _get(self, path: str, request: Request) -> Response:
        if path == "/.well-known/caldav":
            return RedirectResponse(ROOT, 301)
        event = self._calendars.event(path)
        if event is None:
            return _not_found() if self._properties(path) is None else _not_allowed()
        if request.headers.get("if-none-match") == event.etag:
            return Response(status_code=304, headers={"ETag": event.etag})
        properties = of_event(event)
        headers = {
            "ETag": event.etag,
            "Last-Modified": properties[f"{DAV}getlastmodified"](),
        }
        return Response(event.ics, media_type="text/calendar; charset=utf-8", headers=headers)

    def _propfind(self, path: str, depth: str | None, body: bytes) -> Response:
        path = "/" if path == "/.well-known/caldav" else path
        properties = self._properties(path)
        if properties is None:
            return _not_found()
        if depth not in {"0", "1"}:
            return refused(403, element(f"{DAV}propfind-finite-depth"))
        wanted = asked(parsed(body))
        members = [described(path, properties, wanted)]
        if depth == "1":
            members += [described(each, had, wanted) for each, had in self._members(path)]
        return multistatus(members)

    def _proppatch(self, path: str, body: bytes) -> Response:
        root = parsed(body)
        if self._calendars.name(path) is None:
            return _not_found() if self._properties(path) is None else _forbidden()
        if root is None:
            return PlainTextResponse("Bad Request", 400)
        names = [each.tag for prop in root.iter(f"{DAV}prop") for each in prop]
        if set(names) - {SETTABLE}:
            return refused(403, element(f"{DAV}cannot-modify-protected-property"))
        self._calendars.make(path, _display_name(root) or path)
        changed: Properties = dict.fromkeys(names, lambda: "")
        return multistatus([described(path, changed, asked(None))])

    def _report(self, path: str, body: bytes) -> Response:
        root = parsed(body)
        if root is None:
            return PlainTextResponse("Bad Request", 400)
        if self._properties(path) is None:
            return _not_found()
        if root.tag == f"{DAV}sync-collection" and self._calendars.name(path) is not None:
            return reports.sync_collection(self._calendars, path, root)
        if root.tag == f"{CALDAV}calendar-query":
            return reports.calendar_query(self._calendars, path, root, self._query)
        if root.tag == f"{CALDAV}calendar-multiget":
            return reports.calendar_multiget(self._calendars, root)
        return refused(403, element(f"{DAV}supported-report"))

    def _make(self, path: str, body: bytes) -> Response:
        path = path.rstrip("/") + "/"
        parent = path.rstrip("/").rpartition("/")[0] + "/"
        if self._properties(path) is not None:
            return refused(403, element(f"{DAV}resource-must-be-null"))
        if parent != HOME:
            return refused(403, element(f"{CALDAV}calendar-collection-location-ok"))
        root = parsed(body)
        name = None if root is None else _display_name(root)
        self._calendars.make(path, name or unquote(path.rstrip("/").rpartition("/")[2]))
        return Response(status_code=201)

    def _put(self, path: str, request: Request, body: bytes) -> Response:
        event = self._calendars.event(path)
        refusal = self._unwritable(path, request, event)
        if refusal is not None:
            return refusal
        try:
            ics = body.decode()
            uid_ = uid(ics)
        except (NotCalendarError, UnicodeDecodeError):
            return refused(403, element(f"{CALDAV}valid-calendar-data"))
        holder = self._calendars.holder(path.rpartition("/")[0] + "/", uid_)
        if holder is not None and holder.path != path:
            return refused(409, element(f"{CALDAV}no-uid-conflict", href(holder.path)))
        kept = self._calendars.put(path, uid_, ics)
        return Response(status_code=201 if event is None else 204, headers={"ETag": kept.etag})

    def _unwritable(self, path: str, request: Request, event: Event | None) -> Response | None:
        if path.endswith("/"):
            return _not_allowed()
        if self._calendars.name(path.rpartition("/")[0] + "/") is None:
            return PlainTextResponse("Conflict in the request.", 409)
        if not request.headers.get("content-type", "text/calendar").startswith("text/calendar"):
            return refused(403, element(f"{CALDAV}supported-calendar-data"))
        return None if _holds(request, event) else PlainTextResponse("Precondition failed.", 412)

    def _delete(self, path: str, request: Request) -> Response:
        event = self._calendars.event(path)
        if event is None and self._calendars.name(path) is None:
            return _not_found() if self._properties(path) is None else _forbidden()
        if event is not None and not _holds(request, event):
            return PlainTextResponse("Precondition failed.", 412)
        self._calendars.remove(path)
        return Response(status_code=204)

    def _properties(self, path: str) -> Properties | None:
        if path in {ROOT, PRINCIPAL}:
            return of_principal()
        if path == HOME:
            return of_home()
        if self._calendars.name(path) is not None:
            return of_calendar(self._calendars, path)
        event = self._calendars.event(path)
        return None if event is None else _without_data(of_event(event))

    def _members(self, path: str) -> Iterable[tuple[str, Properties]]:
        if path == HOME:
            for each in self._calendars.paths():
                yield each, of_calendar(self._calendars, each)
        for event in self._calendars.events(path):
            yield event.path, _without_data(of_event(event))


def _without_data(properties: Properties) -> Properties:
    """Leave out the text of an event, which only a report may give (RFC 4791, 9.6)."""
    return {name: give for name, give in properties.items() if name != f"{CALDAV}calendar-data"}


def _display_name(root: Any) -> str | None:
    names = [each.text for each in root.iter(SETTABLE)]
    return names[0] if names else None


def _holds(request: Request, event: Event | None) -> bool:
    """Tell whether what a write assumes of the event is so."""
    expected = request.headers.get("if-match")
    if expected is not None:
        return event is not None and expected in {"*", event.etag}
    unexpected = request.headers.get("if-none-match")
    return event is None or unexpected not in {"*", event.etag}


def _not_found() -> Response:
    return PlainTextResponse("The requested resource could not be found.", 404)


def _forbidden() -> Response:
    return PlainTextResponse("Access to the requested resource forbidden.", 403)


def _not_allowed() -> Response:
    return PlainTextResponse("The method is not allowed on the requested resource.", 405, CAPABLE)


async def _bad_xml(_: Request, error: Exception) -> Response:
    return PlainTextResponse(f"Bad Request: {error}", 400)
