"""Rules, the actions that they propose, and the events that led to them."""

import json

from hub.engine.origins import Children, Column, Computed, Order, Reference
from hub.models.coupling import (
    Approval,
    CouplingAction,
    CouplingRule,
    DomainEvent,
    FieldChange,
    ProposedChange,
)
from hub.schema import filters
from hub.schema.computed import couplings
from hub.schema.declare import Field, Object, connection, node, of_model
from hub.schema.shared import VERSION, from_source, labelled

COUPLING_RULE = node(
    CouplingRule,
    {
        "label": labelled("title"),
        **of_model(CouplingRule, "key title"),
        "from": Field(type="SystemKind!", says="Where it listens.", origin=Column("from_")),
        "to": Field(type="SystemKind!", says="Where it acts.", origin=Column("to")),
        **of_model(
            CouplingRule,
            "trigger condition effect mode highestMode approvers enabled dataUsed origin",
        ),
        "history": Field(
            type="[AuditEntry!]!",
            says="Changes of mode and thresholds, newest first. Bounded: 100.",
            origin=Column("history", json.loads),
        ),
        "actions": connection(
            "CouplingAction",
            "Its actions, newest first.",
            Children(
                type="CouplingAction",
                of="key",
                on="r.rule = {parent}",
                order=Order.down("r.created_at"),
            ),
            filtered=filters.COUPLING_ACTION_FILTER,
        ),
        "version": VERSION,
    },
    interfaces="Labelled",
    keys=("id", "key"),
)

COUPLING_ACTION = node(
    CouplingAction,
    {
        "label": labelled("summary"),
        **of_model(CouplingAction, "summary"),
        "rule": Field(
            type="CouplingRule",
            says="The rule; null when a person proposed it.",
            origin=Reference("rule", "CouplingRule", keyed=True),
        ),
        "event": Field(
            type="DomainEvent",
            says="The event; null when a person proposed it.",
            origin=Reference("event_id", type="DomainEvent"),
        ),
        "subject": Field(
            type="Node",
            says="What or whom it is about; null if hidden from the viewer.",
            origin=Reference("subject_id", type_column="subject_type"),
        ),
        **of_model(
            CouplingAction,
            "status reasons changes approvals createdAt expiresAt executedAt attempts error"
            " supersededBy key",
        ),
        "viewerCanDecide": Field(
            type="Boolean!",
            says="Whether the viewer may decide on it.",
            origin=Computed(function=couplings.viewer_can_decide, needs=("id",)),
        ),
        "version": VERSION,
    },
    interfaces="Labelled",
)

APPROVAL = Object(
    name="Approval",
    says="One decision that an action needs.",
    fields={**of_model(Approval, "role decision by at note")},
)

PROPOSED_CHANGE = Object(
    name="ProposedChange",
    says="One write or notice.",
    fields={
        **of_model(ProposedChange, "operation"),
        "system": from_source("SourceSystem", "Where; null: in the hub."),
        "target": Field(
            type="Node",
            says="The object changed; null for a new one.",
            origin=Reference("target_id", type_column="entity"),
        ),
        **of_model(ProposedChange, "entity"),
        **of_model(ProposedChange, "fields text"),
    },
)

FIELD_CHANGE = Object(
    name="FieldChange",
    says="One field, before and after.",
    fields={
        **of_model(FieldChange, "field label before after"),
        "masked": Field(
            type="Boolean!",
            says="Whether policy hides the values from the viewer.",
            origin=Column("masked", absent=False),
        ),
    },
)

DOMAIN_EVENT = node(
    DomainEvent,
    {
        **of_model(DomainEvent, "type"),
        "system": from_source("SourceSystem", "Where; null: in the hub."),
        "subject": Field(
            type="Node",
            says="About what; null if hidden from the viewer.",
            origin=Reference("subject_id", type_column="subject_type"),
        ),
        **of_model(DomainEvent, "changes occurredAt receivedAt key"),
        "causedBy": Field(
            type="CouplingAction",
            says="The hub's own write that came back; no rule hears it.",
            origin=Reference("caused_by_id", type="CouplingAction"),
        ),
        "actions": Field(
            type="[CouplingAction!]!",
            says="What rules proposed because of it. Bounded: 100.",
            origin=Children(type="CouplingAction", on="r.event_id = {parent}"),
        ),
    },
)

DECLARED = (
    COUPLING_RULE,
    COUPLING_ACTION,
    APPROVAL,
    PROPOSED_CHANGE,
    FIELD_CHANGE,
    DOMAIN_EVENT,
)
