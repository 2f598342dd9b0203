"""What people of the demo organisation want, and what they and their managers agreed."""

from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import Agreement, Wish
from hub.demo.organisation.model import Person
from hub.demo.organisation.people import DESIGNATIONS
from hub.demo.organisation.volume import AGREEMENT_SHARE, WISH_SHARE, some

STATUSES = {
    "AGREED": None,
    "PROPOSED": None,
    "IN_REVIEW": None,
    "ACHIEVED": True,
    "NOT_ACHIEVED": False,
    "WITHDRAWN": None,
}
"""Where an agreement stands, and whether its result is met then."""
FACILITIES = {
    "TIME": "Two hours a week without a roster",
    "COACH": "A colleague who looks along",
    "ASSIGNMENT": "Work of this kind on every third shift",
    "BUDGET": "The fee of the course",
    "TOOL": "A tablet with the drawings",
    "PEER_SUPPORT": "A round with colleagues each month",
    "ROOM_TO_ERR": "Mistakes on these shifts are for learning",
}
OUTCOMES = (
    "Does this without being asked on an ordinary shift",
    "Shows a new colleague how it is done",
    "No remark at three inspections in a row",
)
WANTS = ("I want to {}", "Let me {} more often", "One day I teach others to {}")
SEEN_BY = ("ONLY_ME", "NAMED", "MANAGER", "ORGANISATION")


def agree(draft: Draft) -> None:
    """Make agreements: mostly on what their own unit's work asks and they do not show yet.

    Teams make some too; where there are none, a whole station does.
    """
    staying = [
        person
        for person in draft.people.values()
        if person.manager and person.employed(draft.today) and person.number not in draft.passing
    ]
    for person in draft.rng.sample(staying, some(AGREEMENT_SHARE, len(staying))):
        _agree(draft, person.manager or "", person=person)
    led = [each for each in draft.units.values() if each.manager]
    stations = [each for each in led if each.kind == "STATION"]
    for unit in [each for each in led if each.kind == "TEAM"] or stations[:1]:
        _agree(draft, unit.manager or "", team=unit.code)


def _agree(
    draft: Draft, manager: str, *, person: Person | None = None, team: str | None = None
) -> None:
    status = draft.rng.choice(tuple(STATUSES))
    kind = draft.rng.choice(tuple(FACILITIES))
    late = status == "AGREED" and draft.rng.random() < 0.4
    over = STATUSES[status] is not None
    due = draft.day(-60, -5) if late else draft.day(10, 60)
    there = over or draft.rng.random() < 0.5
    draft.agreements.append(
        Agreement(
            id=f"DA-{draft.next('agreement'):04}",
            employee=person.number if person else None,
            team=team,
            manager=manager,
            horizon=draft.rng.choice(("CURRENT_JOB", "FUTURE_WORK")),
            status=status,
            review_on=draft.day(-60, -2) if over or status == "IN_REVIEW" else draft.day(20, 180),
            signed_at=draft.moment(draft.day(-200, -70)),
            competence=_lacking(draft, person),
            rank=draft.rng.randint(2, 4),
            outcome=draft.rng.choice(OUTCOMES),
            met=STATUSES[status],
            kind=kind,
            facility=FACILITIES[kind],
            due_on=due,
            delivered_on=draft.day(-65, -1) if there and not late else None,
            late=late,
        )
    )


def _lacking(draft: Draft, person: Person | None) -> str:
    """Return what somebody's unit asks and they do not show, if there is such a thing."""
    asked = sorted(draft.asked[person.unit]) if person else []
    open_ = [key for key in asked if person and (person.number, key) not in draft.shown]
    return draft.rng.choice(open_ or list(draft.competences))


def wish(draft: Draft) -> None:
    """Let people say what they want."""
    here = [each for each in draft.people.values() if each.employed(draft.today)]
    verbs = [each for each in draft.competences.values() if each.kind == "SKILL"]
    for person in draft.rng.sample(here, some(WISH_SHARE, len(here))):
        competence, seen_by = draft.rng.choice(verbs), draft.rng.choice(SEEN_BY)
        named = (draft.rng.choice(here).number, person.manager) if seen_by == "NAMED" else ()
        draft.wishes.append(
            Wish(
                id=f"AM-{draft.next('wish'):04}",
                person=person.number,
                statement=draft.rng.choice(WANTS).format(competence.name),
                competence=competence.key,
                energy=draft.rng.randint(1, 5),
                visible_to=seen_by,
                stated_on=draft.day(-400, -1),
                profile=draft.rng.choice((None, *(code for code, _ in DESIGNATIONS.values()))),
                shared_with=tuple(dict.fromkeys(each for each in named if each)),
            )
        )
