"""Whether the figures of an aggregate are shown to somebody who may not see all people in it.

People are counted, never records. Whoever may see every person of a group sees its figures as they
are. For everybody else they are rounded, and withheld where the group is small, or where what is
left after taking away what the viewer knows is: the people hidden from them, and the complement.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from hub.models.kinds import Disclosure

SMALLEST = 5
"""People that a group, its hidden part and its complement must have, where they have any."""

STEP = 5
"""What counts are rounded to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Whom the figures of one group are about.

    Attributes:
        people: Everybody in it.
        hidden: Those whom the viewer may not see.
    """

    people: AbstractSet[str]
    hidden: AbstractSet[str]


def disclosure(people: int, hidden: int, complement: int = 0) -> Disclosure:
    """Return how figures are shown.

    Args:
        people: How many they are about.
        hidden: How many of these the viewer may not see.
        complement: How many the same figures are about without the group, where they are shown for
            a larger whole too.
    """
    if not hidden:
        return Disclosure.EXACT
    if people < SMALLEST or hidden < SMALLEST or 0 < complement < SMALLEST:
        return Disclosure.SUPPRESSED
    return Disclosure.ROUNDED


def disclosures(groups: Sequence[Group]) -> list[Disclosure]:
    """Return how the figures of groups that make up a whole are shown.

    Where what is withheld could be had by taking all that is shown from the whole, the smallest of
    the other groups are withheld too.
    """
    found = [disclosure(len(each.people), len(each.hidden)) for each in groups]
    others = sorted(
        (place for place, how in enumerate(found) if how is Disclosure.ROUNDED),
        key=lambda place: len(groups[place].people),
    )
    for place in others:
        withheld = (
            each.people
            for each, how in zip(groups, found, strict=True)
            if how is Disclosure.SUPPRESSED
        )
        if not 0 < len(frozenset[str]().union(*withheld)) < SMALLEST:
            break
        found[place] = Disclosure.SUPPRESSED
    return found


def shown(count: int, how: Disclosure) -> int | None:
    """Return a count as it is shown; None where it is withheld."""
    if how is Disclosure.EXACT:
        return count
    if how is Disclosure.ROUNDED:
        return (count + STEP // 2) // STEP * STEP
    return None
