"""What time it is: always UTC, always asked here, so that a test can say otherwise."""

import re
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def start_of_day(moment: datetime) -> datetime:
    """Return the start of the UTC day that `moment` falls in."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


SPAN = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
    r"(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?"
)
DAYS = (365, 30, 7, 1)
SECONDS = (3600, 60, 1)


def span(text: str) -> timedelta:
    """Return a span of time (ISO 8601): a year counts 365 days, a month 30.

    Raises:
        ValueError: it is none.
    """
    found = SPAN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no span of time such as P42D or PT15M")
    parts = [int(each or 0) for each in found.groups()]
    days = sum(number * each for number, each in zip(parts, DAYS, strict=False))
    seconds = sum(number * each for number, each in zip(parts[len(DAYS) :], SECONDS, strict=True))
    return timedelta(days=days, seconds=seconds)
