"""Values have one text, whichever database keeps them."""

import json
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.models.competence import ProficiencyLevel, ProficiencyScale, ScaleMapping
from hub.models.kinds import LearningStatus, SystemKind
from hub.models.learning import Intervention, LearningRecord
from hub.models.ref import Ref
from hub.store import canonical, concept, concepts, moment_of, text_of
from hub.store.columns import Utc
from hub.store.values import codec

moments = st.datetimes(timezones=st.just(UTC))


@given(moments)
def test_a_moment_is_read_back_as_it_was(moment: datetime) -> None:
    assert moment == moment_of(text_of(moment))


@given(moments, moments)
def test_the_order_of_texts_is_the_order_of_moments(one: datetime, other: datetime) -> None:
    assert (one < other) == (text_of(one) < text_of(other))


def test_a_moment_is_told_in_utc() -> None:
    amsterdam = timezone(timedelta(hours=2))
    told = text_of(datetime(2026, 5, 4, 10, 0, tzinfo=amsterdam))
    assert "2026-05-04T08:00:00.000000Z" == told


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        text_of(datetime(2026, 5, 4))  # noqa: DTZ001, that is the point


def test_a_moment_column_takes_moments_and_their_text() -> None:
    moment = datetime(2026, 5, 4, tzinfo=UTC)
    column = Utc()
    for value in (moment, text_of(moment)):
        assert text_of(moment) == column.process_bind_param(value, None)  # type: ignore[arg-type]
    assert moment == column.process_result_value(text_of(moment), None)  # type: ignore[arg-type]
    assert None is column.process_result_value(None, None)  # type: ignore[arg-type]


@given(st.decimals(-(10**6), 10**6, places=6))
def test_a_decimal_is_a_whole_number_of_millionths(value: Decimal) -> None:
    money = codec(Decimal)
    assert value == money.decode(money.encode(value))
    assert int is type(money.encode(value))


@pytest.mark.parametrize(
    ("annotation", "value", "wanted"),
    [
        (float, 1 / 3, 0.333333),
        (float, -0.0, 0.0),
        (float, 2, 2.0),
        (bool, True, True),
        (SystemKind, SystemKind.HRIS, "HRIS"),
        (date | None, None, None),
        (tuple[str, ...], ("b", "a"), ["b", "a"]),
        (tuple[tuple[str, int], ...], (("4", 2),), [["4", 2]]),
    ],
    ids=str,
)
def test_a_value_has_a_json_form(annotation: Any, value: Any, wanted: Any) -> None:
    encoded = codec(annotation).encode(value)
    assert (type(wanted), wanted, str(wanted)) == (type(encoded), encoded, str(encoded))


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (str, 1),
        (str, "a\x00b"),
        (int, True),
        (int, 1.0),
        (float, "1"),
        (float, float("nan")),
        (float, True),
        (bool, 1),
        (Decimal, 1.5),
        (Decimal, Decimal("0.0000001")),
        (datetime, date(2026, 5, 4)),
        (date, datetime(2026, 5, 4, tzinfo=UTC)),
        (SystemKind, "HRIS"),
        (Ref, "Person"),
        (tuple[str, ...], ["a"]),
        (tuple[str, int], ("a",)),
        (ProficiencyLevel, {}),
    ],
    ids=str,
)
def test_a_value_that_is_not_what_it_should_be_is_refused(annotation: Any, value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        codec(annotation).encode(value)


def test_what_has_no_stored_form_is_refused() -> None:
    with pytest.raises(TypeError):
        codec(bytes)
    with pytest.raises(TypeError, match="has no table"):
        concept("Nothing")


def test_a_value_outside_its_bounds_is_refused_by_name() -> None:
    level = ProficiencyLevel(rank=1, label="A", normalised=1.5)
    scale = ProficiencyScale(id="s", key="s", name="S", levels=(level,))
    with pytest.raises(ValueError, match=r"levels: 1\.5 is outside 0 to 1"):
        concept(ProficiencyScale).form(scale)


def test_a_record_is_read_back_from_its_payload() -> None:
    mapping = ScaleMapping(
        system="appraisal",
        raw_scale="0-5",
        raw_from=Decimal("2.5"),
        raw_until=Decimal("3.5"),
        rank=2,
    )
    level = ProficiencyLevel(rank=1, label="A", normalised=0.5)
    scale = ProficiencyScale(id="s", key="s", name="S", levels=(level,), mappings=(mapping,))
    described = concept(ProficiencyScale)
    payload = canonical(described.form(scale))
    assert scale == described.record(json.loads(payload), id="s")


def test_canonical_text_has_sorted_keys_and_no_spaces() -> None:
    assert '{"a":[1,"é"],"b":null}' == canonical({"b": None, "a": [1, "é"]})


def test_every_concept_has_a_table_of_its_own() -> None:
    tables = [each.table for each in concepts().values()]
    assert len(tables) == len(set(tables))
    assert "work_assignment" in tables
    assert concept(Intervention) is concept("Intervention")


@pytest.mark.parametrize(("score", "taken"), [(-1.0, True), (1.0, True), (-1.5, False)])
def test_a_scaled_score_runs_from_minus_one_to_one(score: float, taken: bool) -> None:
    said = LearningRecord(
        id="L1",
        person=Ref.employee_number("17"),
        status=LearningStatus.FAILED,
        score=score,
    )
    with nullcontext() if taken else pytest.raises(ValueError, match="score"):
        concept(LearningRecord).form(said)
