"""States of people out of their evidence, at any moment, each derived when it is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from hub.competence.eligibility import StateOf
from hub.competence.facts import Moment, Subject
from hub.competence.intake import Evidence
from hub.competence.state import derive
from hub.models.evidence import CompetenceEvidence, CompetenceState
from hub.store import Asks, among, concept
from hub.store.statements import columns, quoted
from hub.sync.deriving.organisation import Competences
from hub.sync.deriving.standing import Stood

TABLE = concept(CompetenceEvidence).table
EVIDENCE = (
    f"SELECT {quoted(columns(TABLE))} FROM {TABLE} WHERE {among('person_id', 'ids')} ORDER BY id"
)

Pair = tuple[str, str]
"""A person and a competence."""


class States:
    """What some people can do, according to all evidence about them.

    Evidence for a competence also counts for what it matches exactly and for what is more general.
    A state is derived once for each moment that is asked for.
    """

    def __init__(self, evidence: Evidence, competences: Competences, stood: Stood) -> None:
        self._competences = competences
        self._stood = stood
        self._known: dict[tuple[str, str, datetime], CompetenceState] = {}
        self._evidence: dict[Pair, Evidence] = {}
        for id_, each in evidence.items():
            for competence in competences.served(each.competence_id):
                self._evidence.setdefault((each.person_id, competence), {})[id_] = each

    @property
    def pairs(self) -> Iterable[Pair]:
        """Of whom and what anything is known."""
        return self._evidence

    def state(self, person: str, competence: str, moment: Moment) -> CompetenceState | None:
        """Return a state; None where there is no evidence of any time."""
        evidence = self._evidence.get((person, competence))
        if evidence is None:
            return None
        key = (person, competence, moment.at)
        if key not in self._known:
            policy = self._competences.policies.get(competence)
            subject = Subject(person_id=person, competence_id=competence, policy=policy)
            self._known[key] = derive(subject, evidence, moment)
        return self._known[key]

    def at(self, moment: datetime) -> StateOf:
        """Return what gives the states of a moment."""
        asked = self._stood.at(moment)
        return lambda person, competence: self.state(person, competence, asked)


async def kept(asks: Asks, people: Sequence[str]) -> Evidence:
    """Return the evidence about people as it was last taken in. One look-up each."""
    of = concept(CompetenceEvidence)
    rows = await asks.rows(EVIDENCE, {"ids": people})
    named: Iterable[Mapping[str, object]] = (
        dict(zip(columns(TABLE), row, strict=True)) for row in rows
    )
    return {str(each["id"]): of.decode(each) for each in named}
