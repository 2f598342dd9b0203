"""The organisation while it is being made: what is there so far, and how something is added."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, count
from random import Random
from typing import Any
from uuid import UUID

from hub.demo.organisation.facts import Alert, AppraisalFact, Cause, CredentialFact, Inspection
from hub.demo.organisation.model import (
    Account,
    Competence,
    Person,
    Process,
    Requirement,
    Shift,
    Story,
    Unit,
)
from hub.demo.organisation.names import mail_word

PAST_DAYS, COMING_DAYS = 56, 28


@dataclass(slots=True, kw_only=True)
class Draft:
    """An organisation in the making.

    Attributes:
        free: People of a station that no story has taken, joiners and leavers left out.
        masters: Who masters a process.
        reserved: Competences of a unit that a story there depends on.
        names: Names of work that a unit already has.
        busy: Who works on which day.
    """

    rng: Random
    today: date
    size: int
    company: str
    units: dict[str, Unit]
    competences: dict[str, Competence]
    people: dict[str, Person] = field(default_factory=dict)
    strangers: list[Account] = field(default_factory=list)
    free: dict[str, list[str]] = field(default_factory=dict)
    passing: set[str] = field(default_factory=set)
    processes: dict[str, Process] = field(default_factory=dict)
    requirements: list[Requirement] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    appraisals: list[AppraisalFact] = field(default_factory=list)
    credentials: list[CredentialFact] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    masters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reserved: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    busy: set[tuple[str, date]] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    counters: dict[str, "count[int]"] = field(default_factory=dict)

    def next(self, what: str) -> int:
        """Return the next number of a series, which begins elsewhere in each organisation."""
        if what not in self.counters:
            self.counters[what] = count(self.rng.randrange(11, 400))
        return next(self.counters[what])

    def uuid(self) -> str:
        """Return an id as systems make them."""
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def mail(self, first: str, last: str) -> str:
        """Return a work mail address that nobody has yet."""
        wanted = f"{mail_word(first)}.{mail_word(last)}"
        numbered = (f"{wanted}{number}" for number in count(2))
        words = (word for word in chain((wanted,), numbered) if word not in self.mails)
        word = next(words)
        self.mails.add(word)
        return f"{word}@example.org"

    def day(self, earliest: int, latest: int) -> date:
        """Return a day between so many days from today; what is past is negative."""
        return self.today + timedelta(days=self.rng.randint(earliest, latest))

    def moment(self, day: date) -> datetime:
        """Return a moment of the working day (UTC)."""
        at = time(self.rng.randint(7, 16), self.rng.randrange(60), self.rng.randrange(60), 0, UTC)
        return datetime.combine(day, at)

    def process(self, unit: str, competence: Competence) -> Process:
        """Add work of a unit that is known to ask a competence."""
        names = [each for each in competence.works if each not in self.names[unit]]
        name = self.rng.choice(names)
        self.names[unit].add(name)
        place = unit.removeprefix("ST-")
        made = Process(
            code=f"{mail_word(name).upper()[:12]}-{place}",
            name=name,
            unit=unit,
            owner=self.units[unit].manager or "",
            category=f"{name} {place}",
            control=f"{name} {unit}",
        )
        self.processes[made.code] = made
        return made

    def require(self, process: Process, competence: str, rank: int, **how: Any) -> Requirement:
        """Let a process ask a competence."""
        made = Requirement(
            id=f"R-{self.next('requirement'):04}",
            subject=f"WorkProcess:code:{process.code}",
            competence=competence,
            rank=rank,
            valid_from=date(self.today.year - self.rng.randint(2, 5), self.rng.randint(1, 12), 1),
            **how,
        )
        self.requirements.append(made)
        return made

    def shift(
        self, process: Process, day: date, people: Sequence[str], *, learning: bool = False
    ) -> Shift:
        """Plan work of a day."""
        made = Shift(
            uid=f"{self.rng.getrandbits(64):016x}",
            process=process.code,
            unit=process.unit,
            day=day,
            hour=self.rng.choice((6, 8, 14)),
            people=tuple(people),
            learning=learning,
        )
        self.busy.update((number, day) for number in people)
        self.shifts.append(made)
        return made

    def inspection(
        self, process: Process, day: date, performer: str | None, *, passed: bool
    ) -> Inspection:
        """Let the work of somebody be checked."""
        number = self.next("inspection")
        made = Inspection(
            id=number,
            number=f"I-{number:05}",
            process=process.code,
            at=self.moment(day),
            state="passed" if passed else "failed",
            performer=performer,
        )
        self.inspections.append(made)
        return made

    def alert(self, inspection: Inspection, title: str) -> Alert:
        """Let an inspection raise an alert, within three hours."""
        number = self.next("alert")
        made = Alert(
            id=number,
            number=f"A-{number:05}",
            title=title,
            inspection=inspection.id,
            raised=inspection.at + timedelta(minutes=self.rng.randint(5, 170)),
            state=self.rng.choice(("open", "processing", "deferred", "resolved")),
        )
        self.alerts.append(made)
        return made

    def credential(self, holder: str, requirement: Requirement, until: datetime | None) -> str:
        """Give somebody a certificate of what is asked; return its name."""
        competence = self.competences[requirement.competence]
        made = CredentialFact(
            id=f"CR-{self.next('credential'):05}",
            holder=holder,
            name=f"Certificate {competence.name}",
            competence=competence.key,
            rank=requirement.rank,
            since=midnight(self.day(-700, -370)),
            until=until,
        )
        self.credentials.append(made)
        return made.name


def midnight(day: date) -> datetime:
    """Return the first moment (UTC) of a day."""
    return datetime.combine(day, time(0, tzinfo=UTC))


def next_month(today: date) -> tuple[date, date]:
    """Return the first and the last day of the calendar month after that of a day."""
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first, last
