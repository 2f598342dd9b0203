"""The excerpt of ESCO that the demo organisation works with, as files of the CSV download."""

from collections.abc import Iterator
from typing import Any

from hub.demo.organisation.model import Competence, Organisation

TYPES = {"KNOWLEDGE": "knowledge"}
DATASET = {
    "uri": "http://data.europa.eu/esco/concept-scheme/skills",
    "name": "ESCO, an excerpt",
    "version": "v1.2.0",
    "publisher": "European Commission",
    "licence": "Reuse with attribution, Commission Decision 2011/833/EU",
    "attribution": "This service uses the ESCO classification of the European Commission; "
    "descriptions, statuses and what is broader are the demo's own",
}


def seed(organisation: Organisation) -> dict[str, Any]:
    """Return the rows of each file."""
    skills = [each for each in organisation.competences if each.uri]
    return {
        "skills_en.csv": [*(_row(each) for each in skills), _bad(organisation)],
        "broaderRelationsSkillPillar_en.csv": list(_broader(skills)),
        "dataset": DATASET,
    }


def _row(competence: Competence) -> dict[str, Any]:
    works = ", ".join(competence.works).lower() or "what is not told by one kind of work"
    return {
        "conceptType": "KnowledgeSkillCompetence",
        "conceptUri": competence.uri,
        "skillType": TYPES.get(competence.kind, "skill/competence"),
        "reuseLevel": "cross-sector",
        "preferredLabel": competence.name,
        "altLabels": "",
        "status": "obsolete" if competence.retired else "released",
        "modifiedDate": "2024-01-11T12:18:39.061Z",
        "description": f"In this organisation: {works}.",
    }


def _broader(skills: list[Competence]) -> Iterator[dict[str, Any]]:
    for each in skills:
        for uri in each.broader:
            yield {
                "conceptType": "KnowledgeSkillCompetence",
                "conceptUri": each.uri,
                "broaderType": "KnowledgeSkillCompetence",
                "broaderUri": uri,
            }


def _bad(organisation: Organisation) -> dict[str, Any]:
    """Return a skill without a name."""
    like = _row(organisation.competences[0])
    return {**like, "conceptUri": organisation.flaws.bad["frameworks"], "preferredLabel": ""}
