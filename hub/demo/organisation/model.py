"""What the demo organisation consists of, before any system has a record of it.

People are told by employee number, units and processes by code, competences by `key`. Days are
those of the place; moments are UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hub.demo.organisation.facts import (
    Agreement,
    Alert,
    AppraisalFact,
    Cause,
    Centre,
    Course,
    CredentialFact,
    Flaws,
    GoalFact,
    Inspection,
    Objection,
    Role,
    Statement,
    Wish,
)

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
    """Work of one unit. `category` is the planner's word, `control` that of the quality system.

    What other work is part of is neither planned nor checked itself: it has no such words.
    """

    code: str
    name: str
    unit: str
    owner: str
    category: str
    control: str
    revision: str
    revised_on: date
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a process or a job asks; `subject` is written as a file of decisions writes it.

    Attributes:
        derived_from: The wider requirement that it carries out.
        owner_at: When the owner of the work agreed.
        practitioner_at: When somebody who does the work agreed.
        valid_until: First day on which it asks no more.
    """

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
    derived_from: str | None = None
    owner_at: datetime | None = None
    practitioner_at: datetime | None = None
    valid_until: date | None = None


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
    centres: tuple[Centre, ...]
    agreements: tuple[Agreement, ...]
    wishes: tuple[Wish, ...]
    objections: tuple[Objection, ...]
    stories: tuple[Story, ...]
    flaws: Flaws
