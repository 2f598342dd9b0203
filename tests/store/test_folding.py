"""What sources say becomes entities: whom to believe, what points where, what waits."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hub.models.agreement import AgreedFacility, DevelopmentAgreement
from hub.models.appraisal import Appraisal, CompetenceRating
from hub.models.competence import Competence, DecayPolicy
from hub.models.kinds import (
    AgreementHorizon,
    AgreementStatus,
    AppraisalStatus,
    AssignmentKind,
    CompetenceKind,
    DecayKind,
    FacilityKind,
    NonconformityStatus,
    UnitKind,
)
from hub.models.organisation import OrganisationUnit
from hub.models.person import Employment, Person
from hub.models.planning import WorkAssignment
from hub.models.process import WorkProcess
from hub.models.quality import Inspection, Nonconformity
from hub.models.ref import Ref
from hub.store import Change, Folded, identifier
from tests.conftest import Clock
from tests.store.conftest import Fault, Teller

SHIFT = datetime(2026, 5, 4, 6, tzinfo=UTC)


def person(id_: str, name: str = "Jan", number: str | None = "17", **said: Any) -> Person:
    return Person(id=id_, display_name=name, employee_number=number, **said)


def hub_id(number: str) -> str:
    return identifier("Person", "employee_number", "", number)


def unit(code: str, **said: Any) -> OrganisationUnit:
    kind = next(iter(UnitKind))
    return OrganisationUnit(id=f"D-{code}", code=code, name=f"Unit {code}", kind=kind, **said)


def only(folded: Folded) -> Change:
    (change,) = folded.changes
    return change


class TestAuthority:
    async def test_records_that_agree_on_a_key_are_one_entity(self, tell: Teller) -> None:
        await tell("hr", person("E1"))
        await tell("personnel", person("u1"))
        assert [(hub_id("17"),)] == await tell.rows("SELECT id FROM person")

    async def test_the_owner_of_the_record_is_believed_before_others(self, tell: Teller) -> None:
        await tell("personnel", person("u1", "J. Jansen"))
        await tell("hr", person("E1", "Jan Jansen"))
        assert [("Jan Jansen",)] == await tell.rows("SELECT display_name FROM person")

    async def test_the_owner_of_a_field_is_believed_before_that_of_the_record(
        self, tell: Teller
    ) -> None:
        await tell("hr", person("E1", work_email="old@x.nl"))
        await tell("personnel", person("u1", work_email="new@x.nl"))
        assert [("new@x.nl",)] == await tell.rows("SELECT work_email FROM person")

    async def test_who_says_nothing_is_passed_over(self, tell: Teller) -> None:
        await tell("personnel", person("u1"))
        await tell("hr", person("E1", work_email="jan@x.nl"))
        assert [("jan@x.nl",)] == await tell.rows("SELECT work_email FROM person")

    async def test_of_one_system_the_record_changed_last_is_heard(self, tell: Teller) -> None:
        old, new = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
        await tell("hr", person("E9", "Anna Back", changed_at=new))
        await tell("hr", person("E1", "Anna Left", changed_at=old))
        assert [("Anna Back",)] == await tell.rows("SELECT display_name FROM person")
        assert [] == await tell.rows("SELECT * FROM data_conflict")

    async def test_the_hub_adds_what_it_owns_to_what_a_framework_says(self, tell: Teller) -> None:
        uri = "http://data.europa.eu/esco/skill/1"
        await tell("frameworks", Competence(id=uri, uri=uri, name="inspect brakes"))
        decay = DecayPolicy(kind=DecayKind.HALF_LIFE, half_life="P1Y", refresh_on_use=True)
        own = Competence(
            id="C1", uri=uri, code="C1", name="Brakes", kind=CompetenceKind.SKILL, decay=decay
        )
        await tell("hub", own)
        told = await tell.rows("SELECT name, code, kind, decay FROM competence")
        kept = '{"half_life":"P1Y","kind":"HALF_LIFE","refresh_on_use":true,"validity":null}'
        assert [("inspect brakes", "C1", "SKILL", kept)] == told


class TestConflicts:
    TOLD = 'SELECT field, chosen, "values", status, version FROM data_conflict'

    async def test_two_sources_that_disagree_leave_a_conflict(self, tell: Teller) -> None:
        await tell("hr", person("E1", "Jan"))
        await tell("personnel", person("u1", "Johan"))
        values = '[["hr","Jan"],["personnel","Johan"]]'
        told = await tell.rows(self.TOLD)
        assert [("display_name", "hr", values, "RESOLVED_BY_RULE", 1)] == told

    async def test_it_is_closed_when_they_agree(self, tell: Teller) -> None:
        await tell("hr", person("E1", "Jan"))
        await tell("personnel", person("u1", "Johan"))
        await tell("personnel", person("u1", "Jan"))
        assert [] == await tell.rows(self.TOLD)

    async def test_it_is_closed_when_one_of_them_is_gone(self, tell: Teller) -> None:
        await tell("hr", person("E1", "Jan"))
        await tell("personnel", person("u1", "Johan"))
        await tell("personnel", of=Person, deleted=["u1"])
        assert [] == await tell.rows(self.TOLD)

    async def test_no_rule_settles_what_nobody_owns(self, tell: Teller) -> None:
        await tell("quality", person("q1", "Jan"))
        await tell("learning", person("l1", "Johan"))
        assert [("OPEN",)] == await tell.rows("SELECT status FROM data_conflict")

    async def test_two_ways_to_say_one_manager_are_no_conflict(self, tell: Teller) -> None:
        await tell(
            "hr", person("E2", "Piet", "18"), person("E1", manager=Ref("Person", "id", "E2"))
        )
        await tell(
            "personnel", person("u2", "Piet", "18"), person("u1", manager=Ref("Person", "id", "u2"))
        )
        assert [] == await tell.rows(self.TOLD)

    async def test_a_decision_stands_while_nothing_new_is_said(self, tell: Teller) -> None:
        await tell("hr", person("E1", "Jan"))
        await tell("personnel", person("u1", "Johan"))
        async with tell.store.transaction() as tx:
            await tx.write(
                "data_conflict",
                "UPDATE data_conflict SET status = 'RESOLVED_BY_PERSON', chosen = 'personnel'",
            )
        await tell("hr", person("E1", "Jan", work_email="jan@x.nl"))
        assert [("Johan",)] == await tell.rows("SELECT display_name FROM person")
        assert [("RESOLVED_BY_PERSON",)] == await tell.rows("SELECT status FROM data_conflict")
        await tell("personnel", person("u1", "Joan"))
        assert [("Jan",)] == await tell.rows("SELECT display_name FROM person")


class TestRelations:
    async def test_a_relation_resolves_when_its_target_comes_later(self, tell: Teller) -> None:
        await tell("hr", person("E1", manager=Ref("Person", "id", "E2")))
        assert [(None,)] == await tell.rows("SELECT manager_id FROM person")
        folded = await tell("hr", person("E2", "Piet", "18"))
        moved = next(each for each in folded.changes if each.id == hub_id("17"))
        assert {"manager_id": hub_id("18")} == moved.after

    async def test_a_relation_lets_go_of_a_target_that_is_gone(self, tell: Teller) -> None:
        await tell("hr", person("E1", manager=Ref("Person", "id", "E2")), person("E2", "P", "18"))
        await tell("hr", of=Person, deleted=["E2"])
        assert [(None,)] == await tell.rows("SELECT manager_id FROM person")

    @pytest.mark.parametrize(
        "ref",
        [
            Ref("Person", "employee_number", "17"),
            Ref("Person", "email", "JAN@x.nl"),
            Ref("Person", "scim_external_id", "X1"),
            Ref("Person", "id", "E1"),
            Ref("Person", "id", "E1", "hr"),
            Ref("Person", "id", hub_id("17"), "hub"),
        ],
        ids=["number", "mail", "scim", "own id", "id elsewhere", "hub id"],
    )
    async def test_a_person_is_found_by(self, tell: Teller, ref: Ref) -> None:
        await tell("hr", person("E1", work_email="jan@x.nl", scim_external_id="X1"))
        await tell("hr", Employment(id="A1", person=ref, valid_from=date(2020, 1, 1)))
        assert [(hub_id("17"),)] == await tell.rows("SELECT person_id FROM employment")

    async def test_a_hub_id_of_another_type_leads_nowhere(self, tell: Teller) -> None:
        await tell("hr", person("E1"))
        ref = Ref("OrganisationUnit", "id", hub_id("17"), "hub")
        await tell("hub", WorkProcess(id="P1", code="P1", name="Check", unit=ref))
        assert [(None,)] == await tell.rows("SELECT unit_id FROM work_process")

    async def test_an_address_that_two_people_have_leads_to_neither(self, tell: Teller) -> None:
        await tell("hr", person("E1", work_email="info@x.nl"))
        await tell("hr", unit("U", manager=Ref("Person", "email", "info@x.nl")))
        assert [(hub_id("17"),)] == await tell.rows("SELECT manager_id FROM organisation_unit")
        await tell("hr", person("E2", "Piet", "18", work_email="info@x.nl"))
        assert [(None,)] == await tell.rows("SELECT manager_id FROM organisation_unit")

    async def test_a_number_leads_to_the_record_of_its_own_system(self, tell: Teller) -> None:
        for system in ("quality", "hub"):
            await tell(system, Inspection(id=f"{system}-1", number="I-1"))
        raised = datetime(2026, 1, 1, tzinfo=UTC)
        await tell(
            "hub",
            Nonconformity(
                id="N1",
                number="N-1",
                title="Door",
                status=NonconformityStatus.OPEN,
                raised_at=raised,
                inspection=Ref("Inspection", "number", "I-1", "quality"),
            ),
        )
        wanted = identifier("Inspection", "quality", "all", "quality-1")
        assert [(wanted,)] == await tell.rows("SELECT inspection_id FROM nonconformity")

    async def test_many_relations_keep_their_order_and_follow_their_targets(
        self, tell: Teller
    ) -> None:
        refs = tuple(Ref("Person", "email", f"{name}@x.nl") for name in ("b", "a"))
        shift = WorkAssignment(
            id="S1", title="Early", kind=AssignmentKind.SHIFT, starts_at=SHIFT, assignees=refs
        )
        await tell("planning", shift)
        await tell("hr", person("E1", work_email="a@x.nl"))
        await tell("hr", person("E2", "Piet", "18", work_email="b@x.nl"))
        told = await tell.rows(
            "SELECT position, target_id FROM work_assignment__assignees ORDER BY position"
        )
        assert [(0, hub_id("18")), (1, hub_id("17"))] == told
        assert [(3,)] == await tell.rows("SELECT version FROM work_assignment")

    async def test_a_relation_inside_a_value_has_its_id_beside_it(self, tell: Teller) -> None:
        rating = CompetenceRating(
            competence=Ref("Competence", "code", "C1"), by=Ref("Person", "employee_number", "17")
        )
        await tell("hr", person("E1"))
        await tell(
            "appraisal",
            Appraisal(
                id="A1",
                employee=Ref("Person", "employee_number", "17"),
                status=AppraisalStatus.OPEN,
                ratings=(rating,),
            ),
        )
        await tell("hub", Competence(id="C1", code="C1", name="Brakes"))
        ((told,),) = await tell.rows("SELECT ratings FROM appraisal")
        competence = identifier("Competence", "code", "", "C1")
        assert f'"by_id":"{hub_id("17")}"' in told
        assert f'"competence_id":"{competence}"' in told


class TestParking:
    SET_ASIDE = "SELECT external_id, kind, message FROM quarantined_record"

    def employment(self, number: str = "17") -> Employment:
        ref = Ref("Person", "employee_number", number)
        return Employment(id="A1", person=ref, valid_from=date(2020, 1, 1))

    async def test_a_record_waits_for_what_it_cannot_be_without(self, tell: Teller) -> None:
        await tell("hr", self.employment())
        assert [] == await tell.rows("SELECT * FROM employment")
        message = "person: no Person is known by employee_number 17"
        assert [("A1", "UNKNOWN_PERSON", message)] == await tell.rows(self.SET_ASIDE)

    async def test_it_is_released_when_the_target_comes(self, tell: Teller) -> None:
        await tell("hr", self.employment())
        await tell("hr", person("E1"))
        assert [(hub_id("17"),)] == await tell.rows("SELECT person_id FROM employment")
        assert [] == await tell.rows(self.SET_ASIDE)

    async def test_it_waits_again_when_the_target_goes(self, tell: Teller) -> None:
        await tell("hr", person("E1"))
        await tell("hr", self.employment())
        await tell("hr", of=Person, deleted=["E1"])
        assert [] == await tell.rows("SELECT * FROM employment")
        assert 1 == len(await tell.rows(self.SET_ASIDE))

    async def test_it_is_forgotten_when_its_source_deletes_it(self, tell: Teller) -> None:
        await tell("hr", self.employment())
        await tell("hr", of=Employment, deleted=["A1"])
        assert [] == await tell.rows(self.SET_ASIDE)
        assert [] == await tell.rows("SELECT * FROM reference")

    async def test_it_is_shown_again_after_a_fault_that_was_mended(self, tell: Teller) -> None:
        await tell("hr", self.employment())
        await tell("hr", of=Employment, rejected=[Fault("A1")])
        await tell("hr", self.employment())
        assert [("A1", "UNKNOWN_PERSON")] == [row[:2] for row in await tell.rows(self.SET_ASIDE)]

    async def test_what_waits_for_a_waiting_record_waits_too(self, tell: Teller) -> None:
        agreement = DevelopmentAgreement(
            id="G1",
            manager=Ref("Person", "employee_number", "17"),
            horizon=AgreementHorizon.CURRENT_JOB,
            status=AgreementStatus.PROPOSED,
            review_on=date(2026, 9, 1),
        )
        facility = AgreedFacility(
            id="F1",
            agreement=Ref("DevelopmentAgreement", "id", "G1"),
            kind=FacilityKind.TIME,
            description="A day a week",
            promised_by=Ref("Person", "employee_number", "18"),
        )
        await tell("hr", person("E2", "Piet", "18"))
        await tell("hub", facility)
        await tell("hub", agreement)
        assert [] == await tell.rows("SELECT * FROM agreed_facility")
        await tell("hr", person("E1"))
        assert 1 == len(await tell.rows("SELECT * FROM agreed_facility"))
        await tell("hr", of=Person, deleted=["E1"])
        assert [] == await tell.rows("SELECT * FROM agreed_facility")


class TestChanges:
    async def test_a_new_entity_has_no_before(self, tell: Teller) -> None:
        change = only(await tell("hr", person("E1")))
        assert ("Person", hub_id("17"), {}) == (change.type, change.id, change.before)
        assert "Jan" == change.after["display_name"]

    async def test_a_change_holds_the_fields_that_differ(self, tell: Teller) -> None:
        await tell("hr", person("E1", "Jan"))
        change = only(await tell("hr", person("E1", "Johan")))
        assert ({"display_name": "Jan"}, {"display_name": "Johan"}) == (change.before, change.after)

    async def test_an_entity_that_is_gone_has_no_after(self, tell: Teller) -> None:
        await tell("hr", person("E1", "Jan"))
        change = only(await tell("hr", of=Person, deleted=["E1"]))
        assert ("Jan", {}) == (change.before["display_name"], change.after)

    async def test_the_echo_of_a_write_carries_its_mark(self, tell: Teller) -> None:
        await tell("hr", person("E1", "Jan"))
        change = only(await tell("hr", person("E1", "Johan", origin="hub:42")))
        assert "hub:42" == change.origin

    async def test_a_mark_left_standing_is_no_echo_of_a_later_change(self, tell: Teller) -> None:
        await tell("hr", person("E1", "Jan"))
        await tell("hr", person("E1", "Johan", origin="hub:42"))
        for name in ("Joan", "Jo"):
            change = only(await tell("hr", person("E1", name, origin="hub:42")))
            assert None is change.origin
        change = only(await tell("hr", person("E1", "Jack", origin="hub:43")))
        assert "hub:43" == change.origin

    async def test_what_follows_from_an_echo_is_none(self, tell: Teller) -> None:
        await tell("hr", person("E1", origin="hub:42", manager=Ref("Person", "id", "E2")))
        folded = await tell("hr", person("E2", "Piet", "18"))
        assert {None} == {each.origin for each in folded.changes}


class TestHistory:
    async def test_any_moment_before_finds_the_earliest_known(
        self, tell: Teller, clock: Clock
    ) -> None:
        await tell("hr", person("E1", "Jan"))
        clock.wait(days=1)
        await tell("hr", person("E1", "Johan"))
        ancient = datetime(1999, 1, 1, tzinfo=UTC)
        assert [("Jan",)] == await tell.rows("SELECT display_name FROM person", ancient)

    async def test_the_past_answers_as_it_was_known(self, tell: Teller, clock: Clock) -> None:
        names = "SELECT display_name FROM person"
        moments = []
        for name in ("A", "B", "C"):
            await tell("hr", person("E1", name))
            moments.append(clock.wait(days=1))
        await tell("hr", of=Person, deleted=["E1"])
        assert [] == await tell.rows(names)
        assert [["A"], ["B"], ["C"]] == [
            [name for (name,) in await tell.rows(names, moment)] for moment in moments
        ]

    async def test_a_deleted_entity_is_not_there_between_its_lives(
        self, tell: Teller, clock: Clock
    ) -> None:
        await tell("hr", person("E1"))
        await tell("hr", of=Person, deleted=["E1"])
        between = clock.wait(days=1)
        await tell("hr", person("E1"))
        count = "SELECT count(*) FROM person"
        assert [(0,)] == await tell.rows(count, between)
        assert [(1,)] == await tell.rows(count, clock())

    async def test_many_relations_have_a_past_of_their_own(
        self, tell: Teller, clock: Clock
    ) -> None:
        def shift(*numbers: str, title: str = "Early") -> WorkAssignment:
            refs = tuple(Ref("Person", "employee_number", each) for each in numbers)
            kind = AssignmentKind.SHIFT
            return WorkAssignment(id="S1", title=title, kind=kind, starts_at=SHIFT, assignees=refs)

        await tell("hr", person("E1"), person("E2", "Piet", "18"))
        await tell("planning", shift("17"))
        first = clock.wait(days=1)
        await tell("planning", shift("18"))
        await tell("planning", shift("18", title="Late"))
        who = (
            "SELECT a.title, p.display_name FROM work_assignment a"
            " JOIN work_assignment__assignees w ON w.owner_id = a.id"
            " JOIN person p ON p.id = w.target_id"
        )
        assert [("Early", "Jan")] == await tell.rows(who, first)
        assert [("Late", "Piet")] == await tell.rows(who)

    async def test_a_statement_that_recurses_answers_from_the_past(
        self, tell: Teller, clock: Clock
    ) -> None:
        await tell("hr", unit("A"), unit("B", parent=Ref("OrganisationUnit", "code", "A")))
        then = clock.wait(days=1)
        await tell("hr", unit("B"))
        below = (
            "WITH RECURSIVE below(id) AS (SELECT id FROM organisation_unit WHERE code = :code"
            " UNION SELECT u.id FROM organisation_unit u JOIN below b ON u.parent_id = b.id)"
            " SELECT count(*) FROM below"
        )
        assert [(2,)] == await tell.rows(below, then, code="A")
        assert [(1,)] == await tell.rows(below, code="A")
