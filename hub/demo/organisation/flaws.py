"""What is wrong with the records of the demo organisation, as in any."""

from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import Flaws
from hub.demo.organisation.people import head_of
from hub.demo.organisation.volume import ASTRAY_SHARE, SPELLED_SHARE, TWICE_SHARE, some


def spoil(draft: Draft) -> Flaws:
    """Choose what is wrong; no story depends on any of it."""
    cast = draft.cast
    heads = {head_of(draft, code) for code in draft.units}
    crowd = [
        number for number in draft.people if number not in cast and number not in heads
    ] or sorted(heads)
    astray = draft.rng.sample(crowd, some(ASTRAY_SHARE, len(crowd)))
    alone = draft.rng.sample(crowd, some(ASTRAY_SHARE / 4, len(crowd)))
    twice = draft.rng.sample(crowd, some(TWICE_SHARE, len(crowd)))
    repeated = draft.rng.sample(draft.statements, some(TWICE_SHARE, len(draft.statements)))
    spelled = draft.rng.sample(crowd, some(SPELLED_SHARE, len(crowd)))
    return Flaws(
        bad=_bad(draft),
        astray=frozenset(astray),
        alone=frozenset(alone),
        twice={number: f"HR-EMP-{draft.next('employee'):05}" for number in twice},
        repeated={each.id: draft.uuid() for each in repeated},
        spelled=frozenset(draft.people[number].accounts[-1].id for number in spelled),
    )


def _bad(draft: Draft) -> dict[str, str]:
    """Return an id for the one bad record of each system."""
    unit = draft.rng.choice(sorted({each.unit for each in draft.shifts}))
    return {
        "personnel": draft.uuid(),
        "hr": "Designation to be decided",
        "quality": str(draft.next("inspection")),
        "planning": f"{unit}/{draft.rng.getrandbits(64):016x}",
        "appraisal": f"HR-GOAL-{draft.next('goal'):05}",
        "learning": draft.uuid(),
        "frameworks": f"http://data.europa.eu/esco/skill/{draft.uuid()}",
    }
