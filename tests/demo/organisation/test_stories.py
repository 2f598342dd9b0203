"""The planted stories: they are there, their near misses are none, and nothing else is one."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import chain
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.demo.organisation import generate
from hub.demo.organisation.model import Organisation, Story
from tests.demo.organisation import conditions

TODAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
ORGANISATIONS = st.builds(generate, st.integers(0, 10_000), st.integers(60, 700), TODAYS)
KINDS: dict[str, tuple[Callable[[Organisation], AbstractSet[Any]], Callable[[Story], Any]]] = {
    "single_master": (conditions.single_master, lambda story: story.facts["process"]),
    "expiring_certificate": (
        conditions.expiring_certificate,
        lambda story: story.facts["event"],
    ),
    "nonconformity_cluster": (
        conditions.nonconformity_cluster,
        lambda story: (story.facts["unit"], story.facts["competence"]),
    ),
    "contradicting_appraisal": (
        conditions.contradicting_appraisal,
        lambda story: story.facts["appraisal"],
    ),
    "rehired": (conditions.rehired, lambda story: story.facts["person"]),
    "namesakes": (conditions.namesakes, lambda story: frozenset(story.facts["people"])),
    "unmatched_account": (conditions.unmatched_account, lambda story: story.facts["account"]),
}


@settings(max_examples=12, deadline=None)
@given(organisation=ORGANISATIONS)
def test_each_story_is_told_a_few_times_beside_twice_as_many_near_misses(
    organisation: Organisation,
) -> None:
    counted = Counter((each.kind, each.near_miss) for each in organisation.stories)
    assert KINDS.keys() == {kind for kind, _ in counted}
    for kind in KINDS:
        assert 2 <= counted[kind, False] <= 5
        assert 2 * counted[kind, False] == counted[kind, True]


@settings(max_examples=15, deadline=None)
@given(organisation=ORGANISATIONS)
def test_what_meets_the_condition_of_a_story_was_planted_and_no_near_miss(
    organisation: Organisation,
) -> None:
    told = [each for each in organisation.stories if not each.near_miss]
    for kind, (found, named) in KINDS.items():
        planted = {named(each) for each in told if each.kind == kind}
        assert planted == found(organisation), kind


@settings(max_examples=12, deadline=None)
@given(organisation=ORGANISATIONS)
def test_nobody_takes_part_in_two_stories(organisation: Organisation) -> None:
    cast = [number for each in organisation.stories for number in each.facts.get("people", ())]
    assert len(set(cast)) == len(cast)


@settings(max_examples=12, deadline=None)
@given(organisation=ORGANISATIONS)
def test_no_routine_work_hangs_on_one_master(organisation: Organisation) -> None:
    planted = {each.facts.get("process") for each in organisation.stories}
    known = conditions.masters(organisation)
    alone = {
        code
        for code, requirements in conditions.asked(organisation).items()
        for each in requirements
        if len(known[each.id]) == 1
    }
    assert set() == alone - planted


@settings(max_examples=12, deadline=None)
@given(organisation=ORGANISATIONS)
def test_evidence_agrees_but_where_an_appraisal_contradicts_it(
    organisation: Organisation,
) -> None:
    planted = {
        (each.facts["person"], each.facts["competence_ref"])
        for each in organisation.stories
        if each.kind == "contradicting_appraisal" and not each.near_miss
    }
    refs = {each.key: each.ref for each in organisation.competences}
    apart = {
        (number, refs[key])
        for (number, key), ranks in conditions.shown(organisation).items()
        if len(ranks) > 1
    }
    assert planted == apart


@settings(max_examples=12, deadline=None)
@given(organisation=ORGANISATIONS)
def test_only_clusters_speak_against_whoever_did_the_work(organisation: Organisation) -> None:
    performers = {each.id: each.performer for each in organisation.inspections}
    blamed = {each.number: performers[each.inspection] for each in organisation.alerts}
    found = {blamed[each.alert] for each in organisation.causes if each.status == "CONFIRMED"}
    cast = {
        each.facts["performer"]
        for each in organisation.stories
        if each.kind == "nonconformity_cluster"
    }
    assert found <= {None} | cast


def test_the_seed_decides_where_each_story_happens() -> None:
    found = [
        {
            each.facts["unit_name"]
            for each in generate(seed, 500, date(2026, 11, 25)).stories
            if each.kind == "single_master" and not each.near_miss
        }
        for seed in range(8)
    ]
    assert len({frozenset(each) for each in found}) > 4
    assert len(set(chain.from_iterable(found))) > 6
