"""What time it is: always UTC, always asked here, so that a test can say otherwise."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def start_of_day(moment: datetime) -> datetime:
    """Return the start of the UTC day that `moment` falls in."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
