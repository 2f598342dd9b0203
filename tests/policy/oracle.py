"""Who may see what, said once more in plain Python over all rows, apart from the statements."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.models.kinds import PrivacyClass, Role
from hub.models.record import describe, described
from hub.policy import Viewer
from hub.store import Asks, concepts
from hub.store.tables import metadata

MARKER = re.compile(r"[A-Z]\w+\.\w+\.\d+(?:\.\w+)*")
PERSON = {
    "Appraisal": "employee_id",
    "AssignmentEligibility": "person_id",
    "CompetenceEvidence": "person_id",
    "CompetenceState": "person_id",
    "DevelopmentAgreement": "employee_id",
    "Fulfilment": "person_id",
    "IdentityLink": "person_id",
    "Inspection": "performed_by_id",
    "LearningRecord": "person_id",
    "PerformanceGoal": "employee_id",
    "Person": "id",
    "Ambition": "person_id",
}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """All rows of all tables, whoever may see them: by concept and id.

    Attributes:
        rows: The rows.
        shared: For each ambition, with whom it is shared.
    """

    rows: Mapping[str, Mapping[str, Row]]
    shared: Mapping[str, set[str]]

    def hidden(self, viewer: Viewer) -> dict[str, set[str]]:
        """Return the ids of the rows that are not there for a viewer, by concept."""
        return {
            name: {id_ for id_, row in rows.items() if not self.sees(viewer, name, row)}
            for name, rows in self.rows.items()
        }

    def sees(  # noqa: PLR0911, one rule for each kind of record
        self, viewer: Viewer, name: str, row: Row
    ) -> bool:
        """Say whether a row is there for a viewer."""
        class_ = {each.name: each.description.privacy for each in concepts().values()}[name]
        person = row.get(PERSON.get(name, ""))
        match name:
            case "DevelopmentAgreement":
                return self._agreed(viewer, row)
            case "AgreedResult" | "AgreedFacility":
                agreement = self.rows["DevelopmentAgreement"].get(row["agreement_id"])
                return agreement is not None and self._agreed(viewer, agreement)
            case "Ambition":
                return self._ambition(viewer, row)
            case "IdentityLink" if viewer.has(Role.INTEGRATOR):
                return True
            case "QuarantinedRecord":
                return viewer.has(Role.INTEGRATOR) and viewer.purpose is not None
            case "CompetenceEvidence":
                return may(viewer, evidence_class(row), person)
            case _:
                return may(viewer, class_, person)

    def _agreed(self, viewer: Viewer, row: Row) -> bool:
        mine = viewer.person_id in (row["employee_id"], row["manager_id"])
        return viewer.team is None or mine or may(viewer, PrivacyClass.TEAM, row["employee_id"])

    def _ambition(self, viewer: Viewer, row: Row) -> bool:
        match row["visible_to"]:
            case _ if row["person_id"] == viewer.person_id:
                return True
            case "NAMED":
                return viewer.person_id in self.shared.get(row["id"], set())
            case "MANAGER":
                return row["person_id"] in viewer.reports
            case shown:
                return bool(shown == "ORGANISATION")

    def masked(self, viewer: Viewer, name: str, row: Row) -> set[str]:
        """Return the columns of a row that is there which a viewer may not read."""
        of = {each.name: each for each in concepts().values()}[name]
        own = describe(of.type).privacy
        person = row.get(PERSON.get(name, ""))
        return {
            each.name
            for each, meaning in described(of.type)
            if meaning.privacy not in (None, own) and not may(viewer, meaning.privacy, person)
        }

    def forbidden(self, viewer: Viewer) -> set[str]:
        """Return the ids and texts that must not reach a viewer, nor leave the store for them."""
        found: set[str] = set()
        shown: set[str] = set()
        for name, rows in self.rows.items():
            for id_, row in rows.items():
                if not self.sees(viewer, name, row):
                    found |= {id_, *traces(row)}
                    continue
                masked = self.masked(viewer, name, row)
                found |= traces([row[each] for each in masked])
                shown |= traces([value for each, value in row.items() if each not in masked])
        return found - shown

    def named(self, viewer: Viewer) -> set[str]:
        """Return the ids of hidden rows that rows refer to which are there: mere references."""
        return {
            value
            for name, rows in self.rows.items()
            for row in rows.values()
            if self.sees(viewer, name, row)
            for each, value in row.items()
            if isinstance(value, str) and each.endswith("_id")
        }


def may(viewer: Viewer, class_: PrivacyClass | None, person: str | None) -> bool:
    """Say whether a viewer sees what is of a class about a person."""
    if class_ in (None, PrivacyClass.OPEN):
        return True
    own = person is not None and person == viewer.person_id
    below = person in viewer.reports
    match class_:
        case PrivacyClass.TEAM:
            return own or below or viewer.team is None or person in viewer.team
        case PrivacyClass.SENSITIVE:
            advised = viewer.advised is None or person in viewer.advised
            return own or (viewer.purpose is not None and (below or advised))
        case _:
            return own


def evidence_class(row: Row) -> PrivacyClass:
    """Return the class of a piece of evidence: judgements and blame are sensitive."""
    if row["kind"] == "SELF_ASSESSMENT":
        return PrivacyClass.PERSONAL
    judged = row["kind"] in ("APPRAISAL_RATING", "INTERVIEW_SCORE")
    blamed = (row["kind"], row["polarity"]) == ("QUALITY_RECORD", "NEGATIVE")
    return PrivacyClass.SENSITIVE if judged or blamed else PrivacyClass.TEAM


def traces(of: Any) -> set[str]:
    """Return the texts of the world that occur in something."""
    return set(MARKER.findall(json.dumps(of, default=str, ensure_ascii=False)))


async def facts(asks: Asks) -> Facts:
    """Return all rows."""
    found: dict[str, dict[str, Row]] = {}
    for each in concepts().values():
        names = [column.name for column in metadata().tables[each.table].columns]
        columns = ", ".join(f'"{name}"' for name in names)
        rows: Sequence[Sequence[Any]] = await asks.rows(f"SELECT {columns} FROM {each.table}")
        told = [dict(zip(names, row, strict=True)) for row in rows]
        found[each.name] = {row["id"]: row for row in told}
    shared: dict[str, set[str]] = {}
    for owner, target in await asks.rows("SELECT owner_id, target_id FROM ambition__shared_with"):
        shared.setdefault(owner, set()).add(target)
    return Facts(found, shared)
