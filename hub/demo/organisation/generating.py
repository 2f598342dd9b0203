"""From a seed and a size to a whole organisation: each step adds to the draft of the last."""

from datetime import date
from random import Random

from hub.demo.organisation.agreed import agree, wish
from hub.demo.organisation.checks import remember
from hub.demo.organisation.competences import competences
from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import Flaws
from hub.demo.organisation.flaws import spoil
from hub.demo.organisation.learning import learn, offer
from hub.demo.organisation.model import Organisation
from hub.demo.organisation.offices import fill
from hub.demo.organisation.papers import give
from hub.demo.organisation.people import populate
from hub.demo.organisation.reviews import object_to, review
from hub.demo.organisation.routine import ask_of_jobs, work
from hub.demo.organisation.stories import tell
from hub.demo.organisation.units import layout

FEWEST = 60
STEPS = (
    populate,
    ask_of_jobs,
    tell,
    work,
    give,
    review,
    offer,
    learn,
    fill,
    agree,
    wish,
    remember,
    object_to,
)
"""In this order: what comes later fits in with what evidence there is already."""


def generate(seed: int, people: int, today: date) -> Organisation:
    """Return the organisation of a seed and a size, with dates around a day; always the same.

    The seed changes who works there, every id, and where each story takes place. People and ids
    do not depend on the day. Cost: grows with the people; 500 take about a second.

    Raises:
        ValueError: fewer than 60 people, too few for the stories.
    """
    if people < FEWEST:
        raise ValueError(f"{people} people are too few; at least {FEWEST} are needed")
    begin = f"{seed} {people}"
    rng = Random(begin)
    place = layout(rng, people)
    draft = Draft(
        seed=begin,
        rng=rng,
        today=today,
        size=people,
        company=place.company,
        units={each.code: each for each in place.units},
        competences={each.key: each for each in competences()},
    )
    for step in STEPS:
        draft.begin(step.__name__)
        step(draft)
    return _finished(draft, seed, spoil(draft))


def _finished(draft: Draft, seed: int, flaws: Flaws) -> Organisation:
    return Organisation(
        name=draft.company,
        seed=seed,
        today=draft.today,
        units=tuple(draft.units.values()),
        competences=tuple(draft.competences.values()),
        people=tuple(draft.people.values()),
        strangers=tuple(draft.strangers),
        processes=tuple(draft.processes.values()),
        requirements=tuple(draft.requirements),
        shifts=tuple(draft.shifts),
        inspections=tuple(draft.inspections),
        alerts=tuple(draft.alerts),
        causes=tuple(draft.causes),
        appraisals=tuple(draft.appraisals),
        goals=tuple(draft.goals),
        courses=tuple(draft.courses),
        statements=tuple(draft.statements),
        credentials=tuple(draft.credentials),
        roles=tuple(draft.roles),
        centres=tuple(draft.centres),
        agreements=tuple(draft.agreements),
        wishes=tuple(draft.wishes),
        objections=tuple(draft.objections),
        stories=tuple(draft.stories),
        flaws=flaws,
    )
