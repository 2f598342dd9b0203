"""The organisation while it is being made: what is there so far, and how something is added."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import chain, count
from random import Random
from typing import Any
from uuid import UUID

from hub.demo.organisation.competences import kin
from hub.demo.organisation.facts import (
    Agreement,
    Alert,
    AppraisalFact,
    Cause,
    Centre,
    Course,
    CredentialFact,
    GoalFact,
    Inspection,
    Objection,
    Role,
    Statement,
    Wish,
)
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
from hub.demo.organisation.moments import midnight
from hub.demo.organisation.names import mail_word

WHY = (
    "Steps left out",
    "Wrong order of work",
    "Tool not calibrated",
    "Instruction out of date",
    "Too little light",
    "Handed over without a word",
)


@dataclass(kw_only=True)
class Draft:
    """An organisation in the making.

    Attributes:
        free: People of a station that no story has taken, joiners and leavers left out.
        masters: Who masters a process.
        reserved: Competences of a unit that a story there depends on, with their kin.
        asked: Competences that work of a unit asks.
        blamed: Competences of a unit that were confirmed as a cause.
        shown: The level that evidence shows of somebody in a competence.
        wider: The requirement of a job that work which asks the same carries out.
        names: Names of work that a unit already has.
        busy: Who works on which day.
        seed: What chance begins from, anew with each thing that is made.
        place: The station where the next scene is to be set, if people are left there.
    """

    seed: str
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
    goals: list[GoalFact] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    credentials: list[CredentialFact] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    centres: list[Centre] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    masters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reserved: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    blamed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[tuple[str, str], int] = field(default_factory=dict)
    wider: dict[str, str] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    busy: set[tuple[str, date]] = field(default_factory=set)
    place: str | None = None
    mails: set[str] = field(default_factory=set)
    counters: dict[str, "count[int]"] = field(default_factory=dict)

    def begin(self, what: str) -> None:
        """Let chance begin anew for a thing to be made, so that nothing else changes with it."""
        self.rng.seed(f"{self.seed} {what}")

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

    @cached_property
    def kin(self) -> dict[str, frozenset[str]]:
        """Each competence with what is broader or narrower: evidence of one tells of another."""
        return kin(tuple(self.competences.values()))

    @property
    def cast(self) -> set[str]:
        """Everybody who takes part in a story."""
        return {number for story in self.stories for number in story.facts.get("people", ())}

    def process(self, unit: str, competence: Competence) -> Process:
        """Add work of a unit that is known to ask a competence."""
        names = [each for each in competence.works if each not in self.names[unit]]
        name = self.rng.choice(names)
        self.names[unit].add(name)
        self.asked[unit].add(competence.key)
        place = unit.removeprefix("ST-")
        whole = f"OPERATIONS-{place}"
        if whole not in self.processes:
            self._add(whole, f"Operations of {self.units[unit].name}", unit)
        words = {"category": f"{name} {place}", "control": f"{name} {unit}", "parent": whole}
        return self._add(f"{mail_word(name).upper()[:12]}-{place}", name, unit, **words)

    def _add(self, code: str, name: str, unit: str, **words: str) -> Process:
        made = Process(
            **{"category": "", "control": "", **words},
            code=code,
            name=name,
            unit=unit,
            owner=self.units[unit].manager or "",
            revision=f"{self.rng.randint(1, 6)}.{self.rng.randint(0, 9)}",
            revised_on=self.day(-900, -60),
        )
        self.processes[code] = made
        return made

    def require(self, process: Process, competence: str, rank: int, **how: Any) -> Requirement:
        """Let a process ask a competence."""
        wider = self.wider.get(competence)
        return self.ask(
            f"WorkProcess:code:{process.code}", competence, rank, derived_from=wider, **how
        )

    def ask(self, subject: str, competence: str, rank: int, **how: Any) -> Requirement:
        """Let anything ask a competence, for years now."""
        since = date(self.today.year - self.rng.randint(2, 5), self.rng.randint(1, 12), 1)
        agreed = midnight(since) - timedelta(days=self.rng.randint(20, 60))
        made = Requirement(
            id=f"R-{self.next('requirement'):04}",
            subject=subject,
            competence=competence,
            rank=rank,
            valid_from=since,
            owner_at=agreed,
            practitioner_at=agreed + timedelta(days=9) if self.rng.random() < 0.8 else None,
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
        return self._inspect(process, day, "passed" if passed else "failed", performer)

    def pending(self, process: Process, day: date) -> Inspection:
        """Plan a check that is not done yet."""
        return self._inspect(process, day, "pending", None)

    def _inspect(
        self, process: Process, day: date, state: str, performer: str | None
    ) -> Inspection:
        number = self.next("inspection")
        made = Inspection(
            id=number,
            number=f"I-{number:05}",
            process=process.code,
            at=self.moment(day),
            state=state,
            performer=performer,
            by=None if state == "pending" else self.units[process.unit].manager,
        )
        self.inspections.append(made)
        return made

    def alert(self, inspection: Inspection, title: str, *, state: str | None = None) -> Alert:
        """Let an inspection raise an alert, within three hours; without a state, in any."""
        number = self.next("alert")
        made = Alert(
            id=number,
            number=f"A-{number:05}",
            title=title,
            inspection=inspection.id,
            raised=inspection.at + timedelta(minutes=self.rng.randint(5, 170)),
            state=state or self.rng.choice(("open", "processing", "deferred", "resolved")),
            why=self.rng.choice(WHY),
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
