"""The three reports of the pretend CalDAV server."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.responses import Response

from hub.demo.systems.caldav.calendars import Calendars, Event, TokenError, of_event
from hub.demo.systems.caldav.query import Query
from hub.demo.systems.caldav.xml import (
    DAV,
    NOT_FOUND,
    asked,
    described,
    element,
    multistatus,
    refused,
    status,
    text,
)

MORE = "HTTP/1.1 507 Insufficient Storage"


def sync_collection(calendars: Calendars, path: str, root: Any) -> Response:
    """Answer what changed in a calendar since a token (RFC 6578, 3.2).

    Deleted members are 404. With a limit, the oldest changes come first, the calendar itself is
    507, and the token stands for what was given.
    """
    try:
        changed = calendars.since(path, (root.findtext(f"{DAV}sync-token") or "").strip())
    except TokenError:
        return refused(403, element(f"{DAV}valid-sync-token"))
    limit = (root.findtext(f"{DAV}limit/{DAV}nresults") or "").strip()
    given = changed[: int(limit)] if limit.isdecimal() else changed
    wanted = asked(root)
    members = []
    for document in given:
        place = path + quote(document.id)
        if document.deleted:
            members.append(status(place, NOT_FOUND))
        else:
            event = Event(path=place, document=document)
            members.append(described(place, of_event(event), wanted))
    token = calendars.token(path)
    if len(given) < len(changed):
        members.append(status(path, MORE, element(f"{DAV}number-of-matches-within-limits")))
        token = calendars.token(path, given[-1].sequence if given else 0)
    return multistatus(members, element(f"{DAV}sync-token", text(token)))


def calendar_query(calendars: Calendars, path: str, root: Any, query: Query) -> Response:
    """Answer which events of a calendar, or of all, satisfy a filter (RFC 4791, 7.8)."""
    wanted = asked(root)
    return multistatus(
        described(event.path, of_event(event), wanted)
        for event in _below(calendars, path)
        if query.matches(event, root)
    )


def calendar_multiget(calendars: Calendars, root: Any) -> Response:
    """Answer the events that are named, those that are not there with 404 (RFC 4791, 7.9)."""
    wanted = asked(root)
    members = []
    for each in root.iter(f"{DAV}href"):
        place = quote(unquote(urlsplit((each.text or "").strip()).path))
        event = calendars.event(place)
        if event is None:
            members.append(status(place, NOT_FOUND))
        else:
            members.append(described(place, of_event(event), wanted))
    return multistatus(members)


def _below(calendars: Calendars, path: str) -> Iterator[Event]:
    if not path.endswith("/"):
        event = calendars.event(path)
        yield from () if event is None else (event,)
        return
    for each in calendars.paths():
        if each.startswith(path):
            yield from calendars.events(each)
