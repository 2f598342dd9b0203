"""Appraisals out of the mirror, each rating read on the scale of its competence.

A rating stands for the rank that the link of its word gives its score, else for the one that its
competence's scale maps it to; one that nothing maps is left out. A competence without a scale is
measured on the first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.competence.facts import AppraisalFact, RatingFact
from hub.competence.scale import Score, ranked
from hub.models.competence import ProficiencyScale, ScaleMapping
from hub.models.kinds import AppraisalStatus
from hub.models.ref import Ref
from hub.store import Asks, among, concept, moment_of
from hub.store.lookups import of_ref, term_id, term_of
from hub.sync.deriving.told import day, parts, systems

APPRAISALS = f"""
SELECT a.id, a.employee_id, a.reviewer_id, a.completed_at, a.ratings, y.ends_on
FROM appraisal a LEFT JOIN appraisal_cycle y ON y.id = a.cycle_id
WHERE {among("a.employee_id", "ids")} AND a.status = :closed AND a.completed_at IS NOT NULL
ORDER BY a.id
"""
SCALES = "SELECT id, mappings FROM proficiency_scale ORDER BY id"
MEASURED = f"SELECT id, scale_id FROM competence WHERE {among('id', 'ids')}"
LEVELS = f"SELECT id, levels FROM term_link WHERE {among('id', 'ids')} AND levels <> '[]'"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """How the scores of some ratings are read.

    Attributes:
        mappings: Those of each scale, the first scale first.
        of: The scale of each competence that has one.
        levels: What the scores of a term stand for, by the id of its link.
    """

    mappings: Mapping[str, Sequence[ScaleMapping]] = field(default_factory=dict)
    of: Mapping[str, str | None] = field(default_factory=dict)
    levels: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)

    def rank(self, rating: Row, system: str) -> int | None:
        """Return the rank that a rating of a source stands for; None where nothing says."""
        scale = self.of.get(rating["competence_id"]) or next(iter(self.mappings), "")
        score = Score(raw=rating["raw_score"], scale=rating["raw_scale"], system=system)
        return ranked(
            score, self.mappings.get(scale, ()), self.levels.get(link_of(rating, system) or "", ())
        )


async def scales(asks: Asks, ratings: Iterable[tuple[Row, str]]) -> Scales:
    """Return how ratings, each with its source, are read. Reads every scale: they are few."""
    listed = list(ratings)
    rated = sorted({rating["competence_id"] for rating, _ in listed})
    links = sorted({link for each in listed if (link := link_of(*each)) is not None})
    decode = concept(ProficiencyScale).codecs["mappings"].decode
    return Scales(
        mappings={id_: decode(parts(told)) for id_, told in await asks.rows(SCALES)},
        of=dict(await asks.rows(MEASURED, {"ids": rated})),
        levels={
            id_: [(raw, rank) for raw, rank in parts(told)]
            for id_, told in await asks.rows(LEVELS, {"ids": links})
        },
    )


async def appraisals(asks: Asks, people: Sequence[str]) -> list[AppraisalFact]:
    """Return the completed appraisals of people with the ratings that can be read.

    Cost: the appraisals and their ratings.
    """
    rows = await asks.rows(APPRAISALS, {"ids": people, "closed": AppraisalStatus.CLOSED})
    told_by = await systems(asks, [id_ for id_, *_ in rows])
    given = {row[0]: [each for each in parts(row[4]) if each["competence_id"]] for row in rows}
    known = await scales(asks, [(each, told_by[id_]) for id_ in given for each in given[id_]])
    return [
        AppraisalFact(
            id=id_,
            system=told_by[id_],
            person_id=person,
            completed_at=moment_of(completed),
            cycle_ends_on=day(ends),
            reviewer_id=reviewer,
            ratings=tuple(_read(given[id_], told_by[id_], known)),
        )
        for id_, person, reviewer, completed, _, ends in rows
    ]


def link_of(rating: Row, system: str) -> str | None:
    """Return the id of the link of the word that names what was rated; None: no word does."""
    term = term_of(of_ref(Ref.parse(rating["competence"]), system))
    return term_id(*term) if term else None


def _read(ratings: Iterable[Row], system: str, known: Scales) -> Iterator[RatingFact]:
    for each in ratings:
        rank = known.rank(each, system)
        if rank is not None:
            yield RatingFact(
                competence_id=each["competence_id"],
                rank=rank,
                raw_score=each["raw_score"],
                raw_scale=each["raw_scale"],
                by_id=each["by_id"],
                comment=each["comment"],
            )
