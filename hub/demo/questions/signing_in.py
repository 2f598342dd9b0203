"""A few people of the demo organisation whom one may sign in as."""

from dataclasses import dataclass

from hub.demo.organisation.model import Organisation
from hub.demo.questions.asked import as_person
from hub.demo.questions.truth import holder, person, told

ROLES = (
    ("PLANNER", "BU-4", "planner of the stations"),
    ("QUALITY_ADVISER", "BU-4", "adviser on quality"),
    ("HR_ADVISER", None, "adviser on personnel"),
    ("COMPETENCE_MANAGER", None, "competence manager"),
    ("INTEGRATOR", None, "keeper of the connections"),
    ("DIRECTOR", "CD", "director"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody, with the header `Authorization` that signs them in."""

    authorization: str
    name: str
    role: str


def sign_ins(organisation: Organisation) -> list[SignIn]:
    """Return people of different roles: some who look after others, and some who do the work."""
    found = [(holder(organisation, role, unit).number, said) for role, unit, said in ROLES]
    (alone, *_) = told(organisation, "single_master")
    owners = {each.code: each.owner for each in organisation.processes}
    station = str(alone.facts["unit_name"])
    found.append((owners[str(alone.facts["process"])], f"owner of the work at {station}"))
    for kind, said in (
        ("contradicting_appraisal", "employee, rated below what their work shows"),
        ("rehired", "employee, hired again"),
    ):
        (story, *_) = told(organisation, kind)
        found.append((str(story.facts["person"]), said))
    return [
        SignIn(
            authorization=as_person(number),
            name=person(organisation, number).name,
            role=role,
        )
        for number, role in found
    ]
