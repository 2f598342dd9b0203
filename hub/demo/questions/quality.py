"""F13: what went wrong for lack of which competence."""

from collections.abc import Iterator
from datetime import timedelta

from hub.demo.organisation.model import Organisation, Story
from hub.demo.questions.asked import Asked, as_person, has, lacks, text
from hub.demo.questions.truth import confirmed, holder, misses, told

NAME = "F13_nonconformity_by_competence"
WINDOW = timedelta(days=90)
LABELS = "/nonconformityGroups/*/keys/*/label"
COUNTS = "/nonconformityGroups/*/count"
NUMBERS = "/nonconformityGroups/*/items/nodes/*/number"


def cases(organisation: Organisation) -> Iterator[Asked]:
    """Return a case for each station where one competence is the cause again and again."""
    for place, story in enumerate(told(organisation, "nonconformity_cluster"), 1):
        yield _case(organisation, story, place)


def _case(organisation: Organisation, story: Story, place: int) -> Asked:
    unit, competence = str(story.facts["unit"]), str(story.facts["competence"])
    known = confirmed(organisation, unit)
    near = misses(organisation, story)
    unsure = [each for each in near if each.facts["status"] != "CONFIRMED"]
    spared = [each for each in unsure[:1] if each.facts["competence"] not in known]
    today = organisation.today
    raised = {"from": str(today - WINDOW), "until": str(today + timedelta(days=1))}
    return Asked(
        name=f"{NAME}/cluster {place}",
        query=text(NAME),
        variables={"unit": {"code": unit}, "raised": raised},
        authorization=as_person(holder(organisation, "QUALITY_ADVISER", "BU-4").number),
        expect=(
            has(LABELS, competence),
            has(COUNTS, len(known[competence])),
            *(has(NUMBERS, each) for each in known[competence]),
            *(lacks(LABELS, each.facts["competence"]) for each in spared),
            *(lacks(NUMBERS, each) for each in unsure[0].facts["alerts"]),
        ),
    )
