"""Appraisals of the demo organisation, and the goals that were set in them.

Somebody is rated on what they do in their work, at the level that it shows, or on what nobody at
a station asks of them; always alike. So no rating contradicts anything that is not a story.
"""

from datetime import timedelta

from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import AppraisalFact, GoalFact, Objection
from hub.demo.organisation.model import Person
from hub.demo.organisation.volume import (
    APPRAISED_SHARE,
    GOAL_SHARE,
    OBJECTION_SHARE,
    OPEN_SHARE,
    RATINGS,
    some,
)

LEVELS = 5
OUTCOMES = (
    ("OPEN", None),
    ("UPHELD", "The reviewer was on leave; it will be rated anew."),
    ("DISMISSED", "Both reviewers say the same."),
    ("WITHDRAWN", "We talked it over."),
)
"""How objections stand, and why so; without a reason nobody has settled it."""
REASONS = (
    "I did not work on this last year.",
    "Nobody came to look.",
    "It was about another shift.",
)
AIMS = ("Be at home in {}", "Show others how to {}", "Become surer in {}")


def review(draft: Draft) -> None:
    """Hold appraisals with most people, and set goals."""
    general = [each.key for each in draft.competences.values() if each.area == "CULTURE"]
    own: dict[str, list[str]] = {}
    for number, key in draft.shown:
        own.setdefault(number, []).append(key)
    rated = {each.person for each in draft.appraisals}
    staying = [
        person
        for person in draft.people.values()
        if person.manager and person.number not in rated | draft.passing
    ]
    cast = draft.cast
    for person in draft.rng.sample(staying, some(APPRAISED_SHARE, len(staying))):
        known = [] if person.number in cast else own.get(person.number, [])
        _hold(draft, person, known, general)


def _hold(draft: Draft, person: Person, own: list[str], general: list[str]) -> None:
    day = draft.day(-300, -20)
    if not person.employed(day):
        return
    signed = draft.rng.random() > OPEN_SHARE
    chosen = [*own[:RATINGS], *draft.rng.sample(general, RATINGS)][:RATINGS]
    ratings = [(key, float(level)) for key in chosen if (level := _level(draft, person, key))]
    held = signed or draft.rng.random() < 0.5
    draft.appraisals.append(
        AppraisalFact(
            name=f"HR-APR-{draft.next('appraisal'):05}",
            person=person.number,
            reviewer=person.manager,
            at=draft.moment(day),
            ratings=tuple(ratings) if held else tuple((key, 0.0) for key, _ in ratings),
            signed=signed,
        )
    )
    if ratings and draft.rng.random() < GOAL_SHARE:
        _aim(draft, person, draft.rng.choice(ratings)[0])


def object_to(draft: Draft) -> None:
    """Let some object to a rating; no story hangs on any of them.

    People of stories do only where there are too few others, and never to what their story tells.
    """
    adviser = next(each.person for each in draft.roles if each.role == "HR_ADVISER")
    told = {each.facts.get("appraisal") for each in draft.stories}
    signed = [
        each for each in draft.appraisals if each.signed and each.ratings and each.name not in told
    ]
    apart = [each for each in signed if each.person not in draft.cast]
    open_to = apart if len(apart) >= len(OUTCOMES) else signed
    many = max(len(OUTCOMES), some(OBJECTION_SHARE, len(open_to)))
    for place, appraisal in enumerate(draft.rng.sample(open_to, min(many, len(open_to)))):
        outcome, note = OUTCOMES[place % len(OUTCOMES)]
        raised = appraisal.at + timedelta(days=draft.rng.randint(2, 9))
        settled = note is not None
        draft.objections.append(
            Objection(
                id=f"OB-{draft.next('objection'):04}",
                person=appraisal.person,
                competence=draft.rng.choice(appraisal.ratings)[0],
                appraisal=appraisal.name,
                reason=draft.rng.choice(REASONS),
                raised_at=raised,
                outcome=outcome,
                settled_by=adviser if settled else None,
                settled_at=raised + timedelta(days=3) if settled else None,
                note=note,
            )
        )


def _level(draft: Draft, person: Person, key: str) -> int | None:
    """Return the level that somebody shows; None where that of something akin might differ."""
    unit = draft.asked[person.unit] | draft.reserved[person.unit]
    known = draft.shown.get((person.number, key))
    if known is not None:
        return known
    akin = draft.kin[key]
    if unit & akin or any((person.number, each) in draft.shown for each in akin):
        return None
    draft.shown[person.number, key] = level = draft.rng.randint(1, LEVELS)
    return level


def _aim(draft: Draft, person: Person, key: str) -> None:
    name = draft.competences[key].name
    draft.goals.append(
        GoalFact(
            name=f"HR-GOAL-{draft.next('goal'):05}",
            person=person.number,
            title=draft.rng.choice(AIMS).format(name),
            competence=key,
            progress=float(draft.rng.randrange(0, 101, 10)),
            at=draft.moment(draft.day(-300, -20)),
        )
    )
