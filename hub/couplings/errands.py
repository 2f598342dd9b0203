"""What is to be carried where once an action is approved.

Whoever takes the last decision posts one letter for each errand, in the transaction of that
decision: `Letter(id=errand.key, system=errand.system, action_id=…, body=errand.body)`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.models.coupling import CouplingAction, ProposedChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One write to one object of one system, or all notices by the hub itself.

    Attributes:
        key: Idempotency key; the action's own for its first errand.
        system: Key of the system; None for notices.
        places: Which changes of the action it makes.
    """

    key: str
    system: str | None
    places: tuple[int, ...]

    @property
    def body(self) -> dict[str, Any]:
        """What a letter says of it."""
        return {"changes": list(self.places)}


def errands(action: CouplingAction) -> list[Errand]:
    """Return the errands of an action, in order of its changes."""
    places: dict[tuple[str | None, str | None], list[int]] = {}
    for place, change in enumerate(action.changes):
        target = change.target_id if change.system else None
        places.setdefault((change.system, target), []).append(place)
    return [
        Errand(
            key=f"{action.key}#{number}" if number else action.key,
            system=system,
            places=tuple(some),
        )
        for number, ((system, _), some) in enumerate(places.items())
    ]


def carried(
    action: CouplingAction, system: str | None, body: Mapping[str, Any]
) -> Sequence[ProposedChange]:
    """Return the changes that a letter is to make."""
    named = body.get("changes")
    return [
        change
        for place, change in enumerate(action.changes)
        if change.system == system and (named is None or place in named)
    ]
