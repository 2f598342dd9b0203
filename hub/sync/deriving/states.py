"""States of people out of their evidence, at any moment, each derived when it is asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

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
COLUMNS = columns(TABLE)
EVIDENCE = f"SELECT {quoted(COLUMNS)} FROM {TABLE} WHERE {among('person_id', 'ids')} ORDER BY id"

Pair = tuple[str, str]
"""A person and a competence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A piece of evidence, of which no more is read than need be.

    Attributes:
        tell: Returns the whole of it.
    """

    id: str
    person_id: str
    competence_id: str
    tell: Callable[[], CompetenceEvidence]


class States:
    """What some people can do, according to all evidence about them.

    Evidence for a competence also counts for what it matches exactly and for what is more general.
    A state is derived once for each moment that is asked for.
    """

    def __init__(
        self,
        said: Iterable[Said],
        competences: Competences,
        stood: Stood,
        *,
        dated: bool = True,
        contested: Iterable[Pair] = (),
    ) -> None:
        """Take the evidence.

        Args:
            said: The evidence.
            competences: What it is about.
            stood: How the sources stood.
            dated: Whether states tell the day of their next change.
            contested: Of whom and what an objection to evidence is open.
        """
        self._contested = {
            (person, served)
            for person, competence in contested
            for served in competences.served(competence)
        }
        self._competences = competences
        self._stood = stood
        self._dated = dated
        self._known: dict[tuple[str, str, datetime], CompetenceState] = {}
        self._said: dict[Pair, list[Said]] = {}
        for each in said:
            for competence in competences.served(each.competence_id):
                self._said.setdefault((each.person_id, competence), []).append(each)

    @property
    def pairs(self) -> Iterable[Pair]:
        """Of whom and what anything is known."""
        return self._said

    def state(self, person: str, competence: str, moment: Moment) -> CompetenceState | None:
        """Return a state; None where there is no evidence of any time."""
        said = self._said.get((person, competence))
        if said is None:
            return None
        key = (person, competence, moment.at)
        if key not in self._known:
            policy = self._competences.policies.get(competence)
            subject = Subject(
                person_id=person,
                competence_id=competence,
                policy=policy,
                contested=(person, competence) in self._contested,
            )
            evidence = {each.id: each.tell() for each in said}
            self._known[key] = derive(subject, evidence, moment, dated=self._dated)
        return self._known[key]

    def at(self, moment: datetime) -> StateOf:
        """Return what gives the states of a moment."""
        asked = self._stood.at(moment)
        return lambda person, competence: self.state(person, competence, asked)


def taken(evidence: Evidence) -> Iterator[Said]:
    """Yield evidence that was just taken in."""
    for id_, each in evidence.items():
        yield Said(
            id=id_,
            person_id=each.person_id,
            competence_id=each.competence_id,
            tell=partial(_same, each),
        )


async def kept(asks: Asks, people: Sequence[str]) -> list[Said]:
    """Return the evidence about people as it was last taken in. One look-up each."""
    rows = await asks.rows(EVIDENCE, {"ids": people})
    person, competence = COLUMNS.index("person_id"), COLUMNS.index("competence_id")
    return [
        Said(
            id=row[0],
            person_id=row[person],
            competence_id=row[competence],
            tell=partial(_read, row),
        )
        for row in rows
    ]


def _same(evidence: CompetenceEvidence) -> CompetenceEvidence:
    return evidence


def _read(row: Sequence[Any]) -> CompetenceEvidence:
    made: CompetenceEvidence = concept(CompetenceEvidence).decode(
        dict(zip(COLUMNS, row, strict=True))
    )
    return made
