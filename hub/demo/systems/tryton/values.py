"""Values as Tryton writes them in JSON: dates and moments are objects with a `__class__`.

Records are kept with dates and moments as ISO text, moments naive and in UTC; text that is neither
stays as it is and goes out as it is.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from hub.demo.systems.tryton.models import Kind

MOMENT = ("year", "month", "day", "hour", "minute", "second", "microsecond")
DAY = MOMENT[:3]


def encoded(kind: Kind, value: Any) -> Any:
    """Return a kept value as it goes out."""
    if not isinstance(value, str) or kind not in {Kind.DATE, Kind.DATETIME}:
        return value
    try:
        if kind == Kind.DATE:
            day = date.fromisoformat(value)
            return {"__class__": "date", **{part: getattr(day, part) for part in DAY}}
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return {"__class__": "datetime", **{part: getattr(moment, part) for part in MOMENT}}


def decoded(value: Any) -> Any:
    """Return what came in, at any depth, as it is kept and compared."""
    if isinstance(value, list):
        return [decoded(each) for each in value]
    if not isinstance(value, dict):
        return value
    read = CLASSES.get(str(value.get("__class__")))
    return {key: decoded(each) for key, each in value.items()} if read is None else read(value)


def kept(kinds: Mapping[str, Kind], record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with its moments in the one form in which they compare as text."""
    return {
        name: _moment(value) if kinds.get(name) == Kind.DATETIME else value
        for name, value in record.items()
    }


def text(moment: datetime) -> str:
    """Return a moment as it is kept."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="microseconds")


def _read_moment(value: Mapping[str, Any]) -> datetime:
    return datetime.min.replace(tzinfo=UTC, **{part: value[part] for part in MOMENT})


def _moment(value: Any) -> Any:
    try:
        return text(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return value


CLASSES: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "date": lambda value: date(*(value[part] for part in DAY)).isoformat(),
    "datetime": lambda value: text(_read_moment(value)),
    "timedelta": lambda value: value["seconds"],
    "Decimal": lambda value: value["decimal"],
}
