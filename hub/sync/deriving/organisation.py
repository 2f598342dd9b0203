"""What is asked and where: units, processes, requirements and the competences they name."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub.competence.facts import EmploymentFact, Processes, RequirementFact, Units
from hub.models.competence import Competence, DecayPolicy
from hub.models.kinds import AlignmentType, Enforcement, Severity
from hub.store import Asks, among, concept

REQUIREMENTS = """
SELECT id, subject, subject_id, competence_id, required_rank, criticality, enforcement, legal_basis,
    min_holders, credential_required, valid_from, valid_until
FROM competence_requirement
WHERE subject_id IS NOT NULL AND competence_id IS NOT NULL AND {chosen} ORDER BY id
"""
ABOVE = f"""
WITH RECURSIVE above(id) AS (
    SELECT o.id FROM organisation_unit o WHERE {among("o.id", "ids")}
    UNION SELECT p.parent_id FROM organisation_unit p JOIN above a ON a.id = p.id
    WHERE p.parent_id IS NOT NULL
) SELECT u.id, u.parent_id FROM organisation_unit u JOIN above a ON a.id = u.id
"""
PROCESSES = f"SELECT id, unit_id FROM work_process WHERE {among('unit_id', 'ids')}"
WIDER = f"""
WITH RECURSIVE wider(id) AS (
    SELECT c.id FROM competence c WHERE {among("c.id", "ids")}
    UNION SELECT b.target_id FROM competence__broader b JOIN wider w ON w.id = b.owner_id
    WHERE b.target_id IS NOT NULL
) SELECT b.owner_id, b.target_id FROM competence__broader b JOIN wider w ON w.id = b.owner_id
WHERE b.target_id IS NOT NULL
"""
EXACT = (
    "SELECT id, alignments FROM competence"
    f" WHERE alignments LIKE '%\"{AlignmentType.EXACT_MATCH.value}\"%'"
)
URIS = f"SELECT id, uri FROM competence WHERE {among('uri', 'uris')}"
DECAYS = f"SELECT id, decay FROM competence WHERE decay IS NOT NULL AND {among('id', 'ids')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What may ask those who have some employments.

    Attributes:
        requirements: What is asked of any of them on any day, by id.
        units: The units they are in, and all above.
        processes: The processes of these units.
    """

    requirements: Mapping[str, RequirementFact]
    units: Units
    processes: Processes


@dataclass(frozen=True, slots=True, kw_only=True)
class Competences:
    """How competences fade, and whose evidence counts for which others.

    Attributes:
        policies: How each fades, where it does.
        wider: Those that evidence for one counts for: itself, what it matches exactly, and all
            that is more general than these.
    """

    policies: Mapping[str, DecayPolicy | None] = field(default_factory=dict)
    wider: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def served(self, competence: str) -> tuple[str, ...]:
        """Return the competences that evidence for `competence` counts for."""
        return self.wider.get(competence, (competence,))


async def requirements(asks: Asks, ids: Iterable[str]) -> list[RequirementFact]:
    """Return the requirements with these ids, in order of them. One look-up each."""
    statement = REQUIREMENTS.format(chosen=among("id", "ids"))
    return [_requirement(*row) for row in await asks.rows(statement, {"ids": sorted(ids)})]


async def requirements_of(asks: Asks, subjects: Iterable[str]) -> list[RequirementFact]:
    """Return what processes and job profiles ask, on any day. One look-up for each of them."""
    statement = REQUIREMENTS.format(chosen=among("subject_id", "ids"))
    return [_requirement(*row) for row in await asks.rows(statement, {"ids": sorted(subjects)})]


async def asking(asks: Asks, employments: Iterable[EmploymentFact]) -> Asking:
    """Return what may ask those employed so.

    Cost: the units of `employments` and those above, with their processes and what these ask.
    """
    places = {each.unit_id for each in employments if each.unit_id}
    profiles = {each.job_profile_id for each in employments if each.job_profile_id}
    parents: dict[str, str | None] = dict(await asks.rows(ABOVE, {"ids": sorted(places)}))
    processes: dict[str, str | None] = dict(await asks.rows(PROCESSES, {"ids": sorted(parents)}))
    known = await requirements_of(asks, {*profiles, *parents, *processes})
    return Asking(
        requirements={each.id: each for each in known},
        units=Units(parents=parents),
        processes=processes,
    )


async def competences(asks: Asks, ids: Iterable[str]) -> Competences:
    """Return how the competences `ids` fade and widen, and how those fade that they widen to.

    Cost: the competences asked for and what is above them, and one look at every competence for
    those that match others exactly.
    """
    listed = sorted(set(ids))
    edges = await _exact(asks)
    for owner, target in await asks.rows(WIDER, {"ids": sorted({*listed, *edges})}):
        edges.setdefault(owner, set()).add(target)
    wider = {each: tuple(sorted(_reached(each, edges))) for each in listed}
    named = {each for reached in wider.values() for each in reached}
    decode = concept(Competence).codecs["decay"].decode
    policies = {
        id_: decode(json.loads(text))
        for id_, text in await asks.rows(DECAYS, {"ids": sorted(named)})
    }
    return Competences(policies=policies, wider=wider)


async def _exact(asks: Asks) -> dict[str, set[str]]:
    """Return what matches exactly, both ways."""
    said = [
        (id_, each["target_uri"])
        for id_, text in await asks.rows(EXACT)
        for each in json.loads(text)
        if each["type"] == AlignmentType.EXACT_MATCH.value
    ]
    uris = sorted({uri for _, uri in said})
    found = {uri: id_ for id_, uri in await asks.rows(URIS, {"uris": uris})} if uris else {}
    edges: dict[str, set[str]] = {}
    for id_, uri in said:
        if uri in found:
            edges.setdefault(id_, set()).add(found[uri])
            edges.setdefault(found[uri], set()).add(id_)
    return edges


def _reached(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    met, waiting = {start}, [start]
    while waiting:
        further = edges.get(waiting.pop(), set()) - met
        met |= further
        waiting += further
    return met


def _requirement(id_: str, subject: str, subject_id: str, *more: Any) -> RequirementFact:
    competence, rank, criticality, enforcement, basis, holders, credential, first, after = more
    return RequirementFact(
        id=id_,
        subject_type=subject.partition(":")[0],
        subject_id=subject_id,
        competence_id=competence,
        required_rank=rank,
        criticality=Severity[criticality],
        enforcement=Enforcement[enforcement],
        legal_basis=basis,
        min_holders=holders,
        credential_required=bool(credential),
        valid_from=date.fromisoformat(first),
        valid_until=None if after is None else date.fromisoformat(after),
    )
