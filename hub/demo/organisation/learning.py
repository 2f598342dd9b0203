"""What there is to learn from in the demo organisation, and what people did with it."""

from datetime import timedelta

from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import Course, Statement
from hub.demo.organisation.model import Competence, Person
from hub.demo.organisation.names import mail_word
from hub.demo.organisation.volume import STATEMENTS_SHARE, some

ACTIVITIES = "https://learning.example.org/xapi/activities/"
NOT_LINKED = f"{ACTIVITIES}house-rules"
VERBS = ("registered", "initialized", "completed", "passed", "passed", "failed")
ENDED = ("completed", "passed", "failed")
FORMS = (
    ("COURSE", "OUTSIDE_WORK", "FORMAL", "EXTERNAL"),
    ("E_LEARNING", "AROUND_WORK", "FORMAL", "SHARED_SERVICES"),
    ("WORKSHOP", "OUTSIDE_WORK", "FORMAL", "SHARED_SERVICES"),
    ("SIMULATION", "AROUND_WORK", "FORMAL", "EXTERNAL"),
    ("COACHING", "IN_WORK", "INFORMAL", "BUSINESS_UNIT"),
    ("FEEDBACK", "IN_WORK", "INFORMAL", "BUSINESS_UNIT"),
    ("JOB_AID", "IN_WORK", "INFORMAL", "BUSINESS_UNIT"),
    ("PEER_CONSULTATION", "AROUND_WORK", "INFORMAL", "BUSINESS_UNIT"),
)
TITLES = {
    "COURSE": "Course: {}",
    "E_LEARNING": "At the screen: {}",
    "WORKSHOP": "Workshop: {}",
    "SIMULATION": "Simulator: {}",
    "COACHING": "A coach at work: {}",
    "FEEDBACK": "Looking back on the shift: {}",
    "JOB_AID": "Pocket card: {}",
    "PEER_CONSULTATION": "Among colleagues: {}",
}


def offer(draft: Draft) -> None:
    """Offer something formal and something informal for each competence."""
    able: dict[str, list[str]] = {}
    for number, key in draft.shown:
        able.setdefault(key, []).append(number)
    for competence in draft.competences.values():
        coaches = sorted(able.get(competence.key, ()))[:2]
        for kinds in (FORMS[:4], FORMS[4:]):
            _add(draft, competence, draft.rng.choice(kinds), coaches)


def _add(draft: Draft, competence: Competence, kind: tuple[str, ...], coaches: list[str]) -> None:
    form, locus, formality, provider = kind
    formal = formality == "FORMAL"
    code = f"{mail_word(competence.name)[:24]}-{form.lower().replace('_', '-')}"
    draft.courses.append(
        Course(
            id=f"IV-{draft.next('course'):03}",
            title=TITLES[form].format(competence.name),
            form=form,
            locus=locus,
            formality=formality,
            provider=provider,
            hours=draft.rng.choice((2.0, 4.0, 8.0, 16.0)),
            cost=f"{draft.rng.randrange(50, 900, 10)}.00" if formal else "0.00",
            lead_days=draft.rng.choice((7, 14, 28)) if formal else 1,
            competence=competence.key,
            rank=draft.rng.randint(1, 3),
            facilitators=tuple(coaches),
            activity=f"{ACTIVITIES}{code}" if formal else None,
        )
    )


def learn(draft: Draft) -> None:
    """Let people learn, who are here; of those hired again, something from their first time."""
    here = [each for each in draft.people.values() if each.employed(draft.today)]
    known = [course for course in draft.courses if course.activity]
    for _ in range(some(STATEMENTS_SHARE, round(STATEMENTS_SHARE * len(here)))):
        person, course = draft.rng.choice(here), draft.rng.choice(known)
        if _fits(draft, person, course):
            _state(draft, person, course)
    _state_rules(draft, draft.rng.choice(here))
    for story in draft.stories:
        if story.kind == "rehired" and not story.near_miss:
            _once(draft, draft.people[str(story.facts["person"])], known)


def _fits(draft: Draft, person: Person, course: Course) -> bool:
    """Tell whether a course claims no more of somebody than is known of them."""
    akin = [each for each in draft.kin[course.competence] if (person.number, each) in draft.shown]
    return all(draft.shown[person.number, each] >= course.rank for each in akin)


def _state(draft: Draft, person: Person, course: Course) -> None:
    verb = draft.rng.choice(VERBS)
    day = draft.day(-330, -3)
    if not person.employed(day):
        return
    draft.statements.append(
        Statement(
            id=draft.uuid(),
            person=person.number,
            activity=course.activity or "",
            verb=verb,
            at=draft.moment(day),
            score=_score(draft, verb),
            minutes=draft.rng.randrange(20, 480, 5) if verb in ENDED else None,
            mail=person.email if draft.rng.random() < 0.05 else None,
        )
    )


def _score(draft: Draft, verb: str) -> float | None:
    lowest = {"passed": 60, "failed": 10}.get(verb)
    return None if lowest is None else (lowest + draft.rng.randint(0, 40)) / 100


def _state_rules(draft: Draft, person: Person) -> None:
    """Let somebody read the house rules, which no competence is linked to."""
    draft.statements.append(
        Statement(
            id=draft.uuid(),
            person=person.number,
            activity=NOT_LINKED,
            verb="completed",
            at=draft.moment(draft.day(-20, -3)),
            minutes=10,
        )
    )


def _once(draft: Draft, person: Person, known: list[Course]) -> None:
    """Let somebody hired again have passed a course in their first time, told by the old mail."""
    first = person.employments[0]
    assert first.left is not None  # noqa: S101  who is hired again had left
    akin = {key for number, one in draft.shown if number == person.number for key in draft.kin[one]}
    course = draft.rng.choice([each for each in known if each.competence not in akin])
    draft.statements.append(
        Statement(
            id=draft.uuid(),
            person=person.number,
            activity=course.activity or "",
            verb="passed",
            at=draft.moment(first.left - timedelta(days=draft.rng.randint(5, 20))),
            score=0.9,
            minutes=120,
            mail=first.email,
        )
    )
