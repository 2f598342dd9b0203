"""Figures about people: shown exactly, rounded, or withheld."""

from hypothesis import given
from hypothesis import strategies as st

from hub.models.kinds import Disclosure
from hub.policy.disclosure import SMALLEST, STEP, Group, disclosure, disclosures, shown

PEOPLE = [f"p{number}" for number in range(24)]


def test_who_may_see_everyone_sees_the_figures_as_they_are() -> None:
    assert disclosure(1, 0) is Disclosure.EXACT
    assert disclosure(0, 0) is Disclosure.EXACT


def test_a_group_below_the_smallest_size_is_withheld() -> None:
    assert disclosure(4, 4) is Disclosure.SUPPRESSED
    assert disclosure(5, 5) is Disclosure.ROUNDED


def test_a_group_is_withheld_where_the_viewer_knows_all_but_a_few() -> None:
    assert disclosure(20, 4) is Disclosure.SUPPRESSED


def test_a_group_is_withheld_where_few_are_outside_it() -> None:
    assert disclosure(20, 20, complement=4) is Disclosure.SUPPRESSED
    assert disclosure(20, 20, complement=5) is Disclosure.ROUNDED


@given(count=st.integers(0, 10_000))
def test_rounding_moves_a_count_by_no_more_than_half_a_step(count: int) -> None:
    rounded = shown(count, Disclosure.ROUNDED)

    assert rounded is not None
    assert rounded % STEP == 0
    assert abs(rounded - count) <= STEP // 2


def test_a_withheld_count_is_never_zero() -> None:
    assert shown(3, Disclosure.SUPPRESSED) is None
    assert shown(0, Disclosure.SUPPRESSED) is None
    assert shown(3, Disclosure.EXACT) == 3


def test_the_smallest_other_group_is_withheld_where_one_alone_could_be_had_by_difference() -> None:
    small, middle, large = (frozenset(PEOPLE[a:b]) for a, b in ((0, 2), (2, 9), (9, 24)))
    groups = [Group(people=each, hidden=each) for each in (small, large, middle)]

    assert disclosures(groups) == [
        Disclosure.SUPPRESSED,
        Disclosure.ROUNDED,
        Disclosure.SUPPRESSED,
    ]


PARTS = st.lists(st.sampled_from(range(4)), min_size=len(PEOPLE), max_size=len(PEOPLE))


@given(parts=PARTS, seen=st.sets(st.sampled_from(PEOPLE)))
def test_whatever_is_withheld_is_about_nobody_or_about_enough(
    parts: list[int], seen: set[str]
) -> None:
    members = [
        frozenset(each for each, part in zip(PEOPLE, parts, strict=True) if part == number)
        for number in range(4)
    ]
    found = disclosures([Group(people=each, hidden=each - seen) for each in members])

    withheld = {
        person
        for people, how in zip(members, found, strict=True)
        if how is Disclosure.SUPPRESSED
        for person in people
    }
    assert (
        not withheld
        or len(withheld) >= SMALLEST
        or all(how is not Disclosure.ROUNDED for how in found)
    )
    for people, how in zip(members, found, strict=True):
        if how is Disclosure.EXACT:
            assert people <= seen
        if how is Disclosure.ROUNDED:
            assert len(people) >= SMALLEST
            assert len(people - seen) >= SMALLEST
