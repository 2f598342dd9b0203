"""Decisions: what clients give for them, and what they get back."""

from collections.abc import Mapping

from hub.engine.origins import Column, Command
from hub.schema.declare import Argument, Field, Input, Object

ONCE: Mapping[str, Argument] = {
    "idempotencyKey": Argument(
        type="String!",
        says=(
            "Chosen by the client, e.g. a UUID; the same key never has a second effect (kept"
            " 30 days)."
        ),
    )
}
"""What every input begins with."""

LAST_READ: Mapping[str, Argument] = {
    "expectedVersion": Argument(
        type="Int!",
        says="The `version` last read; refused with VERSION_CONFLICT when it has moved on.",
    )
}
WHY: Mapping[str, Argument] = {
    "reason": Argument(type="String!", says="Why, in words the person concerned may read.")
}
NOTE: Mapping[str, Argument] = {
    "note": Argument(
        type="String", says="Free text, kept with the record and shown to the person concerned."
    )
}

OUTCOME: Mapping[str, Field] = {
    "errors": Field(
        type="[UserError!]!",
        says="Expected failures; empty when it was done. Bounded: one per input field.",
        origin=Column("errors"),
    ),
    "replayed": Field(
        type="Boolean!",
        says="True when this idempotency key was seen before: nothing was done again.",
        origin=Column("replayed"),
    ),
}
"""What every payload begins with."""

SAVE_REQUIREMENT_INPUT = Input(
    name="SaveRequirementInput",
    says="What a subject asks.",
    fields={
        **ONCE,
        "id": Argument(type="ID", says="The one to change; leave out to create."),
        "expectedVersion": Argument(
            type="Int", says="Required with `id`: the `version` last read."
        ),
        "subjectId": Argument(
            type="ID!", says="Goal, profile, process, vacancy, assignment, system, change or rule."
        ),
        "competence": Argument(type="CompetenceKey!", says="Which competence."),
        "rank": Argument(type="Int!", says="At which rank."),
        "criticality": Argument(type="Severity!", says="How bad its lack is."),
        "enforcement": Argument(
            type="Enforcement!",
            says="What happens on lack; BLOCK needs `legalBasis`.",
            default="INFORM",
        ),
        "legalBasis": Argument(type="String", says="Law or rule."),
        "minHolders": Argument(type="Int", says="How many must have it."),
        "credentialRequired": Argument(
            type="Boolean!", says="A valid credential is needed.", default=False
        ),
        "derivedFromId": Argument(type="ID", says="The wider requirement it carries out."),
        "validFrom": Argument(type="Date!", says="First day it holds."),
        "validUntil": Argument(
            type="Date", says="First day it no longer holds; left out: until further notice."
        ),
    },
)

DECIDE_CAUSE_INPUT = Input(
    name="DecideCauseInput",
    says="Whether lacking competence was a cause.",
    fields={
        **ONCE,
        "nonconformityId": Argument(type="ID!", says="Of which nonconformity."),
        "competence": Argument(type="CompetenceKey!", says="Which competence; suggested or not."),
        "confirmed": Argument(type="Boolean!", says="Yes or no."),
        "share": Argument(type="Float", says="Share in the cause, 0 to 1; required with yes."),
        **NOTE,
        **LAST_READ,
    },
)

LINK_IDENTITY_INPUT = Input(
    name="LinkIdentityInput",
    says="An outside id is this person.",
    fields={
        **ONCE,
        "person": Argument(type="PersonKey!", says="Who."),
        "external": Argument(type="ExternalKey!", says="The outside id."),
        **WHY,
    },
)

DECIDE_IDENTITY_LINK_INPUT = Input(
    name="DecideIdentityLinkInput",
    says="Whether a proposed link is right.",
    fields={
        **ONCE,
        "linkId": Argument(type="ID!", says="Which."),
        "confirm": Argument(type="Boolean!", says="Yes or no."),
        **WHY,
        **LAST_READ,
    },
)

MERGE_PEOPLE_INPUT = Input(
    name="MergePeopleInput",
    says="Two are one. Can be undone by a split.",
    fields={
        **ONCE,
        "keepId": Argument(type="ID!", says="Who stays."),
        "mergeId": Argument(
            type="ID!", says="Who becomes part of that; the id keeps leading there."
        ),
        "expectedKeepVersion": Argument(type="Int!", says="`version` last read of who stays."),
        "expectedMergeVersion": Argument(type="Int!", says="And of the other."),
        **WHY,
    },
)

SPLIT_PERSON_INPUT = Input(
    name="SplitPersonInput",
    says="One is two: some links belong to someone else.",
    fields={
        **ONCE,
        "personId": Argument(type="ID!", says="Who."),
        "linkIds": Argument(type="[ID!]!", says="Links that belong to the other."),
        "to": Argument(
            type="PersonKey", says="The other; left out: a new person, or the one once merged."
        ),
        "expectedVersion": Argument(type="Int!", says="The `version` last read."),
        **WHY,
    },
)

SAVE_TERM_LINK_INPUT = Input(
    name="SaveTermLinkInput",
    says="Say what a source's word means.",
    fields={
        **ONCE,
        "expectedVersion": Argument(
            type="Int",
            says="The version that was read; refused with VERSION_CONFLICT if it has moved.",
        ),
        "termLinkId": Argument(type="ID!", says="The term link."),
        "targetId": Argument(
            type="ID",
            says=(
                "The competence, process, unit or job profile it means; null: it means nothing"
                " here."
            ),
        ),
        "reason": Argument(type="String!", says="Why, in words."),
    },
)

DECIDE_ACTIONS_INPUT = Input(
    name="DecideActionsInput",
    says="A decision on one or more actions; all or none.",
    fields={
        **ONCE,
        "actions": Argument(type="[ActionVersionInput!]!", says="Which, 1 to 100."),
        "approve": Argument(type="Boolean!", says="Yes or no."),
        **NOTE,
    },
)

ACTION_VERSION_INPUT = Input(
    name="ActionVersionInput",
    says="An action as the viewer saw it.",
    fields={
        "id": Argument(type="ID!", says="Which."),
        "expectedVersion": Argument(type="Int!", says="The version shown when deciding."),
    },
)

MUTATION_PAYLOAD = Object(
    name="MutationPayload",
    says="What every mutation answers.",
    fields=OUTCOME,
    is_interface=True,
)

USER_ERROR = Object(
    name="UserError",
    says="An expected failure, to be shown or handled. Nothing was changed.",
    fields={
        "code": Field(type="UserErrorCode!", says="Kind of failure.", origin=Column("code")),
        "message": Field(
            type="String!", says="For the user, in the viewer's language.", origin=Column("message")
        ),
        "path": Field(
            type="[String!]!",
            says=(
                "Input field, e.g. results, 0, dueOn; empty: the whole. Bounded: depth of the"
                " input."
            ),
            origin=Column("path"),
        ),
        "current": Field(
            type="Node",
            says="The object as it is now, on VERSION_CONFLICT and ALREADY_DONE.",
            origin=Column("current"),
        ),
    },
)

REQUIREMENT_PAYLOAD = Object(
    name="RequirementPayload",
    says="Answer about a requirement.",
    fields={
        **OUTCOME,
        "requirement": Field(
            type="CompetenceRequirement",
            says="The requirement, changed.",
            origin=Column("requirement"),
        ),
    },
    interfaces=("MutationPayload",),
)

NONCONFORMITY_PAYLOAD = Object(
    name="NonconformityPayload",
    says="Answer about a nonconformity.",
    fields={
        **OUTCOME,
        "nonconformity": Field(
            type="Nonconformity", says="The nonconformity, changed.", origin=Column("nonconformity")
        ),
    },
    interfaces=("MutationPayload",),
)

IDENTITY_PAYLOAD = Object(
    name="IdentityPayload",
    says="Answer about identity.",
    fields={
        **OUTCOME,
        "link": Field(type="IdentityLink", says="The link, changed.", origin=Column("link")),
        "people": Field(
            type="[Person!]!",
            says="The people concerned, as they are now. Bounded: 2.",
            origin=Column("people", absent=()),
        ),
    },
    interfaces=("MutationPayload",),
)

TERM_LINK_PAYLOAD = Object(
    name="TermLinkPayload",
    says="What became of a term link.",
    fields={
        **OUTCOME,
        "termLink": Field(
            type="TermLink", says="The term link; null on failure.", origin=Column("termLink")
        ),
    },
    interfaces=("MutationPayload",),
)

COUPLING_ACTION_PAYLOAD = Object(
    name="CouplingActionPayload",
    says="Answer about coupling actions.",
    fields={
        **OUTCOME,
        "actions": Field(
            type="[CouplingAction!]!",
            says="The actions, changed. Bounded: 100.",
            origin=Column("actions", absent=()),
        ),
    },
    interfaces=("MutationPayload",),
)

MUTATION = Object(
    name="Mutation",
    says="Changes. Each takes one input and is safe to send twice with the same idempotency key.",
    fields={
        "saveRequirement": Field(
            type="RequirementPayload!",
            says="Add or change a requirement. By: owner of the subject, competence manager.",
            origin=Command(name="saveRequirement"),
            arguments={"input": Argument(type="SaveRequirementInput!", says="What to do.")},
        ),
        "decideCause": Field(
            type="NonconformityPayload!",
            says="Say whether lacking competence was a cause. By: process owner, quality adviser.",
            origin=Command(name="decideCause"),
            arguments={"input": Argument(type="DecideCauseInput!", says="What to do.")},
        ),
        "linkIdentity": Field(
            type="IdentityPayload!",
            says="Match an outside id to a person. By: integrator, HR adviser.",
            origin=Command(name="linkIdentity"),
            arguments={"input": Argument(type="LinkIdentityInput!", says="What to do.")},
        ),
        "decideIdentityLink": Field(
            type="IdentityPayload!",
            says="Confirm or reject a proposed match. By: integrator, HR adviser.",
            origin=Command(name="decideIdentityLink"),
            arguments={"input": Argument(type="DecideIdentityLinkInput!", says="What to do.")},
        ),
        "mergePeople": Field(
            type="IdentityPayload!",
            says="Make two one. By: integrator, HR adviser.",
            origin=Command(name="mergePeople"),
            arguments={"input": Argument(type="MergePeopleInput!", says="What to do.")},
        ),
        "splitPerson": Field(
            type="IdentityPayload!",
            says="Make one two, or undo a merge. By: integrator, HR adviser.",
            origin=Command(name="splitPerson"),
            arguments={"input": Argument(type="SplitPersonInput!", says="What to do.")},
        ),
        "saveTermLink": Field(
            type="TermLinkPayload!",
            says="Say what a source's own word means. By: integrator, competence manager.",
            origin=Command(name="saveTermLink"),
            arguments={"input": Argument(type="SaveTermLinkInput!", says="What to do.")},
        ),
        "decideActions": Field(
            type="CouplingActionPayload!",
            says="Approve or reject proposed actions. By: their approver.",
            origin=Command(name="decideActions"),
            arguments={"input": Argument(type="DecideActionsInput!", says="What to do.")},
        ),
    },
)

DECLARED = (
    SAVE_REQUIREMENT_INPUT,
    DECIDE_CAUSE_INPUT,
    LINK_IDENTITY_INPUT,
    DECIDE_IDENTITY_LINK_INPUT,
    MERGE_PEOPLE_INPUT,
    SPLIT_PERSON_INPUT,
    SAVE_TERM_LINK_INPUT,
    DECIDE_ACTIONS_INPUT,
    ACTION_VERSION_INPUT,
    MUTATION_PAYLOAD,
    USER_ERROR,
    REQUIREMENT_PAYLOAD,
    NONCONFORMITY_PAYLOAD,
    IDENTITY_PAYLOAD,
    TERM_LINK_PAYLOAD,
    COUPLING_ACTION_PAYLOAD,
    MUTATION,
)
