"""What is within reach of somebody: what they want or need, held against what there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub.models.shared import Reason

MOST_REASONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """A competence that somebody needs, wants, or could pass on; and why."""

    competence_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that serves a competence, by type and id; and how."""

    type: str
    id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """One suggestion."""

    offer: Offer
    competence_id: str
    reasons: tuple[Reason, ...]


def suggest(
    wants: Iterable[Want], offers: Mapping[str, Sequence[Offer]], limit: int
) -> list[Suggested]:
    """Return at most `limit` suggestions, best first, nothing suggested twice.

    The best offer for each want comes first, then the second best for each, and so on.

    Args:
        wants: What is wanted, most urgent first; one competence may be wanted for several reasons.
        offers: For each competence what serves it, best first.
        limit: How many at most.
    """
    why: dict[str, list[Reason]] = {}
    for want in wants:
        reasons = why.setdefault(want.competence_id, [])
        if want.reason not in reasons:
            reasons.append(want.reason)
    longest = max((len(offers.get(each, ())) for each in why), default=0)
    found: dict[tuple[str, str], Suggested] = {}
    for place in range(longest):
        for competence, reasons in why.items():
            there = offers.get(competence, ())
            if place < len(there):
                offer = there[place]
                told = Suggested(
                    offer=offer,
                    competence_id=competence,
                    reasons=(*reasons[: MOST_REASONS - 1], offer.reason),
                )
                found.setdefault((offer.type, offer.id), told)
    return list(found.values())[:limit]
