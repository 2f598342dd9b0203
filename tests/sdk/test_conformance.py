"""The kit finds a sound connector sound, and judges by no upstream that shows too little."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hub.models.appraisal import PerformanceGoal
from hub.sdk.testing import Tier, UnfitError, Upstream, conformance, examine, tier
from hub.sdk.testing.judge import fit
from tests.sdk import mutants
from tests.sdk.acme import AcmeAppraise, Goals
from tests.sdk.acme_upstream import upstream

pytestmark = pytest.mark.filterwarnings("default::hub.sdk.testing.DeviationWarning")

TestAcmeAppraise = conformance(AcmeAppraise, upstream)
TestSwept = conformance(mutants.acme(mutants.Swept), upstream)


def lacking(**changes: Any) -> Callable[[], Upstream]:
    """Return an upstream whose hand is another in some ways."""

    def made() -> Upstream:
        whole = upstream()
        return replace(
            whole, hands={PerformanceGoal: replace(whole.hands[PerformanceGoal], **changes)}
        )

    return made


def pages_of(size: int) -> Callable[[], Upstream]:
    def made() -> Upstream:
        whole = upstream()
        return replace(whole, settings=replace(whole.settings, page_size=size))  # type: ignore[call-arg]  # of Acme

    return made


@pytest.mark.parametrize(
    ("unfit", "missing"),
    [
        (pages_of(100), "three pages"),
        (lacking(update=None), "an update"),
        (lacking(delete=None), "a deletion"),
        (lacking(spoil=None), "a bad record"),
        (lacking(update=lambda _: None), "an update"),
        (lacking(delete=lambda _: None), "a deletion"),
        (lacking(spoil=lambda _: None), "a bad record"),
    ],
    ids=["pages", "update", "delete", "spoil", "no update", "no deletion", "nothing spoilt"],
)
def test_an_upstream_that_shows_too_little_is_refused(
    unfit: Callable[[], Upstream], missing: str
) -> None:
    with pytest.raises(UnfitError, match=f"cannot show {missing}"):
        fit(AcmeAppraise, unfit)


def test_an_upstream_without_a_hand_is_refused() -> None:
    with pytest.raises(UnfitError, match="no hand"):
        fit(AcmeAppraise, lambda: replace(upstream(), hands={}))


def test_no_test_passes_with_an_upstream_that_shows_too_little() -> None:
    made = conformance(AcmeAppraise, lacking(update=None))
    tests = [test for name, test in vars(made).items() if name.startswith("test_")]
    assert len(tests) > 30
    for test in tests:
        with pytest.raises(UnfitError, match="an update"):
            test(None)


def test_what_never_happens_upstream_need_not_be_shown() -> None:
    class Fixed(Goals):
        never = {"update": "a goal is never changed"}

    fit(mutants.acme(Fixed), lacking(update=None))


def test_a_broken_connector_is_judged_and_not_excused() -> None:
    fit(mutants.acme(mutants.StopsAfterOnePage), upstream)
    fit(mutants.WrongScheme, upstream)


@pytest.mark.parametrize(
    ("connector", "reached"),
    [
        (mutants.acme(mutants.SwallowsDeletions), Tier.UNRATED),
        (mutants.acme(mutants.RunsInCircles), Tier.BRONZE),
        (mutants.acme(mutants.WritesMore), Tier.SILVER),
    ],
    ids=["a broken pull", "a broken failure", "a broken write"],
)
def test_a_tier_is_computed(connector: Any, reached: Tier) -> None:
    assert reached is tier(examine(connector, upstream))
