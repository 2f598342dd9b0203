"""What the evidence of a day amounts to: a level and how sure it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, fsum, log2

from hub.competence import rules
from hub.competence.weighing import Piece, Weighing
from hub.models.kinds import StateStatus

LAST_DAY = date.max.toordinal() - 1
EXPIRING_DAYS = rules.EXPIRING_WITHIN.days


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The conclusion of one day; alike on two days, they give the same answer.

    Attributes:
        rank: The level; None while unknown.
        opposed_rank: A higher level that stronger and newer evidence stands against.
        contested_rank: The highest level with strong evidence for and against.
        ends_at: When it is lost by expiry alone.
        decays_on: Day, an ordinal, on which it fades below what proves, or did.
    """

    rank: int | None
    status: StateStatus
    opposed_rank: int | None = None
    contested_rank: int | None = None
    ends_at: datetime | None = None
    decays_on: int | None = None


def judge(known: tuple[Piece, ...], weighing: Weighing) -> Judgement:
    """Return the conclusion of `weighing`; `known` adds what has ended."""
    proven = highest(_proven(weighing))
    opposed = _opposed(weighing, proven)
    contested = weighing.contested_rank()
    if proven is not None:
        ends_at, last = _lost(weighing, proven)
        soon = last is not None and weighing.day >= last - EXPIRING_DAYS
        return Judgement(
            rank=proven,
            status=StateStatus.EXPIRING if soon else StateStatus.PROVEN,
            opposed_rank=opposed,
            contested_rank=contested,
            ends_at=ends_at,
            decays_on=decay_day(weighing, proven),
        )
    status, rank = _unproven(known, weighing)
    faded = status is StateStatus.DECAYED and rank is not None
    return Judgement(
        rank=rank,
        status=status,
        opposed_rank=opposed,
        contested_rank=contested,
        decays_on=decay_day(weighing, rank) if faded and rank is not None else None,
    )


def strength(weighing: Weighing, judgement: Judgement) -> float:
    """Return the confidence of a judgement: its support, to 1, as a share of all that is said."""
    if judgement.rank is None or judgement.status is StateStatus.EXPIRED:
        return 0.0
    proving = judgement.status is not StateStatus.CLAIMED
    support = weighing.base(weighing.supporting(judgement.rank, proving=proving))
    against = weighing.base(weighing.opposing(judgement.rank))
    if not support:
        return 0.0
    return round(min(1.0, support * weighing.factor) * support / (support + against), 4)


def decay_day(weighing: Weighing, rank: int) -> int | None:
    """Return the day on which `rank` fades below what proves, if nothing ends or comes before."""
    base = weighing.base(weighing.supporting(rank, proving=True))
    if weighing.half_life is None or base < rules.PROVEN_FROM:
        return None
    longest = ceil(weighing.half_life * log2(base / rules.PROVEN_FROM)) + 2
    start, end = weighing.reference, weighing.reference + longest
    return first_day(
        lambda day: base * weighing.factor_on(day) < rules.PROVEN_FROM, start, min(end, LAST_DAY)
    )


def first_day(happens: Callable[[int], bool], start: int, end: int) -> int | None:
    """Return the first day from `start` to `end` on which `happens`, which stays so once it does.

    Cost: the logarithm of the days.
    """
    if not happens(end):
        return None
    while start < end:
        middle = (start + end) // 2
        if happens(middle):
            end = middle
        else:
            start = middle + 1
    return end


def highest(ranks: Iterator[int]) -> int | None:
    """Return the first of levels that come highest first."""
    return next(ranks, None)


def _proven(weighing: Weighing) -> Iterator[int]:
    for rank in weighing.ranks:
        support = weighing.base(weighing.supporting(rank, proving=True)) * weighing.factor
        if support >= rules.PROVEN_FROM and not weighing.overruled(rank, proving=True):
            yield rank


def _claimed(weighing: Weighing) -> Iterator[int]:
    for rank in weighing.ranks:
        support = weighing.base(weighing.supporting(rank, proving=False)) * weighing.factor
        if support >= rules.CLAIMED_FROM and not weighing.overruled(rank, proving=False):
            yield rank


def _once_proven(weighing: Weighing) -> Iterator[int]:
    for rank in weighing.ranks:
        weight = fsum(each.said.weight for each in weighing.supporting(rank, proving=True))
        if weight >= rules.PROVEN_FROM and not weighing.overruled(rank, proving=True):
            yield rank


def _ended(known: tuple[Piece, ...]) -> Iterator[int]:
    ranks = sorted({each.rank for each in known if each.proves}, reverse=True)
    for rank in ranks:
        weights = (each.said.weight for each in known if each.proves and each.rank >= rank)
        if fsum(weights) >= rules.PROVEN_FROM:
            yield rank


def _unproven(known: tuple[Piece, ...], weighing: Weighing) -> tuple[StateStatus, int | None]:
    once, claimed = highest(_once_proven(weighing)), highest(_claimed(weighing))
    if once is not None and once >= (claimed or 0):
        return StateStatus.DECAYED, once
    if claimed is not None:
        return StateStatus.CLAIMED, claimed
    past = tuple(each for each in known if not each.counts(weighing.day))
    expired = highest(_ended(past)) if not any(each.proves for each in weighing.live) else None
    return (StateStatus.UNKNOWN, None) if expired is None else (StateStatus.EXPIRED, expired)


def _opposed(weighing: Weighing, proven: int | None) -> int | None:
    for rank in weighing.ranks:
        if rank > (proven or 0) and weighing.overruled(rank, proving=False):
            return rank
    return None


def _lost(weighing: Weighing, rank: int) -> tuple[datetime | None, int | None]:
    """Return the moment and the day on which expiry leaves too little to prove `rank`."""
    supporting = weighing.supporting(rank, proving=True)
    lasting = [each.said.weight for each in supporting if each.said.expires_at is None]
    left = fsum(lasting)
    if left >= rules.PROVEN_FROM:
        return None, None
    ends = [(each.said.expires_at, each) for each in supporting if each.said.expires_at is not None]
    for moment, each in sorted(ends, key=lambda pair: (pair[0], pair[1].id), reverse=True):
        left += each.said.weight
        if left >= rules.PROVEN_FROM:
            return moment, each.end
    return None, None
