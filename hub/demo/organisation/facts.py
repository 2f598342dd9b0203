"""What is recorded of the demo organisation: quality, appraisals, learning, roles, agreements.

People are told by employee number, units by code, competences by `key`. Moments are UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A check of work done."""

    id: int
    number: str
    process: str
    at: datetime
    state: str
    performer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A nonconformity that an inspection raised."""

    id: int
    number: str
    title: str
    inspection: int
    raised: datetime
    state: str


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
    """A talk held, with a score from 0 to 5 for each competence; `signed` once it is closed."""

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
    provider: str
    hours: float
    cost: str
    competence: str
    rank: int
    activity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What someone did with a course; told by number, or by mail where `mail` is set."""

    id: str
    person: str
    activity: str
    verb: str
    at: datetime
    score: float | None = None
    mail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFact:
    """A certificate; `until` is the first moment at which it holds no more."""

    id: str
    holder: str
    name: str
    competence: str
    rank: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role of somebody, for a unit or an area."""

    id: str
    role: str
    person: str
    unit: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What somebody and their manager agreed: one result, one facility."""

    id: str
    employee: str
    manager: str
    status: str
    review_on: date
    signed_at: datetime
    competence: str
    rank: int
    facility: str
    delivered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants."""

    id: str
    person: str
    statement: str
    competence: str
    visible_to: str
    stated_on: date
