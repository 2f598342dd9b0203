"""F20, about oneself, and the accounts that are about nobody."""

from collections.abc import Iterator

from hub.demo.organisation.model import Organisation, Story
from hub.demo.questions.asked import Asked, as_person, equals, has, lacks, text
from hub.demo.questions.truth import evidenced, holder, misses, person, told

ME, AGAIN, LINKS = "F20_me", "F20_me_hired_again", "identity_links"
TEXTS = "/me/competences/nodes/*/explanation/*/text"
COMPETENCES = "/me/competences/nodes/*/competence/name"
IDS = "/me/identityLinks/*/externalId"
UNMATCHED = "/identityLinks/nodes/*/externalId"
BOTH_SIDES = "Strong evidence speaks both for and against level {}."


def cases(organisation: Organisation) -> Iterator[Asked]:
    """Return the cases of who signs in, and the one of who cannot."""
    for place, story in enumerate(told(organisation, "contradicting_appraisal"), 1):
        yield _contradicted(organisation, story, place)
    for story in told(organisation, "contradicting_appraisal")[:1]:
        yield from _agreeing(organisation, story)
    for place, story in enumerate(told(organisation, "rehired"), 1):
        yield _hired_again(organisation, story, place)
    yield _nobody(organisation)


def _contradicted(organisation: Organisation, story: Story, place: int) -> Asked:
    (near, *_) = misses(organisation, story)
    return Asked(
        name=f"{ME}/contradicting appraisal {place}",
        query=text(ME),
        authorization=as_person(str(story.facts["person"])),
        expect=(
            equals("/me/displayName", story.facts["name"]),
            has(COMPETENCES, story.facts["competence"]),
            has(TEXTS, BOTH_SIDES.format(story.facts["work_rank"])),
            lacks("/me/displayName", near.facts["name"]),
        ),
    )


def _agreeing(organisation: Organisation, story: Story) -> Iterator[Asked]:
    """Ask of those whose appraisal contradicts nothing."""
    for place, near in enumerate(misses(organisation, story)[:2], 1):
        yield Asked(
            name=f"{ME}/appraisal that contradicts nothing {place}",
            query=text(ME),
            authorization=as_person(str(near.facts["person"])),
            expect=(
                equals("/me/displayName", near.facts["name"]),
                has(COMPETENCES, near.facts["competence"]),
                *(lacks(TEXTS, BOTH_SIDES.format(rank)) for rank in range(1, 6)),
            ),
        )


def _hired_again(organisation: Organisation, story: Story, place: int) -> Asked:
    who = person(organisation, str(story.facts["person"]))
    ids = (*story.facts["employees"], *story.facts["accounts"])
    followed = [each for each in misses(organisation, story) if len(each.facts["employees"]) > 1]
    return Asked(
        name=f"{AGAIN}/{place}",
        query=text(AGAIN),
        authorization=as_person(who.number),
        expect=(
            equals("/me/displayName", who.name),
            *(has("/me/employments/*/validFrom", str(each.joined)) for each in who.employments),
            *(has(IDS, each) for each in ids),
            *(has(COMPETENCES, each) for each in sorted(evidenced(organisation, who.number))),
            *(lacks(IDS, each) for near in followed[:1] for each in near.facts["employees"]),
        ),
    )


def _nobody(organisation: Organisation) -> Asked:
    stories = told(organisation, "unmatched_account")
    near = misses(organisation, stories[0])
    return Asked(
        name=f"{LINKS}/unmatched",
        query=text(LINKS),
        variables={"statuses": ["UNMATCHED"]},
        authorization=as_person(holder(organisation, "INTEGRATOR").number),
        expect=(
            *(has(UNMATCHED, each.facts["account"]) for each in stories),
            *(lacks(UNMATCHED, each.facts["account"]) for each in near),
        ),
    )
