"""Where a relation leads that led nowhere yet is found out, and held before too."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hub.models.appraisal import Appraisal, CompetenceRating
from hub.models.competence import Competence
from hub.models.kinds import AppraisalStatus, AssignmentKind, CompetenceKind, UnitKind
from hub.models.organisation import OrganisationUnit
from hub.models.person import Employment, Person
from hub.models.planning import WorkAssignment
from hub.models.ref import Ref
from hub.store import identifier
from hub.store.entities import found_out
from tests.conftest import Clock
from tests.store.conftest import Teller

ADA, TEAM = Ref.employee_number("17"), Ref.code("OrganisationUnit", "team")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PLACES = "SELECT unit_id, recorded_at FROM employment"
ASSIGNEES = "SELECT target_id FROM work_assignment__assignees"


def ada() -> Person:
    return Person(id="E17", display_name="Ada", employee_number="17")


def team(code: str = "team") -> OrganisationUnit:
    return OrganisationUnit(id=code, code=code, name=code, kind=UnitKind.STATION)


def employment(unit: Ref = TEAM) -> Employment:
    return Employment(id="e", person=ADA, unit=unit, valid_from=date(2020, 1, 1))


async def test_it_holds_as_long_as_the_row_does(tell: Teller, clock: Clock) -> None:
    await tell("hr", ada())
    await tell("hr", employment())
    before, then = await tell.rows(PLACES), clock()
    clock.wait(days=1)
    folded = await tell("hr", team())
    unit_id = identifier("OrganisationUnit", "code", "", "team")
    assert {"Employment", "OrganisationUnit"} == {each.type for each in folded.changes}
    assert [(None, before[0][1])] == before
    for moment in (LONG_AGO, then, None):
        assert [(unit_id, before[0][1])] == await tell.rows(PLACES, moment)
    assert [(0,)] == await tell.rows("SELECT COUNT(*) FROM employment_history")


async def test_it_holds_among_many(tell: Teller, clock: Clock) -> None:
    shift = WorkAssignment(
        id="w", title="w", kind=AssignmentKind.SHIFT, starts_at=LONG_AGO, assignees=(ADA,)
    )
    await tell("planning", shift)
    then = clock()
    assert [(None,)] == await tell.rows(ASSIGNEES)
    await tell("hr", ada())
    assert [(identifier("Person", "employee_number", "", "17"),)] == await tell.rows(
        ASSIGNEES, then
    )


async def test_where_it_led_elsewhere_the_past_stays(tell: Teller, clock: Clock) -> None:
    for record in (ada(), team(), team("other"), employment()):
        await tell("hr", record)
    then = clock()
    clock.wait(days=1)
    await tell("hr", employment(Ref.code("OrganisationUnit", "other")))
    (past,), (present,) = await tell.rows(PLACES, then), await tell.rows(PLACES)
    assert past[0] == identifier("OrganisationUnit", "code", "", "team") != present[0]


async def test_it_holds_inside_of_values(tell: Teller, clock: Clock) -> None:
    await tell("hr", ada())
    rating = CompetenceRating(competence=Ref.code("Competence", "brakes"), raw_score="3")
    await tell(
        "appraisal",
        Appraisal(id="a", employee=ADA, status=AppraisalStatus.CLOSED, ratings=(rating,)),
    )
    then = clock()
    kind = next(iter(CompetenceKind))
    await tell("hub", Competence(id="b", code="brakes", name="Brakes", kind=kind))
    ((text,),) = await tell.rows("SELECT ratings FROM appraisal", then)
    assert identifier("Competence", "code", "", "brakes") in text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"unit": "r", "unit_id": None}, {"unit": "r", "unit_id": "u"}, True),
        ({"unit": "r", "unit_id": "o"}, {"unit": "r", "unit_id": "u"}, False),
        ({"unit": "r", "unit_id": "u"}, {"unit": "r", "unit_id": None}, False),
        ({"unit": None, "unit_id": None}, {"unit": "r", "unit_id": "u"}, False),
        ({"unit_id": None}, {"unit_id": "1"}, False),
        ({"name": None}, {"name": "n"}, False),
        ({"all": [["r", None], ["s", "t"]]}, {"all": [["r", "u"], ["s", "t"]]}, True),
        ({"all": [["r", None]]}, {"all": [["s", "u"]]}, False),
        ({"all": None}, {"all": {"of": "r", "of_id": "u"}}, False),
        ({"all": {"of": "r", "of_id": "u"}}, {"all": None}, False),
        ({"all": [["r", None]]}, {"all": [["r", "u"], ["s", "t"]]}, False),
        ({"all": [{"of": "r", "of_id": None}]}, {"all": [{"of": "r", "of_id": "u"}]}, True),
        ({"all": [{"of": "r", "of_id": None}]}, {"all": [{"of": "s", "of_id": "u"}]}, False),
    ],
    ids=str,
)
def test_nothing_else_is_found_out(before: Any, after: Any, expected: bool) -> None:
    assert expected is found_out(before, after)
