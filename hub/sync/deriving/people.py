"""What follows for some people from all records about them: evidence, states, fulfilments."""

import asyncio
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from hub.competence import intake
from hub.competence.contesting import ContestFact, contested, heard
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
from hub.competence.gap import Holding, asked, by_subject, fulfilment
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
    contests: Sequence[ContestFact]
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
        contests=await records.contests(asks, people),
        requirements=await requirements_of(asks, processes),
        asking=await asking(asks, employments),
        agreed=await agreed(asks, people),
    )


async def derived(
    asks: Asks,
    people: Sequence[str],
    now: datetime,
    *,
    dated: bool = True,
    requirements: AbstractSet[str] | None = None,
) -> Derivation:
    """Return what follows for `people` on the UTC day of `now`, as at its start.

    Cost: what `about` costs, and the time to derive a state for each competence of each person.

    Args:
        asks: Where the mirror is read.
        people: The people.
        now: When.
        dated: Whether states tell the day of their next change, which is most of the work.
        requirements: Ids of requirements: those alone are held against them, and no states derived
            but those of what these ask; None: all.
    """
    known = await about(asks, people)
    standing = await stood(asks, now)
    evidence = await _evidence(asks, known, standing)
    named = await competences(asks, {each.competence_id for each in evidence.values()})
    objected = contested(known.contests, standing.today().at)
    states = States(taken(evidence), named, standing, dated=dated, contested=objected)
    every = known.asking.requirements
    held = (
        every if requirements is None else {id_: every[id_] for id_ in requirements & every.keys()}
    )
    wanted = None if requirements is None else {each.competence_id for each in held.values()}
    return Derivation(
        evidence=evidence,
        states=await _states(states, standing.today(), wanted),
        fulfilments=_fulfilments(held.values(), known, states, standing),
    )


async def shown(asks: Asks, people: Sequence[str], now: datetime) -> Evidence:
    """Return the evidence about `people` on the UTC day of `now`. Costs what `about` costs."""
    return await _evidence(asks, await about(asks, people), await stood(asks, now))


async def _ground(asks: Asks, known: Records, moment: Moment) -> intake.Ground:
    """Return what the records of people are read against."""
    shown = {each.competence_id for each in known.requirements}
    return intake.Ground(
        moment=moment.at,
        identify=partial(identifier, "CompetenceEvidence"),
        requirements=by_subject(known.requirements, "WorkProcess"),
        policies=(await competences(asks, shown)).policies,
    )


async def _evidence(asks: Asks, known: Records, standing: Stood) -> Evidence:
    ground = await _ground(asks, known, standing.today())
    evidence = {
        **intake.from_work(known.work, ground),
        **intake.from_inspections(known.inspections, ground),
        **intake.from_causes(known.causes, ground),
        **intake.from_appraisals(known.appraisals, ground),
        **intake.from_credentials(known.credentials, ground),
        **intake.from_learning(known.learned, ground),
    }
    return heard(evidence, known.contests, ground.moment)


async def _states(
    states: States, moment: Moment, wanted: AbstractSet[str] | None
) -> dict[str, CompetenceState]:
    """Return the states of all competences, or of those `wanted`, by id."""
    found = {}
    for pair in states.pairs:
        if wanted is not None and pair[1] not in wanted:
            continue
        state = states.state(*pair, moment)
        if state is not None:
            found[identifier("CompetenceState", *pair)] = state
        await asyncio.sleep(0)  # whoever waits for an answer has a turn in between
    return found


def _fulfilments(
    requirements: Iterable[RequirementFact], known: Records, states: States, stood: Stood
) -> dict[str, Fulfilment]:
    """Return whether each requirement is met by each of those whom it asks."""
    moment = stood.today(EMPLOYMENT)
    needed = _needed(known, moment.at)
    held = by_holder(known.credentials)
    units, processes = known.asking.units, known.asking.processes
    found = {}
    for each, people in asked(requirements, known.employments, units, processes, moment.at.date()):
        for person, begun in people.items():
            state = states.state(person, each.competence_id, stood.today())
            holding = Holding(
                state=state,
                credentials=held.get(person, ()),
                needed_by=needed.get((person, each.id)),
                since=_since(each, begun, state),
            )
            made = fulfilment(person, each, holding, moment)
            found[identifier("Fulfilment", person, each.id)] = replace(
                made, covered_by_id=known.agreed.get((person, each.competence_id))
            )
    return found


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


def _since(requirement: RequirementFact, begun: date, state: CompetenceState | None) -> date:
    """Return since when a person is asked; or, where the level faded since, that day."""
    faded = state.decays_on if state and state.status is StateStatus.DECAYED else None
    return max(each for each in (requirement.valid_from, begun, faded) if each is not None)
