"""Statement text for writing, made once per table from its columns."""

from functools import cache

from hub.store.dialect import among
from hub.store.tables import metadata


@cache
def columns(table: str) -> tuple[str, ...]:
    """Return the names of the columns of a table, in order."""
    return tuple(column.name for column in metadata().tables[table].c)


def quoted(names: tuple[str, ...]) -> str:
    """Return column names as a list in statement text."""
    return ", ".join(f'"{name}"' for name in names)


@cache
def insert(table: str, *, otherwise: str = "") -> str:
    """Return the text that adds a row; `otherwise` says what to do when it is there."""
    names = columns(table)
    if table == "audit":
        names = names[1:]  # the database numbers them
    values = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table} ({quoted(names)}) VALUES ({values}) {otherwise}"


@cache
def upsert(table: str, *, keeping: tuple[str, ...] = (), counting: bool = False) -> str:
    """Return the text that adds a row, or replaces all but its key and `keeping`.

    Args:
        table: The table.
        keeping: Columns that an existing row keeps.
        counting: Whether `version` of an existing row goes up by one.
    """
    keys = tuple(column.name for column in metadata().tables[table].primary_key)
    fixed = {*keys, *keeping, *(("version",) if counting else ())}
    moved = [f'"{name}" = excluded."{name}"' for name in columns(table) if name not in fixed]
    if counting:
        moved.append(f"version = {table}.version + 1")
    return insert(table, otherwise=f"ON CONFLICT ({quoted(keys)}) DO UPDATE SET {', '.join(moved)}")


@cache
def update(table: str) -> str:
    """Return the text that replaces the row of an id."""
    moved = ", ".join(f'"{name}" = :{name}' for name in columns(table) if name != "id")
    return f"UPDATE {table} SET {moved} WHERE id = :id"


@cache
def archive(table: str, key: str = "id") -> str:
    """Return the text that copies rows to the table's history, as they were until `:now`."""
    names = quoted(columns(f"{table}_history")[:-1])
    return (
        f"INSERT INTO {table}_history ({names}, recorded_until)"
        f" SELECT {names}, :now FROM {table} WHERE {among(key, 'ids')}"
    )


@cache
def delete(table: str, key: str = "id") -> str:
    """Return the text that deletes the rows whose `key` is in the list `ids`."""
    return f"DELETE FROM {table} WHERE {among(key, 'ids')}"


@cache
def select(table: str, key: str = "id") -> str:
    """Return the text that reads whole rows whose `key` is in the list `ids`."""
    return f"SELECT {quoted(columns(table))} FROM {table} WHERE {among(key, 'ids')}"
