"""One source record while it is being folded."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hub.models.kinds import MatchRule
from hub.store.concepts import Concept, concept
from hub.store.lookups import Pointer, by_id, claims, level, of_ref, pointers

Place = tuple[str, int, str]  # field, position, part: where in a record a relation stands


@dataclass(kw_only=True, eq=False)
class Said:
    """What one source says about one thing, and the entity it is folded into.

    Attributes:
        row: The source record as it stands in its table.
        entity_id: The entity it belongs to now; None while unmatched, parked or deleted.
        before: The entity it belonged to when the fold met it.
        rule: How it was matched, when it is a person's.
        gained: Lookups by which it can be found now and could not before, or the reverse.
        targets: What its relations resolve to, by where they stand.
        waits_for: The required relation that does not resolve; None when all do.
    """

    row: dict[str, Any]
    before: str | None
    entity_id: str | None
    rule: MatchRule | None = None
    gained: set[str] = field(default_factory=set)
    targets: dict[Place, str | None] = field(default_factory=dict)
    waits_for: Pointer | None = None

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Said":
        """Return the record of a row as the fold meets it."""
        return cls(row=row, before=row["entity_id"], entity_id=row["entity_id"])

    @property
    def id(self) -> str:
        """Id of the source record."""
        return str(self.row["id"])

    @property
    def live(self) -> bool:
        """Whether the source still says it."""
        return self.row["deleted_at"] is None

    @cached_property
    def concept(self) -> Concept:
        """What it is about."""
        return concept(self.row["type"])

    @cached_property
    def told(self) -> dict[str, Any]:
        """The JSON form of what it says; nothing when it is deleted."""
        told: dict[str, Any] = json.loads(self.row["payload"])
        return told

    @cached_property
    def claims(self) -> list[str]:
        """Lookups by which it can be found, its own id aside, strongest first."""
        return claims(self.concept, self.told, self.row["system"]) if self.live else []

    @cached_property
    def level(self) -> int:
        """Place of the strongest key it has."""
        return level(self.concept, self.told)

    @cached_property
    def pointers(self) -> list[tuple[Pointer, str]]:
        """Its relations, each with its lookup."""
        if not self.live:
            return []
        system = self.row["system"]
        return [(each, of_ref(each.ref, system)) for each in pointers(self.concept, self.told)]

    def moved(self) -> bool:
        """Return whether it belongs to another entity than before."""
        return self.before != self.entity_id

    def findable(self) -> set[str]:
        """Return the lookups whose answer may have changed with it."""
        found = set(self.gained)
        if self.moved() or self.waits_for:
            found.update(self.claims)
            found.add(by_id(self.row["type"], self.row["system"], self.row["external_id"]))
        return found
