"""The rules: which records and which fields of a concept are there for a viewer.

They follow from the privacy class of the concept and of its fields, and from whom a record is
about (`ABOUT`); what is special stands in `SPECIAL`.
"""

from collections.abc import Callable, Mapping

from hub.models.kinds import EvidenceKind, Polarity, PrivacyClass, Role
from hub.policy.condition import ALWAYS, NEVER, Condition
from hub.policy.viewer import Viewer

JUDGEMENTS = (EvidenceKind.APPRAISAL_RATING, EvidenceKind.INTERVIEW_SCORE)

OF_AGREEMENT = (
    "(SELECT a.employee_id FROM development_agreement a WHERE a.id = {alias}.agreement_id)"
)

ABOUT: Mapping[str, str] = {
    "AgreedFacility": OF_AGREEMENT,
    "AgreedResult": OF_AGREEMENT,
    "Ambition": "{alias}.person_id",
    "Appraisal": "{alias}.employee_id",
    "AssignmentEligibility": "{alias}.person_id",
    "CompetenceEvidence": "{alias}.person_id",
    "CompetenceState": "{alias}.person_id",
    "Contest": "{alias}.person_id",
    "DevelopmentAgreement": "{alias}.employee_id",
    "Fulfilment": "{alias}.person_id",
    "IdentityLink": "{alias}.person_id",
    "Inspection": "{alias}.performed_by_id",
    "LearningRecord": "{alias}.person_id",
    "PerformanceGoal": "{alias}.employee_id",
    "Person": "{alias}.id",
}
"""For each concept above class OPEN: the person whom a row is about."""


def oneself(about: str, viewer: Viewer) -> Condition:
    """What is about the viewer."""
    if viewer.person_id is None:
        return NEVER
    return Condition(
        text=f"{about} = :viewer_id", parameters={"viewer_id": viewer.person_id}, reason="oneself"
    )


def _among(about: str, name: str, people: frozenset[str] | None, reason: str) -> Condition:
    if people is None:
        return ALWAYS
    if not people:
        return NEVER
    return Condition(
        text=f"{about} IN (SELECT value FROM json_each(:{name}))",
        parameters={name: sorted(people)},
        reason=reason,
    )


def reporting(about: str, viewer: Viewer) -> Condition:
    """What is about those whom the viewer manages, whatever the number of steps."""
    return _among(about, "viewer_reports", viewer.reports, "one's managers")


def team(about: str, viewer: Viewer) -> Condition:
    """What is of class TEAM."""
    managed = _among(about, "viewer_team", viewer.team, "roles for one's unit")
    return oneself(about, viewer) | reporting(about, viewer) | managed


def sensitive(about: str, viewer: Viewer) -> Condition:
    """What is of class SENSITIVE; of others only with a purpose."""
    own = oneself(about, viewer)
    if viewer.purpose is None:
        return own
    advised = _among(about, "viewer_advised", viewer.advised, "advisers of one's unit")
    return own | reporting(about, viewer) | advised


def _ambition(viewer: Viewer) -> Condition:
    about = ABOUT["Ambition"]
    named = Condition(
        text="({alias}.visible_to = 'NAMED' AND {alias}.id IN (SELECT s.owner_id"
        " FROM ambition__shared_with s WHERE s.target_id = :viewer_id))",
        parameters={"viewer_id": viewer.person_id},
        reason="whom one names",
    )
    shown = Condition(text="{alias}.visible_to = 'ORGANISATION'", reason="all, as one wishes")
    below = reporting(about, viewer)
    managers = Condition(
        text=f"({{alias}}.visible_to = 'MANAGER' AND {below.text})",
        parameters=below.parameters,
        reason="one's managers, as one wishes",
    )
    return oneself(about, viewer) | named | shown | managers


def _identity_link(viewer: Viewer) -> Condition:
    if viewer.has(Role.INTEGRATOR):
        return ALWAYS
    return team(ABOUT["IdentityLink"], viewer)


def _quarantined_record(viewer: Viewer) -> Condition:
    return ALWAYS if viewer.has(Role.INTEGRATOR) and viewer.purpose else NEVER


def _agreement(text: str) -> Callable[[Viewer], Condition]:
    """Return the rule of an agreement or a part of one; `text` says which agreement it is."""

    def rule(viewer: Viewer) -> Condition:
        if viewer.team is None:
            return ALWAYS
        seen = team("a.employee_id", viewer)
        return Condition(
            text=f"{text} IN (SELECT a.id FROM development_agreement a"
            f" WHERE {seen.text} OR a.manager_id = :viewer_id)",
            parameters={**seen.parameters, "viewer_id": viewer.person_id},
            reason="both sides of it, and roles for one's unit",
        )

    return rule


def class_of_evidence(kind: str, polarity: str) -> PrivacyClass:
    """Return the class of one piece of evidence."""
    if kind == EvidenceKind.SELF_ASSESSMENT:
        return PrivacyClass.PERSONAL
    against = kind == EvidenceKind.QUALITY_RECORD and polarity == Polarity.NEGATIVE
    return PrivacyClass.SENSITIVE if against or kind in JUDGEMENTS else PrivacyClass.TEAM


def _evidence(viewer: Viewer) -> Condition:
    about = ABOUT["CompetenceEvidence"]
    judged = (
        "({alias}.kind IN ('APPRAISAL_RATING', 'INTERVIEW_SCORE')"
        " OR ({alias}.kind = 'QUALITY_RECORD' AND {alias}.polarity = 'NEGATIVE'))"
    )
    own = "{alias}.kind = 'SELF_ASSESSMENT'"
    seen = team(about, viewer)
    shown = Condition(
        text=f"(NOT {judged} AND NOT {own} AND {seen.text})",
        parameters=seen.parameters,
        reason=seen.reason,
    )
    asked = sensitive(about, viewer)
    sensed = Condition(
        text=f"({judged} AND {asked.text})", parameters=asked.parameters, reason=asked.reason
    )
    return oneself(about, viewer) | shown | sensed


SPECIAL: Mapping[str, Callable[[Viewer], Condition]] = {
    "AgreedFacility": _agreement("{alias}.agreement_id"),
    "AgreedResult": _agreement("{alias}.agreement_id"),
    "Ambition": _ambition,
    "CompetenceEvidence": _evidence,
    "DevelopmentAgreement": _agreement("{alias}.id"),
    "IdentityLink": _identity_link,
    "QuarantinedRecord": _quarantined_record,
}
"""Concepts that another rule holds for than that of their class."""


def of_class(class_: PrivacyClass, concept: str, viewer: Viewer) -> Condition:
    """Return which rows of a concept show what is of a class."""
    if class_ is PrivacyClass.OPEN:
        return ALWAYS
    about = ABOUT.get(concept)
    if about is None:
        return NEVER
    match class_:
        case PrivacyClass.TEAM:
            return team(about, viewer)
        case PrivacyClass.SENSITIVE:
            return sensitive(about, viewer)
        case _:
            return oneself(about, viewer)


def rows(concept: str, class_: PrivacyClass, viewer: Viewer) -> Condition:
    """Return which rows of a concept exist for a viewer; none before they have signed in."""
    if not viewer.signed_in:
        return NEVER
    special = SPECIAL.get(concept)
    return special(viewer) if special else of_class(class_, concept, viewer)


def mask(
    concept: str, class_: PrivacyClass, of_field: PrivacyClass | None, viewer: Viewer
) -> Condition:
    """Return in which of the rows that exist for a viewer a field can be read.

    Args:
        concept: The concept.
        class_: Class of its rows.
        of_field: Class of the field where it has one of its own.
        viewer: Who asks.
    """
    if of_field is None or of_field is class_:
        return ALWAYS
    return of_class(of_field, concept, viewer)
