"""A small organisation to derive in: each record with what a test does not care about filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hub.clock import start_of_day
from hub.competence.eligibility import Shift
from hub.models.agreement import AgreedResult, DevelopmentAgreement
from hub.models.appraisal import Appraisal, AppraisalCycle, CompetenceRating
from hub.models.competence import Competence, DecayPolicy, ProficiencyScale, ScaleMapping
from hub.models.credential import Credential
from hub.models.evidence import AssignmentEligibility, CompetenceState, Contest, Fulfilment
from hub.models.kinds import (
    AgreementHorizon,
    AgreementStatus,
    AppraisalStatus,
    AssignmentKind,
    CauseStatus,
    ConnectorTier,
    ContestOutcome,
    CredentialStatus,
    DecayKind,
    Enforcement,
    Formality,
    InterventionForm,
    LearningStatus,
    Locus,
    NonconformityStatus,
    Provider,
    Severity,
    SyncTrigger,
    UnitKind,
)
from hub.models.learning import CompetenceLevel, Intervention, LearningRecord
from hub.models.organisation import OrganisationUnit
from hub.models.person import Employment, Person
from hub.models.planning import WorkAssignment
from hub.models.process import WorkProcess
from hub.models.provenance import SourceSystem, SyncRun
from hub.models.quality import CompetenceCause, Inspection, Nonconformity
from hub.models.record import Sourced
from hub.models.ref import Ref
from hub.models.requirement import CompetenceRequirement
from hub.store import Change, Origin, Rows, Store, concept, identifier
from hub.store.statements import columns
from hub.sync.deriving import derive, note, shifts
from tests.conftest import BEGAN, Clock
from tests.store.conftest import SYSTEMS

TODAY = BEGAN.date()
LAW: dict[str, Any] = {"enforcement": Enforcement.BLOCK, "legal_basis": "Railways Act"}
FADING = DecayPolicy(kind=DecayKind.HALF_LIFE, half_life="P100D", refresh_on_use=False)
DERIVED = ("competence_evidence", "competence_state", "fulfilment", "assignment_eligibility")
PASSING = {"computed_at", "as_of", "oldest_input_at"}


def at(days: float, hour: int = 8) -> datetime:
    """Return an hour of a day, counted from the day on which the clock begins."""
    return start_of_day(BEGAN) + timedelta(days=days, hours=hour)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def known(number: str) -> Ref:
    return Ref.employee_number(number)


def unit(code: str, parent: str | None = None) -> OrganisationUnit:
    above = Ref.code("OrganisationUnit", parent) if parent else None
    return OrganisationUnit(id=code, code=code, name=code, kind=UnitKind.STATION, parent=above)


def person(number: str, **more: Any) -> Person:
    return Person(id=number, display_name=number, employee_number=number, **more)


def employed(number: str, at_unit: str = "team", **more: Any) -> Employment:
    said = {"id": f"e-{number}", "valid_from": date(2020, 1, 1), **more}
    return Employment(person=known(number), unit=Ref.code("OrganisationUnit", at_unit), **said)


def competence(code: str, **more: Any) -> Competence:
    broader = tuple(Ref.code("Competence", each) for each in more.pop("broader", ()))
    return Competence(id=code, code=code, name=code, broader=broader, **more)


def process(code: str = "shunting", at_unit: str = "team") -> WorkProcess:
    return WorkProcess(id=code, code=code, name=code, unit=Ref.code("OrganisationUnit", at_unit))


def requirement(
    id_: str = "r1", of: str = "shunting", asks: str = "brakes", rank: int = 2, **more: Any
) -> CompetenceRequirement:
    said = {
        "criticality": Severity.HIGH,
        "enforcement": Enforcement.WARN,
        "credential_required": False,
        "valid_from": date(2020, 1, 1),
        **more,
    }
    return CompetenceRequirement(
        id=id_,
        subject=Ref.code("WorkProcess", of),
        competence=Ref.code("Competence", asks),
        required_rank=rank,
        **said,
    )


def shift(
    id_: str, days: float, *people: str, of: str | None = "shunting", **more: Any
) -> WorkAssignment:
    said = {"starts_at": at(days), "ends_at": at(days, 16), **more}
    return WorkAssignment(
        id=id_,
        title=id_,
        kind=AssignmentKind.SHIFT,
        process=Ref.code("WorkProcess", of) if of else None,
        assignees=tuple(known(each) for each in people),
        **said,
    )


def credential(id_: str, holder: str, until: float | None, **more: Any) -> Credential:
    said = {"valid_from": at(-400), "rank": 2, "status": CredentialStatus.VALID, **more}
    return Credential(
        id=id_,
        holder=known(holder),
        name=f"Licence {id_}",
        valid_until=None if until is None else at(until, 0),
        competences=(Ref.code("Competence", said.pop("competence", "brakes")),),
        **said,
    )


def inspection(id_: str, of: str | None, days: float, *, passed: bool = True) -> Inspection:
    return Inspection(
        id=id_,
        number=id_,
        passed=passed,
        inspected_at=at(days),
        performed_by=known(of) if of else None,
        process=Ref.code("WorkProcess", "shunting"),
    )


def nonconformity(id_: str, by: str, days: float, **more: Any) -> Nonconformity:
    return Nonconformity(
        id=id_,
        number=id_,
        title=id_,
        status=NonconformityStatus.OPEN,
        raised_at=at(days),
        process=Ref.code("WorkProcess", "shunting"),
        inspection=Ref.external("Inspection", by),
        **more,
    )


def cause(id_: str, of: str, status: CauseStatus = CauseStatus.CONFIRMED) -> CompetenceCause:
    return CompetenceCause(
        id=id_,
        nonconformity=Ref.external("Nonconformity", of, "quality"),
        competence=Ref.code("Competence", "brakes"),
        share=1.0,
        status=status,
    )


def objection(id_: str, of: str, told_by: Ref, days: float, **more: Any) -> Contest:
    said = {"competence": "brakes", "outcome": ContestOutcome.OPEN, **more}
    return Contest(
        id=id_,
        person=known(of),
        competence=Ref.code("Competence", said.pop("competence")),
        told_by=told_by,
        reason="I was not there",
        raised_at=at(days),
        **said,
    )


def appraisal(id_: str, of: str, days: float, *scores: str, **more: Any) -> Appraisal:
    word = more.pop("word", None)
    rated = Ref.term("Competence", "kra", word) if word else Ref.code("Competence", "brakes")
    said = {"status": AppraisalStatus.CLOSED, "completed_at": at(days), **more}
    return Appraisal(
        id=id_,
        employee=known(of),
        ratings=tuple(
            CompetenceRating(competence=rated, raw_score=each, raw_scale="stars-5")
            for each in scores
        ),
        **said,
    )


def cycle(id_: str, ends: int) -> AppraisalCycle:
    return AppraisalCycle(id=id_, name=id_, starts_on=on(ends - 365), ends_on=on(ends))


def scale(*ranks: int) -> ProficiencyScale:
    """Return a scale on which the stars 1, 2, 3, … of appraisals stand for `ranks`."""
    from_stars = tuple(
        ScaleMapping(
            system="appraisal",
            raw_scale="stars-5",
            raw_from=Decimal(number),
            raw_until=Decimal(number + 1),
            rank=rank,
        )
        for number, rank in enumerate(ranks, start=1)
    )
    return ProficiencyScale(id="scale", key="scale", name="Scale", mappings=from_stars)


def course(id_: str, **targets: int) -> Intervention:
    return Intervention(
        id=id_,
        title=id_,
        form=InterventionForm.CHALLENGING_ASSIGNMENT,
        locus=Locus.IN_WORK,
        formality=Formality.INFORMAL,
        provider=Provider.BUSINESS_UNIT,
        targets=tuple(
            CompetenceLevel(competence=Ref.code("Competence", code), rank=rank)
            for code, rank in targets.items()
        ),
    )


def learnt(id_: str, who: str, days: float, **more: Any) -> LearningRecord:
    said = {"status": LearningStatus.COMPLETED, "completed_at": at(days), **more}
    return LearningRecord(id=id_, person=known(who), **said)


def agreement(id_: str, employee: str) -> DevelopmentAgreement:
    return DevelopmentAgreement(
        id=id_,
        employee=known(employee),
        manager=known("ada"),
        horizon=AgreementHorizon.CURRENT_JOB,
        status=AgreementStatus.AGREED,
        review_on=on(90),
    )


def result(agreed: str, of: str = "brakes") -> AgreedResult:
    return AgreedResult(
        id=f"result of {agreed}",
        agreement=Ref.external("DevelopmentAgreement", agreed, "hub"),
        competence=Ref.code("Competence", of),
        target_rank=2,
        work_outcome="Does it alone.",
        due_on=on(80),
    )


SAID_BY: dict[type[Sourced], str] = {
    Person: "hr",
    Employment: "hr",
    OrganisationUnit: "hr",
    WorkAssignment: "planning",
    Inspection: "quality",
    Nonconformity: "quality",
    Appraisal: "appraisal",
    AppraisalCycle: "appraisal",
    LearningRecord: "learning",
}


@dataclass(frozen=True)
class Organisation:
    """A hub that is told records and derives from them."""

    store: Store
    clock: Clock

    async def tell(self, *records: Sourced) -> list[Change]:
        """Keep, fold and note records; each type is a page of its own."""
        changes: list[Change] = []
        for kind in dict.fromkeys(type(each) for each in records):
            changes += await self._page(kind, [each for each in records if type(each) is kind], ())
        return changes

    async def gone(self, kind: type[Sourced], *ids: str) -> list[Change]:
        """Delete records."""
        return await self._page(kind, (), ids)

    async def _page(
        self, kind: type[Sourced], records: Sequence[Sourced], deleted: Iterable[str]
    ) -> list[Change]:
        system = SAID_BY.get(kind, "hub")
        source = Origin(key=system, kind=SYSTEMS[system])
        async with self.store.transaction() as tx:
            kept = await tx.keep(
                source, "all", kind, records, deleted=deleted, fetched_at=tx.moment
            )
            folded = await tx.fold(kept.touched)
            await note(tx, folded.changes)
        return list(folded.changes)

    async def derive(self) -> None:
        await derive(self.store, self.clock)

    async def rows(self, statement: str, **parameters: Any) -> Rows:
        async with self.store.snapshot() as snapshot:
            return await snapshot.rows(statement, parameters)

    async def records(self, of: type) -> list[Any]:
        """Return all derived records of a type."""
        names = columns(concept(of).table)
        listed = ", ".join(f'"{name}"' for name in names)
        rows = await self.rows(f"SELECT {listed} FROM {concept(of).table} ORDER BY id")
        return [concept(of).decode(dict(zip(names, row, strict=True))) for row in rows]

    async def state(self, number: str, code: str = "brakes") -> CompetenceState | None:
        """Return the state of a person."""
        who, what = person_id(number), competence_id(code)
        found: list[CompetenceState] = await self.records(CompetenceState)
        return next(
            (each for each in found if (each.person_id, each.competence_id) == (who, what)), None
        )

    async def verdict(self, id_: str, number: str) -> AssignmentEligibility | None:
        """Return the verdict on a person for a shift."""
        ((shift_id,),) = await self.rows("SELECT id FROM work_assignment WHERE title = :t", t=id_)
        found: list[AssignmentEligibility] = await self.records(AssignmentEligibility)
        both = (shift_id, person_id(number))
        return next((each for each in found if (each.assignment_id, each.person_id) == both), None)

    async def fulfilment(self, number: str) -> list[Fulfilment]:
        """Return what a person is asked, by competence."""
        found = [
            each for each in await self.records(Fulfilment) if each.person_id == person_id(number)
        ]
        return sorted(found, key=lambda each: each.competence_id)

    async def shift(self, id_: str, *candidates: str) -> Shift:
        """Return a shift as it is judged."""
        async with self.store.snapshot() as snapshot:
            ((key,),) = await snapshot.rows(
                "SELECT id FROM work_assignment WHERE title = :t", {"t": id_}
            )
            people = [person_id(each) for each in candidates]
            return (await shifts(snapshot, [key], people, self.clock()))[key]

    async def stored(self) -> dict[str, Rows]:
        """Return all that was derived, but for when."""
        found = {}
        for table in DERIVED:
            names = [f'"{name}"' for name in columns(table) if name not in PASSING]
            found[table] = sorted(await self.rows(f"SELECT {', '.join(names)} FROM {table}"))
        return found

    async def from_scratch(self) -> dict[str, Rows]:
        """Return what is derived where nothing had been derived before."""
        async with self.store.transaction() as tx:
            for table in DERIVED:
                await tx.write(table, f"DELETE FROM {table}")
            await tx.write("touched", "DELETE FROM touched")
            await tx.touch("Everyone", [""])
        await self.derive()
        return await self.stored()

    async def read(self, key: str, error: str | None = None) -> None:
        """Say that a source was read, with or without a fault."""
        now = self.clock()
        system = SourceSystem(
            key=key, name=key, kind=SYSTEMS[key], connector="c 1", tier=ConnectorTier.UNRATED
        )
        run = SyncRun(
            system=key,
            trigger=SyncTrigger.MANUAL,
            full=False,
            started_at=now,
            finished_at=now,
            read=0,
            created=0,
            changed=0,
            deleted=0,
            quarantined=0,
            error=error,
        )
        async with self.store.transaction() as tx:
            await tx.put(
                {
                    identifier("SourceSystem", key): system,
                    identifier("SyncRun", key, now.isoformat()): run,
                }
            )


def person_id(number: str) -> str:
    return identifier("Person", "employee_number", "", number)


def competence_id(code: str) -> str:
    return identifier("Competence", "code", "", code)


BASE: tuple[Sourced, ...] = (
    unit("unit"),
    unit("team", "unit"),
    unit("other"),
    competence("brakes"),
    competence("signals"),
    process(),
    person("ada"),
    person("ben"),
    employed("ada"),
    employed("ben"),
)
"""Ada and Ben in a team that runs the shunting, which asks nothing yet."""
