"""What is within reach of somebody, with why.

Only the person themself sees it. Whoever is suggested is so for a role that all staff may know,
never for what they can do.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hub.competence.suggesting import Offer, Want, suggest
from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.engine.scope import Scope
from hub.errors import InputError
from hub.models.kinds import SuggestionPurpose
from hub.models.shared import Reason
from hub.schema.narrowing import EMPLOYED
from hub.store import among, listed, text_of

MOST = 20
AHEAD = timedelta(days=42)
TODAY = "{0}.valid_from <= :today AND ({0}.valid_until IS NULL OR {0}.valid_until > :today)"
RANKED = "CASE {} WHEN 'CRITICAL' THEN 1 WHEN 'HIGH' THEN 2 WHEN 'MEDIUM' THEN 3 ELSE 4 END"
COMING = "w.starts_at > :now AND w.starts_at < :ahead"

GAPS = f"""
SELECT f.person_id, f.competence_id, a.name, q.required_rank, ''
FROM fulfilment f JOIN competence_requirement q ON q.id = f.requirement_id
JOIN competence a ON a.id = f.competence_id
WHERE {among("f.person_id", "ids")} AND f.met = 0
ORDER BY {RANKED.format("f.severity")}, COALESCE(f.needed_by, '9999'), a.name, f.id
"""
AMBITIONS = f"""
SELECT b.person_id, a.id, a.name, q.required_rank, b.statement
FROM ambition b
LEFT JOIN competence_requirement q ON q.subject_id = b.target_profile_id AND {TODAY.format("q")}
JOIN competence a ON a.id = b.competence_id OR a.id = q.competence_id
LEFT JOIN competence_state s ON s.person_id = b.person_id AND s.competence_id = a.id
WHERE {among("b.person_id", "ids")} AND (a.id = b.competence_id
    OR COALESCE(s.status NOT IN ('PROVEN', 'EXPIRING') OR s.rank < q.required_rank, 1 = 1))
ORDER BY COALESCE(b.energy, 0) DESC, b.stated_on DESC, a.name, a.id, b.id
"""
NEXT = f"""
SELECT f.person_id, f.competence_id, a.name, q.required_rank, MIN(w.starts_at)
FROM fulfilment f JOIN competence_requirement q ON q.id = f.requirement_id
JOIN competence a ON a.id = f.competence_id
JOIN work_assignment w ON w.process_id = q.subject_id
JOIN work_assignment__assignees l ON l.owner_id = w.id AND l.target_id = f.person_id
WHERE {among("f.person_id", "ids")} AND f.met = 0 AND {COMING}
GROUP BY f.person_id, f.competence_id, a.name, q.required_rank
ORDER BY MIN(w.starts_at), a.name, f.competence_id
"""
MASTERED = f"""
SELECT s.person_id, s.competence_id, a.name, s.rank, ''
FROM competence_state s JOIN competence a ON a.id = s.competence_id
WHERE {among("s.person_id", "ids")} AND s.status = 'PROVEN'
ORDER BY s.rank DESC, s.confidence DESC, a.name, s.id
"""

INTERVENTIONS = f"""
SELECT json_each.value, i.id, i.targets, COALESCE(i.lead_time_days, 0)
FROM {listed("competences")} JOIN intervention i ON i.targets LIKE '%' || json_each.value || '%'
ORDER BY 4, i.title, i.id
"""
WORK = f"""
SELECT q.competence_id, w.id, w.starts_at, w.learning_purpose, w.unit_id
FROM work_assignment w JOIN competence_requirement q ON q.subject_id = w.process_id
WHERE {among("q.competence_id", "competences")} AND {TODAY.format("q")} AND {COMING}
ORDER BY w.learning_purpose DESC, w.starts_at, w.id
"""
TAKEN = f"""
SELECT l.target_id, l.owner_id FROM work_assignment__assignees l
WHERE {among("l.target_id", "ids")}
"""
ROLES = f"""
SELECT a.id, h.person_id, h.role FROM competence a
JOIN role_assignment h ON h.area_id = a.area_id AND {TODAY.format("h")}
WHERE {among("a.id", "competences")}
AND h.role IN ('LEARNING_FACILITATOR', 'EXPERTISE_OWNER', 'AREA_OWNER')
ORDER BY CASE h.role WHEN 'LEARNING_FACILITATOR' THEN 1 WHEN 'EXPERTISE_OWNER' THEN 2 ELSE 3 END,
    h.person_id
"""
PLACES = f"{EMPLOYED.replace('e.person_id', 'e.person_id, e.unit_id', 1)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How one purpose is served.

    Attributes:
        statement: Gives who wants which competence: person, id, name, rank, and more to say.
        why: Says why, from name, rank and the rest.
    """

    statement: str
    why: Callable[[str, int | None, str], str]


SERVING: Mapping[SuggestionPurpose, Serving] = {
    SuggestionPurpose.JUST_IN_TIME: Serving(
        statement=NEXT,
        why=lambda name, rank, starts: (
            f"Your work on {starts[:10]} asks {name} at level {rank}, which you have not shown."
        ),
    ),
    SuggestionPurpose.GAP: Serving(
        statement=GAPS,
        why=lambda name, rank, _: f"{name} is asked of you at level {rank} and not met.",
    ),
    SuggestionPurpose.AMBITION: Serving(
        statement=AMBITIONS,
        why=lambda name, _, statement: f"{name} serves your ambition: {statement}",
    ),
    SuggestionPurpose.RECOGNITION: Serving(
        statement=MASTERED,
        why=lambda name, rank, _: f"You have shown {name} at level {rank} and can pass it on.",
    ),
}
"""Most urgent purpose first."""

Wanted = tuple[str, SuggestionPurpose, Want]


async def for_person(
    scope: Scope, rows: Sequence[Row], arguments: Mapping[str, Any]
) -> list[list[dict[str, Any]]]:
    """Return what is within reach of each person, best first.

    Reads what they lack, want and can, all interventions, and the work of the next six weeks that
    asks for it.

    Raises:
        InputError: the limit is none from 1 to 20.
    """
    limit = arguments["limit"]
    if not 1 <= limit <= MOST:
        raise InputError(f"Ask for 1 to {MOST} suggestions.")
    asked = arguments.get("for")
    purposes = [each for each in SERVING if asked is None or each.value == asked]
    ids = [row["id"] for row in rows]
    wanted = [each for purpose in purposes for each in await _wanted(scope, purpose, ids)]
    reach = await _reach(scope, ids, sorted({want.competence_id for _, _, want in wanted}))
    return [_for(id_, wanted, reach, limit) for id_ in ids]


def _for(person: str, wanted: Sequence[Wanted], reach: "Reach", limit: int) -> list[dict[str, Any]]:
    own = [(purpose, want) for whose, purpose, want in wanted if whose == person]
    passing_on = {
        want.competence_id for purpose, want in own if purpose is SuggestionPurpose.RECOGNITION
    }
    learning = {
        want.competence_id for purpose, want in own if purpose is not SuggestionPurpose.RECOGNITION
    }
    offers = {
        each: reach.learning(each, person) if each in learning else reach.teaching(each, person)
        for each in passing_on | learning
    }
    return [
        {
            "target": Key(each.offer.type, each.offer.id),
            "competence_id": each.competence_id,
            "reasons": [{"code": one.code, "text": one.text} for one in each.reasons],
        }
        for each in suggest((want for _, want in own), offers, limit)
    ]


async def _wanted(scope: Scope, purpose: SuggestionPurpose, ids: Sequence[str]) -> list[Wanted]:
    """Return who wants which competence for one purpose, most urgent first."""
    serving = SERVING[purpose]
    values = {**_times(scope), "ids": list(ids)}
    return [
        (
            person,
            purpose,
            Want(
                competence_id=competence,
                reason=Reason(code=purpose.value, text=serving.why(name, rank, more)),
            ),
        )
        for person, competence, name, rank, more in await scope.about("Person", ids).rows(
            serving.statement, values
        )
    ]


def _times(scope: Scope) -> dict[str, str]:
    return {**scope.times, "ahead": text_of(scope.moment + AHEAD)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What there is, by competence, best first.

    Attributes:
        interventions: Ways to develop it.
        work: Coming work that asks for it: offer, whether it is for learning, and unit.
        people: Whom to ask.
        taken: For each person the work that they do already.
        places: For each person the units they work in.
    """

    interventions: Mapping[str, Sequence[Offer]]
    work: Mapping[str, Sequence[tuple[Offer, bool, str | None]]]
    people: Mapping[str, Sequence[Offer]]
    taken: Mapping[str, set[str]]
    places: Mapping[str, set[str]]

    def learning(self, competence: str, person: str) -> list[Offer]:
        """Return what helps to learn a competence: work first, then a way, then whom to ask."""
        own = self.places.get(person, set())
        work = [
            offer
            for offer, for_learning, unit in self._free(competence, person)
            if for_learning or unit in own
        ]
        ways = self.interventions.get(competence, ())
        people = [each for each in self.people.get(competence, ()) if each.id != person]
        return [*work[:1], *ways[:1], *people[:1], *work[1:2], *ways[1:]]

    def teaching(self, competence: str, person: str) -> list[Offer]:
        """Return coming work in which a competence can be passed on."""
        return [offer for offer, for_learning, _ in self._free(competence, person) if for_learning]

    def _free(self, competence: str, person: str) -> list[tuple[Offer, bool, str | None]]:
        taken = self.taken.get(person, set())
        return [each for each in self.work.get(competence, ()) if each[0].id not in taken]


async def _reach(scope: Scope, ids: Sequence[str], competences: Sequence[str]) -> Reach:
    values = {**_times(scope), "ids": list(ids), "competences": list(competences)}
    interventions: dict[str, list[Offer]] = {}
    for competence, id_, targets, _ in await scope.asks.rows(INTERVENTIONS, values):
        ranks = [
            each["rank"] for each in json.loads(targets) if each["competence_id"] == competence
        ]
        if ranks:
            reason = Reason(code="INTERVENTION", text=f"It leads to level {max(ranks)}.")
            offer = Offer(type="Intervention", id=id_, reason=reason)
            interventions.setdefault(competence, []).append(offer)
    work: dict[str, list[tuple[Offer, bool, str | None]]] = {}
    for competence, id_, starts, for_learning, unit in await scope.asks.rows(WORK, values):
        reason = Reason(
            code="LEARNING_WORK" if for_learning else "WORK",
            text=f"This work on {starts[:10]} asks for it"
            f"{', and is planned for learning.' if for_learning else '.'}",
        )
        offer = Offer(type="WorkAssignment", id=id_, reason=reason)
        work.setdefault(competence, []).append((offer, bool(for_learning), unit))
    people: dict[str, list[Offer]] = {}
    for competence, person, role in await scope.asks.rows(ROLES, values):
        reason = Reason(code=role, text="Helps with learning in its area.")
        offer = Offer(type="Person", id=person, reason=reason)
        people.setdefault(competence, []).append(offer)
    return Reach(
        interventions=interventions,
        work=work,
        people=people,
        taken=_sets(await scope.asks.rows(TAKEN, values)),
        places=_sets(await scope.asks.rows(f"{PLACES} AND {among('e.person_id', 'ids')}", values)),
    )


def _sets(rows: Sequence[Sequence[Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, value in rows:
        found.setdefault(key, set()).add(value)
    return found
