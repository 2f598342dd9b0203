"""What filters mean: each function turns the value of one field of a filter into a condition.

The conditions are on the row `r`; a `key` is the input by which a client names a record.
"""

from collections.abc import Mapping
from typing import Any

from hub.engine.ids import read_id
from hub.engine.origins import Bind, Where
from hub.errors import InputError
from hub.store import among

LONGEST = 200
COLUMNS: Mapping[str, str] = {
    "employeeNumber": "employee_number",
    "workEmail": "work_email",
    "code": "code",
    "uri": "uri",
    "number": "number",
    "key": "key",
}


def hub_id(text: Any) -> str:
    """Return the hub id in a global id; one of nothing for an id that is none."""
    found = read_id(str(text))
    return found[0].id if found else ""


def keyed(key: Mapping[str, Any], bind: Bind, alias: str = "k") -> str:
    """Return the condition that a row is the one that a key names."""
    ((name, value),) = [(name, value) for name, value in key.items() if value is not None]
    if name == "id":
        return f"{alias}.id = {bind(hub_id(value))}"
    if name == "external":
        return (
            f"{alias}.id IN (SELECT x.entity_id FROM source_record x WHERE x.system ="
            f" {bind(value['system'])} AND x.external_id = {bind(value['externalId'])}"
            f"{_stream(value, bind)})"
        )
    if name == "workEmail":
        return f"LOWER({alias}.work_email) = {bind(str(value).strip().lower())}"
    return f"{alias}.{COLUMNS[name]} = {bind(value)}"


def _stream(external: Mapping[str, Any], bind: Bind) -> str:
    return f" AND x.stream = {bind(external['stream'])}" if external.get("stream") else ""


def named(table: str, column: str) -> Where:
    """Return: the row's relation in `column` is the record that the key names."""

    def where(key: Any, bind: Bind) -> str:
        return f"{column} IN (SELECT k.id FROM {table} k WHERE {keyed(key, bind)})"

    return where


def below(key: Mapping[str, Any], bind: Bind) -> str:
    """Return the ids of a unit and all units below it, as a statement."""
    return (
        "WITH RECURSIVE below(id) AS (SELECT k.id FROM organisation_unit k WHERE "
        f"{keyed(key, bind)} UNION SELECT c.id FROM organisation_unit c"
        " JOIN below b ON c.parent_id = b.id) SELECT id FROM below"
    )


def in_unit(column: str) -> Where:
    """Return: the unit in `column` is the one named, or below it."""
    return lambda key, bind: f"{column} IN ({below(key, bind)})"


EMPLOYED = (
    "SELECT e.person_id FROM employment e WHERE e.valid_from <= :today"
    " AND (e.valid_until IS NULL OR e.valid_until > :today)"
)
"""Everybody who is employed on the day asked for."""


def employed_in(column: str) -> Where:
    """Return: the person in `column` is employed in the unit named, or below it."""
    return lambda key, bind: f"{column} IN ({EMPLOYED} AND e.unit_id IN ({below(key, bind)}))"


def one_of(column: str) -> Where:
    """Return: the value of `column` is among those given."""
    return lambda values, bind: among(column, bind.named(list(values)))


def equal(column: str) -> Where:
    """Return: the value of `column` is the one given."""
    return lambda value, bind: f"{column} = {bind(value)}"


def at_least(column: str) -> Where:
    """Return: the value of `column` is not below the one given."""
    return lambda value, bind: f"{column} >= {bind(value)}"


def identified(column: str) -> Where:
    """Return: `column` is the record with the global id given."""
    return lambda text, bind: f"{column} = {bind(hub_id(text))}"


def searched(*columns: str) -> Where:
    """Return: one of `columns` holds the words given, in any letters."""

    def where(text: Any, bind: Bind) -> str:
        if len(text) > LONGEST:
            raise InputError(f"Search for at most {LONGEST} characters.")
        escaped = str(text).lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
        name = bind(f"%{escaped}%")
        return " OR ".join(f"LOWER({column}) LIKE {name} ESCAPE '!'" for column in columns)

    return where


def within(column: str) -> Where:
    """Return: the day or moment in `column` lies in the window given, its end not counted."""

    def where(window: Any, bind: Bind) -> str:
        parts = [f"{column} IS NOT NULL"]
        if window.get("from") is not None:
            parts.append(f"{column} >= {bind(window['from'])}")
        if window.get("until") is not None:
            parts.append(f"{column} < {bind(window['until'])}")
        return " AND ".join(parts)

    return where


def only(condition: str) -> Where:
    """Return: `condition` holds, where true is given."""
    return lambda value, _: condition if value else "1 = 1"


def unless(condition: str) -> Where:
    """Return: `condition` holds, unless true is given."""
    return lambda value, _: "1 = 1" if value else condition


def whether(condition: str) -> Where:
    """Return: `condition` holds where true is given, and does not where false is."""
    return lambda value, _: condition if value else f"NOT ({condition})"
