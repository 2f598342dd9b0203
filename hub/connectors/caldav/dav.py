"""The part of WebDAV that CalDAV is read with: reports, and their answers of many statuses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.sax.saxutils import escape

from defusedxml.ElementTree import ParseError, fromstring

from hub import sdk

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
DATA = "<d:prop><d:getetag/><d:getlastmodified/><c:calendar-data/></d:prop>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One resource of a collection; without an ETag, one that is gone.

    Attributes:
        path: Path of its address, decoded.
        etag: Its version.
        modified: When the server last changed it, as it writes that.
        text: Its iCalendar text, where that was asked for.
    """

    path: str
    etag: str | None = None
    modified: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a report found.

    Attributes:
        members: What it names, the collection itself aside.
        token: Where the collection stood.
        partial: Whether the server broke off: there is more from that token on.
    """

    members: tuple[Member, ...]
    token: str
    partial: bool


def changes(token: str) -> str:
    """Return the report of what changed since `token`; of everything, if it is empty."""
    return (
        f"<d:sync-collection {SPACES}><d:sync-token>{escape(token)}</d:sync-token>"
        "<d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>"
    )


def members(paths: Iterable[str]) -> str:
    """Return the report of the text of resources."""
    wanted = "".join(f"<d:href>{escape(quote(path))}</d:href>" for path in paths)
    return f"<c:calendar-multiget {SPACES}>{DATA}{wanted}</c:calendar-multiget>"


def named(uid: str) -> str:
    """Return the report of the event whose UID is `uid`."""
    return (
        f"<c:calendar-query {SPACES}>{DATA}<c:filter>"
        '<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:prop-filter name="UID">'
        f'<c:text-match collation="i;octet">{escape(uid)}</c:text-match>'
        "</c:prop-filter></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
    )


def _propfind(name: str) -> str:
    return f"<d:propfind {SPACES}><d:prop>{name}</d:prop></d:propfind>"


PRINCIPAL = _propfind("<d:current-user-principal/>")
HOME = _propfind("<c:calendar-home-set/>")
CALENDARS = _propfind("<d:resourcetype/>")


def answer(body: bytes) -> Answer:
    """Read the answer to a report.

    Raises:
        MappingError: it is not one.
    """
    root = _root(body)
    responses = {_path(each): each for each in root.iter(f"{DAV}response")}
    members = {path: each for path, each in responses.items() if not path.endswith("/")}
    whole = [each for path, each in responses.items() if path not in members]
    return Answer(
        members=tuple(_member(path, each) for path, each in members.items()),
        token=root.findtext(f"{DAV}sync-token") or "",
        partial=any(" 507 " in (each.findtext(f"{DAV}status") or "") for each in whole),
    )


def calendars(body: bytes) -> Sequence[str]:
    """Return the paths of the calendars among what a PROPFIND found, in order."""
    return sorted(
        _path(each)
        for each in _root(body).iter(f"{DAV}response")
        if each.find(f".//{DAV}resourcetype/{CALDAV}calendar") is not None
    )


def found(body: bytes, name: str) -> str:
    """Return the address that a property of a PROPFIND's answer tells.

    Raises:
        MappingError: it tells none.
    """
    for space in (DAV, CALDAV):
        for each in _root(body).iter(f"{space}{name}"):
            path = each.findtext(f"{DAV}href")
            if path:
                return str(path)
    raise sdk.MappingError(f"{name}: missing; is this a CalDAV server?")


def _member(path: str, response: Any) -> Member:
    if " 404 " in (response.findtext(f"{DAV}status") or ""):
        return Member(path=path)
    for found in response.iter(f"{DAV}propstat"):
        if " 200 " in (found.findtext(f"{DAV}status") or ""):
            return Member(
                path=path,
                etag=found.findtext(f"{DAV}prop/{DAV}getetag"),
                modified=found.findtext(f"{DAV}prop/{DAV}getlastmodified"),
                text=found.findtext(f"{DAV}prop/{CALDAV}calendar-data"),
            )
    raise sdk.MappingError(f"{path}: neither its properties nor that it is gone")


def _path(response: Any) -> str:
    return unquote(urlsplit(response.findtext(f"{DAV}href") or "").path)


def _root(body: bytes) -> Any:
    try:
        return fromstring(body)
    except ParseError as error:
        raise sdk.MappingError(f"not XML: {error}") from error
