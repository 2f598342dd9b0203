"""F04: who masters a process, and where all hangs on one person."""

from collections.abc import Iterator
from datetime import date, timedelta

from hub.demo.organisation.model import Organisation, Story
from hub.demo.organisation.moments import midnight
from hub.demo.questions.asked import Asked, Expectation, as_person, equals, has, lacks, text
from hub.demo.questions.truth import misses, told

NAME = "F04_process_matrix"
LATER = timedelta(days=62)  # after the end of the next month
ROW = "/process/matrix/0"
ALONE = f"{ROW}/coverage/singlePointOfFailure"
MASTERS = f"{ROW}/masters/nodes/*/person/displayName"
NOT_YET = f"{ROW}/notYet/nodes/*/person/displayName"


def cases(organisation: Organisation) -> Iterator[Asked]:
    """Return the cases: one who leaves, two who seem one, and what is nearly so."""
    for place, story in enumerate(told(organisation, "single_master"), 1):
        yield _now(organisation, story, place)
        yield _after(organisation, story, place)
    for story in told(organisation, "single_master")[:1]:
        yield from _nearly(organisation, story)
    for place, story in enumerate(told(organisation, "namesakes"), 1):
        yield _namesakes(organisation, story, place)


def _now(organisation: Organisation, story: Story, place: int) -> Asked:
    name = str(story.facts["name"])
    others = [str(each.facts["name"]) for each in misses(organisation, story)[:2]]
    return _asked(
        organisation,
        story,
        f"single master {place}",
        equals(ALONE, True),
        equals(f"{ROW}/coverage/qualified", 1),
        equals(f"{ROW}/masters/totalCount", 1),
        equals(f"{ROW}/masters/nodes/0/person/displayName", name),
        equals(f"{ROW}/masters/nodes/0/level/rank", int(str(story.facts["required_rank"]))),
        *(lacks(MASTERS, each) for each in others),
    )


def _after(organisation: Organisation, story: Story, place: int) -> Asked:
    """Ask the same of the day after the last one."""
    last = date.fromisoformat(str(story.facts["relieving_date"]))
    others = [str(each.facts["name"]) for each in misses(organisation, story)[:1]]
    return _asked(
        organisation,
        story,
        f"single master {place} after the last day",
        equals(f"{ROW}/masters/totalCount", 0),
        equals(f"{ROW}/coverage/qualified", 0),
        *(lacks(MASTERS, each) for each in (str(story.facts["name"]), *others)),
        as_of=last + timedelta(days=2),
    )


def _nearly(organisation: Organisation, story: Story) -> Iterator[Asked]:
    found = misses(organisation, story)
    two = next(each for each in found if len(each.facts["masters"]) > 1)
    one = next(each for each in found if len(each.facts["masters"]) == 1)
    yield _asked(
        organisation,
        two,
        "one of two masters leaves",
        equals(f"{ROW}/masters/totalCount", 2),
        *(has(MASTERS, each) for each in two.facts["names"]),
        lacks("/process/matrix/*/coverage/singlePointOfFailure", True),
    )
    yield _asked(
        organisation,
        one,
        "the only master stays",
        equals(f"{ROW}/masters/totalCount", 1),
        has(MASTERS, one.facts["name"]),
        lacks(NOT_YET, one.facts["name"]),
        as_of=organisation.today + LATER,
    )


def _namesakes(organisation: Organisation, story: Story, place: int) -> Asked:
    name = str(story.facts["name"])
    (near, *_) = misses(organisation, story)
    return _asked(
        organisation,
        story,
        f"namesakes {place}",
        equals(f"{ROW}/masters/totalCount", 2),
        *(equals(f"{ROW}/masters/nodes/{at}/person/displayName", name) for at in range(2)),
        equals(ALONE, False),
        *(lacks(MASTERS, each) for each in near.facts["names"]),
    )


def _asked(
    organisation: Organisation,
    story: Story,
    case: str,
    *expect: Expectation,
    as_of: date | None = None,
) -> Asked:
    code = str(story.facts["process"])
    owner = next(each.owner for each in organisation.processes if each.code == code)
    moment = {"asOf": midnight(as_of).isoformat().replace("+00:00", "Z")} if as_of else {}
    asks = f"{ROW}/requirement/competence/name"
    return Asked(
        name=f"{NAME}/{case}",
        query=text(NAME),
        variables={"code": code, **moment},
        authorization=as_person(owner),
        expect=(
            equals("/process/name", story.facts["process_name"]),
            equals(asks, story.facts["competence"]),
            *expect,
        ),
    )
