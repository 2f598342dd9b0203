"""What holds of every generated organisation."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.demo.organisation import generate
from hub.demo.organisation.model import Organisation, Shift

DAY = date(2026, 11, 25)
SEEDS, SIZES = st.integers(0, 10_000), st.integers(60, 700)


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_the_same_seed_and_size_give_the_same_organisation(seed: int, size: int) -> None:
    assert generate(seed, size, DAY) == generate(seed, size, DAY)


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_another_seed_gives_other_people_and_other_ids(seed: int, size: int) -> None:
    one, other = generate(seed, size, DAY), generate(seed + 1, size, DAY)
    for told in (_names, _accounts, _shifts):
        assert len(told(one) & told(other)) < len(told(one)) / 4


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_the_next_day_finds_the_same_people_and_the_dates_moved_on(seed: int, size: int) -> None:
    one, other = generate(seed, size, DAY), generate(seed, size, DAY + timedelta(days=1))
    assert (_names(one), _accounts(one)) == (_names(other), _accounts(other))
    moved = zip(_not_of_leavers(one), _not_of_leavers(other), strict=True)
    assert {timedelta(days=1)} == {after.day - before.day for before, after in moved}


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_there_are_as_many_people_as_asked_for(seed: int, size: int) -> None:
    assert size == len(generate(seed, size, DAY).people)


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, size=st.integers(60, 80))
@example(seed=17, size=60)  # almost everybody there is of some story
def test_objections_stand_in_every_state_and_to_nothing_that_a_story_tells(
    seed: int, size: int
) -> None:
    organisation = generate(seed, size, DAY)
    outcomes = {each.outcome for each in organisation.objections}
    assert {"OPEN", "UPHELD", "DISMISSED", "WITHDRAWN"} == outcomes
    told = {each.facts.get("appraisal") for each in organisation.stories}
    assert not told & {each.appraisal for each in organisation.objections}


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_no_id_is_given_twice(seed: int, size: int) -> None:
    for kind, ids in _ids(generate(seed, size, DAY)):
        assert [] == [id_ for id_, count in Counter(ids).items() if count > 1], kind


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_nobody_is_on_two_shifts_of_one_day_or_works_when_not_employed(
    seed: int, size: int
) -> None:
    organisation = generate(seed, size, DAY)
    people = {each.number: each for each in organisation.people}
    days = Counter((number, shift.day) for shift in organisation.shifts for number in shift.people)
    assert 1 == max(days.values())
    assert all(people[number].employed(day) for number, day in days)


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_nothing_that_was_seen_lies_ahead(seed: int, size: int) -> None:
    organisation = generate(seed, size, DAY)
    seen = [
        *(each.at for each in organisation.inspections),
        *(each.raised for each in organisation.alerts),
        *(each.at for each in organisation.appraisals),
        *(each.at for each in organisation.statements),
        *(each.changed for person in organisation.people for each in person.accounts),
    ]
    assert DAY > max(each.date() for each in seen)


def test_there_are_two_time_zones_and_retired_competences() -> None:
    organisation = generate(7, 60, DAY)
    assert 2 == len({each.zone for each in organisation.units})
    assert any(each.retired for each in organisation.competences)


def test_people_without_a_manager_and_records_that_stand_twice_are_there_from_the_start() -> None:
    flaws = generate(7, 60, DAY).flaws
    assert all((flaws.astray, flaws.alone, flaws.twice, flaws.repeated, flaws.spelled))


def test_fewer_people_than_the_stories_need_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 60"):
        generate(7, 59, DAY)


def test_time_grows_with_the_people_and_no_faster() -> None:
    assert _taken(5_000) < 20 * _taken(500)


def _taken(size: int) -> float:
    began = process_time()
    generate(7, size, DAY)
    return process_time() - began


def _names(organisation: Organisation) -> set[str]:
    return {each.name for each in organisation.people}


def _accounts(organisation: Organisation) -> set[str]:
    return {each.id for person in organisation.people for each in person.accounts}


def _shifts(organisation: Organisation) -> set[str]:
    return {each.uid for each in organisation.shifts}


def _not_of_leavers(organisation: Organisation) -> list[Shift]:
    """Return the shifts but of those who leave in the next calendar month, whatever the day."""
    left = {
        str(each.facts["process"]) for each in organisation.stories if each.kind == "single_master"
    }
    return [each for each in organisation.shifts if each.process not in left]


def _ids(organisation: Organisation) -> Iterator[tuple[str, list[object]]]:
    flaws = organisation.flaws
    people = organisation.people
    yield "number", [each.number for each in people]
    documents = [each.document for person in people for each in person.employments]
    yield "document", [*documents, *flaws.twice.values()]
    accounts = [each for person in people for each in person.accounts]
    yield "account", [each.id for each in (*accounts, *organisation.strangers)]
    yield "mail", [each.email for person in people for each in person.employments]
    yield "unit", [each.code for each in organisation.units]
    yield "department", [each.document for each in organisation.units]
    yield "control", [each.control for each in organisation.processes if each.control]
    yield "category", [each.category for each in organisation.processes if each.category]
    yield "process", [each.code for each in organisation.processes]
    yield "shift", [each.uid for each in organisation.shifts]
    inspections = [each.id for each in organisation.inspections]
    yield "inspection", [*inspections, int(flaws.bad["quality"])]
    yield "alert", [each.number for each in organisation.alerts]
    yield "appraisal", [each.name for each in organisation.appraisals]
    yield "goal", [*(each.name for each in organisation.goals), flaws.bad["appraisal"]]
    yield "statement", [*(each.id for each in organisation.statements), *flaws.repeated.values()]
    yield "activity", [each.activity for each in organisation.courses if each.activity]
    for name in ("requirements", "causes", "courses", "credentials", "roles"):
        yield name, [each.id for each in getattr(organisation, name)]
    for name in ("agreements", "wishes", "centres"):
        yield name, [each.id for each in getattr(organisation, name)]
