"""Appraisals: cycles, talks and goals of Frappe HR, and the criteria (KRA) they rate by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hub.demo.organisation.facts import AppraisalFact, GoalFact
from hub.demo.organisation.model import Competence, Organisation, Person
from hub.demo.organisation.served.frappe import morning, times

NOT_LINKED = "Friendly customer service"
SIGNED, DRAFT = 1, 0
WEIGHTS = (20.0, 30.0, 50.0)
REMARKS = {
    1: "Has seen how it is done",
    2: "Does it with somebody at hand",
    4: "Others come and ask how",
    5: "Taught it to two colleagues",
}
"""What reviewers write beside some scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What documents are about: the criterion of each competence, the fields of each person."""

    criteria: Mapping[str, str]
    people: Mapping[str, dict[str, Any]]


def kra(competence: Competence) -> str:
    """Return the name of the criterion that rates a competence."""
    return competence.name.capitalize()


def seed(organisation: Organisation) -> dict[str, Any]:
    """Return the documents by doctype."""
    begun = times(morning(organisation.today - timedelta(days=2000)))
    about = About(
        criteria={each.key: kra(each) for each in organisation.competences},
        people={each.number: _of(organisation, each) for each in organisation.people},
    )
    names = [*(kra(each) for each in organisation.competences), NOT_LINKED]
    return {
        "KRA": [{"name": name, "title": name, **begun} for name in names],
        "Appraisal Cycle": list(_cycles(organisation)),
        "Appraisal": [_appraisal(each, about) for each in organisation.appraisals],
        "Goal": [*(_goal(each, about) for each in organisation.goals), _bad(organisation)],
    }


def _cycles(organisation: Organisation) -> Iterator[dict[str, Any]]:
    for year in range(organisation.today.year - 1, organisation.today.year + 1):
        yield {
            "name": str(year),
            "cycle_name": f"Appraisals {year}",
            "start_date": f"{year}-01-01",
            "end_date": f"{year}-12-31",
            "status": "In Progress" if year == organisation.today.year else "Completed",
            "company": organisation.name,
            **times(morning(date(year, 1, 2))),
        }


def _appraisal(fact: AppraisalFact, about: About) -> dict[str, Any]:
    rows = [_rating(about.criteria[key], score) for key, score in fact.ratings]
    if not fact.signed:
        rows.append({"kra": NOT_LINKED, "goal_score": 0.0})
    return {
        "name": fact.name,
        **about.people[fact.person],
        "custom_reviewer_number": fact.reviewer,
        "appraisal_cycle": str(fact.at.year),
        "docstatus": SIGNED if fact.signed else DRAFT,
        "appraisal_kra": rows,
        **times(fact.at - timedelta(days=14), fact.at),
    }


def _rating(criterion: str, score: float) -> dict[str, Any]:
    return {"kra": criterion, "goal_score": score, "custom_remark": REMARKS.get(int(score))}


def _goal(fact: GoalFact, about: About) -> dict[str, Any]:
    return {
        "name": fact.name,
        "goal_name": fact.title,
        **about.people[fact.person],
        "kra": about.criteria[fact.competence],
        "appraisal_cycle": str(fact.at.year),
        "progress": fact.progress,
        "custom_weightage": WEIGHTS[fact.at.day % len(WEIGHTS)],
        "status": "Completed" if fact.progress == 100 else "In Progress",
        **times(fact.at),
    }


def _of(organisation: Organisation, person: Person) -> dict[str, Any]:
    return {
        "employee": person.employments[-1].document,
        "employee_name": person.name,
        "custom_employee_number": person.number,
        "company": organisation.name,
    }


def _bad(organisation: Organisation) -> dict[str, Any]:
    """Return a goal of nobody."""
    begun = times(morning(organisation.today - timedelta(days=90)))
    name = organisation.flaws.bad["appraisal"]
    return {"name": name, "goal_name": "To be set", "employee": "HR-EMP-00000", **begun}
