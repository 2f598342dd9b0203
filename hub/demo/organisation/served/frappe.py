"""What documents of a Frappe site have in common; moments there are those of Amsterdam."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SITE = ZoneInfo("Europe/Amsterdam")


def written(moment: datetime) -> str:
    """Return a moment as a site writes it: naive, in its own zone."""
    return moment.astimezone(SITE).strftime("%Y-%m-%d %H:%M:%S.%f")


def times(created: datetime, modified: datetime | None = None) -> dict[str, str]:
    """Return when a document was made and last changed."""
    return {"creation": written(created), "modified": written(modified or created)}


def morning(day: date, minute: int = 0) -> datetime:
    """Return a moment of the morning of a day, in the zone of the site."""
    return datetime.combine(day, time(8 + minute // 60 % 9, minute % 60), SITE)
