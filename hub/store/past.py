"""The mirror as it was: statements asked of a past moment, without changing their text.

Each table with a history that a statement names is shadowed by a common table expression of the
same name, which holds the rows recorded at that moment. Its cost grows with the history of the
rows asked for: the conditions of the statement reach both halves of the shadow.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Column, Float, Integer

from hub.store.concepts import sourced
from hub.store.tables import metadata

MOMENT = "as_of"
WORD = re.compile(r"'(?:[^']|'')*'|\w+")
LEADING = re.compile(r"\s*WITH\s+(RECURSIVE\s+)?", re.IGNORECASE)


@cache
def _tracked() -> dict[str, str]:
    """Return, for each table with a history, its columns."""
    names = [each.table for each in sourced()]
    names += [f"{each.table}__{field.name}" for each in sourced() for field in each.tables()]
    tables = metadata().tables
    return {name: ", ".join(f'"{column.name}"' for column in tables[name].c) for name in names}


def _shadow(name: str, columns: str, schema: str) -> str:
    return (
        f"{name} AS (SELECT {columns} FROM {schema}.{name} WHERE recorded_at <= :{MOMENT}"
        f" UNION ALL SELECT {columns} FROM {schema}.{name}_history"
        f" WHERE recorded_at <= :{MOMENT} AND recorded_until > :{MOMENT})"
    )


@lru_cache(maxsize=4096)
def shadowed(statement: str, schema: str) -> str:
    """Return `statement` with its tables as they were at the parameter `as_of`."""
    tracked = _tracked()
    named = dict.fromkeys(word for word in WORD.findall(statement) if word in tracked)
    if not named:
        return statement
    shadows = ", ".join(_shadow(name, tracked[name], schema) for name in named)
    return _leading(statement, shadows)


def _leading(statement: str, tables: str) -> str:
    """Return a statement with more tables before its own."""
    leading = LEADING.match(statement)
    if leading:
        recursive = leading[1] or ""
        return f"WITH {recursive}{tables}, {statement[leading.end() :]}"
    return f"WITH {tables} {statement}"


def holding(statement: str, tables: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return a statement for which tables hold other rows than they do, and its parameters.

    Its cost grows with all of these rows, whichever of them the statement reads.

    Args:
        statement: The statement.
        tables: Rows of derived tables as JSON, each a list in order of the columns.
    """
    values = {f"held_{name}": rows for name, rows in tables.items()}
    return _held(statement, tuple(tables)), values


@lru_cache(maxsize=4096)
def _held(statement: str, tables: tuple[str, ...]) -> str:
    """Return a statement after tables that hold what parameters say, in the columns it names."""
    words = frozenset(WORD.findall(statement.replace('"', " ")))
    shadows = (_read(name, words) for name in tables)
    return _leading(statement, ", ".join(shadows))


def _read(name: str, words: AbstractSet[str]) -> str:
    read = ", ".join(
        f"CAST(json_extract(value, '$[{place}]') AS {_kind(column)}) AS \"{column.name}\""
        for place, column in enumerate(metadata().tables[name].c)
        if column.name in words or column.primary_key
    )
    return f"{name} AS MATERIALIZED (SELECT {read} FROM json_each(:held_{name}))"


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, Integer):
        return "INTEGER"
    return "DOUBLE PRECISION" if isinstance(column.type, Float) else "TEXT"
