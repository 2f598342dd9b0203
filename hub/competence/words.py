"""An explanation in words: each step with a stable code, alike for the same evidence."""

from datetime import UTC, date

from hub.competence import rules
from hub.competence.judging import Judgement
from hub.competence.weighing import Piece, Weighing
from hub.models.kinds import EvidenceKind, Polarity, StateStatus
from hub.models.shared import Reason

KINDS = {
    EvidenceKind.WORK_RESULT: "Work finished",
    EvidenceKind.OBSERVATION: "An observation",
    EvidenceKind.ASSESSMENT: "An assessment",
    EvidenceKind.CREDENTIAL: "A credential",
    EvidenceKind.QUALITY_RECORD: "A quality record",
    EvidenceKind.APPRAISAL_RATING: "A rating in an appraisal",
    EvidenceKind.TICKET_RESOLUTION: "Tickets solved",
    EvidenceKind.PEER_ENDORSEMENT: "A colleague's word",
    EvidenceKind.INTERVIEW_SCORE: "A score at selection",
    EvidenceKind.LEARNING_COMPLETION: "Learning completed",
    EvidenceKind.SELF_ASSESSMENT: "The person's own word",
}
CONCLUSIONS = {
    StateStatus.PROVEN: ("LEVEL_PROVEN", "Level {0} is shown in work or by assessment."),
    StateStatus.EXPIRING: ("LEVEL_PROVEN", "Level {0} is shown in work or by assessment."),
    StateStatus.CLAIMED: ("LEVEL_CLAIMED", "Level {0} is said or learned, not shown."),
    StateStatus.DECAYED: ("DECAYED", "Level {0} was shown, and faded without use."),
    StateStatus.EXPIRED: ("EXPIRED", "Level {0} was shown; all that showed it has ended."),
}
MOST_CONCLUSIONS = 4
NAMED = rules.EXPLAINED_AT_MOST - MOST_CONCLUSIONS


def explain(
    known: tuple[Piece, ...], weighing: Weighing, judgement: Judgement
) -> tuple[Reason, ...]:
    """Return the conclusion, then the newest evidence and what became of it."""
    return (*_conclude(known, judgement), *(_tell(each, weighing) for each in known[:NAMED]))


def fates(known: tuple[Piece, ...], weighing: Weighing) -> tuple[str, ...]:
    """Return the code of each piece that an explanation names."""
    return tuple(_fate(each, weighing) for each in known[:NAMED])


def _conclude(known: tuple[Piece, ...], judgement: Judgement) -> list[Reason]:
    said = []
    if judgement.status is not StateStatus.UNKNOWN:
        code, text = CONCLUSIONS[judgement.status]
        said.append(Reason(code=code, text=text.format(judgement.rank)))
    elif known:
        said.append(Reason(code="TOO_LITTLE", text="The evidence supports no level."))
    else:
        said.append(Reason(code="NO_EVIDENCE", text="Nothing is known."))
    if judgement.status is StateStatus.EXPIRING and judgement.ends_at is not None:
        day = judgement.ends_at.astimezone(UTC).date().isoformat()
        said.append(Reason(code="EXPIRING", text=f"It ends on {day} unless it is shown again."))
    if judgement.opposed_rank is not None:
        text = f"Stronger and newer evidence stands against level {judgement.opposed_rank}."
        said.append(Reason(code="OPPOSED", text=text))
    if judgement.contested_rank is not None:
        text = f"Strong evidence speaks both for and against level {judgement.contested_rank}."
        said.append(Reason(code="CONTRADICTED", text=text))
    return said


def _fate(piece: Piece, weighing: Weighing) -> str:
    if not piece.counts(weighing.day):
        return "EVIDENCE_EXPIRED"
    half = weighing.half_life
    if half is not None and weighing.day - weighing.since(piece) >= half:
        return "EVIDENCE_DECAYED"
    return "EVIDENCE_COUNTED"


def _tell(piece: Piece, weighing: Weighing) -> Reason:
    code, said = _fate(piece, weighing), piece.said
    side = "against" if said.polarity is Polarity.NEGATIVE else "for"
    what = "shows use of" if said.polarity is Polarity.NEUTRAL else f"speaks {side}"
    seen = date.fromordinal(piece.day).isoformat()
    text = f"{KINDS[said.kind]} on {seen} ({said.system}) {what} level {piece.rank}"
    if code == "EVIDENCE_EXPIRED" and piece.end is not None:
        text += f"; it no longer counts since {date.fromordinal(piece.end).isoformat()}."
    elif code == "EVIDENCE_DECAYED":
        since = date.fromordinal(weighing.since(piece)).isoformat()
        text += (
            f"; without use since {since} it has lost half its weight of {said.weight:g} or more."
        )
    else:
        text += f", with weight {said.weight:g}."
    return Reason(code=code, text=text, evidence_id=piece.id)
