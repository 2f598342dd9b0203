"""What is recorded of the demo organisation: quality, appraisals, learning, roles, agreements.

People are told by employee number, units by code, competences by `key`. Moments are UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A check of work done; `performer` did the work, `by` checked it."""

    id: int
    number: str
    process: str
    at: datetime
    state: str
    performer: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A nonconformity that an inspection raised; `why` is what its finder thought of it."""

    id: int
    number: str
    title: str
    inspection: int
    raised: datetime
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A competence whose lack may have caused an alert."""

    id: str
    alert: str
    competence: str
    status: str
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalFact:
    """A talk, with a score from 0 to 5 for each competence; `signed` once it is closed."""

    name: str
    person: str
    reviewer: str | None
    at: datetime
    ratings: tuple[tuple[str, float], ...]
    signed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFact:
    """A goal of an appraisal; progress from 0 to 100."""

    name: str
    person: str
    title: str
    competence: str
    progress: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A way to learn; `activity` is its address in the learning system, if it is known there."""

    id: str
    title: str
    form: str
    locus: str
    formality: str
    provider: str
    hours: float
    cost: str
    lead_days: int
    competence: str
    rank: int
    facilitators: tuple[str, ...] = ()
    activity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What someone did with a course; told by number, or by mail where `mail` is set.

    Attributes:
        minutes: How long it took.
    """

    id: str
    person: str
    activity: str
    verb: str
    at: datetime
    score: float | None = None
    minutes: int | None = None
    mail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFact:
    """A certificate; `until` is the first moment at which it holds no more.

    Attributes:
        status: As its register says, whatever the day.
    """

    id: str
    holder: str
    name: str
    competence: str
    rank: int
    since: datetime
    until: datetime | None
    kind: str = "Certificate"
    issuer: str = "Rail Training Centre"
    status: str = "VALID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role of somebody, for a unit, an area or an expertise; `until` is the first day after."""

    id: str
    role: str
    person: str
    since: date
    until: date | None = None
    unit: str | None = None
    area: str | None = None
    expertise: str | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The competence centre of a region: who holds which area and which expertise.

    Attributes:
        what: Holder of each area; None where the seat is empty.
        how: Holder of each expertise.
    """

    id: str
    region: str
    lead: str
    what: Mapping[str, str | None]
    how: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What somebody, or a team, and their manager agreed: one result, one facility.

    Attributes:
        met: What the review found; None before it.
        late: Whether the facility is, so that the result waits for it.
    """

    id: str
    employee: str | None
    team: str | None
    manager: str
    horizon: str
    status: str
    review_on: date
    signed_at: datetime
    competence: str
    rank: int
    outcome: str
    met: bool | None
    kind: str
    facility: str
    due_on: date
    delivered_on: date | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What somebody says against a rating of their appraisal; `settled_at` where it is settled."""

    id: str
    person: str
    competence: str
    appraisal: str
    reason: str
    raised_at: datetime
    outcome: str
    settled_by: str | None = None
    settled_at: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants; `energy` from 1 to 5."""

    id: str
    person: str
    statement: str
    competence: str
    energy: int
    visible_to: str
    stated_on: date
    profile: str | None = None
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaws:
    """What is wrong with the records, though not with the organisation.

    Attributes:
        bad: For each system, the id of the one record that no connector can take in.
        astray: People whose manager the personnel system gives as a document it does not have.
        alone: People whose manager no system gives.
        twice: People who have their personnel document twice, with the name of the second.
        repeated: Statements that were sent twice, with the id of the second.
        spelled: Accounts whose name is not that of the personnel system.
    """

    bad: Mapping[str, str]
    astray: frozenset[str]
    alone: frozenset[str]
    twice: Mapping[str, str]
    repeated: Mapping[str, str]
    spelled: frozenset[str]
