"""What the generator knows of an organisation: its stories, and who may ask about them."""

from collections.abc import Iterator
from itertools import chain

from hub.demo.organisation.model import Organisation, Person, Story


def told(organisation: Organisation, kind: str) -> list[Story]:
    """Return the stories of a kind."""
    return [each for each in organisation.stories if each.kind == kind and not each.near_miss]


def misses(organisation: Organisation, story: Story) -> list[Story]:
    """Return the near misses of a story's kind: first those of the same unit."""
    found = [each for each in organisation.stories if each.kind == story.kind and each.near_miss]
    return sorted(found, key=lambda each: each.facts.get("unit") != story.facts.get("unit"))


def person(organisation: Organisation, number: str) -> Person:
    """Return somebody."""
    return next(each for each in organisation.people if each.number == number)


def holder(organisation: Organisation, role: str, unit: str | None = None) -> Person:
    """Return whoever has a role, for a unit where one is named."""
    found = (
        each.person
        for each in organisation.roles
        if each.role == role and unit in (None, each.unit)
    )
    return person(organisation, next(found))


def confirmed(organisation: Organisation, unit: str) -> dict[str, list[str]]:
    """Return the alerts in a unit that are put down to each competence for sure, by its name."""
    processes = {each.code: each.unit for each in organisation.processes}
    units = {each.id: processes[each.process] for each in organisation.inspections}
    alerts = {each.number: units[each.inspection] for each in organisation.alerts}
    names = {each.key: each.name for each in organisation.competences}
    found: dict[str, list[str]] = {}
    for cause in organisation.causes:
        if cause.status == "CONFIRMED" and alerts[cause.alert] == unit:
            found.setdefault(names[cause.competence], []).append(cause.alert)
    return found


def evidenced(organisation: Organisation, number: str) -> set[str]:
    """Return the names of the competences that work and completed courses of somebody show."""
    names = {each.key: each.name for each in organisation.competences}
    asked: dict[str, list[str]] = {}
    for each in organisation.requirements:
        asked.setdefault(each.subject, []).append(each.competence)
    keys: Iterator[str] = chain.from_iterable(
        asked.get(f"WorkProcess:code:{each.process}", ())
        for each in organisation.shifts
        if number in each.people and not each.learning and each.day < organisation.today
    )
    courses = {each.activity: each.competence for each in organisation.courses}
    learned = (
        courses[each.activity]
        for each in organisation.statements
        if each.person == number
        and each.verb in ("completed", "passed")
        and each.activity in courses
    )
    return {names[key] for key in chain(keys, learned)}
