"""A small organisation, and people of every role in it who decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hub.commands.deciding import deciding
from hub.commands.viewers import load_viewer
from hub.engine.ids import global_id
from hub.engine.loading import Row
from hub.engine.origins import Key
from hub.models.competence import Competence, ProficiencyLevel, ProficiencyScale
from hub.models.coupling import Approval, CouplingAction, FieldChange, ProposedChange
from hub.models.kinds import (
    ActionStatus,
    ApprovalDecision,
    AssignmentKind,
    ChangeOperation,
    LearningStatus,
    NonconformityStatus,
    Role,
    UnitKind,
    ViewerKind,
)
from hub.models.learning import LearningRecord
from hub.models.organisation import JobProfile, OrganisationUnit, RoleAssignment
from hub.models.person import Employment, Person
from hub.models.planning import WorkAssignment
from hub.models.process import WorkProcess
from hub.models.quality import Nonconformity
from hub.models.record import Sourced
from hub.models.ref import Ref
from hub.policy import Viewer
from hub.store import Change, Origin, Store, Transaction, concept, identifier
from tests.conftest import Clock
from tests.store.conftest import SYSTEMS, Teller

DAY = date(2020, 1, 1)
SHIFT = datetime(2026, 6, 1, 6, tzinfo=UTC)
UNITS = {"A": None, "A1": "A", "B": None}
PEOPLE = {
    "1": ("A1", None),  # owns process P
    "2": ("B", Role.COMPETENCE_MANAGER),
    "3": ("A", Role.COMPETENCE_MANAGER),
    "4": ("A", Role.QUALITY_ADVISER),
    "5": ("A", Role.PLANNER),
    "6": ("A", None),  # manages 8
    "7": ("B", Role.INTEGRATOR),
    "8": ("A1", None),
    "9": ("A", Role.HR_ADVISER),
    "10": ("B", None),
    "11": ("B", Role.PLANNER),
    "12": ("B", Role.HR_ADVISER),
}
EVERYWHERE = {"2", "7"}  # hold their role for the whole organisation
WHO = {
    "owner": "1",
    "competence manager": "2",
    "competence manager of A": "3",
    "quality adviser of A": "4",
    "planner of A": "5",
    "line manager": "6",
    "integrator": "7",
    "employee": "8",
    "HR adviser of A": "9",
    "stranger": "10",
    "planner of B": "11",
    "HR adviser of B": "12",
}


def hub_id(type_: str, key: str, value: str) -> str:
    return identifier(type_, key, "", value)


def person(number: str) -> str:
    return hub_id("Person", "employee_number", number)


def unit(code: str) -> str:
    return hub_id("OrganisationUnit", "code", code)


def gid(type_: str, id_: str, as_of: datetime | None = None) -> str:
    return global_id(Key(type_, id_), as_of)


PROCESS = hub_id("WorkProcess", "code", "P")
BRAKE = hub_id("Competence", "code", "BRAKE")
RAISED = identifier("Nonconformity", "quality", "all", "N1")
WORK = identifier("WorkAssignment", "planning", "all", "W1")
WORD = identifier("TermLink", "learning", "activity", "x", "Competence")
ACTION = "action-1"


@dataclass
class World:
    """The organisation, and how it is decided in."""

    tell: Teller
    clock: Clock
    settled: int = 0
    changes: list[Change] = field(default_factory=list)
    fails: bool = False

    @property
    def store(self) -> Store:
        return self.tell.store

    async def viewer(self, who: str) -> Viewer:
        async with self.store.snapshot() as snapshot:
            return await load_viewer(
                snapshot, person(WHO[who]), self.clock(), kind=ViewerKind.PERSON
            )

    async def settle(self) -> None:
        self.settled += 1

    async def note(self, _: Transaction, changes: Iterable[Change]) -> None:
        self.changes += changes
        if self.fails:
            raise RuntimeError("the machine is unplugged")

    async def decide(self, name: str, who: str, key: str = "k1", **given: Any) -> Row:
        """Decide as somebody does who holds their role now."""
        decide = deciding(self.store, self.clock, self.settle, self.note)
        return await decide(name, {"idempotencyKey": key, **given}, await self.viewer(who))

    async def done(self, name: str, who: str, key: str = "k1", **given: Any) -> Row:
        """Decide, and expect no refusal."""
        row = await self.decide(name, who, key, **given)
        assert [] == row["errors"]
        return row

    async def refused(self, name: str, who: str, **given: Any) -> list[tuple[str, str]]:
        """Decide, and expect a refusal that leaves nothing behind; return codes and paths."""
        before = await self.everything()
        row = await self.decide(name, who, **given)
        assert row["errors"]
        assert not row["replayed"]
        assert before == await self.everything()
        assert all(each["message"].endswith((".", "…")) for each in row["errors"])
        return [(each["code"], ".".join(each["path"])) for each in row["errors"]]

    async def rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        return await self.tell.rows(statement, **parameters)

    async def version(self, table: str, id_: str) -> int:
        ((version,),) = await self.rows(f"SELECT version FROM {table} WHERE id = :id", id=id_)
        return int(version)

    async def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that decisions write."""
        tables = (
            "alias",
            "audit",
            "competence_cause",
            "competence_requirement",
            "coupling_action",
            "domain_event",
            "idempotency",
            "identity_link",
            "outbox",
            "person",
            "source_record",
            "term_link",
            "touched",
        )
        async with self.store.snapshot() as snapshot:
            return {
                each: sorted(await snapshot.rows(f"SELECT * FROM {each}"), key=repr)
                for each in tables
            }

    async def propose(self, *roles: Role, id_: str = ACTION, **said: Any) -> None:
        """Propose an action on the shift, to be decided by some roles in turn."""
        change = ProposedChange(
            operation=ChangeOperation.UPDATE,
            system="planning",
            target_id=WORK,
            entity="WorkAssignment",
            fields=(FieldChange(field="assignees", label="Who works", before=["8"], after=["1"]),),
            text="1 takes over from 8.",
        )
        told: dict[str, Any] = {
            "summary": "1 takes over from 8.",
            "rule": "C13",
            "subject_type": "WorkAssignment",
            "subject_id": WORK,
            "status": ActionStatus.PROPOSED,
            "changes": (change,),
            "approvals": tuple(
                Approval(role=role, decision=ApprovalDecision.PENDING) for role in roles
            ),
            "created_at": self.clock(),
            "attempts": 0,
            "key": f"C13:{id_}",
        }
        async with self.store.transaction() as tx:
            await tx.put({id_: CouplingAction(**{**told, **said})})

    async def action(self, id_: str = ACTION) -> tuple[str, int]:
        """Return how an action stands, and its version."""
        ((status, version),) = await self.rows(
            "SELECT status, version FROM coupling_action WHERE id = :id", id=id_
        )
        return str(status), int(version)


def _owned() -> list[Sourced]:
    levels = tuple(
        ProficiencyLevel(rank=rank, label=str(rank), normalised=rank / 3) for rank in (1, 2, 3)
    )
    scale = Ref.key("ProficiencyScale", "s")
    return [
        ProficiencyScale(id="s", key="s", name="Work", levels=levels),
        *(Competence(id=code, code=code, name=code, scale=scale) for code in ("BRAKE", "DOORS")),
        WorkProcess(
            id="P",
            code="P",
            name="Brakes",
            owner=Ref.employee_number("1"),
            unit=Ref.code("OrganisationUnit", "A1"),
        ),
        WorkProcess(id="Q", code="Q", name="Doors", unit=Ref.code("OrganisationUnit", "B")),
        *(
            RoleAssignment(
                id=number,
                role=role,
                person=Ref.employee_number(number),
                unit=None if number in EVERYWHERE else Ref.code("OrganisationUnit", code),
                valid_from=DAY,
            )
            for number, (code, role) in PEOPLE.items()
            if role
        ),
    ]


def _personnel() -> list[Sourced]:
    return [
        *(
            OrganisationUnit(
                id=code,
                code=code,
                name=code,
                kind=UnitKind.TEAM,
                parent=Ref.code("OrganisationUnit", up) if up else None,
            )
            for code, up in UNITS.items()
        ),
        *(
            Person(
                id=number,
                display_name=f"P {number}",
                employee_number=number,
                work_email=f"{number}@x.nl",
                manager=Ref.employee_number("6") if number == "8" else None,
            )
            for number in PEOPLE
        ),
        *(
            Employment(
                id=number,
                person=Ref.employee_number(number),
                unit=Ref.code("OrganisationUnit", code),
                valid_from=DAY,
            )
            for number, (code, _) in PEOPLE.items()
        ),
        JobProfile(id="J", code="J", title="Mechanic"),
    ]


def _daily() -> dict[str, list[Sourced]]:
    unit_a = Ref.code("OrganisationUnit", "A")
    raised = Nonconformity(
        id="N1",
        number="A-1",
        title="Brake left on",
        status=NonconformityStatus.OPEN,
        raised_at=SHIFT,
        process=Ref.code("WorkProcess", "P"),
        unit=unit_a,
    )
    shift = WorkAssignment(
        id="W1",
        title="Early",
        kind=AssignmentKind.SHIFT,
        starts_at=SHIFT,
        unit=unit_a,
        assignees=(Ref.employee_number("8"),),
    )
    learned = LearningRecord(
        id="L1",
        person=Ref.employee_number("8"),
        competence=Ref.term("Competence", "activity", "x"),
        status=LearningStatus.COMPLETED,
    )
    accounts = [
        Person(id="u8", display_name="P 8", work_email="8@x.nl"),
        Person(id="u9", display_name="P 9", work_email="9@y.nl"),
    ]
    return {
        "quality": [raised],
        "planning": [shift],
        "learning": [learned],
        "personnel": [*accounts],
    }


@pytest.fixture
async def world(store: Store, clock: Clock) -> World:
    """The organisation, told in one transaction."""
    async with store.transaction() as tx:
        touched: list[str] = []
        for system, records in {"hr": _personnel(), "hub": _owned(), **_daily()}.items():
            source = Origin(key=system, kind=SYSTEMS[system])
            for of in dict.fromkeys(type(each) for each in records):
                stream = concept(of).table if system == "hub" else "all"
                told = [each for each in records if type(each) is of]
                kept = await tx.keep(source, stream, of, told, fetched_at=tx.moment)
                touched += kept.touched
        await tx.fold(touched)
    return World(tell=Teller(store), clock=clock)


def a_requirement(**said: Any) -> dict[str, Any]:
    """Return an input of `saveRequirement`."""
    return {
        "subjectId": gid("WorkProcess", PROCESS),
        "competence": {"code": "BRAKE"},
        "rank": 2,
        "criticality": "HIGH",
        "enforcement": "WARN",
        "credentialRequired": False,
        "validFrom": DAY,
        **said,
    }
