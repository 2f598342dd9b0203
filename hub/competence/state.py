"""What one person can do: the state of one competence at a moment, explained and dated."""

from collections.abc import Mapping
from datetime import date

from hub.competence import rules
from hub.competence.facts import Moment, Subject
from hub.competence.judging import LAST_DAY, Judgement, first_day, judge, strength
from hub.competence.weighing import Piece, ordinal, pieces, uses, weigh
from hub.competence.words import explain, fates
from hub.models.competence import DecayPolicy
from hub.models.evidence import CompetenceEvidence, CompetenceState
from hub.models.kinds import EvidenceKind, Polarity

Answer = tuple[Judgement, tuple[str, ...]]


def derive(
    subject: Subject, evidence: Mapping[str, CompetenceEvidence], moment: Moment
) -> CompetenceState:
    """Derive the state of `subject` at `moment` from all evidence about it.

    What was observed later is not known, and what is not counted says nothing. Ages count from
    the start of the UTC day; so the answer, but for its confidence, holds for whole days.

    Cost: the evidence times its levels, times the logarithm of the days to the next change.
    """
    known, day = pieces(evidence, moment.at), ordinal(moment.at)
    weighing = weigh(known, day, subject.policy)
    judged = judge(known, weighing)
    return CompetenceState(
        person_id=subject.person_id,
        competence_id=subject.competence_id,
        rank=judged.rank,
        status=judged.status,
        confidence=strength(weighing, judged),
        contradictory=judged.contested_rank is not None,
        contested=subject.contested,
        as_of=moment.at,
        last_used_at=max((each.said.observed_at for each in known if uses(each)), default=None),
        valid_until=judged.ends_at,
        decays_on=None if judged.decays_on is None else date.fromordinal(judged.decays_on),
        explanation=explain(known, weighing, judged),
        next_change_on=next_change(known, subject.policy, day),
        rule_version=rules.RULE_VERSION,
        computed_at=moment.computed_at,
        oldest_input_at=moment.oldest_input_at,
        complete=not moment.missing_systems,
        missing_systems=moment.missing_systems,
    )


def next_change(known: tuple[Piece, ...], policy: DecayPolicy | None, day: int) -> date | None:
    """Return the first day after `day` on which `known` gives another answer; None: never.

    While nothing that speaks against a level ends, support only falls, and an answer that was
    left does not come back: the day is found by halving, between the ends of what opposes.
    """
    today = answer(known, policy, day)
    turns = {each.end for each in known if each.end is not None and _opposes(each)}
    start = day + 1
    for turn in (*sorted(each for each in turns if day < each <= LAST_DAY), LAST_DAY + 1):
        if start < turn:
            found = first_day(lambda at: answer(known, policy, at) != today, start, turn - 1)
            if found is not None:
                return date.fromordinal(found)
        start = turn
    return None


def answer(known: tuple[Piece, ...], policy: DecayPolicy | None, day: int) -> Answer:
    """Return what there is to say on `day`, but for its confidence."""
    weighing = weigh(known, day, policy)
    return judge(known, weighing), fates(known, weighing)


def _opposes(piece: Piece) -> bool:
    rates = piece.said.kind is EvidenceKind.APPRAISAL_RATING
    return rates or piece.said.polarity is Polarity.NEGATIVE
