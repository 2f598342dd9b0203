from datetime import date, timedelta
from typing import Any

import pytest

from hub.competence.coverage import Held, coverage
from hub.competence.facts import Units
from hub.competence.gap import Holding, asked, fulfilment
from hub.models.kinds import EvidenceKind
from tests.competence.evidences import NOW, piece, state
from tests.competence.made import MOMENT, TODAY, credential, employment, requirement

UNITS = Units(parents={"team": "station", "other": "station", "station": None, "shop": None})
PROCESSES = {"shunting": "station"}
STAFF = [
    employment("ada", "team"),
    employment("ben", "other", job_profile_id="guard"),
    employment("cas", "shop"),
    employment("dot", "station", valid_until=TODAY),
    employment("eve", "station", valid_from=TODAY + timedelta(days=1)),
    employment("fay", None, job_profile_id=None),
]


@pytest.mark.parametrize(
    ("subject", "people"),
    [
        (("WorkProcess", "shunting"), ["ada", "ben"]),
        (("OrganisationUnit", "team"), ["ada"]),
        (("OrganisationUnit", "shop"), ["cas"]),
        (("JobProfile", "guard"), ["ben"]),
        (("WorkProcess", "unknown"), []),
    ],
)
def test_a_requirement_asks_those_whom_its_subject_concerns_on_the_day(
    subject: tuple[str, str], people: list[str]
) -> None:
    one = requirement(subject_type=subject[0], subject_id=subject[1])
    ((_, found),) = asked([one], STAFF, UNITS, PROCESSES, TODAY)
    assert people == sorted(found)


@pytest.mark.parametrize(
    "never", [{"valid_from": TODAY + timedelta(days=1)}, {"valid_until": TODAY}]
)
def test_a_requirement_that_is_not_in_force_asks_nobody(never: dict[str, Any]) -> None:
    assert [] == list(asked([requirement(**never)], STAFF, UNITS, PROCESSES, TODAY))


def test_a_loop_of_units_ends() -> None:
    loop = Units(parents={"a": "b", "b": "a"})
    assert loop.within("a", "b")
    assert not loop.within("a", "c")


def test_a_proven_level_meets_what_is_asked() -> None:
    found = fulfilment("ada", requirement(), Holding(state=state(piece(rank=2))), MOMENT)
    assert (True, 0, 2) == (found.met, found.delta, found.current_rank)


def test_a_claimed_level_does_not() -> None:
    claimed = state(piece(EvidenceKind.LEARNING_COMPLETION, 2, 0.4))
    found = fulfilment("ada", requirement(), Holding(state=claimed), MOMENT)
    assert (False, 2, None) == (found.met, found.delta, found.current_rank)


def test_a_gap_counts_the_levels_that_are_missing() -> None:
    one = requirement(required_rank=4)
    found = fulfilment("ada", one, Holding(state=state(piece(rank=3))), MOMENT)
    assert (False, 1, one.criticality) == (found.met, found.delta, found.severity)


def test_a_gap_is_needed_by_the_next_work_that_asks_it_else_from_the_first_day() -> None:
    day = date(2026, 6, 1)
    assert day == fulfilment("ada", requirement(), Holding(needed_by=day), MOMENT).needed_by
    assert date(2020, 1, 1) == fulfilment("ada", requirement(), Holding(), MOMENT).needed_by


@pytest.mark.parametrize(
    ("paper", "met"),
    [
        ({}, True),
        ({"valid_until": NOW}, False),
        ({"valid_from": NOW + timedelta(hours=1)}, False),
        ({"competence_ids": ("other",)}, False),
    ],
)
def test_where_a_credential_is_asked_a_valid_one_is_needed_too(
    paper: dict[str, Any], met: bool
) -> None:
    one = requirement(credential_required=True)
    holding = Holding(state=state(piece(rank=2)), credentials=[credential(**paper)])
    found = fulfilment("ada", one, holding, MOMENT)
    assert (met, 0 if met else 1) == (found.met, found.delta)


def test_coverage_counts_the_qualified_among_those_asked() -> None:
    soon = NOW + timedelta(days=30)
    held = Held(
        states={
            "ada": state(piece()),
            "ben": state(piece(expires_at=soon)),
            "cas": state(piece(rank=1)),
        }
    )
    found = coverage(requirement(min_holders=3), ["ada", "ben", "cas", "dot"], held, NOW)
    assert (4, 3, 2, 1, 1) == (
        found.asked,
        found.required,
        found.qualified,
        found.missing,
        found.expiring,
    )
    assert not found.single_point_of_failure


def test_one_who_has_it_alone_is_a_single_point_of_failure() -> None:
    found = coverage(requirement(), ["ada", "ben"], Held(states={"ada": state(piece())}), NOW)
    assert (1, 0, True, None) == (
        found.required,
        found.missing,
        found.single_point_of_failure,
        found.trend,
    )


def test_a_credential_that_ends_soon_makes_its_holder_expiring() -> None:
    one = requirement(credential_required=True)
    held = Held(
        states={"ada": state(piece())},
        credentials={"ada": [credential(valid_until=NOW + timedelta(days=30))]},
    )
    assert 1 == coverage(one, ["ada"], held, NOW).expiring
