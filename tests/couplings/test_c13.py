"""Who is proposed for a shift that is not covered, and what nobody is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.competence.facts import AssignmentFact, EmploymentFact
from hub.couplings import Proposal
from hub.couplings.c13 import RULE, Assignee, Candidate, Roster
from hub.models.coupling import CouplingAction
from hub.models.kinds import (
    ActionStatus,
    AssignmentKind,
    ChangeOperation,
    CouplingMode,
    EligibilityVerdict,
)
from hub.models.ref import Ref

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
BEGINS = NOW + timedelta(days=3)
ENDS = BEGINS + timedelta(hours=8)
LACKING = (
    EligibilityVerdict.NOT_ELIGIBLE,
    EligibilityVerdict.UNKNOWN,
    EligibilityVerdict.WARN,
    EligibilityVerdict.WITH_SUPERVISION,
)


def assignee(
    name: str, verdict: EligibilityVerdict | None = EligibilityVerdict.NOT_ELIGIBLE, **more: Any
) -> Assignee:
    return Assignee(
        person_id=name, name=name.title(), ref=Ref.email(f"{name}@x.org"), verdict=verdict, **more
    )


def candidate(name: str, unit: str = "team", **more: Any) -> Candidate:
    place = EmploymentFact(person_id=name, valid_from=date(2020, 1, 1), unit_id=unit)
    said = {"employments": (place,), "named": {"email": f"{name}@x.org"}, **more}
    return Candidate(person_id=name, name=name.title(), **said)


def roster(*people: Assignee, **more: Any) -> Roster:
    of = AssignmentFact(
        id="shift",
        system="planning",
        starts_at=BEGINS,
        ends_at=more.pop("ends_at", ENDS),
        unit_id="team",
        learning_purpose=more.pop("learning_purpose", False),
        assignee_ids=tuple(each.person_id for each in people),
    )
    said = {
        "kind": AssignmentKind.SHIFT,
        "comment": None,
        "attendees": tuple(each.ref for each in people),
        "near": frozenset({"team", "crew"}),
        "now": NOW,
        **more,
    }
    return Roster(
        assignment=of, external_id="T/s1", version="3", title="Early", assignees=people, **said
    )


def proposed(shift: Roster | None) -> list[Proposal]:
    return list(RULE.propose(shift))


def action(proposal: Proposal) -> CouplingAction:
    return CouplingAction(
        summary=proposal.summary,
        status=ActionStatus.APPROVED,
        changes=proposal.changes,
        created_at=NOW,
        attempts=0,
        key=proposal.key,
    )


def coming(proposal: Proposal) -> list[str]:
    (people,) = [each for each in proposal.changes[0].fields if each.field == "assignees"]
    return [each for each in people.after or () if each not in (people.before or ())]


@pytest.mark.parametrize("verdict", LACKING)
def test_whoever_does_not_cover_a_shift_gets_somebody_in_their_place(
    verdict: EligibilityVerdict,
) -> None:
    shift = roster(assignee("bob", verdict), assignee("zoe", EligibilityVerdict.ELIGIBLE))
    (one,) = proposed(roster(*shift.assignees, candidates=(candidate("eve"),), comment="Bring tea"))
    assert "C13:planning:T/s1:3:bob" == one.key
    assert ("WorkAssignment", "shift", BEGINS) == (one.subject_type, one.subject_id, one.expires_at)
    (change,) = one.changes
    assert (ChangeOperation.UPDATE, "planning") == (change.operation, change.system)
    who, note = change.fields
    assert ["bob@x.org", "zoe@x.org"] == who.before
    assert ["eve@x.org", "zoe@x.org"] == who.after
    assert ("Bring tea", "Bring tea\nWas not covered: Eve takes over from Bob.") == (
        note.before,
        note.after,
    )


@pytest.mark.parametrize(
    "shift",
    [
        None,
        roster(assignee("bob", EligibilityVerdict.ELIGIBLE), candidates=(candidate("eve"),)),
        roster(assignee("bob", None), candidates=(candidate("eve"),)),
        roster(assignee("bob"), candidates=(candidate("eve"),), now=BEGINS),
        roster(assignee("bob"), candidates=(candidate("eve"),), kind=AssignmentKind.PROJECT_TASK),
        roster(assignee("bob")),
        roster(assignee("bob"), candidates=(candidate("eve", employments=()),)),
        roster(assignee("bob"), candidates=(candidate("eve", named={"employee_number": "7"}),)),
        roster(assignee("bob"), candidates=(candidate("bob"),)),
        roster(
            assignee("bob", EligibilityVerdict.WITH_SUPERVISION, supervisor_id="zoe"),
            assignee("zoe", EligibilityVerdict.ELIGIBLE),
            candidates=(candidate("eve"),),
            learning_purpose=True,
        ),
    ],
    ids=[
        "gone",
        "covered",
        "not judged yet",
        "begun",
        "no shift",
        "nobody else",
        "not employed",
        "not known to the roster",
        "on it already",
        "learns on it",
    ],
)
def test_nothing_is_proposed_where_nothing_helps_or_is_needed(shift: Roster | None) -> None:
    assert [] == proposed(shift)


@pytest.mark.parametrize(
    ("begins", "ends", "free"),
    [
        (ENDS, ENDS + timedelta(hours=8), True),
        (BEGINS - timedelta(hours=8), BEGINS, True),
        (ENDS - timedelta(minutes=1), ENDS + timedelta(hours=8), False),
        (BEGINS - timedelta(hours=1), ENDS + timedelta(hours=1), False),
    ],
    ids=["right after", "right before", "a minute too early", "all the time"],
)
def test_only_who_is_free_at_that_time_takes_over(
    begins: datetime, ends: datetime, *, free: bool
) -> None:
    eve = candidate("eve", busy=((begins, ends),))
    assert free == bool(proposed(roster(assignee("bob"), candidates=(eve,))))


def test_work_that_does_not_say_how_long_it_lasts_takes_a_shift() -> None:
    late = candidate("eve", busy=((ENDS - timedelta(minutes=1), ENDS + timedelta(hours=1)),))
    assert [] == proposed(roster(assignee("bob"), candidates=(late,), ends_at=None))


def test_people_of_the_unit_or_below_it_come_first() -> None:
    others = (candidate("ann", "elsewhere"), candidate("eve", "crew"))
    (one,) = proposed(roster(assignee("bob"), candidates=others))
    assert ["eve@x.org"] == coming(one)


def test_two_who_do_not_cover_a_shift_are_not_replaced_by_the_same() -> None:
    people = (assignee("bob"), assignee("cas"), assignee("dan"))
    found = proposed(roster(*people, candidates=(candidate("ann"), candidate("eve"))))
    assert [["ann@x.org"], ["eve@x.org"]] == [coming(each) for each in found]


def supervised(**more: Any) -> Roster:
    junior = assignee("bob", EligibilityVerdict.WITH_SUPERVISION, supervisor_id="zoe")
    return roster(junior, assignee("zoe", EligibilityVerdict.ELIGIBLE), **more)


def test_where_nobody_is_free_a_colleague_alongside_is_noted() -> None:
    (one,) = proposed(supervised())
    (change,) = one.changes
    (note,) = change.fields
    assert ChangeOperation.ANNOTATE == change.operation
    assert "Covered with supervision: Bob works beside Zoe." == note.after
    assert [] == proposed(supervised(comment=f"Bring tea\n{note.after}"))


def test_no_text_says_why_a_shift_is_not_covered() -> None:
    told = [
        text
        for one in (
            *proposed(roster(assignee("bob"), candidates=(candidate("eve"),))),
            *proposed(supervised()),
        )
        for text in (
            one.summary,
            *(each.text for each in one.reasons),
            *(each.text for each in one.changes),
            *(str(each.after) for change in one.changes for each in change.fields),
        )
    ]
    words = ("certif", "licen", "credential", "level", "expire", "missing", "legal", "ELIGIBLE")
    assert [] == [text for text in told for word in words if word.lower() in text.lower()]


def test_what_was_approved_is_done_while_it_still_fits() -> None:
    eve = candidate("eve")
    (one,) = proposed(roster(assignee("bob"), candidates=(eve,)))
    better = candidate("ann")
    assert RULE.objection(action(one), roster(assignee("bob"), candidates=(better, eve))) is None
    for shift, words in (
        (None, "no longer planned"),
        (roster(assignee("bob"), candidates=(eve,), now=BEGINS), "has begun"),
        (roster(assignee("eve", EligibilityVerdict.ELIGIBLE)), "covered by now"),
        (roster(assignee("bob"), candidates=(better,)), "cannot any more"),
        (roster(assignee("bob"), candidates=(candidate("eve", busy=((BEGINS, ENDS),)),)), "cannot"),
    ):
        assert words in str(RULE.objection(action(one), shift))


def test_a_note_alone_needs_nobody_who_is_free() -> None:
    (one,) = proposed(supervised())
    assert RULE.objection(action(one), supervised()) is None


def test_a_roster_is_never_changed_without_a_person() -> None:
    assert (CouplingMode.APPROVE, CouplingMode.APPROVE) == (RULE.mode, RULE.highest_mode)
    assert RULE.approvers


NAMES = ("ann", "bob", "cas", "dan", "eve", "fay")


@given(
    people=st.permutations(NAMES),
    size=st.integers(1, 4),
    lacking=st.sets(st.sampled_from(NAMES)),
    units=st.lists(st.sampled_from(("team", "crew", "far")), min_size=6, max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_the_order_in_which_people_are_listed_changes_no_proposal(
    people: list[str], size: int, lacking: set[str], units: list[str], order: Any
) -> None:
    on_it, others = people[:size], people[size:]
    known = [
        assignee(each, LACKING[0] if each in lacking else EligibilityVerdict.ELIGIBLE)
        for each in on_it
    ]
    able = [candidate(each, units[NAMES.index(each)]) for each in others]
    refs = tuple(each.ref for each in known)
    first = proposed(roster(*known, candidates=tuple(able)))
    order.shuffle(known)
    order.shuffle(able)
    assert first == proposed(roster(*known, candidates=tuple(able), attendees=refs))
    come = [each for one in first for each in coming(one)]
    assert len(come) == len(set(come)) == min(len(lacking & set(on_it)), len(others))
    assert {one.key.rpartition(":")[2] for one in first} <= lacking
