from decimal import Decimal

import pytest

from hub.competence.scale import Score, ranked
from hub.models.competence import ScaleMapping


def mapping(low: str, high: str, rank: int, system: str = "appraisal") -> ScaleMapping:
    return ScaleMapping(
        system=system,
        raw_scale="stars-5",
        raw_from=Decimal(low),
        raw_until=Decimal(high),
        rank=rank,
    )


MAPPINGS = (mapping("0", "2.5", 1), mapping("2.5", "4", 2), mapping("4", "5.1", 3))


@pytest.mark.parametrize(
    ("raw", "rank"),
    [("0", 1), ("2.49", 1), ("2.5", 2), ("4.0", 3), ("5.1", None), ("-1", None)],
)
def test_a_score_stands_for_the_rank_whose_range_it_is_in(raw: str, rank: int | None) -> None:
    assert rank == ranked(Score(raw=raw, scale="stars-5", system="appraisal"), MAPPINGS)


@pytest.mark.parametrize("raw", [None, "", "good", "NaN", "Infinity"])
def test_what_is_no_number_stands_for_nothing(raw: str | None) -> None:
    assert ranked(Score(raw=raw, scale="stars-5"), MAPPINGS) is None


def test_a_mapping_reads_only_its_own_scale_and_source() -> None:
    assert ranked(Score(raw="3", scale="points"), MAPPINGS) is None
    assert ranked(Score(raw="3", scale="stars-5", system="hr"), MAPPINGS) is None
    assert 2 == ranked(Score(raw="3", scale="stars-5"), MAPPINGS)


@pytest.mark.parametrize(("raw", "rank"), [("good", 4), (" good ", 4), ("3.0", 5), ("2.5", 2)])
def test_what_a_term_says_of_a_score_comes_before_any_mapping(raw: str, rank: int) -> None:
    levels = [("good", 4), ("3", 5)]
    assert rank == ranked(Score(raw=raw, scale="stars-5"), MAPPINGS, levels)
