"""How the sources stood when something was derived: what it may lack, and how old it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.clock import start_of_day
from hub.competence.facts import Moment
from hub.engine.sources import Standing, standings
from hub.models.kinds import SystemKind
from hub.store import Asks

EVIDENCE = frozenset(
    {
        SystemKind.PLANNING,
        SystemKind.QMS,
        SystemKind.APPRAISAL,
        SystemKind.LMS,
        SystemKind.LRS,
        SystemKind.CREDENTIAL,
    }
)
"""Kinds of source whose records become evidence."""

EMPLOYMENT = EVIDENCE | {SystemKind.HRIS}
"""Kinds of source that say what people show, and who is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """How the sources stand while something is derived.

    Attributes:
        now: When it is derived.
        sources: How each source stands.
    """

    now: datetime
    sources: Sequence[Standing]

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of all sources that could contribute and did not last answer in full."""
        return self.at(self.now, EMPLOYMENT).missing_systems

    def at(self, moment: datetime, kinds: frozenset[SystemKind] = EVIDENCE) -> Moment:
        """Return `moment` as a question about it is asked, resting on sources of `kinds`."""
        resting = [each for each in self.sources if each.kind in kinds]
        read = [each.succeeded_at for each in resting if each.succeeded_at is not None]
        return Moment(
            at=moment,
            computed_at=self.now,
            missing_systems=tuple(sorted(each.key for each in resting if each.missing)),
            oldest_input_at=min(read, default=None),
        )

    def today(self, kinds: frozenset[SystemKind] = EVIDENCE) -> Moment:
        """Return the start of the UTC day, which what is stored speaks of."""
        return self.at(start_of_day(self.now), kinds)


async def stood(asks: Asks, now: datetime) -> Stood:
    """Return how the sources stand at present, whatever `now` is. Two look-ups per source."""
    return Stood(now=now, sources=await standings(asks))
