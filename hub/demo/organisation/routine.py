"""The routine work of the demo organisation: who does what, day after day.

Nothing here makes a story by chance: all routine work has two masters at least, who stay; nobody
works on what a story of their unit depends on; and whoever works on it has the papers it asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hub.demo.organisation.checks import check
from hub.demo.organisation.competences import office, operational
from hub.demo.organisation.draft import Draft
from hub.demo.organisation.model import Competence, Process, Requirement
from hub.demo.organisation.moments import midnight
from hub.demo.organisation.volume import (
    COMING_DAYS,
    COMING_ROUNDS,
    CREW,
    ENDING_SHARE,
    HELPERS,
    LEARNERS,
    PAST_DAYS,
    PAST_ROUNDS,
    TEAM,
    WORKS_AT_MOST,
)

LAW = "Working Conditions Act, article 8"
OUTSIDE = ("STATION", "DEPARTMENT", "TEAM")
WITHOUT_WORK = ("LEGAL_ENTITY", "BUSINESS_UNIT")
OF_JOBS = (
    ("JP-STEW", "customer service"),
    ("JP-CLEAN", "clean train interiors"),
    ("JP-INSP", "inspect quality of products"),
)
ALONE = ("nonconformity_cluster", "contradicting_appraisal")
EVERY = {"criticality": ("LOW", "MEDIUM", "HIGH", "CRITICAL"), "enforcement": ("INFORM", "WARN")}


def ask_of_jobs(draft: Draft) -> None:
    """Let some jobs ask a little of what work asks more of."""
    keys = {each.name: each.key for each in draft.competences.values()}
    for job, name in OF_JOBS:
        made = draft.ask(f"JobProfile:code:{job}", keys[name], 1)
        draft.wider[keys[name]] = made.id


def work(draft: Draft) -> None:
    """Let everybody work who is here all the time and whom no story keeps for itself."""
    crews = _crews(draft)
    _help(draft, crews)
    for unit, crew in crews.items():
        if draft.units[unit].kind not in WITHOUT_WORK and len(crew) > 1:
            _work_in(draft, unit, crew)
    _learn(draft)


def _crews(draft: Draft) -> dict[str, list[str]]:
    """Return who works in each unit: not who plays a part that hangs on what they can do."""
    begins, ends = draft.today - timedelta(days=PAST_DAYS), draft.today + timedelta(days=400)
    kept = {
        number
        for story in draft.stories
        if "process" in story.facts
        for number in story.facts["people"]
    }
    crews: dict[str, list[str]] = {}
    for number, person in draft.people.items():
        stays = person.employed(begins) and person.employed(ends)
        if stays and number not in kept and number not in draft.passing:
            crews.setdefault(person.unit, []).append(number)
    return crews


def _help(draft: Draft, crews: dict[str, list[str]]) -> None:
    """Let others too do the work of stories that are about one person for another reason."""
    asked = {each.id: each for each in draft.requirements}
    for story in draft.stories:
        crew = crews.get(str(story.facts.get("unit")), [])
        if story.kind in ALONE and len(crew) > HELPERS:
            requirement = asked[str(story.facts["requirement"])]
            process = draft.processes[str(story.facts["process"])]
            helpers = draft.rng.sample(crew, HELPERS)
            _master(draft, process, [requirement], helpers)


def _work_in(draft: Draft, unit: str, crew: list[str]) -> None:
    known = tuple(draft.competences.values())
    asking = operational(known) if draft.units[unit].kind in OUTSIDE else office(known)
    free = [each for each in asking if each.key not in draft.reserved[unit]]
    draft.rng.shuffle(free)
    draft.rng.shuffle(crew)
    wanted = max(1, min(WORKS_AT_MOST, len(crew) // CREW, len(free)))
    for place, competence in enumerate(free[:wanted]):
        more = free[wanted + place : wanted + place + 1] if draft.rng.random() < 0.2 else []
        _add(draft, unit, [competence, *more], crew[place::wanted])


def _add(draft: Draft, unit: str, competences: Sequence[Competence], crew: Sequence[str]) -> None:
    """Add work of a unit that asks these, and those who master it."""
    process = draft.process(unit, competences[0])
    asked = [
        _require(draft, process, each, crew)
        for place, each in enumerate(competences)
        if place == 0 or each.key not in draft.kin[competences[0].key]
    ]
    _master(draft, process, asked, crew)
    check(draft, process, asked)


def _require(
    draft: Draft, process: Process, competence: Competence, crew: Sequence[str]
) -> Requirement:
    """Let work ask a competence, sometimes by law and with a certificate, which all have."""
    chosen = {name: draft.rng.choice(words) for name, words in EVERY.items()}
    lawful = draft.rng.random() < 0.15
    law = {"enforcement": "BLOCK", "legal_basis": LAW, "criticality": "CRITICAL"} if lawful else {}
    requirement = draft.require(
        process,
        competence.key,
        draft.rng.randint(1, 3),
        **(chosen | law),
        credential_required=lawful,
        min_holders=draft.rng.choice((None, 2, len(crew))),
        valid_until=draft.day(200, 600) if draft.rng.random() < ENDING_SHARE else None,
    )
    draft.asked[process.unit].add(competence.key)
    for number in crew if lawful else ():
        draft.credential(number, requirement, midnight(draft.day(400, 900)))
    return requirement


def _master(
    draft: Draft, process: Process, asked: Sequence[Requirement], crew: Sequence[str]
) -> None:
    """Let each of a crew have worked on it lately, and do so again, a team on each shift."""
    for number in crew:
        for requirement in asked:
            draft.shown[number, requirement.competence] = requirement.rank
    draft.masters[process.code] = (*draft.masters.get(process.code, ()), *crew)
    rounds = [(-PAST_DAYS + 1, -2)] * PAST_ROUNDS + [(2, COMING_DAYS - 1)] * COMING_ROUNDS
    for earliest, latest in rounds:
        for team in _teams(draft, crew):
            day = _day(draft, team, earliest, latest)
            if day is not None:
                draft.shift(process, day, team)


def _teams(draft: Draft, crew: Sequence[str]) -> Iterator[list[str]]:
    mixed = draft.rng.sample(crew, len(crew))
    at = 0
    while at < len(mixed):
        size = draft.rng.randint(1, TEAM)
        yield mixed[at : at + size]
        at += size


def _day(draft: Draft, team: Sequence[str], earliest: int, latest: int) -> date | None:
    """Return a day between so many days from today on which all of a team are free."""
    days = [draft.today + timedelta(days=each) for each in range(earliest, latest + 1)]
    free = [day for day in days if not any((number, day) in draft.busy for number in team)]
    return draft.rng.choice(free) if free else None


def _learn(draft: Draft) -> None:
    """Let some learn on coming shifts, alongside somebody who masters the work.

    It is work that warns of who cannot do it alone, where there is any.
    """
    spared = {str(story.facts.get("process")) for story in draft.stories}
    blocked = {each.subject for each in draft.requirements if each.enforcement == "BLOCK"}
    warned = {each.subject for each in draft.requirements if each.enforcement == "WARN"}
    open_ = [
        each
        for code, each in draft.processes.items()
        if code in draft.masters and code not in spared and _subject(each) not in blocked
    ]
    open_.sort(key=lambda each: _subject(each) not in warned)
    for unit, numbers in _learners(draft, open_).items():
        for number in numbers[:LEARNERS]:
            here = [each for each in open_ if each.unit == unit]
            works = [each for each in here if number not in draft.masters[each.code]]
            if works:
                _teach(draft, number, draft.rng.choice(works[: max(1, len(works) // 2)]))


def _learners(draft: Draft, works: Sequence[Process]) -> dict[str, list[str]]:
    """Return who learns in each unit: who joined lately; if nobody did, the first of each crew."""
    found: dict[str, list[str]] = {}
    for number in sorted(draft.passing):
        person = draft.people[number]
        if person.employments[-1].left is None:
            found.setdefault(person.unit, []).append(number)
    if not found:
        for each in works:
            found.setdefault(each.unit, []).append(draft.masters[each.code][0])
    return found


def _teach(draft: Draft, number: str, process: Process) -> None:
    """Plan a shift on which somebody learns who brings certificates of the level below."""
    team = [number, draft.rng.choice(draft.masters[process.code])]
    day = _day(draft, team, 2, COMING_DAYS - 1)
    if day is None:
        return
    draft.shift(process, day, team, learning=True)
    for asked in draft.requirements:
        if asked.subject == _subject(process) and asked.rank > 1:
            below = replace(asked, rank=asked.rank - 1)
            draft.credential(number, below, midnight(draft.day(400, 900)))
            draft.shown[number, asked.competence] = below.rank


def _subject(process: Process) -> str:
    return f"WorkProcess:code:{process.code}"
