"""Days and moments that the organisation's dates hang on."""

from datetime import UTC, date, datetime, time, timedelta


def midnight(day: date) -> datetime:
    """Return the first moment (UTC) of a day."""
    return datetime.combine(day, time(0, tzinfo=UTC))


def next_month(today: date) -> tuple[date, date]:
    """Return the first and the last day of the calendar month after that of a day."""
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first, last
