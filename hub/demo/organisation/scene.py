"""Where a story takes place: people and work of a station that no other story touches."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hub.demo.organisation.competences import operational
from hub.demo.organisation.draft import Draft
from hub.demo.organisation.model import Fact, Person, Process, Requirement, Shift, Story
from hub.demo.organisation.volume import PAST_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A process of a station, the one thing it asks, and who takes part."""

    process: Process
    requirement: Requirement
    cast: tuple[str, ...]


def take(draft: Draft, wanted: int) -> tuple[str, tuple[str, ...]]:
    """Return a station, and people of it, whom no other story will have.

    It is the station that is asked for, if it has so many; else that with the most people left.
    """
    station = draft.place or ""
    if len(draft.free.get(station, ())) < wanted:
        most = max(len(numbers) for numbers in draft.free.values())
        fullest = [code for code, numbers in draft.free.items() if len(numbers) >= 0.9 * most]
        station = draft.rng.choice(fullest)
    cast = tuple(draft.rng.sample(draft.free[station], wanted))
    draft.free[station] = [each for each in draft.free[station] if each not in cast]
    return station, cast


def staged(draft: Draft, wanted: int, *, rank: tuple[int, int] = (2, 4), **how: Any) -> Scene:
    """Return a scene with so many people, for work that asks a competence nothing else there asks.

    Args:
        draft: The organisation.
        wanted: How many take part.
        rank: Lowest and highest rank that is asked.
        how: What else the requirement says.
    """
    station, cast = take(draft, wanted)
    known = operational(tuple(draft.competences.values()))
    free = [each for each in known if each.key not in draft.reserved[station]]
    competence = draft.rng.choice(free)
    draft.reserved[station] |= draft.kin[competence.key]
    process = draft.process(station, competence)
    requirement = draft.require(process, competence.key, draft.rng.randint(*rank), **how)
    return Scene(process=process, requirement=requirement, cast=cast)


def works(draft: Draft, scene: Scene, people: Sequence[str], *, coming: int = 0) -> list[Shift]:
    """Let each of them have worked on it lately; return what is planned to come, a few each."""
    planned = []
    for number in people:
        draft.shown[number, scene.requirement.competence] = scene.requirement.rank
        for day in days(draft, number, -PAST_DAYS + 1, -2, draft.rng.randint(2, 4)):
            draft.shift(scene.process, day, [number])
        planned += [
            draft.shift(scene.process, day, [number])
            for day in days(draft, number, 2, 27, coming)
            if draft.people[number].employed(day)
        ]
    draft.masters[scene.process.code] = (*draft.masters.get(scene.process.code, ()), *people)
    return planned


def days(draft: Draft, number: str, earliest: int, latest: int, wanted: int) -> list[date]:
    """Return days between so many days from today on which somebody does not work yet."""
    found: list[date] = []
    while len(found) < wanted:
        day = draft.day(earliest, latest)
        if (number, day) not in draft.busy and day not in found:
            found.append(day)
    return found


def rename(draft: Draft, number: str, first: str, last: str) -> Person:
    """Give somebody another name and the mail address that goes with it."""
    person, mail = draft.people[number], draft.mail(first, last)
    changed = replace(
        person,
        first=first,
        last=last,
        employments=(replace(person.employments[-1], email=mail),),
        accounts=(replace(person.accounts[-1], email=mail),),
    )
    draft.people[number] = changed
    return changed


def like(draft: Draft, last: str, first: str) -> str:
    """Return a last name that differs in one letter, and that nobody of that first name has."""
    taken = {person.name for person in draft.people.values()}
    return next(last + letter for letter in "snekrt" if f"{first} {last}{letter}" not in taken)


def told(draft: Draft, kind: str, scene: Scene, *, near_miss: bool, **more: Fact) -> None:
    """Add the story of a scene."""
    competence = draft.competences[scene.requirement.competence]
    unit = draft.units[scene.process.unit]
    facts: dict[str, Fact] = {
        **whose(draft, scene.cast),
        "process": scene.process.code,
        "process_name": scene.process.name,
        "control": scene.process.control,
        "unit": unit.code,
        "unit_name": unit.name,
        "requirement": scene.requirement.id,
        "required_rank": str(scene.requirement.rank),
        "competence": competence.name,
        "competence_ref": competence.ref,
        "competence_uri": competence.uri or "",
        "competence_code": competence.code or "",
    }
    draft.stories.append(Story(kind=kind, near_miss=near_miss, facts=facts | more))


def whose(draft: Draft, cast: Sequence[str]) -> dict[str, Fact]:
    """Return who takes part; `person` and `name` are those of the first."""
    people = [draft.people[number] for number in cast]
    return {
        "person": people[0].number,
        "name": people[0].name,
        "email": people[0].email,
        "people": tuple(each.number for each in people),
        "names": tuple(each.name for each in people),
    }
