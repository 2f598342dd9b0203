"""F14: shifts that are not covered, and who could take them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hub.demo.organisation.model import Organisation, Story
from hub.demo.organisation.moments import midnight
from hub.demo.questions.asked import Asked, as_person, equals, has, lacks, text
from hub.demo.questions.truth import holder, misses, told

NAME = "F14_roster_problems"
FIRST = "who_takes_this_shift"
STATIONS = "BU-4"
NODES = "/workAssignments/nodes/*"
JUDGED = f"{NODES}/eligibility/*"
WHO = f"{JUDGED}/person/displayName"


def cases(organisation: Organisation) -> Iterator[Asked]:
    """Return a case for each shift before which a certificate ends."""
    for place, story in enumerate(told(organisation, "expiring_certificate"), 1):
        yield _case(organisation, story, place)


def _case(organisation: Organisation, story: Story, place: int) -> Asked:
    near = [each for each in misses(organisation, story) if each.facts["shift_day"]]
    here = [each for each in near if each.facts["unit"] == story.facts["unit"]]
    return Asked(
        name=f"{NAME}/certificate {place}",
        query=text(NAME),
        variables=_variables(story, *here),
        authorization=as_person(holder(organisation, "PLANNER", STATIONS).number),
        expect=(
            has(f"{NODES}/title", story.facts["process_name"]),
            has(WHO, story.facts["name"]),
            has(f"{JUDGED}/verdict", "NOT_ELIGIBLE"),
            has(f"{JUDGED}/missing/*/requirement/competence/name", story.facts["competence"]),
            has(f"{JUDGED}/expiringBefore/*/name", story.facts["credential"]),
            has(f"{NODES}/replacements/*/person/displayName", story.facts["names"][1]),
            *(lacks(WHO, each.facts["name"]) for each in here or near[:1]),
            *(lacks(f"{JUDGED}/expiringBefore/*/name", each.facts["credential"]) for each in here),
        ),
    )


def first(organisation: Organisation) -> Asked:
    """Return the question that the demo opens with: one shift, as five systems see it."""
    story = _first_alone(told(organisation, "expiring_certificate"))
    (near, *_) = misses(organisation, story)
    node = "/workAssignments/nodes/0"
    return Asked(
        name=FIRST,
        query=text(FIRST),
        variables=_variables(story),
        authorization=as_person(holder(organisation, "PLANNER", STATIONS).number),
        expect=(
            equals(f"{node}/title", story.facts["process_name"]),
            equals(f"{node}/unit/name", story.facts["unit_name"]),
            equals(f"{node}/eligibility/0/person/displayName", story.facts["name"]),
            equals(f"{node}/eligibility/0/verdict", "NOT_ELIGIBLE"),
            has(f"{node}/eligibility/0/expiringBefore/*/name", story.facts["credential"]),
            has(f"{node}/replacements/*/person/displayName", story.facts["names"][1]),
            lacks(WHO, near.facts["name"]),
        ),
    )


def _first_alone(stories: list[Story]) -> Story:
    """Return the story of the earliest shift that shares its unit and day with no other."""
    places = Counter((each.facts["unit"], each.facts["shift_day"]) for each in stories)

    def order(story: Story) -> tuple[int, str]:
        place = story.facts["unit"], story.facts["shift_day"]
        return places[place], str(story.facts["shift_day"])

    return min(stories, key=order)


def _variables(*stories: Story) -> dict[str, Any]:
    """Return the unit of some stories, and the days of their shifts."""
    days = sorted(date.fromisoformat(str(each.facts["shift_day"])) for each in stories)
    during = {
        "from": _written(days[0]),
        "until": _written(days[-1] + timedelta(days=1)),
    }
    return {"unit": {"code": stories[0].facts["unit"]}, "during": during}


def _written(day: date) -> str:
    return midnight(day).isoformat().replace("+00:00", "Z")
