"""A condition on the rows of a table, as part of a statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Which rows.

    Attributes:
        text: SQL in which `{alias}` stands for the table.
        parameters: Values of the parameters that it names; the same name, the same value,
            wherever conditions of one viewer meet.
        reason: Why, in words for whoever asks what the hub shows to whom.
    """

    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reason: str

    def on(self, alias: str) -> str:
        """Return the condition on the rows of one table."""
        return self.text.format(alias=alias)

    def __or__(self, other: "Condition") -> "Condition":
        if ALWAYS in (self, other):
            return ALWAYS
        if NEVER in (self, other):
            return other if self == NEVER else self
        return Condition(
            text=f"({self.text} OR {other.text})",
            parameters={**self.parameters, **other.parameters},
            reason=f"{self.reason}; {other.reason}",
        )


ALWAYS = Condition(text="1 = 1", reason="all staff")
NEVER = Condition(text="1 = 0", reason="nobody")
