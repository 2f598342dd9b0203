"""The learning record store: what people did with the courses, as xAPI statements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hub.demo.organisation.facts import Statement
from hub.demo.organisation.learning import NOT_LINKED
from hub.demo.organisation.model import Organisation

VERB = "http://adlnet.gov/expapi/verbs/"
HOME = "https://hr.example.org"
AUTHORITY = {
    "objectType": "Agent",
    "account": {"homePage": "https://learning.example.org", "name": "platform"},
}


def seed(organisation: Organisation) -> dict[str, Any]:
    """Return the statements."""
    return {"statements": [*_statements(organisation), _bad(organisation)]}


def _statements(organisation: Organisation) -> Iterator[dict[str, Any]]:
    titles = {each.activity: each.title for each in organisation.courses}
    titles[NOT_LINKED] = "House rules"
    for fact in organisation.statements:
        said = _statement(fact, titles[fact.activity])
        yield said
        again = organisation.flaws.repeated.get(fact.id)
        if again:
            stored = _written(fact.at + timedelta(minutes=9))
            yield {**said, "id": again, "stored": stored}


def _statement(fact: Statement, title: str) -> dict[str, Any]:
    account = {"account": {"homePage": HOME, "name": fact.person}}
    actor = {"mbox": f"mailto:{fact.mail}"} if fact.mail else account
    result: dict[str, Any] = {}
    if fact.score is not None:
        result |= {"score": {"scaled": fact.score}, "success": fact.verb == "passed"}
    if fact.minutes is not None:
        result |= {"duration": f"PT{fact.minutes}M", "completion": True}
    return {
        "id": fact.id,
        "version": "1.0.0",
        "actor": {"objectType": "Agent", **actor},
        "verb": {"id": f"{VERB}{fact.verb}", "display": {"en": fact.verb}},
        "object": {
            "objectType": "Activity",
            "id": fact.activity,
            "definition": {"name": {"en": title}},
        },
        **({"result": result} if result else {}),
        "timestamp": _written(fact.at),
        "stored": _written(fact.at + timedelta(minutes=2)),
        "authority": AUTHORITY,
    }


def _bad(organisation: Organisation) -> dict[str, Any]:
    """Return a statement of something completed that does not say when."""
    fact = replace(organisation.statements[0], id=organisation.flaws.bad["learning"])
    said = _statement(replace(fact, verb="completed", activity=NOT_LINKED), "House rules")
    return {**said, "timestamp": "lately"}


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
