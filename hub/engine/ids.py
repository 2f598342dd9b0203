"""Opaque texts of the graph: global ids, and cursors of connections."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hub.engine.origins import Key
from hub.errors import InputError
from hub.store import moment_of, text_of

LONGEST = 512


def opaque(text: str) -> str:
    """Return a text as ids and cursors show it."""
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def plain(text: str) -> str | None:
    """Return what `opaque` was given; None for what it never gave."""
    if len(text) > LONGEST:
        return None
    try:
        found = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)).decode()
    except (Error, ValueError):
        return None
    return found if opaque(found) == text else None


def global_id(key: Key, as_of: datetime | None) -> str:
    """Return the id of a record; one read in the past carries its moment."""
    moment = f"@{text_of(as_of)}" if as_of else ""
    return opaque(f"{key.type}:{key.id}{moment}")


def read_id(text: str) -> tuple[Key, datetime | None] | None:
    """Return the record and the moment that an id names; None for a forged one."""
    type_, found, rest = (plain(text) or "").partition(":")
    id_, dated, moment = rest.partition("@")
    if not found or not id_:
        return None
    try:
        return Key(type_, id_), moment_of(moment) if dated else None
    except ValueError:
        return None


def cursor(values: Sequence[Any]) -> str:
    """Return the cursor of a row with these values of its order, its id last."""
    return opaque(json.dumps(values))


def read_cursor(text: str, length: int) -> list[Any]:
    """Return the values that a cursor holds.

    Raises:
        InputError: it is none of this list.
    """
    try:
        values = json.loads(plain(text) or "")
    except ValueError:
        values = None
    good = isinstance(values, list) and len(values) == length
    if not good or not all(isinstance(each, str | int | float) for each in values or ()):
        raise InputError("This cursor is not of this list; take it from pageInfo or an edge.")
    return list(values or ())
