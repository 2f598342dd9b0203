"""What nonconformities are grouped by: the value of each on each dimension, and its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from hub.engine.origins import Key
from hub.engine.scope import Scope
from hub.errors import InputError
from hub.models.kinds import Severity

NONE = ""
Value = str
"""Hub id of an object, else the value itself; `NONE` for none."""

Keys = tuple[Value, ...]
"""One value on each dimension asked for."""

CALLED_NONE = {
    "COMPETENCE": "No confirmed cause",
    "UNIT": "No unit",
    "PROCESS": "No process",
    "SEVERITY": "Not rated",
}
TYPES = {"COMPETENCE": "Competence", "UNIT": "OrganisationUnit", "PROCESS": "WorkProcess"}
NAMED = {
    "COMPETENCE": "SELECT c.id, COALESCE(c.code, c.uri, c.name), c.name FROM competence c",
    "UNIT": "SELECT u.id, u.code, u.name FROM organisation_unit u",
    "PROCESS": "SELECT w.id, w.code, w.name FROM work_process w",
}
UNITS = "SELECT u.id, u.kind, u.parent_id FROM organisation_unit u"
MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Something that happened: where, when, and what it is about."""

    month: str
    unit_id: str | None = None
    process_id: str | None = None
    competence_ids: frozenset[str] = frozenset()
    severity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions:
    """The dimensions of one question, in order.

    Attributes:
        names: Their names.
        units: For each unit the one that it is counted under.
        called: For each dimension, what its values are called: natural key and label.
    """

    names: Sequence[str]
    units: Mapping[str, str]
    called: Mapping[str, Mapping[str, tuple[str, str]]]

    def keys(self, of: Placed, *, without: str | None = None) -> list[Keys]:
        """Return the groups that something is in; `without` names a dimension to leave open."""
        values = [[NONE] if name == without else self._values(name, of) for name in self.names]
        return list(product(*values))

    def _values(self, name: str, of: Placed) -> list[Value]:
        match name:
            case "COMPETENCE":
                return sorted(of.competence_ids) or [NONE]
            case "UNIT":
                return [self.units.get(of.unit_id or NONE, NONE)]
            case "PROCESS":
                return [of.process_id or NONE]
            case "SEVERITY":
                return [of.severity or NONE]
            case _:
                return [of.month]

    def told(self, keys: Keys) -> list[dict[str, Any]]:
        """Return the keys of a group as they are shown."""
        return [self._told(name, value) for name, value in zip(self.names, keys, strict=True)]

    def _told(self, name: str, value: Value) -> dict[str, Any]:
        natural, label = self.called.get(name, {}).get(value, (value, value))
        if value == NONE:
            label = CALLED_NONE[name]
        elif name == "SEVERITY":
            label = Severity[value].sentence
        type_ = TYPES.get(name)
        node = Key(type_, value) if type_ and value else None
        return {"dimension": name, "value": natural, "label": label, "node": node}


async def dimensions(scope: Scope, arguments: Mapping[str, Any]) -> Dimensions:
    """Return the dimensions that arguments ask for. Reads all units where UNIT is among them.

    Raises:
        InputError: none, more than three, or the same twice.
    """
    names = [str(each) for each in arguments["groupBy"]]
    if not 1 <= len(names) <= MOST or len(set(names)) < len(names):
        raise InputError(f"Group by 1 to {MOST} dimensions, each once.")
    called = {
        name: {id_: (natural, label) for id_, natural, label in await scope.asks.rows(text)}
        for name, text in NAMED.items()
        if name in names
    }
    units = await _units(scope, arguments.get("unitKind")) if "UNIT" in names else {}
    return Dimensions(names=names, units=units, called=called)


async def _units(scope: Scope, kind: str | None) -> dict[str, str]:
    """Return for each unit the nearest of a kind that it is or belongs to; itself for no kind."""
    rows = await scope.asks.rows(UNITS)
    if kind is None:
        return {id_: id_ for id_, _, _ in rows}
    kinds = {id_: of for id_, of, _ in rows}
    parents = {id_: parent for id_, _, parent in rows}
    found: dict[str, str] = {}
    for id_ in kinds:
        at: str | None = id_
        met: set[str] = set()
        while at is not None and at not in met and kinds.get(at) != kind:
            met.add(at)
            at = parents.get(at)
        if at is not None and kinds.get(at) == kind:
            found[id_] = at
    return found
