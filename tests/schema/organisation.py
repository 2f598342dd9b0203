"""The small organisation that tests of the graph ask about: at least one of everything.

Ann (1) works in the desk under Bob (2), who is under Cas (3). HR and the directory know Ann by
different names. Dirk (4) of another unit integrates, and has the same mail as an account that
nobody claims.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hub.models.agreement import AgreedFacility, AgreedResult, Ambition, DevelopmentAgreement
from hub.models.appraisal import Appraisal, AppraisalCycle, CompetenceRating, PerformanceGoal
from hub.models.competence import (
    Competence,
    CompetenceAlignment,
    CompetenceArea,
    CompetenceFramework,
    ProficiencyLevel,
    ProficiencyScale,
    ScaleMapping,
)
from hub.models.coupling import (
    Approval,
    CouplingAction,
    CouplingRule,
    DomainEvent,
    FieldChange,
    ProposedChange,
)
from hub.models.credential import Credential
from hub.models.evidence import (
    AssignmentEligibility,
    CompetenceEvidence,
    CompetenceState,
    Contest,
    Fulfilment,
)
from hub.models.kinds import (
    ActionStatus,
    AgreementHorizon,
    AgreementStatus,
    AlignmentType,
    AmbitionVisibility,
    AppraisalStatus,
    ApprovalDecision,
    AssignmentKind,
    CauseStatus,
    ChangeOperation,
    ConnectorTier,
    ContestOutcome,
    CouplingMode,
    CredentialStatus,
    EligibilityVerdict,
    Enforcement,
    EvidenceKind,
    FacilityKind,
    Formality,
    InterventionForm,
    LearningStatus,
    Locus,
    NonconformityStatus,
    Polarity,
    Provider,
    Role,
    SeatAxis,
    Severity,
    StateStatus,
    SyncTrigger,
    SystemKind,
    UnitKind,
)
from hub.models.learning import CompetenceLevel, Intervention, LearningRecord
from hub.models.organisation import (
    CentreSeat,
    CompetenceCentre,
    JobProfile,
    OrganisationUnit,
    RoleAssignment,
)
from hub.models.person import Employment, Person
from hub.models.planning import WorkAssignment
from hub.models.process import WorkProcess
from hub.models.provenance import SourceSystem, SyncRun
from hub.models.quality import CompetenceCause, Nonconformity
from hub.models.ref import Ref
from hub.models.requirement import CompetenceRequirement
from hub.models.shared import Money, Reason
from hub.store import Transaction, identifier, identity, terms
from hub.store.lookups import term_id
from tests.conftest import Clock
from tests.store.conftest import SYSTEMS, Fault, Teller

DAY = date(2025, 1, 1)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DESK, HOUSE, REGION = "DESK", "HOUSE", "NORTH"
URI = "http://data.europa.eu/esco/skill/{}"
CONNECTORS = {
    "hr": "frappe-hr 1",
    "personnel": "scim 1",
    "learning": "xapi 1",
    "quality": "tryton-quality 1",
    "planning": "caldav 1",
    "appraisal": "gone-since 1",
    "frameworks": "esco 1",
    "hub": "hub 1",
}
UNMATCHED = "acc-9"
DERIVED: dict[str, Any] = {"rule_version": "1", "computed_at": NOON, "complete": True}


def hub_id(type_: str, key: str, value: str) -> str:
    """Return the hub id of what has a natural key."""
    return identifier(type_, key, "", value)


def person(number: str) -> str:
    return hub_id("Person", "employee_number", number)


def competence(name: str) -> str:
    return hub_id("Competence", "uri", URI.format(name))


def held(type_: str, system: str, id_: str) -> str:
    """Return the hub id of what has no key but its own id in a source."""
    return identifier(type_, system, "all", id_)


def employee(number: str) -> Ref:
    return Ref.employee_number(number)


def skill(name: str) -> Ref:
    return Ref.uri("Competence", URI.format(name))


async def lay_down(tell: Teller, clock: Clock) -> None:
    """Keep the organisation, as sources would say it and as the hub derives it."""
    await _sources(tell, clock)
    await _people(tell)
    await _competences(tell)
    await _work(tell)
    await _growth(tell)
    async with tell.store.transaction() as tx:
        await terms.save(
            tx,
            term_id("WorkProcess", "quality", "control", "fares"),
            hub_id("WorkProcess", "code", "P-1"),
            identity.By(actor_id=person("4"), note="as the desk says"),
        )
        await _derived(tx)
        await _coupled(tx)


async def _sources(tell: Teller, clock: Clock) -> None:
    async with tell.store.transaction() as tx:
        for key, kind in SYSTEMS.items():
            system = SourceSystem(
                key=key,
                name=key.title(),
                kind=kind,
                connector=CONNECTORS[key],
                tier=ConnectorTier.UNRATED,
            )
            await tx.put({identifier("SourceSystem", key): system})
            if key != "hub":
                await tx.put({identifier("SyncRun", key): _run(key, clock.moment)})


def _run(key: str, now: datetime) -> SyncRun:
    return SyncRun(
        system=key,
        trigger=SyncTrigger.MANUAL,
        full=False,
        started_at=now - timedelta(hours=2),
        finished_at=now - timedelta(hours=1),
        read=9,
        created=9,
        changed=0,
        deleted=0,
        quarantined=0,
        error="UPSTREAM_TIMEOUT: no answer" if key == "appraisal" else None,
    )


async def _people(tell: Teller) -> None:
    await tell(
        "hr",
        OrganisationUnit(id="u1", code=REGION, name="North", kind=UnitKind.REGION),
        OrganisationUnit(
            id="u2",
            code=HOUSE,
            name="House",
            kind=UnitKind.STATION,
            parent=Ref.code("OrganisationUnit", REGION),
        ),
        OrganisationUnit(
            id="u3",
            code=DESK,
            name="Desk",
            kind=UnitKind.TEAM,
            parent=Ref.code("OrganisationUnit", HOUSE),
            manager=employee("2"),
            supported_by=Ref.code("OrganisationUnit", HOUSE),
        ),
    )
    await tell("hr", JobProfile(id="j1", code="AGENT", title="Desk agent"))
    names = {"1": "Ann Visser", "2": "Bob Bakker", "3": "Cas de Wit", "4": "Dirk Smit"}
    await tell(
        "hr",
        *(
            Person(
                id=f"E{number}",
                display_name=name,
                employee_number=number,
                work_email=f"{name.split()[0].lower()}@example.org",
                manager=employee(str(int(number) + 1)) if number in "12" else None,
                external_url=f"https://hr.example.org/{number}",
            )
            for number, name in names.items()
        ),
        at=NOON,
    )
    await tell(
        "personnel",
        Person(
            id="acc-1",
            display_name="A. Visser",
            employee_number="1",
            work_email="ann@example.org",
            scim_external_id="x1",
        ),
        Person(id=UNMATCHED, display_name="Dirk", work_email="dirk@elsewhere.example"),
        at=NOON,
    )
    await tell(
        "hr",
        *(
            Employment(
                id=f"e{number}",
                person=employee(number),
                unit=Ref.code("OrganisationUnit", REGION if number == "4" else DESK),
                job_profile=Ref.code("JobProfile", "AGENT"),
                title="Agent",
                fte=0.8,
                valid_from=DAY,
            )
            for number in names
        ),
        rejected=[Fault("e9", raw={"date_of_joining": "?"})],
    )
    await tell(
        "hub",
        RoleAssignment(
            id="r1",
            role=Role.PROCESS_OWNER,
            person=employee("3"),
            unit=Ref.code("OrganisationUnit", DESK),
            valid_from=DAY,
        ),
        RoleAssignment(id="r2", role=Role.INTEGRATOR, person=employee("4"), valid_from=DAY),
    )


async def _competences(tell: Teller) -> None:
    levels = tuple(
        ProficiencyLevel(rank=rank, label=label, normalised=rank / 3)
        for rank, label in enumerate(("Novice", "Able", "Expert"), 1)
    )
    stars = ScaleMapping(
        system="appraisal",
        raw_scale="stars-5",
        raw_from=Decimal(3),
        raw_until=Decimal(6),
        rank=2,
    )
    await tell(
        "hub",
        ProficiencyScale(id="s1", key="three", name="Three", levels=levels, mappings=(stars,)),
    )
    await tell("hub", CompetenceArea(id="a1", code="SERVICE", name="Service"))
    await tell(
        "hub",
        CompetenceCentre(
            id="c1",
            region=Ref.code("OrganisationUnit", REGION),
            lead=employee("3"),
            seats=(
                CentreSeat(
                    axis=SeatAxis.WHAT,
                    area=Ref.code("CompetenceArea", "SERVICE"),
                    holder=employee("2"),
                ),
            ),
        ),
    )
    await tell("frameworks", CompetenceFramework(id="f1", uri="http://esco", name="ESCO"))
    await tell(
        "frameworks",
        *(
            Competence(
                id=name,
                uri=URI.format(name),
                name=name.title(),
                broader=(skill("serving"),) if name != "serving" else (),
                framework=Ref.uri("CompetenceFramework", "http://esco"),
                alignments=(
                    CompetenceAlignment(type=AlignmentType.RELATED, target_uri=URI.format("x")),
                ),
            )
            for name in ("serving", "rebooking", "boarding")
        ),
    )
    await tell(
        "hub",
        *(
            Competence(
                id=name,
                uri=URI.format(name),
                code=name[:3].upper(),
                name=name.title(),
                area=Ref.code("CompetenceArea", "SERVICE"),
                scale=Ref.key("ProficiencyScale", "three"),
                core=True,
            )
            for name in ("rebooking", "boarding")
        ),
    )


async def _work(tell: Teller) -> None:
    await tell(
        "hub",
        WorkProcess(
            id="p1",
            code="P-1",
            name="Rebook",
            owner=employee("3"),
            unit=Ref.code("OrganisationUnit", DESK),
        ),
    )
    await tell(
        "hub",
        CompetenceRequirement(
            id="q1",
            subject=Ref.code("WorkProcess", "P-1"),
            competence=skill("rebooking"),
            required_rank=2,
            criticality=Severity.HIGH,
            enforcement=Enforcement.WARN,
            credential_required=False,
            min_holders=2,
            valid_from=DAY,
        ),
        CompetenceRequirement(
            id="q2",
            subject=Ref.code("JobProfile", "AGENT"),
            competence=skill("boarding"),
            required_rank=1,
            criticality=Severity.LOW,
            enforcement=Enforcement.INFORM,
            credential_required=False,
            valid_from=DAY,
        ),
    )
    await tell(
        "quality",
        Nonconformity(
            id="n1",
            number="NC-1",
            title="Wrong fare",
            severity=Severity.HIGH,
            status=NonconformityStatus.OPEN,
            raised_at=NOON,
            process=Ref.term("WorkProcess", "control", "fares"),
            unit=Ref.term("OrganisationUnit", "control", "fares"),
            causes=("no training",),
        ),
    )
    await tell(
        "hub",
        CompetenceCause(
            id="k1",
            nonconformity=Ref.external("Nonconformity", "n1", "quality"),
            competence=skill("rebooking"),
            share=0.5,
            status=CauseStatus.CONFIRMED,
            decided_by=employee("3"),
        ),
    )
    await tell(
        "planning",
        *(
            WorkAssignment(
                id=f"w{number}",
                title=f"Shift {number}",
                kind=AssignmentKind.SHIFT,
                starts_at=NOON + timedelta(days=10 + number),
                ends_at=NOON + timedelta(days=10 + number, hours=8),
                process=Ref.code("WorkProcess", "P-1"),
                unit=Ref.code("OrganisationUnit", DESK),
                assignees=(employee("1"), employee("2")),
            )
            for number in range(1, 6)
        ),
    )


async def _growth(tell: Teller) -> None:
    await tell(
        "hub",
        Intervention(
            id="i1",
            title="Sit beside",
            form=InterventionForm.MENTORING,
            locus=Locus.IN_WORK,
            formality=Formality.INFORMAL,
            targets=(CompetenceLevel(competence=skill("rebooking"), rank=2),),
            provider=Provider.BUSINESS_UNIT,
            cost=Money(amount=Decimal("12.50"), currency="EUR"),
            facilitators=(employee("2"),),
        ),
    )
    await tell(
        "learning",
        LearningRecord(
            id="l1",
            person=employee("1"),
            intervention=Ref.external("Intervention", "i1", "hub"),
            competence=skill("rebooking"),
            status=LearningStatus.PASSED,
            completed_at=NOON,
        ),
    )
    await tell(
        "hub",
        Credential(
            id="b1",
            holder=employee("1"),
            name="Fare licence",
            valid_from=NOON,
            valid_until=NOON + timedelta(days=30),
            status=CredentialStatus.VALID,
            competences=(skill("rebooking"),),
        ),
    )
    await tell("appraisal", AppraisalCycle(id="y1", name="2026", starts_on=DAY, ends_on=DAY))
    await tell(
        "appraisal",
        Appraisal(
            id="o1",
            employee=employee("1"),
            reviewer=employee("2"),
            cycle=Ref.external("AppraisalCycle", "y1"),
            status=AppraisalStatus.CLOSED,
            ratings=(
                CompetenceRating(competence=skill("rebooking"), raw_score="4", raw_scale="stars-5"),
            ),
        ),
    )
    await tell(
        "appraisal",
        PerformanceGoal(
            id="g1",
            employee=employee("1"),
            cycle=Ref.external("AppraisalCycle", "y1"),
            title="Rebook alone",
            weight=1.0,
        ),
    )
    await _agreed(tell)


async def _agreed(tell: Teller) -> None:
    await tell(
        "hub",
        DevelopmentAgreement(
            id="d1",
            employee=employee("1"),
            manager=employee("2"),
            horizon=AgreementHorizon.CURRENT_JOB,
            status=AgreementStatus.AGREED,
            review_on=date(2026, 9, 1),
        ),
    )
    await tell(
        "hub",
        AgreedResult(
            id="t1",
            agreement=Ref.external("DevelopmentAgreement", "d1"),
            competence=skill("rebooking"),
            target_rank=2,
            work_outcome="Rebooks a group alone",
            due_on=date(2026, 8, 1),
        ),
    )
    await tell(
        "hub",
        AgreedFacility(
            id="v1",
            agreement=Ref.external("DevelopmentAgreement", "d1"),
            kind=FacilityKind.TIME,
            description="Two hours a week",
            promised_by=employee("2"),
            due_on=date(2026, 3, 1),
        ),
    )
    await tell(
        "hub",
        Contest(
            id="b1",
            person=employee("1"),
            competence=skill("rebooking"),
            told_by=Ref.external("LearningRecord", "l1", "learning"),
            reason="It was somebody else",
            raised_at=NOON,
            outcome=ContestOutcome.DISMISSED,
            settled_by=employee("3"),
            settled_at=NOON + timedelta(days=1),
            note="It was not",
        ),
    )
    await tell(
        "hub",
        Ambition(
            id="m1",
            person=employee("1"),
            statement="Lead a desk",
            competence=skill("serving"),
            energy=5,
            visible_to=AmbitionVisibility.ONLY_ME,
            stated_on=DAY,
        ),
    )


EVIDENCE = {"work": EvidenceKind.WORK_RESULT, "rating": EvidenceKind.APPRAISAL_RATING}


async def _derived(tx: Transaction) -> None:
    records = {
        "work": ("LearningRecord", held("LearningRecord", "learning", "l1"), "learning"),
        "rating": ("Appraisal", held("Appraisal", "appraisal", "o1"), "appraisal"),
    }
    evidence = {
        identifier("CompetenceEvidence", name): CompetenceEvidence(
            person_id=person("1"),
            competence_id=competence("rebooking"),
            kind=kind,
            polarity=Polarity.POSITIVE,
            rank=2,
            weight=0.9,
            observed_at=NOON,
            record_type=records[name][0],
            record_id=records[name][1],
            system=records[name][2],
            counted=True,
        )
        for name, kind in EVIDENCE.items()
    }
    states = {
        identifier("CompetenceState", number): CompetenceState(
            person_id=person(number),
            competence_id=competence("rebooking"),
            rank=rank,
            status=status,
            confidence=0.8,
            contradictory=False,
            contested=False,
            as_of=NOON,
            valid_until=NOON + timedelta(days=30) if rank == 2 else None,
            explanation=(
                Reason(
                    code="EVIDENCE_COUNTED",
                    text="Work finished well.",
                    evidence_id=identifier("CompetenceEvidence", "work"),
                ),
            ),
            missing_systems=("appraisal",),
            **DERIVED | {"complete": False},
        )
        for number, rank, status in (("1", 2, StateStatus.EXPIRING), ("2", 1, StateStatus.CLAIMED))
    }
    asked = held("CompetenceRequirement", "hub", "q1")
    fulfilments = {
        identifier("Fulfilment", number): Fulfilment(
            person_id=person(number),
            requirement_id=asked,
            competence_id=competence("rebooking"),
            current_rank=rank,
            delta=max(0, 2 - rank),
            met=rank >= 2,
            severity=Severity.HIGH,
            needed_by=date(2026, 5, 12),
            since=DAY,
            covered_by_id=held("DevelopmentAgreement", "hub", "d1") if rank < 2 else None,
            **DERIVED,
        )
        for number, rank in (("1", 2), ("2", 1))
    }
    everybody = [person(number) for number in "1234"]
    for of, rows in (
        (CompetenceEvidence, evidence),
        (CompetenceState, states),
        (Fulfilment, fulfilments),
    ):
        await tx.replace(of, rows, within="person_id", ids=everybody)
    assignment = held("WorkAssignment", "planning", "w1")
    verdict = AssignmentEligibility(
        person_id=person("2"),
        assignment_id=assignment,
        verdict=EligibilityVerdict.WARN,
        supervisor_id=person("1"),
        missing_ids=(asked,),
        expiring_before_ids=(held("Credential", "hub", "b1"),),
        reasons=(Reason(code="MISSING", text="One level short."),),
        **DERIVED,
    )
    await tx.replace(
        AssignmentEligibility,
        {identifier("AssignmentEligibility", "2"): verdict},
        within="assignment_id",
        ids=[assignment],
    )


async def _coupled(tx: Transaction) -> None:
    rule = CouplingRule(
        key="C13",
        title="Shift not covered",
        trigger="hub.eligibility.changed",
        condition="A shift is planned for somebody who may not do it.",
        effect="Another person is proposed.",
        from_=SystemKind.HUB,
        to=SystemKind.PLANNING,
        mode=CouplingMode.APPROVE,
        highest_mode=CouplingMode.APPROVE,
        approvers=(Role.PROCESS_OWNER,),
        enabled=True,
    )
    event = DomainEvent(
        type="hub.eligibility.changed",
        subject_type="WorkAssignment",
        subject_id=held("WorkAssignment", "planning", "w1"),
        changes=(FieldChange(field="verdict", label="Verdict", after="WARN"),),
        occurred_at=NOON,
        received_at=NOON,
        key="ev1",
    )
    action = CouplingAction(
        summary="Ann instead of Bob",
        rule="C13",
        event_id=identifier("DomainEvent", "ev1"),
        subject_type="WorkAssignment",
        subject_id=held("WorkAssignment", "planning", "w1"),
        status=ActionStatus.PROPOSED,
        reasons=(Reason(code="MISSING", text="One level short."),),
        changes=(
            ProposedChange(
                operation=ChangeOperation.UPDATE,
                system="planning",
                target_id=held("WorkAssignment", "planning", "w1"),
                entity="WorkAssignment",
                recipient_ids=(person("1"),),
                text="Ann takes the shift.",
            ),
        ),
        approvals=(Approval(role=Role.PROCESS_OWNER, decision=ApprovalDecision.PENDING),),
        created_at=NOON,
        attempts=0,
        key="C13:w1",
    )
    await tx.put({identifier("CouplingRule", "C13"): rule})
    await tx.happen([event])
    await tx.put({identifier("CouplingAction", "C13:w1"): action})
