"""How evidence adds up on a day: support for a level, and what speaks against it.

Days are ordinals (`date.toordinal`) of UTC days, so that an answer holds for a whole day. Sums do
not depend on the order of the evidence. Time lets all sums of a day fade by one factor; so between
two days on which a piece begins or ends to count, support only falls, and never two levels past
each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from math import fsum

from hub.clock import span, start_of_day
from hub.competence import rules
from hub.models.competence import DecayPolicy
from hub.models.evidence import CompetenceEvidence
from hub.models.kinds import DecayKind, EvidenceKind, Polarity, StateStatus

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence as it is weighed.

    Attributes:
        day: Day on which it was observed, from which it fades.
        end: First day on which it no longer counts; None: there is none.
        speaks_for: Whether it supports its level.
        proves: Whether it supports its level and is of a kind that can prove.
        rates: Whether it is a rating in an appraisal, of which the last counts against the higher.
    """

    id: str
    said: CompetenceEvidence
    rank: int
    day: int
    end: int | None
    speaks_for: bool
    proves: bool
    rates: bool

    def counts(self, day: int) -> bool:
        """Say whether it is in force on `day`."""
        return self.end is None or day < self.end


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """The pieces that count on one day, weighed.

    Attributes:
        day: The day.
        live: Those that count.
        half_life: Days in which a weight halves; None: it does not.
        refreshed: Whether use in work lets all support start afresh.
    """

    day: int
    live: tuple[Piece, ...]
    half_life: float | None
    refreshed: bool

    @cached_property
    def reference(self) -> int:
        """Day on which the sums are as they stand before they fade."""
        return max((each.day for each in self.live), default=self.day)

    @cached_property
    def last_use(self) -> int:
        """Last day of use that lets support start afresh; 0: there is none."""
        days = (each.day for each in self.live if uses(each)) if self.refreshed else ()
        return max(days, default=0)

    @cached_property
    def factor(self) -> float:
        """What time leaves of every sum, 0 to 1."""
        return self.factor_on(self.day)

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """Levels that any evidence speaks for, highest first."""
        return tuple(sorted({each.rank for each in self.live if each.speaks_for}, reverse=True))

    def since(self, piece: Piece) -> int:
        """Return the day from which `piece` fades."""
        return max(piece.day, self.last_use) if piece.speaks_for else piece.day

    def factor_on(self, day: int) -> float:
        """Return what time leaves on `day` of every sum."""
        return _faded(1.0, day - self.reference, self.half_life)

    @cached_property
    def weights(self) -> dict[str, float]:
        """What each piece weighs on the day of reference, by its id."""
        return {
            each.id: _faded(each.said.weight, self.reference - self.since(each), self.half_life)
            for each in self.live
        }

    def base(self, pieces: Iterable[Piece]) -> float:
        """Return what `pieces` weigh together on the day of reference."""
        return fsum(self.weights[each.id] for each in pieces)

    def supporting(self, rank: int, *, proving: bool) -> list[Piece]:
        """Return what speaks for `rank`; `proving`: only of kinds that can prove."""
        return [
            each
            for each in self.live
            if each.rank >= rank and (each.proves if proving else each.speaks_for)
        ]

    def opposing(self, rank: int) -> list[Piece]:
        """Return what speaks against `rank`: evidence against it, or the last rating below it."""
        rated = [each for each in self.live if each.rates]
        last = max((each.said.observed_at for each in rated), default=None)
        return [
            each
            for each in self.live
            if (each.said.polarity is Polarity.NEGATIVE and each.rank <= rank)
            or (each.rates and each.rank < rank and each.said.observed_at == last)
        ]

    def overruled(self, rank: int, *, proving: bool) -> bool:
        """Say whether stronger and newer evidence stands against `rank`."""
        supporting = self.supporting(rank, proving=proving)
        newest = max((each.said.observed_at for each in supporting), default=None)
        newer = [
            each for each in self.opposing(rank) if newest is None or each.said.observed_at > newest
        ]
        return self.base(newer) > self.base(supporting)

    def contested_rank(self) -> int | None:
        """Return the highest level with strong evidence both for and against; None: none."""
        for rank in self.ranks:
            sides = (self.supporting(rank, proving=False), self.opposing(rank))
            if all(self.base(each) * self.factor > rules.CONTESTED_ABOVE for each in sides):
                return rank
        return None


def pieces(evidence: Mapping[str, CompetenceEvidence], moment: datetime) -> tuple[Piece, ...]:
    """Return the evidence that is known at `moment` and counted, newest first."""
    known = {
        key: each for key, each in evidence.items() if each.counted and each.observed_at <= moment
    }
    made = [_piece(key, each) for key, each in known.items()]
    return tuple(sorted(made, key=lambda each: (-each.said.observed_at.timestamp(), each.id)))


def _piece(id_: str, said: CompetenceEvidence) -> Piece:
    speaks_for = said.polarity is Polarity.POSITIVE
    return Piece(
        id=id_,
        said=said,
        rank=said.rank or rules.NO_RANK,
        day=ordinal(said.observed_at),
        end=ended(said.expires_at),
        speaks_for=speaks_for,
        proves=speaks_for and rules.KINDS[said.kind].ceiling is StateStatus.PROVEN,
        rates=speaks_for and said.kind is EvidenceKind.APPRAISAL_RATING,
    )


def weigh(known: Iterable[Piece], day: int, policy: DecayPolicy | None) -> Weighing:
    """Return what of `known` counts on `day`."""
    live = tuple(each for each in known if each.counts(day))
    refreshed = policy is not None and policy.refresh_on_use
    return Weighing(day=day, live=live, half_life=half_life(policy), refreshed=refreshed)


def half_life(policy: DecayPolicy | None) -> float | None:
    """Return the days in which confidence halves; None: it does not fade, or none can be read."""
    if policy is None or policy.kind is not DecayKind.HALF_LIFE or policy.half_life is None:
        return None
    try:
        return span(policy.half_life) / DAY or None
    except ValueError:
        return None


def uses(piece: Piece) -> bool:
    """Say whether `piece` shows that the competence was used in work."""
    if piece.said.polarity is Polarity.NEUTRAL:
        return True
    return piece.speaks_for and piece.said.kind is EvidenceKind.WORK_RESULT


def ordinal(moment: datetime) -> int:
    """Return the UTC day of `moment`."""
    return moment.astimezone(UTC).toordinal()


def ended(moment: datetime | None) -> int | None:
    """Return the first day that begins at or after `moment`."""
    if moment is None:
        return None
    return ordinal(moment) + (start_of_day(moment) != moment)


def _faded(weight: float, days: int, half_life: float | None) -> float:
    if half_life is None:
        return weight
    return float(weight * 0.5 ** (days / half_life))
