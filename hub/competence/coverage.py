"""How well a requirement is covered in a unit: figures about people, none of them named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hub.competence import rules
from hub.competence.facts import CredentialFact, RequirementFact
from hub.competence.gap import meets
from hub.models.evidence import CompetenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The figures of one requirement among the people whom it asks in one unit.

    Attributes:
        asked: How many are asked.
        required: How many must have it.
        qualified: How many have it, proven.
        missing: How many more must have it.
        expiring: How many of the qualified lose it within 90 days unless they show it again.
        single_point_of_failure: Whether all hangs on one person.
        trend: Change since a former day; None: no former day is known.
    """

    asked: int
    required: int
    qualified: int
    missing: int
    expiring: int
    single_point_of_failure: bool
    trend: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the people who are asked have to show, by their ids."""

    states: Mapping[str, CompetenceState] = field(default_factory=dict)
    credentials: Mapping[str, Sequence[CredentialFact]] = field(default_factory=dict)


def coverage(
    requirement: RequirementFact, asked: Iterable[str], held: Held, moment: datetime
) -> Coverage:
    """Count how `requirement` is covered at `moment` among the people `asked`.

    Cost: the people, and their credentials where one is asked.
    """
    people = set(asked)
    qualified = {each for each in people if _has(requirement, each, held, moment)}
    soon = moment + rules.EXPIRING_WITHIN
    expiring = {each for each in qualified if _ends(requirement, each, held, soon)}
    required = requirement.min_holders or rules.SMALLEST_HOLDERS
    return Coverage(
        asked=len(people),
        required=required,
        qualified=len(qualified),
        missing=max(0, required - len(qualified)),
        expiring=len(expiring),
        single_point_of_failure=len(qualified) == 1,
    )


def _has(requirement: RequirementFact, person: str, held: Held, moment: datetime) -> bool:
    credentials = held.credentials.get(person, ())
    return meets(requirement, held.states.get(person), credentials, moment)


def _ends(requirement: RequirementFact, person: str, held: Held, moment: datetime) -> bool:
    """Say whether what makes `person` qualified ends by `moment`."""
    until = held.states[person].valid_until
    if until is not None and until <= moment:
        return True
    credentials = held.credentials.get(person, ())
    return requirement.credential_required and not any(
        requirement.competence_id in each.competence_ids and each.holds(moment)
        for each in credentials
    )
