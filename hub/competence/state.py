"""What one person can do: the state of one competence at a moment, explained and dated."""

from collections.abc import Mapping
from datetime import date
from math import ceil, fsum, log2

from hub.competence import rules
from hub.competence.facts import Moment, Subject
from hub.competence.judging import LAST_DAY, Judgement, first_day, judge, strength
from hub.competence.weighing import Piece, half_life, ordinal, pieces, uses, weigh
from hub.competence.words import explain, fates
from hub.models.competence import DecayPolicy
from hub.models.evidence import CompetenceEvidence, CompetenceState
from hub.models.kinds import EvidenceKind, Polarity

Answer = tuple[Judgement, tuple[str, ...]]


def derive(
    subject: Subject,
    evidence: Mapping[str, CompetenceEvidence],
    moment: Moment,
    *,
    dated: bool = True,
) -> CompetenceState:
    """Derive the state of `subject` at `moment` from all evidence about it.

    What was observed later is not known, and what is not counted says nothing. Ages count from
    the start of the UTC day; so the answer, but for its confidence, holds for whole days.

    Cost: the evidence times its levels; where it is dated, times the logarithm of the days in
    which the evidence can still change.

    Args:
        subject: Whose state of what.
        evidence: The evidence, by id.
        moment: When.
        dated: Whether the day of the next change is looked for, which is most of the work.
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
        next_change_on=next_change(known, subject.policy, day) if dated else None,
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
    last = settled(known, policy)
    if last <= day:
        return None
    today = answer(known, policy, day)
    turns = {each.end for each in known if each.end is not None and _opposes(each)}
    start = day + 1
    for turn in (*sorted(each for each in turns if day < each <= last), last + 1):
        if start < turn:
            found = first_day(lambda at: answer(known, policy, at) != today, start, turn - 1)
            if found is not None:
                return date.fromordinal(found)
        start = turn
    return None


def settled(known: tuple[Piece, ...], policy: DecayPolicy | None) -> int:
    """Return a day from which on `known` gives the same answer for ever: all ended or faded."""
    ends = max((each.end for each in known if each.end is not None), default=0)
    half = half_life(policy)
    if half is None or not known:
        return min(ends, LAST_DAY)
    weight = fsum(each.said.weight for each in known)
    halvings = max(1.0, log2(max(weight, rules.CLAIMED_FROM) / rules.CLAIMED_FROM))
    faded = max(each.day for each in known) + ceil(half * halvings) + 1
    return min(max(ends, faded), LAST_DAY)


def answer(known: tuple[Piece, ...], policy: DecayPolicy | None, day: int) -> Answer:
    """Return what there is to say on `day`, but for its confidence."""
    weighing = weigh(known, day, policy)
    return judge(known, weighing), fates(known, weighing)


def _opposes(piece: Piece) -> bool:
    rates = piece.said.kind is EvidenceKind.APPRAISAL_RATING
    return rates or piece.said.polarity is Polarity.NEGATIVE
