"""Scales, areas, competences and ways to learn, as decided by the demo organisation."""

from collections.abc import Mapping
from typing import Any

from hub.demo.organisation.competences import AREAS
from hub.demo.organisation.model import Competence, Organisation
from hub.demo.organisation.owned import refs

SCALE = "work-5"
LEVELS = (
    ("Starter", "Does it with help."),
    ("Worker", "Does it alone on an ordinary day."),
    ("Skilled", "Does it alone, whatever the day brings."),
    ("Guide", "Lets others learn it while working."),
    ("Master", "Makes the work itself better."),
)
SCORES = "goal_score 0-5"
CORE = ("clean train interiors", "test brakes", "customer service", "lead others")
SPREAD = {"customer service": "CROSS_UNIT", "shunt safely": "UNIT_SPECIFIC"}
LIKE: Mapping[str, tuple[str, str, str]] = {
    "BRAKE": ("CLOSE_MATCH", "https://data.example.org/rail/brake-testing", "Brake testing"),
    "HVOLT": ("RELATED", "https://data.example.org/rail/electrical-safety", "Electrical safety"),
}


def scales(_: Organisation) -> list[dict[str, Any]]:
    """Return the one scale, and how scores of appraisals land on it."""
    levels = [
        {"rank": rank, "label": label, "descriptor": shows, "normalised": rank / len(LEVELS)}
        for rank, (label, shows) in enumerate(LEVELS, 1)
    ]
    mappings = [
        {
            "system": "appraisal",
            "raw_scale": SCORES,
            "raw_from": f"{rank - 1}.5",
            "raw_until": f"{rank}.5",
            "rank": rank,
        }
        for rank in range(1, len(LEVELS) + 1)
    ]
    whole = {"id": SCALE, "key": SCALE, "name": "At work", "levels": levels, "mappings": mappings}
    return [whole]


def areas(_: Organisation) -> list[dict[str, Any]]:
    """Return the areas."""
    return [{"id": code, "code": code, "name": name} for code, name in AREAS.items()]


def competences(organisation: Organisation) -> list[dict[str, Any]]:
    """Return what the organisation says of each competence, of ESCO's too."""
    return [_competence(each) for each in organisation.competences]


def _competence(competence: Competence) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": competence.key,
        "uri": competence.uri,
        "code": competence.code,
        "name": competence.name,
        "kind": competence.kind,
        "area": refs.code(competence.area),
        "scale": f"key:{SCALE}",
        "core": competence.name in CORE,
        "scope": SPREAD.get(competence.name),
        "decay": _decay(competence),
    }
    if competence.code:
        works = " and ".join(competence.works).lower()
        said["description"] = f"In this organisation: {works}."
    if competence.key in LIKE:
        said["alignments"] = [_alignment(*LIKE[competence.key])]
    return {name: value for name, value in said.items() if value is not None}


def _decay(competence: Competence) -> dict[str, Any] | None:
    if competence.decay is None:
        return None
    kind, span, refreshed = competence.decay
    lasting = "validity" if kind == "EXPIRY" else "half_life"
    return {"kind": kind, lasting: span, "refresh_on_use": refreshed}


def _alignment(type_: str, uri: str, name: str) -> dict[str, Any]:
    return {
        "type": type_,
        "target_uri": uri,
        "target_name": name,
        "framework": "Rail skills",
        "confidence": 0.8,
    }


def interventions(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the ways to learn."""
    of = {each.key: each.ref for each in organisation.competences}
    return [
        {
            "id": each.id,
            "title": each.title,
            "form": each.form,
            "locus": each.locus,
            "formality": each.formality,
            "provider": each.provider,
            "targets": [{"competence": of[each.competence], "rank": each.rank}],
            "cost": {"amount": each.cost, "currency": "EUR"},
            "hours": each.hours,
            "lead_time_days": each.lead_days,
            "facilitators": [str(refs.person(number)) for number in each.facilitators],
        }
        for each in organisation.courses
    ]
