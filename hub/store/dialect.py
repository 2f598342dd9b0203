"""Statement text that both databases understand, and the few words in which they differ.

Statements are written once, with named parameters (`:ids`), in SQLite's words. A list is one
parameter, its items as JSON text, read by `json_each(:ids)`; so the text of a statement never
depends on how many there are. For PostgreSQL that word is translated.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from hub.store.values import text_of

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈ"
    "ĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİĲĳĴĵĶķĹĺĻļĽľĿŀŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮů"
    "ŰűŲųŴŵŶŷŸŹźŻżŽžſØøĐđŁł"
)
PLAIN = (
    "abcdefghijklmnopqrstuvwxyzaaaaaaceeeeiiiinooooouuuuyaaaaaaceeeeiiiinooooouuuuyyaaaaaaccc"
    "cccccddeeeeeeeeeegggggggghhiiiiiiiiiiijjkkllllllllnnnnnnoooooorrrrrrssssssssttttuuuuuuuu"
    "uuuuwwyyyzzzzzzsooddll"
)
FOLDED = str.maketrans(LETTERS, PLAIN)
WORDS = re.compile(
    r"IN \(SELECT value FROM json_each\(:(\w+)\)\)|json_each\(:(\w+)\)"
    r"|json_extract\(value, '\$\[(\d+)\]'\)"
)
NAMED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|::|%|:([A-Za-z_]\w*)")


def among(column: str, parameter: str) -> str:
    """Return the condition that `column` is one of the texts of a list parameter.

    It costs one look-up in an index of the column per item.
    """
    return f"{column} IN (SELECT value FROM json_each(:{parameter}))"


def listed(parameter: str) -> str:
    """Return the items of a list parameter as a table with the column `value`."""
    return f"json_each(:{parameter})"


def folded(text: str) -> str:
    """Return a text as a search compares it: small letters without accents.

    In statements it is `folded(column)`.
    """
    return text.translate(FOLDED)


def bound(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters as both drivers take them: plain texts and numbers, lists as JSON."""
    return {name: _plain(value) for name, value in parameters.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return text_of(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return json.dumps(list(value), ensure_ascii=False, default=_plain)
    return value


@lru_cache(maxsize=4096)
def worded(dialect: str, statement: str) -> str:
    """Return a statement in the words of a database, its parameters still named."""
    if dialect == SQLITE:
        return statement

    def swap(found: re.Match[str]) -> str:
        if found[1]:
            items = f"SELECT jsonb_array_elements_text(CAST(:{found[1]} AS jsonb))"
            return f"= ANY (ARRAY({items}))"
        if found[3]:
            # text compares by code point, as in the tables
            return f'((CAST(value AS jsonb) ->> {found[3]}) COLLATE "C")'
        return f"jsonb_array_elements_text(CAST(:{found[2]} AS jsonb)) AS json_each(value)"

    return WORDS.sub(swap, statement)


@lru_cache(maxsize=4096)
def pyformat(statement: str) -> str:
    """Return a statement in PostgreSQL's words with `%(name)s` for `:name`, as psycopg takes it."""

    def swap(found: re.Match[str]) -> str:
        return f"%({found[1]})s" if found[1] else found[0].replace("%", "%%")

    return NAMED.sub(swap, worded(POSTGRESQL, statement))
