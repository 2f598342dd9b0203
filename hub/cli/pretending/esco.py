"""Hands in the pretend download site of ESCO: each change publishes a file anew."""

from typing import Any

from hub.cli.pretending.system import Hands, Pretended, moment
from hub.models.competence import Competence, CompetenceFramework
from hub.sdk.testing import Hand

SKILLS, BROADER = "skills_en.csv", "broaderRelationsSkillPillar_en.csv"
FRAMEWORK = "http://data.europa.eu/esco/concept-scheme/skills"
GROUP = "http://data.europa.eu/esco/isced-f/07"
DATASET = {"version": "v1.2.0", "licence": "CC BY 4.0", "attribution": "Uses ESCO"}


def _skill(number: int) -> dict[str, Any]:
    return {
        "conceptUri": f"http://data.europa.eu/esco/skill/{number}",
        "skillType": "skill/competence",
        "preferredLabel": f"skill {number}",
        "status": "released",
        "modifiedDate": moment(number).isoformat(),
        "description": f"About\n{number}.",
    }


class Release:
    """What is published."""

    def __init__(self, system: Pretended) -> None:
        self._system = system
        self._skills: dict[str, dict[str, Any]] = {}
        self.describe()

    def describe(self, **changes: Any) -> str:
        """Publish what the files are; return the id of the framework."""
        self._system.seed({"dataset": {**DATASET, **changes}})
        return FRAMEWORK

    def add(self, number: int) -> str:
        """Publish one more skill; return its id."""
        skill = _skill(number)
        self._skills[skill["conceptUri"]] = skill
        self._publish()
        return str(skill["conceptUri"])

    def change(self, id_: str, **values: Any) -> None:
        """Publish a skill otherwise."""
        self._skills[id_] |= values
        self._publish()

    def withdraw(self, id_: str) -> None:
        """Publish all skills but one."""
        del self._skills[id_]
        self._publish()

    def _publish(self) -> None:
        first = next(iter(self._skills))
        related = {"conceptUri": first, "broaderUri": GROUP}
        self._system.seed({SKILLS: [*self._skills.values()], BROADER: [related]})


def hands(system: Pretended) -> Hands:
    """Return what can be done to the framework and its skills."""
    release = Release(system)
    return {
        CompetenceFramework: Hand(
            add=lambda _: release.describe(),
            update=lambda _: release.describe(version="v1.3.0"),
            spoil=lambda _: release.describe(version=None),
        ),
        Competence: Hand(
            add=release.add,
            update=lambda id_: release.change(id_, preferredLabel="renamed"),
            delete=release.withdraw,
            spoil=lambda id_: release.change(id_, status="approved"),
        ),
    }
