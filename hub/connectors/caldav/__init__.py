"""CalDAV: planned work, from calendars of which each is one unit's.

Source: RFC 4791 (CalDAV), RFC 5545 (iCalendar), RFC 6578 (sync-collection), and Radicale 3.9.0
(read and run 2026-11-24). Moments are in the zone that an event names, else in that of the setting.

- A calendar is followed by its sync-token; a deletion is a member with status 404, known by address
  only. A token that the server no longer takes, like a calendar that is gone, leads to a full
  reading.
- A series is counted out within a horizon that moves each day, so series are read again each day.
- LAST-MODIFIED is what some client wrote; `getlastmodified` is the server's own, to the second.
"""

from hub.connectors.caldav.calendars import CalDav, CalDavSettings

__all__ = ["CalDav", "CalDavSettings"]
