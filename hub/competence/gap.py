"""Who is asked what, and what is lacking: requirements held against states."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hub.competence import rules
from hub.competence.facts import (
    CredentialFact,
    EmploymentFact,
    Moment,
    Processes,
    RequirementFact,
    Units,
)
from hub.models.evidence import CompetenceState, Fulfilment
from hub.models.kinds import StateStatus

SURE = frozenset({StateStatus.PROVEN, StateStatus.EXPIRING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one person has to show for one requirement.

    Attributes:
        state: The state of the competence; None: nothing was ever known.
        credentials: All of the person's credentials.
        needed_by: Day of the next work that asks it.
        since: Since when it has been open.
    """

    state: CompetenceState | None = None
    credentials: Sequence[CredentialFact] = ()
    needed_by: date | None = None
    since: date | None = None


def asked(
    requirements: Iterable[RequirementFact],
    employments: Iterable[EmploymentFact],
    units: Units,
    processes: Processes,
    day: date,
) -> Iterator[tuple[RequirementFact, Mapping[str, date]]]:
    """Yield the requirements in force on `day`, with whom each asks.

    For each person, the day since when they are employed where it asks, the earliest of several.

    Cost: the employments, times the depth of the organisation, and what is yielded.
    """
    since: dict[str, dict[str, date]] = {}
    for each in employments:
        for place in _places(each, units) if each.holds(day) else ():
            begun = since.setdefault(place, {})
            begun[each.person_id] = min(each.valid_from, begun.get(each.person_id, each.valid_from))
    for requirement in requirements:
        if requirement.holds(day):
            yield requirement, since.get(_place(requirement, processes) or "", {})


def _places(employment: EmploymentFact, units: Units) -> set[str]:
    """Return the units and the job profile that something may be asked of, there or above."""
    profile = employment.job_profile_id
    return {*units.upwards(employment.unit_id), *([profile] if profile else [])}


def _place(requirement: RequirementFact, processes: Processes) -> str | None:
    """Return the unit or the job profile whose people `requirement` asks; None: nobody's."""
    subject = requirement.subject_id
    return processes.get(subject) if requirement.subject_type == "WorkProcess" else subject


def fulfilment(
    person_id: str, requirement: RequirementFact, holding: Holding, moment: Moment
) -> Fulfilment:
    """Return whether a person who is asked for `requirement` meets it, or by how much not.

    `delta` counts the levels that are missing, and 1 where only the credential is.
    """
    rank = proven_rank(holding.state)
    short = max(0, requirement.required_rank - (rank or 0))
    met = meets(requirement, holding.state, holding.credentials, moment.at)
    return Fulfilment(
        person_id=person_id,
        requirement_id=requirement.id,
        competence_id=requirement.competence_id,
        current_rank=rank,
        delta=0 if met else max(1, short),
        met=met,
        severity=requirement.criticality,
        needed_by=holding.needed_by or requirement.valid_from,
        since=holding.since or requirement.valid_from,
        rule_version=rules.RULE_VERSION,
        computed_at=moment.computed_at,
        complete=not moment.missing_systems,
        missing_systems=moment.missing_systems,
    )


def meets(
    requirement: RequirementFact,
    state: CompetenceState | None,
    credentials: Iterable[CredentialFact],
    moment: datetime,
) -> bool:
    """Say whether a proven state, and a credential where one is asked, meet `requirement`."""
    if (proven_rank(state) or 0) < requirement.required_rank:
        return False
    return not requirement.credential_required or any(
        requirement.competence_id in each.competence_ids and each.holds(moment)
        for each in credentials
    )


def proven_rank(state: CompetenceState | None) -> int | None:
    """Return the rank that a state proves; None: it proves none."""
    return state.rank if state is not None and state.status in SURE else None


def by_subject(
    requirements: Iterable[RequirementFact], type_: str
) -> Mapping[str, tuple[RequirementFact, ...]]:
    """Return the requirements of each subject of a type, by its id, in order of their ids."""
    found: dict[str, list[RequirementFact]] = {}
    for each in sorted(requirements, key=lambda each: each.id):
        if each.subject_type == type_:
            found.setdefault(each.subject_id, []).append(each)
    return {subject: tuple(each) for subject, each in found.items()}
