"""How a client names a record: by its global id, or by a key that people know it by.

The conditions are on the row `k`.
"""

from collections.abc import Mapping
from typing import Any

from hub.engine.ids import read_id
from hub.engine.origins import Bind

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
