"""Objections to evidence, which counts for nothing while one is open or once one was right.

What is raised or settled holds for the whole of that UTC day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hub.clock import start_of_day
from hub.models.evidence import CompetenceEvidence
from hub.models.kinds import ContestOutcome

DAY = timedelta(days=1)
SILENCED = frozenset({ContestOutcome.OPEN, ContestOutcome.UPHELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestFact:
    """An objection to what a record says of somebody.

    Attributes:
        settled_at: When it was settled; None: it is open.
    """

    person_id: str
    competence_id: str
    record_id: str
    raised_at: datetime
    outcome: ContestOutcome
    settled_at: datetime | None = None

    def stands(self, moment: datetime) -> ContestOutcome | None:
        """Return how it stood on the day of `moment`; None: it was not raised yet."""
        tomorrow = start_of_day(moment) + DAY
        if self.raised_at >= tomorrow:
            return None
        settled = self.settled_at is None or self.settled_at < tomorrow
        return self.outcome if settled else ContestOutcome.OPEN

    def about(self, evidence: CompetenceEvidence) -> bool:
        """Say whether it is against this evidence."""
        return (self.person_id, self.competence_id, self.record_id) == (
            evidence.person_id,
            evidence.competence_id,
            evidence.record_id,
        )


def heard(
    evidence: Mapping[str, CompetenceEvidence], contests: Iterable[ContestFact], moment: datetime
) -> dict[str, CompetenceEvidence]:
    """Return evidence of which what is objected to, openly or rightly, does not count."""
    silencing: dict[str, list[ContestFact]] = {}
    for each in contests:
        if each.stands(moment) in SILENCED:
            silencing.setdefault(each.record_id, []).append(each)
    return {
        id_: replace(each, counted=False)
        if any(one.about(each) for one in silencing.get(each.record_id or "", ()))
        else each
        for id_, each in evidence.items()
    }


def contested(contests: Iterable[ContestFact], moment: datetime) -> set[tuple[str, str]]:
    """Return of whom and what an objection is open."""
    return {
        (each.person_id, each.competence_id)
        for each in contests
        if each.stands(moment) is ContestOutcome.OPEN
    }
