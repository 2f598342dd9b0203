"""An event of a calendar as planned work."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from icalendar import Event

from hub import sdk
from hub.connectors.caldav import dav, events
from hub.models.kinds import AssignmentKind
from hub.models.planning import WorkAssignment

LEARNING = "learning"
SERIES = re.compile(r"(?P<uid>.+)#(?P<key>\d{8}(?:T\d{6})?)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the id of an assignment says: where its event is.

    Attributes:
        calendar: Name of the calendar; the unit whose work it plans.
        uid: What the event, or the series, is called.
        key: Which occurrence of a series it is.
    """

    calendar: str
    uid: str
    key: str | None = None

    def __str__(self) -> str:
        return f"{self.calendar}/{self.uid}" + (f"#{self.key}" if self.key else "")

    @classmethod
    def parse(cls, id_: str) -> "Place":
        """Return what an id says."""
        calendar, _, rest = id_.partition("/")
        series = SERIES.fullmatch(rest)
        if series is None:
            return cls(calendar=calendar, uid=rest)
        return cls(calendar=calendar, uid=series["uid"], key=series["key"])

    @classmethod
    def of(cls, member: dav.Member, event: Event) -> "Place":
        """Return where an event is."""
        calendar = member.path.split("/")[-2]
        return cls(calendar=calendar, uid=str(event["UID"]), key=events.key_of(event))


def to_assignment(member: dav.Member, event: Event, zone: ZoneInfo) -> WorkAssignment:
    place = Place.of(member, event)
    categories = events.categories(event)
    processes = [each for each in categories if each.casefold() != LEARNING]
    return WorkAssignment(
        id=str(place),
        title=str(event.get("SUMMARY") or place.uid),
        kind=AssignmentKind.SHIFT,
        starts_at=events.begins(event, zone),
        ends_at=events.ends(event, zone),
        process=sdk.Ref.term("WorkProcess", "category", processes[0]) if processes else None,
        unit=sdk.Ref.code("OrganisationUnit", str(event.get("LOCATION") or place.calendar)),
        assignees=tuple(sdk.Ref.email(each) for each in events.attendees(event)),
        learning_purpose=len(processes) < len(categories),
        comment=events.comment(event),
        changed_at=_moment(member.modified),
        source_version=member.etag,
        origin=str(event.get(events.ORIGIN) or "") or None,
    )


def cancelled(event: Event) -> bool:
    """Tell whether an event will not take place."""
    return str(event.get("STATUS")).upper() == "CANCELLED"


def _moment(modified: str | None) -> datetime | None:
    return parsedate_to_datetime(modified).astimezone(UTC) if modified else None


def usual_id(path: str) -> str:
    """Return the id of an assignment whose event has a path that ends with its UID."""
    calendar, name = path.split("/")[-2:]
    return str(Place(calendar=calendar, uid=name.removesuffix(".ics")))
