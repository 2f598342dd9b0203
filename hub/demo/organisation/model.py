"""What the demo organisation consists of, before any system has a record of it.

People are told by employee number, units and processes by code, competences by `key`. Days are
those of the place; moments are UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Fact = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of the organisation; `document` is its name in the personnel system."""

    code: str
    name: str
    kind: str
    document: str
    parent: str | None = None
    supported_by: str | None = None
    zone: str = "Europe/Amsterdam"
    manager: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """Something people can do: of ESCO when it has a `uri`, of the house when it has a `code`.

    Attributes:
        works: Names of work that asks it.
        decay: Kind, ISO duration and whether use refreshes it.
    """

    key: str
    name: str
    area: str
    kind: str
    uri: str | None = None
    code: str | None = None
    works: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    decay: tuple[str, str, bool] | None = None
    retired: bool = False

    @property
    def ref(self) -> str:
        """How a file of decisions points at it."""
        return f"uri:{self.uri}" if self.uri else f"code:{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """Work of one unit. `category` is the planner's word, `control` that of the quality system."""

    code: str
    name: str
    unit: str
    owner: str
    category: str
    control: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a process asks; `subject` is written as a file of decisions writes it."""

    id: str
    subject: str
    competence: str
    rank: int
    valid_from: date
    criticality: str = "MEDIUM"
    enforcement: str = "WARN"
    legal_basis: str | None = None
    min_holders: int | None = None
    credential_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """One document of the personnel system; `left` is the last day of work."""

    document: str
    unit: str
    designation: str
    email: str
    joined: date
    left: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of the directory. `name` is set where no person of the organisation has it."""

    id: str
    email: str
    changed: datetime
    numbered: bool = True
    active: bool = True
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who works or worked here; employments and accounts in order, the newest last."""

    number: str
    first: str
    last: str
    employments: tuple[Employment, ...]
    accounts: tuple[Account, ...]
    manager: str | None = None

    @property
    def name(self) -> str:
        """The name to show."""
        return f"{self.first} {self.last}"

    @property
    def unit(self) -> str:
        """Code of the unit of the newest employment."""
        return self.employments[-1].unit

    @property
    def email(self) -> str:
        """Work mail as the personnel system has it."""
        return self.employments[-1].email

    def employed(self, day: date) -> bool:
        """Tell whether somebody works here on a day."""
        return any(e.joined <= day and (e.left is None or day <= e.left) for e in self.employments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Planned work of a day, from an hour of the place on, eight hours long."""

    uid: str
    process: str
    unit: str
    day: date
    hour: int
    people: tuple[str, ...]
    learning: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A situation that was put into the records on purpose.

    Attributes:
        near_miss: Whether one condition of it is not met.
        facts: What tells it: numbers, names, codes and days of what takes part.
    """

    kind: str
    near_miss: bool
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """All of it.

    Attributes:
        strangers: Accounts of the directory that belong to nobody of the personnel system.
        bad_records: For each system, the id of the one record that no connector can take in.
    """

    name: str
    seed: int
    today: date
    units: tuple[Unit, ...]
    competences: tuple[Competence, ...]
    people: tuple[Person, ...]
    strangers: tuple[Account, ...]
    processes: tuple[Process, ...]
    requirements: tuple[Requirement, ...]
    shifts: tuple[Shift, ...]
    inspections: tuple[Inspection, ...]
    alerts: tuple[Alert, ...]
    causes: tuple[Cause, ...]
    appraisals: tuple[AppraisalFact, ...]
    goals: tuple[GoalFact, ...]
    courses: tuple[Course, ...]
    statements: tuple[Statement, ...]
    credentials: tuple[CredentialFact, ...]
    roles: tuple[Role, ...]
    agreements: tuple[Agreement, ...]
    wishes: tuple[Wish, ...]
    stories: tuple[Story, ...]
    bad_records: Mapping[str, str] = field(default_factory=dict)
