"""What follows for some people from all records about them: evidence, states, fulfilments."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from hub.competence import intake
from hub.competence.facts import (
    AppraisalFact,
    AssignmentFact,
    CauseFact,
    CredentialFact,
    EmploymentFact,
    InspectionFact,
    LearningFact,
    Moment,
    RequirementFact,
)
from hub.competence.gap import Holding, asked, asks, by_subject, fulfilment
from hub.competence.intake import Evidence
from hub.models.evidence import CompetenceState, Fulfilment
from hub.models.kinds import StateStatus
from hub.store import Asks, identifier
from hub.sync.deriving import records
from hub.sync.deriving.agreements import Agreed, agreed
from hub.sync.deriving.organisation import Asking, asking, competences, requirements_of
from hub.sync.deriving.ratings import appraisals
from hub.sync.deriving.shifts import by_holder
from hub.sync.deriving.standing import EMPLOYMENT, Stood, stood
from hub.sync.deriving.states import States, taken

Holdings = dict[tuple[str, str], Holding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All records that say something of some people.

    Attributes:
        work: Planned work of known processes; of its assignees only these people are named.
        requirements: What the processes ask that occur in the records.
        asking: What may ask people in these employments.
        agreed: What works on which gap.
    """

    employments: Sequence[EmploymentFact]
    work: Sequence[AssignmentFact]
    inspections: Sequence[InspectionFact]
    causes: Sequence[CauseFact]
    appraisals: Sequence[AppraisalFact]
    credentials: Sequence[CredentialFact]
    learned: Sequence[LearningFact]
    requirements: Sequence[RequirementFact]
    asking: Asking
    agreed: Agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """What was derived for some people, by id."""

    evidence: Evidence
    states: dict[str, CompetenceState]
    fulfilments: dict[str, Fulfilment]


async def about(asks: Asks, people: Sequence[str]) -> Records:
    """Return all records about `people`.

    Cost: a fixed number of statements, which read these records, what their processes ask, and
    what is asked in the units of these people and above.
    """
    employments = await records.employments(asks, people)
    work = await records.work(asks, people)
    inspections = await records.inspections(asks, people)
    causes = await records.causes(asks, people)
    facts: Sequence[AssignmentFact | InspectionFact | CauseFact] = (*work, *inspections, *causes)
    processes = {each.process_id for each in facts if each.process_id}
    return Records(
        employments=employments,
        work=work,
        inspections=inspections,
        causes=causes,
        appraisals=await appraisals(asks, people),
        credentials=await records.credentials(asks, people),
        learned=await records.learned(asks, people),
        requirements=await requirements_of(asks, processes),
        asking=await asking(asks, employments),
        agreed=await agreed(asks, people),
    )


async def derived(asks: Asks, people: Sequence[str], now: datetime) -> Derivation:
    """Return what follows for `people` on the UTC day of `now`, as at its start.

    Cost: what `about` costs, and the time to derive a state for each competence of each person.
    """
    known = await about(asks, people)
    standing = await stood(asks, now)
    ground = await _ground(asks, known, standing.today())
    evidence = _evidence(known, ground)
    named = await competences(asks, {each.competence_id for each in evidence.values()})
    states = States(taken(evidence), named, standing)
    return Derivation(
        evidence=evidence,
        states=await _states(states, standing.today()),
        fulfilments=_fulfilments(known, states, standing),
    )


async def _ground(asks: Asks, known: Records, moment: Moment) -> intake.Ground:
    """Return what the records of people are read against."""
    shown = {each.competence_id for each in known.requirements}
    return intake.Ground(
        moment=moment.at,
        identify=partial(identifier, "CompetenceEvidence"),
        requirements=by_subject(known.requirements, "WorkProcess"),
        policies=(await competences(asks, shown)).policies,
    )


def _evidence(known: Records, ground: intake.Ground) -> Evidence:
    return {
        **intake.from_work(known.work, ground),
        **intake.from_inspections(known.inspections, ground),
        **intake.from_causes(known.causes, ground),
        **intake.from_appraisals(known.appraisals, ground),
        **intake.from_credentials(known.credentials, ground),
        **intake.from_learning(known.learned, ground),
    }


async def _states(states: States, moment: Moment) -> dict[str, CompetenceState]:
    found = {}
    for pair in states.pairs:
        state = states.state(*pair, moment)
        if state is not None:
            found[identifier("CompetenceState", *pair)] = state
        await asyncio.sleep(0)  # whoever waits for an answer has a turn in between
    return found


def _fulfilments(known: Records, states: States, stood: Stood) -> dict[str, Fulfilment]:
    """Return whether each requirement is met by each of those whom it asks."""
    moment = stood.today(EMPLOYMENT)
    day = moment.at.date()
    needed = _needed(known, moment.at)
    held = by_holder(known.credentials)
    found = {}
    for each in known.asking.requirements.values():
        for person in _asked(each, known, day):
            state = states.state(person, each.competence_id, stood.today())
            holding = Holding(
                state=state,
                credentials=held.get(person, ()),
                needed_by=needed.get((person, each.id)),
                since=_since(each, person, known, state, day),
            )
            made = fulfilment(person, each, holding, moment)
            found[identifier("Fulfilment", person, each.id)] = replace(
                made, covered_by_id=known.agreed.get((person, each.competence_id))
            )
    return found


def _asked(requirement: RequirementFact, known: Records, day: date) -> list[str]:
    return asked(requirement, known.employments, known.asking.units, known.asking.processes, day)


def _needed(known: Records, moment: datetime) -> dict[tuple[str, str], date]:
    """Return the day of the next work of each person that asks each requirement."""
    by_process = by_subject(known.requirements, "WorkProcess")
    coming = [each for each in known.work if each.starts_at >= moment]
    needed: dict[tuple[str, str], date] = {}
    for work in sorted(coming, key=lambda each: (each.starts_at, each.id)):
        day = work.starts_at.astimezone(UTC).date()
        for each in by_process.get(work.process_id or "", ()):
            if each.holds(day):
                for person in work.assignee_ids:
                    needed.setdefault((person, each.id), day)
    return needed


def _since(
    requirement: RequirementFact,
    person: str,
    known: Records,
    state: CompetenceState | None,
    day: date,
) -> date:
    """Return since when a person is asked; or, where the level faded since, that day."""
    begun = min(
        each.valid_from
        for each in known.employments
        if each.person_id == person
        and each.holds(day)
        and asks(requirement, each, known.asking.units, known.asking.processes)
    )
    faded = state.decays_on if state and state.status is StateStatus.DECAYED else None
    return max(each for each in (requirement.valid_from, begun, faded) if each is not None)
