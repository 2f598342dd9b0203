"""Planned work with all that decides who may do it, judged at its beginning."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hub.competence.eligibility import Shift, eligibility
from hub.competence.facts import AssignmentFact, CredentialFact, RequirementFact
from hub.competence.gap import by_subject
from hub.models.evidence import AssignmentEligibility
from hub.store import Asks, identifier
from hub.sync.deriving import records
from hub.sync.deriving.organisation import competences, requirements_of
from hub.sync.deriving.standing import Stood, stood
from hub.sync.deriving.states import Said, States, kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What shifts are judged by.

    Attributes:
        requirements: What each process asks, by its id.
        states: What those can do who are asked about.
        credentials: What each of them holds.
        stood: How the sources stand.
    """

    requirements: Mapping[str, Sequence[RequirementFact]]
    states: States
    credentials: Mapping[str, Sequence[CredentialFact]]
    stood: Stood

    def shift(self, assignment: AssignmentFact) -> Shift:
        """Return an assignment as it is judged at its beginning."""
        day = assignment.starts_at.astimezone(UTC).date()
        asked = self.requirements.get(assignment.process_id or "", ())
        return Shift(
            assignment=assignment,
            requirements=[each for each in asked if each.holds(day)],
            state_of=self.states.at(assignment.starts_at),
            moment=self.stood.at(assignment.starts_at),
            credentials=self.credentials,
        )


async def shifts(
    asks: Asks, assignment_ids: Iterable[str], candidates: Iterable[str], now: datetime
) -> dict[str, Shift]:
    """Return assignments as they are judged, by id; those of no known process are left out.

    `hub.competence.eligibility` tells of them who may do the work and who could replace whom. Of
    planned work only what is behind us is evidence, as it was last derived.

    Args:
        asks: Where the mirror is read.
        assignment_ids: The assignments.
        candidates: People who may be asked about, besides the assignees.
        now: This moment.

    Cost: a fixed number of statements, which read the assignments, and the evidence and
    credentials of their assignees and of the candidates. A state is derived when it is asked for.
    """
    known = await records.assignments(asks, assignment_ids)
    people = sorted({*candidates, *(each for one in known for each in one.assignee_ids)})
    found = await ground(asks, known, people, await kept(asks, people), now)
    return {each.id: found.shift(each) for each in known}


async def ground(
    asks: Asks,
    assignments: Sequence[AssignmentFact],
    people: Sequence[str],
    said: Sequence[Said],
    now: datetime,
) -> Ground:
    """Return what `assignments` are judged by for `people`, given all evidence about these.

    States do not tell the day of their next change, as nobody asks that of the time of a shift.
    """
    asked = await requirements_of(
        asks, {each.process_id for each in assignments if each.process_id}
    )
    named = await competences(asks, {each.competence_id for each in said})
    standing = await stood(asks, now)
    return Ground(
        requirements=by_subject(asked, "WorkProcess"),
        states=States(said, named, standing, dated=False),
        credentials=by_holder(await records.credentials(asks, people)),
        stood=standing,
    )


async def judged(found: Iterable[Shift]) -> dict[str, AssignmentEligibility]:
    """Return the verdict on every assignee of shifts, by its id."""
    verdicts = {}
    for shift in found:
        for person in shift.assignment.assignee_ids:
            key = identifier("AssignmentEligibility", shift.assignment.id, person)
            verdicts[key] = eligibility(shift, person)
        await asyncio.sleep(0)  # whoever waits for an answer has a turn in between
    return verdicts


def by_holder(credentials: Iterable[CredentialFact]) -> Mapping[str, Sequence[CredentialFact]]:
    """Return credentials by who holds them."""
    found: dict[str, list[CredentialFact]] = {}
    for each in credentials:
        found.setdefault(each.holder_id, []).append(each)
    return found
