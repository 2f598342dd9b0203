"""Where things come from: sources, runs, crosswalks, conflicts and quarantine."""

from datetime import datetime
from typing import Any

from hub.models.kinds import (
    ConflictStatus,
    ConnectorTier,
    LinkStatus,
    MatchRule,
    PrivacyClass,
    QuarantineReason,
    QuarantineStatus,
    SyncTrigger,
    SystemKind,
)
from hub.models.record import Nature, record, says
from hub.models.shared import AuditEntry


@record(Nature.KEPT, keys=("key",))
class SourceSystem:
    """One connected outside system."""

    key: str = says("Short stable key, e.g. frappe-hr.")
    name: str = says("Name.")
    kind: SystemKind = says("What it is for.")
    connector: str = says("Connector and version, e.g. frappe-hr 1.4.0.")
    tier: ConnectorTier = says("Result of the conformance kit for that version.")


@record(Nature.KEPT)
class SyncRun:
    """One sync of a source."""

    system: str = says("Key of the source.")
    stream: str | None = says("The stream read; null for all of them.", default=None)
    trigger: SyncTrigger = says("What started it.")
    full: bool = says("A full read instead of changes only.")
    started_at: datetime = says("Start.")
    finished_at: datetime | None = says("End; null while running.", default=None)
    read: int = says("Records read.")
    created: int = says("Records new to the hub.")
    changed: int = says("Records that differed.")
    deleted: int = says("Records found deleted.")
    quarantined: int = says("Records set aside.")
    error: str | None = says("Why it stopped early.", default=None)


@record(Nature.KEPT, privacy=PrivacyClass.TEAM)
class IdentityLink:
    """Says that an id in an outside system is this person."""

    system: str = says("Key of the source.")
    stream: str = says("Stream of the record.")
    external_id: str = says("The id there.")
    person_id: str | None = says("The person; null while unmatched.", default=None, target="Person")
    rule: MatchRule | None = says("How it was matched; null while unmatched.", default=None)
    confidence: float | None = says("0 to 1; null while unmatched.", default=None)
    status: LinkStatus = says("Where it stands.")
    attributes: Any | None = says(
        "What the source says about it, for deciding; masked by policy.",
        default=None,
    )
    history: tuple[AuditEntry, ...] = says(
        "Every decision, merges and splits included, newest first. Bounded: 100.",
        default=(),
    )


@record(Nature.KEPT)
class TermLink:
    """What a source's own word means here.

    The words are appraisal criteria, scorecard attributes, calendar categories, ticket queues.
    """

    system: str = says("Key of the source.")
    term_kind: str = says("What kind of word it is there, e.g. KRA or queue.")
    external_id: str = says("Native key of the term in the source.")
    term: str = says("The word as shown there.")
    target_type: str = says("Type of what it stands for.")
    target_id: str | None = says(
        "What it stands for; null while nobody decided.",
        default=None,
        target="Competence|WorkProcess|OrganisationUnit|JobProfile|Intervention",
    )
    levels: tuple[tuple[str, int], ...] = says(
        "Raw scores of the term and the ranks they stand for, where its scale is its own.",
        default=(),
    )
    confidence: float | None = says("How it was mapped; null while unmapped.", default=None)
    status: LinkStatus = says("Where it stands.")
    uses: int = says("Records that use the word.")
    history: tuple[AuditEntry, ...] = says(
        "Every decision, newest first. Bounded: 100.",
        default=(),
    )


@record(Nature.KEPT, privacy=PrivacyClass.SENSITIVE)
class QuarantinedRecord:
    """A record that could not be taken in; nothing is dropped."""

    system: str = says("Key of the source.")
    stream: str = says("The stream.")
    external_id: str | None = says("Its id there, if readable.", default=None)
    kind: QuarantineReason = says("Kind of fault.")
    message: str = says("The fault in words, with the field.")
    raw: Any | None = says(
        "The record as received; only for those who mend connectors.",
        default=None,
    )
    received_at: datetime = says("When it came.")
    attempts: int = says("Times tried.")
    status: QuarantineStatus = says("Where it stands.")


@record(Nature.KEPT)
class DataConflict:
    """Sources disagree on a field."""

    subject_type: str = says("Type of the entity.")
    subject_id: str = says("The entity.", target="Sourced")
    field: str = says("The field.")
    chosen: str | None = says("Key of the source whose value stands.", default=None)
    values: tuple[tuple[str, Any], ...] = says("Each source with what it says.", default=())
    rule: str = says("Rule of precedence that chose it.")
    status: ConflictStatus = says("Where it stands.")
    history: tuple[AuditEntry, ...] = says("Decisions, newest first. Bounded: 100.", default=())
