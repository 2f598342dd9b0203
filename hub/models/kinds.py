"""The closed lists of the hub's vocabulary; each value carries its sentence.

Names and sentences are those of the public graph.
"""

from enum import StrEnum
from typing import Self


class Described(StrEnum):
    """A closed list whose values explain themselves."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Self:
        made = str.__new__(cls, value)
        made._value_ = value
        made.sentence = sentence
        return made


class SystemKind(Described):
    """What an outside system is for; HUB is this hub itself."""

    HRIS = "HRIS", "Personnel: people, employments, units, job profiles."
    IDENTITY = "IDENTITY", "Directory: accounts and identity attributes."
    ATS = "ATS", "Recruitment and selection."
    APPRAISAL = "APPRAISAL", "Review and appraisal talks."
    REWARD = "REWARD", "Pay grades and rewards."
    QMS = "QMS", "Quality: processes, nonconformities, actions, indicators."
    PLANNING = "PLANNING", "Work planning and distribution."
    ITSM = "ITSM", "IT service: systems, changes, tickets."
    KNOWLEDGE_BASE = "KNOWLEDGE_BASE", "Articles and job aids."
    LMS = "LMS", "Learning management."
    LRS = "LRS", "Learning record store (xAPI)."
    CREDENTIAL = "CREDENTIAL", "Badges, certificates, licences."
    FRAMEWORK = "FRAMEWORK", "Competence frameworks, e.g. ESCO."
    HUB = "HUB", "The hub's own data."


class PrivacyClass(Described):
    """Who may read a value."""

    OPEN = "OPEN", "All staff."
    TEAM = "TEAM", "The person, their line manager and project coordinators in scope."
    PERSONAL = "PERSONAL", "The person and whom they name."
    SENSITIVE = "SENSITIVE", "The person; their manager and HR with a purpose."
    PAY = "PAY", "The person; HR reward with a purpose."


class Purpose(Described):
    """What sensitive data is read for. The policy says which roles may state which purpose."""

    APPRAISAL_TALK = "APPRAISAL_TALK", "Preparing, holding or checking an appraisal talk."
    DEVELOPMENT = "DEVELOPMENT", "Agreeing on and following development."
    SELECTION = "SELECTION", "Filling a vacancy."
    PAY_ROUND = "PAY_ROUND", "Deciding on pay steps and allowances."
    PAY_TRANSPARENCY = "PAY_TRANSPARENCY", "Reporting under Directive (EU) 2023/970."
    ROSTERING = "ROSTERING", "Covering shifts safely."
    QUALITY_INVESTIGATION = "QUALITY_INVESTIGATION", "Finding the cause of a nonconformity."
    AUDIT = "AUDIT", "Internal or external audit."
    PRIVACY_REQUEST = "PRIVACY_REQUEST", "Serving a request by the person concerned."
    SUPPORT = "SUPPORT", "Mending a fault in the hub or a connector."


class Disclosure(Described):
    """Whether the figures of an aggregate are shown.

    Who may see every person in it sees it exact.
    """

    EXACT = "EXACT", "As counted."
    ROUNDED = "ROUNDED", "Counts rounded to 5, pay to 100, so that small differences do not show."
    PARTIAL = "PARTIAL", "Some figures withheld (null), as they would single people out."
    SUPPRESSED = (
        "SUPPRESSED",
        "Group or its complement smaller than the smallest size: all figures withheld (null).",
    )
    SAMPLE_TOO_SMALL = (
        "SAMPLE_TOO_SMALL",
        "Counts shown; rates and effects withheld (null), as the sample supports no conclusion.",
    )


class ConnectorTier(Described):
    """Computed quality of a connector, never declared."""

    UNRATED = "UNRATED", "Not run through the kit."
    BRONZE = "BRONZE", "Connects, maps and resumes."
    SILVER = "SILVER", "And withstands faults."
    GOLD = "GOLD", "Every claimed capability proven."
    PLATINUM = "PLATINUM", "Proven against the real system in the last 30 days."


class Delivery(Described):
    """How data comes into an answer."""

    MIRRORED = "MIRRORED", "From the hub's synced copy."
    LIVE = "LIVE", "Fetched while the query ran; not kept."


class Capability(Described):
    """What a connector can do with a stream."""

    READ = "READ", "Read all."
    LOOKUP = "LOOKUP", "Fetch by id, in batches."
    DELTA = "DELTA", "Read only what changed."
    DELETIONS = "DELETIONS", "Learn of deletions."
    WEBHOOK = "WEBHOOK", "Be told of changes."
    AS_OF = "AS_OF", "Answer for a past moment."
    WRITE = "WRITE", "Write back."


class SyncStatus(Described):
    """Health of a source or stream."""

    FRESH = "FRESH", "Within `staleAfter`."
    STALE = "STALE", "Older than that."
    RUNNING = "RUNNING", "First sync under way."
    THROTTLED = "THROTTLED", "Waiting as the source asked."
    FAILED = "FAILED", "Last attempt failed; the last good data is served."
    PAUSED = "PAUSED", "Stopped by a person."
    NEVER = "NEVER", "Not synced yet."


class SyncTrigger(Described):
    """What started a sync."""

    SCHEDULE = "SCHEDULE", "Its interval."
    WEBHOOK = "WEBHOOK", "A message of the source."
    MANUAL = "MANUAL", "A person."
    DRIFT = "DRIFT", "A change of mapping or of the upstream format."


class MatchRule(Described):
    """How an outside id was matched; never by name."""

    EMPLOYEE_NUMBER = "EMPLOYEE_NUMBER", "Same employee number."
    SCIM_EXTERNAL_ID = "SCIM_EXTERNAL_ID", "Same SCIM externalId."
    WORK_EMAIL = "WORK_EMAIL", "Same work email."
    XAPI_ACCOUNT = "XAPI_ACCOUNT", "Same xAPI account."
    LDAP_DN = "LDAP_DN", "Same directory entry."
    MANUAL = "MANUAL", "A person decided."


class LinkStatus(Described):
    """Where an identity link stands."""

    CONFIRMED = "CONFIRMED", "In use."
    PROPOSED = "PROPOSED", "Waiting for a decision."
    REJECTED = "REJECTED", "Decided: not this person."
    UNMATCHED = "UNMATCHED", "Parked: no candidate yet; its records wait."


class QuarantineReason(Described):
    """Why a record was set aside."""

    MAPPING = "MAPPING", "A value could not be mapped."
    SCHEMA_DRIFT = "SCHEMA_DRIFT", "The upstream format changed."
    UNKNOWN_PERSON = "UNKNOWN_PERSON", "Its person is not matched."
    UNKNOWN_COMPETENCE = "UNKNOWN_COMPETENCE", "Its competence is not aligned."
    UNKNOWN_LEVEL = "UNKNOWN_LEVEL", "Its rating is not on a mapped scale."
    TOO_LARGE = "TOO_LARGE", "Beyond the size limit."
    POISON = "POISON", "Processing failed repeatedly."


class QuarantineStatus(Described):
    """Where a quarantined record stands."""

    WAITING = "WAITING", "To be mended."
    REPLAYED = "REPLAYED", "Taken in after all."
    DISCARDED = "DISCARDED", "Set aside for good, with a reason."


class ConflictStatus(Described):
    """Where a conflict stands."""

    OPEN = "OPEN", "No rule settles it."
    RESOLVED_BY_RULE = "RESOLVED_BY_RULE", "Settled by precedence."
    RESOLVED_BY_PERSON = "RESOLVED_BY_PERSON", "Settled by a person."


class UnitKind(Described):
    """What kind of unit."""

    LEGAL_ENTITY = "LEGAL_ENTITY", "Legal person."
    BUSINESS_UNIT = "BUSINESS_UNIT", "Business unit with its own results."
    REGION = "REGION", "Geographical region."
    STATION = "STATION", "Outstation."
    DEPARTMENT = "DEPARTMENT", "Department."
    TEAM = "TEAM", "Team."
    GOVERNANCE = "GOVERNANCE", "Sets competence policy."
    PROCESS_SUPPORT = "PROCESS_SUPPORT", "Coordinates for one business unit."
    SHARED_SERVICES = "SHARED_SERVICES", "Expertise across processes, on commission."


class Role(Described):
    """What someone may see and do, beside what comes from being employee or line manager.

    Roles, not functions.
    """

    DIRECTOR = "DIRECTOR", "Sets ambitions, creates conditions; of the whole or of a region."
    COMPETENCE_MANAGER = (
        "COMPETENCE_MANAGER",
        "Fixes core competences, requirements and rule modes.",
    )
    COORDINATOR = (
        "COORDINATOR",
        "Brings the right people together in time; handles proposed actions.",
    )
    PROJECT_LEADER = "PROJECT_LEADER", "Leads a development project."
    DESIGNER = "DESIGNER", "Analyses, designs, evaluates."
    LEARNING_FACILITATOR = "LEARNING_FACILITATOR", "Instructs, trains, coaches."
    LINE_MANAGER = "LINE_MANAGER", "Agrees on results, creates facilities."
    EMPLOYEE = "EMPLOYEE", "Responsible for own results."
    PROCESS_OWNER = "PROCESS_OWNER", "Answers for a work process."
    AREA_OWNER = "AREA_OWNER", "Says what an area needs (the what)."
    EXPERTISE_OWNER = "EXPERTISE_OWNER", "Says which mix works best (the how)."
    CLIENT = "CLIENT", "Commissions a project."
    PROJECT_MEMBER = "PROJECT_MEMBER", "Sits in a project or steering group."
    HR_ADVISER = "HR_ADVISER", "Couples with recruitment and appraisal."
    REWARD_ADVISER = "REWARD_ADVISER", "Decides on rewards."
    SYSTEMS_ADVISER = "SYSTEMS_ADVISER", "Couples with information systems."
    QUALITY_ADVISER = "QUALITY_ADVISER", "Couples with the quality system."
    PLANNER = "PLANNER", "Plans and distributes work."
    EXTERNAL_SUPPLIER = "EXTERNAL_SUPPLIER", "Outside trainer or adviser; narrow scope."
    ANALYST = "ANALYST", "Reads aggregates."
    AUDITOR = "AUDITOR", "Reads audit packs."
    WORKS_COUNCIL = (
        "WORKS_COUNCIL",
        "Reads the register of rules, of processing and of reads; no individual data.",
    )
    PRIVACY_OFFICER = "PRIVACY_OFFICER", "Handles privacy requests; reads the log."
    INTEGRATOR = "INTEGRATOR", "Runs connectors, identity and quarantine."
    ADMINISTRATOR = "ADMINISTRATOR", "Grants roles and tokens; has no access to content by itself."


class SeatAxis(Described):
    """The two axes of a centre."""

    WHAT = "WHAT", "Which competences deserve attention."
    HOW = "HOW", "Which interventions work."


class Expertise(Described):
    """Expertise needed to set up development."""

    LEARNING_PROCESSES = "LEARNING_PROCESSES", "Learning."
    PERSONNEL_INSTRUMENTS = "PERSONNEL_INSTRUMENTS", "Recruitment, appraisal, reward."
    WORK_PROCESSES = "WORK_PROCESSES", "Work and its organisation."
    SYSTEMS = "SYSTEMS", "Information and quality systems."


class CompetenceKind(Described):
    """What kind of competence."""

    SKILL = "SKILL", "Being able to."
    KNOWLEDGE = "KNOWLEDGE", "Knowing."
    ATTITUDE = "ATTITUDE", "Disposition."
    COMPETENCE = "COMPETENCE", "Skill, knowledge and attitude together."
    LEARNING_ABILITY = "LEARNING_ABILITY", "Learning itself."


class CompetenceScope(Described):
    """Where it is needed; decides where facilitators sit."""

    UNIT_SPECIFIC = "UNIT_SPECIFIC", "In one business unit."
    CROSS_UNIT = "CROSS_UNIT", "In several."


class AlignmentType(Described):
    """Kinds of alignment (CASE, SKOS)."""

    EXACT_MATCH = "EXACT_MATCH", "The same; evidence counts for both."
    CLOSE_MATCH = "CLOSE_MATCH", "Nearly the same."
    BROADER = "BROADER", "The other is more general."
    NARROWER = "NARROWER", "The other is more specific."
    RELATED = "RELATED", "Related."
    REPLACED_BY = "REPLACED_BY", "The other replaces it."


class DecayKind(Described):
    """Ways of fading."""

    NONE = "NONE", "Does not fade."
    EXPIRY = "EXPIRY", "Ends on a day."
    HALF_LIFE = "HALF_LIFE", "Fades gradually."


class Severity(Described):
    """How bad."""

    LOW = "LOW", "Nuisance."
    MEDIUM = "MEDIUM", "Costs time or quality."
    HIGH = "HIGH", "Costs customers or much money."
    CRITICAL = "CRITICAL", "Touches safety, law or continuity."


class Enforcement(Described):
    """What a lack leads to."""

    INFORM = "INFORM", "It is shown."
    WARN = "WARN", "A warning that can be passed over."
    BLOCK = "BLOCK", "No assignment; only with a legal basis."


class EvidenceKind(Described):
    """What was observed, strongest first. Learning, talk and reading can at most make CLAIMED."""

    WORK_RESULT = "WORK_RESULT", "Work finished well."
    OBSERVATION = "OBSERVATION", "Seen by someone competent."
    ASSESSMENT = "ASSESSMENT", "A practical assessment."
    CREDENTIAL = "CREDENTIAL", "A verified credential."
    QUALITY_RECORD = "QUALITY_RECORD", "Inspection passed, or a confirmed cause."
    APPRAISAL_RATING = "APPRAISAL_RATING", "A rating in an appraisal."
    TICKET_RESOLUTION = "TICKET_RESOLUTION", "Tickets solved."
    PEER_ENDORSEMENT = "PEER_ENDORSEMENT", "A colleague's word."
    INTERVIEW_SCORE = "INTERVIEW_SCORE", "A score at selection."
    LEARNING_COMPLETION = "LEARNING_COMPLETION", "Learning completed or passed."
    SELF_ASSESSMENT = "SELF_ASSESSMENT", "The person's own word."


class Polarity(Described):
    """What evidence says."""

    POSITIVE = "POSITIVE", "For."
    NEGATIVE = "NEGATIVE", "Against."
    NEUTRAL = "NEUTRAL", "Use without judgement."


class ContestOutcome(Described):
    """How an objection stands."""

    OPEN = "OPEN", "Not settled."
    UPHELD = "UPHELD", "Right: the evidence no longer counts."
    DISMISSED = "DISMISSED", "Not upheld: it counts again."
    WITHDRAWN = "WITHDRAWN", "Taken back."


class StateStatus(Described):
    """How sure a state is."""

    PROVEN = "PROVEN", "Shown in work or by assessment, and in force."
    EXPIRING = "EXPIRING", "Proven, but ends within 90 days."
    CLAIMED = "CLAIMED", "Said, learned or endorsed, not shown."
    DECAYED = "DECAYED", "Was proven, faded without use."
    EXPIRED = "EXPIRED", "Was proven, past its end."
    UNKNOWN = "UNKNOWN", "No evidence."


class CredentialStatus(Described):
    """Whether a credential holds."""

    VALID = "VALID", "Holds."
    EXPIRING = "EXPIRING", "Holds, ends within 90 days."
    EXPIRED = "EXPIRED", "Ended."
    REVOKED = "REVOKED", "Withdrawn by the issuer."
    UNVERIFIED = "UNVERIFIED", "Signature or issuer not verified."


class AmbitionVisibility(Described):
    """Who may see an ambition."""

    ONLY_ME = "ONLY_ME", "Only the person."
    NAMED = "NAMED", "And `sharedWith`."
    MANAGER = "MANAGER", "And the line manager."
    ORGANISATION = "ORGANISATION", "All staff."


class InterventionForm(Described):
    """Forms of learning; in-work forms first."""

    CHALLENGING_ASSIGNMENT = "CHALLENGING_ASSIGNMENT", "Work a step harder."
    TASK_VARIATION = "TASK_VARIATION", "Varied tasks."
    JOB_ROTATION = "JOB_ROTATION", "Another job for a while."
    COLLABORATION = "COLLABORATION", "Working together."
    FEEDBACK = "FEEDBACK", "Feedback on work."
    REFLECTION = "REFLECTION", "Looking back together."
    EXPERIMENT = "EXPERIMENT", "Room to try."
    JOB_AID = "JOB_AID", "Help at hand while working."
    COACHING = "COACHING", "A coach."
    MENTORING = "MENTORING", "A mentor."
    PEER_CONSULTATION = "PEER_CONSULTATION", "Colleagues on each other's cases."
    INSTRUCTION = "INSTRUCTION", "Being shown."
    WORKSHOP = "WORKSHOP", "A workshop."
    SIMULATION = "SIMULATION", "Practice outside the real thing."
    ASSESSMENT = "ASSESSMENT", "Showing what one can do."
    COURSE = "COURSE", "A course."
    E_LEARNING = "E_LEARNING", "Learning at a screen."


class Locus(Described):
    """Where learning takes place."""

    IN_WORK = "IN_WORK", "In the work itself."
    AROUND_WORK = "AROUND_WORK", "Beside the work."
    OUTSIDE_WORK = "OUTSIDE_WORK", "Away from work."


class Formality(Described):
    """How set up."""

    FORMAL = "FORMAL", "Planned and recorded as learning."
    INFORMAL = "INFORMAL", "As it comes."


class Provider(Described):
    """Who provides."""

    BUSINESS_UNIT = "BUSINESS_UNIT", "The unit itself."
    SHARED_SERVICES = "SHARED_SERVICES", "Shared services."
    EXTERNAL = "EXTERNAL", "An outside supplier."


class LearningStatus(Described):
    """How far learning is (cmi5)."""

    SUGGESTED = "SUGGESTED", "Offered."
    CHOSEN = "CHOSEN", "Chosen by the employee."
    ENROLLED = "ENROLLED", "Enrolled."
    IN_PROGRESS = "IN_PROGRESS", "Under way."
    COMPLETED = "COMPLETED", "Completed."
    PASSED = "PASSED", "Passed."
    FAILED = "FAILED", "Not passed."
    WAIVED = "WAIVED", "Not needed."
    ABANDONED = "ABANDONED", "Stopped."


class AgreementHorizon(Described):
    """For which work."""

    CURRENT_JOB = "CURRENT_JOB", "The present job."
    FUTURE_WORK = "FUTURE_WORK", "Work to come."


class AgreementStatus(Described):
    """How an agreement stands."""

    PROPOSED = "PROPOSED", "Not yet signed by both."
    AGREED = "AGREED", "Signed by both."
    IN_REVIEW = "IN_REVIEW", "Review date reached."
    ACHIEVED = "ACHIEVED", "All results met."
    PARTLY_ACHIEVED = "PARTLY_ACHIEVED", "Some results met."
    NOT_ACHIEVED = "NOT_ACHIEVED", "No result met."
    WITHDRAWN = "WITHDRAWN", "Declined or taken back."


class AgreementStep(Described):
    """What can be done with an agreement."""

    REVISE = "REVISE", "Change it; both sign again."
    SIGN = "SIGN", "Agree to it."
    WITHDRAW = "WITHDRAW", "Decline it or take it back."
    CHOOSE_INTERVENTION = "CHOOSE_INTERVENTION", "Choose how to learn."
    DELIVER_FACILITY = "DELIVER_FACILITY", "Say a facility is there."
    REVIEW = "REVIEW", "Say whether results are met."


class FacilityKind(Described):
    """Kinds of facility."""

    TIME = "TIME", "Time."
    COACH = "COACH", "A coach."
    ASSIGNMENT = "ASSIGNMENT", "Work to practise in."
    BUDGET = "BUDGET", "Money."
    TOOL = "TOOL", "A tool."
    PEER_SUPPORT = "PEER_SUPPORT", "Colleagues' help."
    ROOM_TO_ERR = "ROOM_TO_ERR", "Room to make mistakes."


class AppraisalStatus(Described):
    """Status of an appraisal."""

    OPEN = "OPEN", "Not held."
    IN_REVIEW = "IN_REVIEW", "Held, not signed."
    CLOSED = "CLOSED", "Signed."


class NonconformityStatus(Described):
    """Status of a nonconformity."""

    OPEN = "OPEN", "Open."
    IN_ANALYSIS = "IN_ANALYSIS", "Cause sought."
    IN_ACTION = "IN_ACTION", "Being mended."
    CLOSED = "CLOSED", "Closed."
    CANCELLED = "CANCELLED", "Not one after all."


class CauseStatus(Described):
    """How sure a cause is."""

    SUGGESTED = "SUGGESTED", "By the hub."
    CONFIRMED = "CONFIRMED", "By a person."
    REJECTED = "REJECTED", "By a person."


class AssignmentKind(Described):
    """Kinds of planned work."""

    SHIFT = "SHIFT", "Shift."
    WORK_PACKAGE = "WORK_PACKAGE", "Work package."
    PROJECT_TASK = "PROJECT_TASK", "Project task."
    ON_CALL = "ON_CALL", "On call."


class EligibilityVerdict(Described):
    """Whether someone can be assigned, best first."""

    ELIGIBLE = "ELIGIBLE", "Yes."
    WITH_SUPERVISION = "WITH_SUPERVISION", "With someone alongside."
    WARN = "WARN", "Something is lacking; can be passed over."
    UNKNOWN = "UNKNOWN", "Too little is known, e.g. a source is down."
    NOT_ELIGIBLE = "NOT_ELIGIBLE", "No, on a legal basis."


class CouplingMode(Described):
    """How far a rule may go."""

    SHADOW = "SHADOW", "Computes and logs only."
    SUGGEST = "SUGGEST", "Puts a suggestion in an inbox."
    APPROVE = "APPROVE", "Acts after a named role decides."
    AUTOMATIC = "AUTOMATIC", "Acts by itself: intake of evidence, recalculation, reminders only."


class ActionStatus(Described):
    """How an action stands."""

    SHADOWED = "SHADOWED", "Only logged."
    PROPOSED = "PROPOSED", "Waiting for a decision."
    APPROVED = "APPROVED", "Approved, not yet done."
    EXECUTED = "EXECUTED", "Done and seen in the target."
    REJECTED = "REJECTED", "Decided against."
    FAILED = "FAILED", "Tried and given up; can be retried."
    SUPERSEDED = "SUPERSEDED", "Replaced by a newer one."
    LAPSED = "LAPSED", "Not decided in time."


class ApprovalDecision(Described):
    """What was decided on an action."""

    PENDING = "PENDING", "Nothing yet."
    APPROVED = "APPROVED", "Yes."
    REJECTED = "REJECTED", "No: the action ends."


class ChangeOperation(Described):
    """What a change does."""

    CREATE = "CREATE", "Makes a record."
    UPDATE = "UPDATE", "Changes a record."
    ANNOTATE = "ANNOTATE", "Adds a remark or link to a record."
    NOTIFY = "NOTIFY", "Tells people."


class SuggestionPurpose(Described):
    """What a suggestion serves."""

    GAP = "GAP", "Closing a gap."
    AMBITION = "AMBITION", "An ambition."
    JUST_IN_TIME = "JUST_IN_TIME", "Work that comes next."
    RECOGNITION = "RECOGNITION", "Passing on what one masters."


class ConsentKind(Described):
    """What a person can allow."""

    BE_FOUND = "BE_FOUND", "Being shown as a candidate for vacancies and projects."
    BE_ASKED = "BE_ASKED", "Being asked as coach, mentor or author."
    BE_RECOGNISED = "BE_RECOGNISED", "Telling the team of results met."
    REMINDERS = "REMINDERS", "Reminders outside the inbox."


class ViewerKind(Described):
    """Who is asking."""

    PERSON = "PERSON", "Someone signed in."
    SYSTEM = "SYSTEM", "A system with a token."
    DEMO = "DEMO", "A visitor of the demo, on this machine only."


class UserErrorCode(Described):
    """Kinds of expected failure."""

    INVALID = "INVALID", "A value is not acceptable."
    NOT_FOUND = "NOT_FOUND", "Not there, or not to be seen."
    NOT_ALLOWED = "NOT_ALLOWED", "The viewer may see it but not do this."
    VERSION_CONFLICT = "VERSION_CONFLICT", "Changed by someone else meanwhile."
    ALREADY_DONE = "ALREADY_DONE", "Already in that state."
    WRONG_STATE = "WRONG_STATE", "Not possible in its present state."
    RULE_VIOLATED = (
        "RULE_VIOLATED",
        (
            "Against a rule of the organisation, e.g. no centre member in a project, a block"
            " without legal basis."
        ),
    )
    KEY_REUSED = "KEY_REUSED", "Idempotency key used before with another input."
    SOURCE_REFUSED = "SOURCE_REFUSED", "The outside system refused."
    SOURCE_UNAVAILABLE = "SOURCE_UNAVAILABLE", "The outside system cannot be reached; retry."


class TransferVerdict(Described):
    """Whether learning is used."""

    TRANSFERRED = "TRANSFERRED", "Used and confirmed."
    PARTLY = "PARTLY", "Used, not confirmed."
    NO_OPPORTUNITY = "NO_OPPORTUNITY", "No work to use it in; not the learner's fault."
    NOT_TRANSFERRED = "NOT_TRANSFERRED", "Work was there, not used."
    TOO_EARLY = "TOO_EARLY", "Less than 30 days ago."


class CorrectiveActionKind(Described):
    """Kinds of action."""

    CORRECTION = "CORRECTION", "Mends it."
    CORRECTIVE = "CORRECTIVE", "Takes the cause away."
    PREVENTIVE = "PREVENTIVE", "Before it happens."


class CorrectiveActionStatus(Described):
    """Status of an action."""

    OPEN = "OPEN", "Not begun."
    IN_PROGRESS = "IN_PROGRESS", "Under way."
    DONE = "DONE", "Done."
    VERIFIED = "VERIFIED", "Done and effectiveness checked."
    CANCELLED = "CANCELLED", "Not done."
