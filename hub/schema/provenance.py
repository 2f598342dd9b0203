"""Where things come from: sources and their state, crosswalks, conflicts, quarantine."""

import json

from hub.engine.origins import Children, Column, Computed, Order, Reference
from hub.models.provenance import (
    DataConflict,
    IdentityLink,
    QuarantinedRecord,
    SourceSystem,
    SyncRun,
    TermLink,
)
from hub.schema.computed import provenance, sources
from hub.schema.declare import Field, Object, camel, connection, node, of_model
from hub.schema.shared import VERSION, from_source, labelled

SOURCE_SYSTEM = node(
    SourceSystem,
    {
        "label": labelled("name"),
        **of_model(SourceSystem, "key name kind connector tier"),
        "streams": Field(
            type="[SourceStream!]!",
            says=(
                "What is read from and written to it: together the register of processing. Bounded:"
                " declared by the connector."
            ),
            origin=Computed(function=sources.streams, needs=("key", "connector")),
        ),
        "sync": Field(
            type="SyncState!",
            says="The worst state among its streams.",
            origin=Computed(function=sources.state, needs=("key",)),
        ),
        "runs": connection(
            "SyncRun",
            "Past and running syncs, newest first.",
            Children(
                type="SyncRun",
                of="key",
                on="r.system = {parent}",
                order=Order.down("r.started_at"),
            ),
        ),
        "version": Field(
            type="Int!", says="Rises with each change of its settings.", origin=Column("version")
        ),
    },
    interfaces="Labelled",
    keys=("id", "key"),
)

SOURCE_STREAM = Object(
    name="SourceStream",
    says="One kind of record read from a source: what, why, how long.",
    fields={
        "name": Field(
            type="String!",
            says="Name within the connector, e.g. appraisals.",
            origin=Column("name"),
        ),
        "entity": Field(
            type="String!", says="The type in this schema it feeds.", origin=Column("entity")
        ),
        "delivery": Field(type="Delivery!", says="Mirrored or live.", origin=Column("delivery")),
        "capabilities": Field(
            type="[Capability!]!",
            says="What the connector can do with it. Bounded: the enum.",
            origin=Column("capabilities"),
        ),
        "privacy": Field(
            type="PrivacyClass!", says="Highest class it carries.", origin=Column("privacy")
        ),
        "staleAfter": Field(
            type="Duration!",
            says="Age at which it counts as stale.",
            origin=Column("stale_after"),
        ),
        "held": Field(type="Int!", says="Records in the mirror.", origin=Column("held")),
    },
)

SYNC_STATE = Object(
    name="SyncState",
    says="How a source or stream stands.",
    fields={
        "status": Field(type="SyncStatus!", says="Summary.", origin=Column("status")),
        "lastSuccessAt": Field(
            type="DateTime",
            says="End of the last good sync; null: never.",
            origin=Column("last_success_at"),
        ),
        "lastAttemptAt": Field(
            type="DateTime", says="Start of the last attempt.", origin=Column("last_attempt_at")
        ),
        "ageSeconds": Field(
            type="Int", says="Age of the data; null: never synced.", origin=Column("age_seconds")
        ),
        "quarantined": Field(
            type="Int!", says="Records set aside and waiting.", origin=Column("quarantined")
        ),
        "error": Field(
            type="String", says="Last failure, without secrets.", origin=Column("error")
        ),
    },
)

SYNC_RUN = node(
    SyncRun,
    {
        "system": from_source(),
        **of_model(
            SyncRun, "trigger full startedAt finishedAt read changed deleted quarantined error"
        ),
    },
)

SOURCE_RECORD = Object(
    name="SourceRecord",
    says="Where (part of) an object came from.",
    fields={
        "system": from_source(),
        "stream": Field(type="String!", says="The stream.", origin=Column("stream")),
        "externalId": Field(type="String!", says="Its id there.", origin=Column("external_id")),
        "externalUrl": Field(
            type="URL", says="Where to open it there.", origin=Column("external_url")
        ),
        "version": Field(
            type="String", says="Version or ETag there.", origin=Column("source_version")
        ),
        "authoritative": Field(
            type="Boolean!",
            says="Whether this source owns the object.",
            origin=Column("authoritative"),
        ),
        "fields": Field(
            type="[String!]!",
            says="The fields of this object that it feeds. Bounded: the type's fields.",
            origin=Column("fields"),
        ),
        "delivery": Field(type="Delivery!", says="Mirrored or live.", origin=Column("delivery")),
        "changedAt": Field(type="DateTime", says="Last change there.", origin=Column("changed_at")),
        "fetchedAt": Field(
            type="DateTime!", says="When the hub last read it.", origin=Column("fetched_at")
        ),
        "asOf": Field(
            type="DateTime!",
            says="Up to when it is known to hold: the source's watermark.",
            origin=Column("as_of"),
        ),
        "deletedAt": Field(
            type="DateTime", says="When it vanished there.", origin=Column("deleted_at")
        ),
    },
)

FRESHNESS = Object(
    name="Freshness",
    says="Age of a record.",
    fields={
        "asOf": Field(
            type="DateTime!",
            says="Up to when its oldest part is known to hold.",
            origin=Column("as_of"),
        ),
        "ageSeconds": Field(
            type="Int!", says="Seconds between then and the answer.", origin=Column("age_seconds")
        ),
        "stale": Field(
            type="Boolean!", says="Older than its stream's `staleAfter`.", origin=Column("stale")
        ),
        "delivery": Field(
            type="Delivery!", says="LIVE only when all parts are.", origin=Column("delivery")
        ),
    },
)

IDENTITY_LINK = node(
    IdentityLink,
    {
        "label": labelled("external_id"),
        "system": from_source(),
        **of_model(IdentityLink, "externalId person rule confidence status"),
        "candidates": Field(
            type="[IdentityCandidate!]!",
            says="Who it may be, best first. Bounded: 10.",
            origin=Computed(function=provenance.identity_candidates, needs=("id",)),
        ),
        **of_model(IdentityLink, "attributes"),
        "history": Field(
            type="[AuditEntry!]!",
            says="Every decision, merges and splits included, newest first. Bounded: 100.",
            origin=Column("history", json.loads),
        ),
        "version": VERSION,
    },
    interfaces="Labelled",
)

IDENTITY_CANDIDATE = Object(
    name="IdentityCandidate",
    says="A possible match.",
    fields={
        "person": Field(type="Person!", says="Who.", origin=Reference("person_id", "Person")),
        "rule": Field(type="MatchRule!", says="By which rule.", origin=Column("rule")),
        "confidence": Field(type="Float!", says="0 to 1.", origin=Column("confidence")),
    },
)

TERM_LINK = node(
    TermLink,
    {
        "label": labelled("term"),
        "system": from_source(),
        **of_model(TermLink, "termKind"),
        "externalId": Field(
            type="String!", says="The word's key there.", origin=Column("external_id")
        ),
        **of_model(TermLink, "term"),
        "target": Field(
            type="Node",
            says="The competence, process, unit or job profile that it means; null while unmapped.",
            origin=Reference("target_id", type_column="target_type"),
        ),
        **of_model(TermLink, "confidence status uses"),
        "suggestions": Field(
            type="[Node!]!",
            says="What it may mean, best first. Bounded: 10.",
            origin=Computed(function=provenance.term_suggestions, needs=("id",)),
        ),
        "history": Field(
            type="[AuditEntry!]!",
            says="Every decision, newest first. Bounded: 100.",
            origin=Column("history", json.loads),
        ),
        "version": VERSION,
    },
    says=(
        "What a source's own word means here: an appraisal criterion, a scorecard attribute, a"
        " calendar category, a ticket queue."
    ),
    interfaces="Labelled",
)

QUARANTINED_RECORD = node(
    QuarantinedRecord,
    {
        "system": from_source(),
        **of_model(QuarantinedRecord, "stream externalId kind message"),
        "raw": Field(
            type="JSON",
            says="The record as received; only for those who mend connectors.",
            origin=Column("raw", json.loads),
        ),
        **of_model(QuarantinedRecord, "receivedAt attempts status"),
    },
)

DATA_CONFLICT = node(
    DataConflict,
    {
        "subject": Field(
            type="Sourced",
            says="The object; null if hidden from the viewer.",
            origin=Reference("subject_id", type_column="subject_type"),
        ),
        "field": Field(type="String!", says="The field.", origin=Column("field", camel)),
        "candidates": Field(
            type="[ConflictCandidate!]!",
            says="What each source says. Bounded: one per stream.",
            origin=Computed(function=provenance.conflict_candidates, needs=provenance.CONFLICT),
        ),
        "chosen": Field(
            type="ConflictCandidate",
            says="What is served.",
            origin=Computed(function=provenance.conflict_choice, needs=provenance.CONFLICT),
        ),
        **of_model(DataConflict, "rule status"),
        "version": VERSION,
    },
)

CONFLICT_CANDIDATE = Object(
    name="ConflictCandidate",
    says="What one source says.",
    fields={
        "id": Field(
            type="ID!", says="Names the candidate within its conflict.", origin=Column("id")
        ),
        "record": Field(type="SourceRecord!", says="The source.", origin=Column("record")),
        "value": Field(
            type="JSON", says="The value there; masked by policy.", origin=Column("value")
        ),
    },
)

DECLARED = (
    SOURCE_SYSTEM,
    SOURCE_STREAM,
    SYNC_STATE,
    SYNC_RUN,
    SOURCE_RECORD,
    FRESHNESS,
    IDENTITY_LINK,
    IDENTITY_CANDIDATE,
    TERM_LINK,
    QUARANTINED_RECORD,
    DATA_CONFLICT,
    CONFLICT_CANDIDATE,
)
