"""How the files of decisions point at things, and write moments."""

from collections.abc import Iterable
from datetime import datetime


def person(number: str | None) -> str | None:
    """Point at a person."""
    return f"employee_number:{number}" if number else None


def code(text: str | None) -> str | None:
    """Point at what has a code."""
    return f"code:{text}" if text else None


def own(id_: str | None) -> str | None:
    """Point at a record of another of these files."""
    return f"id:{id_}" if id_ else None


def all_of(refs: Iterable[str | None]) -> str:
    """Point at several."""
    return " ".join(each for each in refs if each)


def written(moment: datetime | None) -> str | None:
    """Write a moment."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None
