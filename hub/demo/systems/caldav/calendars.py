"""The calendars of the pretend server: where they are, what is in them, what is true of them.

A calendar is a document of the collection `calendars` under its path; its events are documents of
the collection named by that path, under their own names, with the iCalendar text as it was written.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from hashlib import blake2b
from urllib.parse import quote, unquote

from hub.demo.systems.caldav.xml import CALDAV, DAV, SERVER, Properties, element, href, text
from hub.demo.systems.state import Change, Document, Documents, Json

CALENDARS = "calendars"
ROOT, PRINCIPAL, HOME = "/", "/principals/planner/", "/calendars/planner/"
TOKEN = "https://pretend-caldav.example/sync"  # noqa: S105  a synchronisation token is no secret
REPORTS = (f"{CALDAV}calendar-query", f"{CALDAV}calendar-multiget", f"{DAV}sync-collection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One calendar object, as it stands in a calendar."""

    path: str
    document: Document

    @property
    def ics(self) -> str:
        """Its iCalendar text."""
        return str(self.document.body["ics"])

    @property
    def etag(self) -> str:
        """What its text is known by."""
        return f'"{blake2b(self.ics.encode(), digest_size=16).hexdigest()}"'


class TokenError(Exception):
    """A synchronisation token that this server did not give, or no longer knows."""


class Calendars:
    """All calendars of the one user."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def paths(self) -> list[str]:
        """Return the paths of the calendars."""
        return sorted(document.id for document in self._documents.all(CALENDARS))

    def name(self, path: str) -> str | None:
        """Return what a calendar is called, or None where there is none."""
        document = self._documents.get(CALENDARS, path)
        return None if document is None else str(document.body["name"])

    def events(self, path: str) -> Iterator[Event]:
        """Return the events of a calendar."""
        for document in self._documents.all(path):
            yield Event(path=path + quote(document.id), document=document)

    def event(self, path: str) -> Event | None:
        """Return the event at a path."""
        calendar, _, name = path.rpartition("/")
        document = self._documents.get(f"{calendar}/", unquote(name))
        return None if document is None else Event(path=path, document=document)

    def holder(self, path: str, uid: str) -> Event | None:
        """Return the event of a calendar that has a UID."""
        held = (each for each in self.events(path) if each.document.body["uid"] == uid)
        return next(held, None)

    def make(self, path: str, name: str) -> None:
        """Make a calendar, or give one another name."""
        self._documents.write(Change(collection=CALENDARS, id=path, body={"name": name}))

    def put(self, path: str, uid: str, ics: str) -> Event:
        """Write an event at a path."""
        calendar, _, name = path.rpartition("/")
        body: Json = {"uid": uid, "ics": ics}
        self._documents.write(Change(collection=f"{calendar}/", id=unquote(name), body=body))
        event = self.event(path)
        assert event is not None  # noqa: S101  written on the line before
        return event

    def remove(self, path: str) -> None:
        """Delete an event, or a calendar with all that is in it."""
        if not path.endswith("/"):
            calendar, _, name = path.rpartition("/")
            self._documents.write(Change(collection=f"{calendar}/", id=unquote(name), body=None))
            return
        events = [Change(collection=path, id=each.id, body=None) for each in self._held(path)]
        self._documents.write(*events, Change(collection=CALENDARS, id=path, body=None))

    def token(self, path: str, sequence: int | None = None) -> str:
        """Return the token that stands for a calendar as it is, or as it was at a write."""
        number = self._documents.sequence(path) if sequence is None else sequence
        return f"{TOKEN}/{self._documents.life}/{number}"

    def since(self, path: str, token: str) -> list[Document]:
        """Return what was written in a calendar since a token, deletions too, oldest first.

        Without a token: what stands in it.

        Raises:
            TokenError: the token means nothing here.
        """
        if not token:
            return sorted(self._documents.all(path), key=lambda each: each.sequence)
        given, _, number = token.rpartition("/")
        known = given == f"{TOKEN}/{self._documents.life}" and number.isdecimal()
        if not known or int(number) > self._documents.sequence():
            raise TokenError(token)
        return self._documents.since(path, int(number))

    def _held(self, path: str) -> list[Document]:
        return list(self._documents.all(path))


def of_principal() -> Properties:
    """Return the properties of the root and of the principal."""
    return {
        f"{DAV}resourcetype": lambda: element(f"{DAV}collection") + element(f"{DAV}principal"),
        f"{DAV}displayname": lambda: "planner",
        f"{DAV}principal-URL": lambda: href(PRINCIPAL),
        f"{CALDAV}calendar-home-set": lambda: href(HOME),
        f"{CALDAV}calendar-user-address-set": lambda: href("mailto:planner@example.org"),
        **_shared(),
    }


def of_home() -> Properties:
    """Return the properties of the collection that holds the calendars."""
    return {
        f"{DAV}resourcetype": lambda: element(f"{DAV}collection"),
        f"{DAV}displayname": lambda: "Calendars",
        **_shared(),
    }


def of_calendar(calendars: Calendars, path: str) -> Properties:
    """Return the properties of a calendar."""
    component = element(f"{CALDAV}comp", attributes=' name="VEVENT"')
    reports = "".join(
        element(f"{DAV}supported-report", element(f"{DAV}report", element(each)))
        for each in REPORTS
    )
    return {
        f"{DAV}resourcetype": lambda: element(f"{DAV}collection") + element(f"{CALDAV}calendar"),
        f"{DAV}displayname": lambda: text(calendars.name(path) or ""),
        f"{DAV}getcontenttype": lambda: "text/calendar; charset=utf-8",
        f"{DAV}getetag": lambda: text(f'"{calendars.token(path)}"'),
        f"{SERVER}getctag": lambda: text(f'"{calendars.token(path)}"'),
        f"{DAV}sync-token": lambda: text(calendars.token(path)),
        f"{DAV}supported-report-set": lambda: reports,
        f"{CALDAV}supported-calendar-component-set": lambda: component,
        **_shared(),
    }


def of_event(event: Event, data: str | None = None) -> Properties:
    """Return the properties of an event; `data` where only a part of its text is asked for."""
    changed_at = event.document.changed_at
    return {
        f"{DAV}resourcetype": lambda: "",
        f"{DAV}getetag": lambda: text(event.etag),
        f"{DAV}getcontenttype": lambda: "text/calendar; charset=utf-8; component=vevent",
        f"{DAV}getcontentlength": lambda: str(len(event.ics.encode())),
        f"{DAV}getlastmodified": lambda: format_datetime(changed_at, usegmt=True),
        f"{CALDAV}calendar-data": lambda: text(event.ics if data is None else data),
        f"{DAV}current-user-principal": lambda: href(PRINCIPAL),
    }


def _shared() -> dict[str, Callable[[], str]]:
    rights = ("read", "write", "bind", "unbind", "write-content", "write-properties")
    granted = "".join(element(f"{DAV}privilege", element(f"{DAV}{right}")) for right in rights)
    return {
        f"{DAV}current-user-principal": lambda: href(PRINCIPAL),
        f"{DAV}owner": lambda: href(PRINCIPAL),
        f"{DAV}current-user-privilege-set": lambda: granted,
    }
