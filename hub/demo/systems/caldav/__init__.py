"""A pretend CalDAV server with one user's calendars: RFC 4918, RFC 4791 and RFC 6578."""
