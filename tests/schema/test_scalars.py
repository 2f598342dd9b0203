"""Scalars refuse what is none of theirs, as literal and as variable, and answer in one text."""

import json
import math
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from graphql import GraphQLError, GraphQLScalarType, parse_value
from hypothesis import given
from hypothesis import strategies as st

from hub.schema import served

REFUSED: dict[str, list[Any]] = {
    "Date": [
        "",
        "yesterday",
        "20260301",
        "2026-W09-7",
        "2026-02-30",
        "2026-13-01",
        "2026-01-01T00:00:00Z",
        20260101,
        True,
    ],
    "DateTime": [
        "2026-01-01",
        "2026-01-01T09:00:00",
        "2026-01-01T25:00:00Z",
        "0001-01-01T00:00:00+23:00",
        "now",
        1767225600,
        None,
    ],
    "Decimal": ["NaN", "Infinity", "-inf", "1e400", "1e-400", "ten", "", "1" * 19, 1.5, 3, False],
    "Duration": ["P", "PT", "P1", "1D", "P1.5D", "-P1D", "p1d", "P1DT", "P99999Y", 42, ""],
    "Language": ["", "english!", "e", "nl_BE ", 7],
    "URL": ["", "example.org", "/path", "http://", "http:", "1http://a", "http://a b", 7],
    "JSON": [math.nan, math.inf, [1, -math.inf], {"a": math.nan}],
}
ACCEPTED: dict[str, list[tuple[Any, Any]]] = {
    "Date": [("2026-03-01", date(2026, 3, 1))],
    "DateTime": [
        ("2026-03-01T09:00:00Z", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T09:00:00.5+02:00", datetime(2026, 3, 1, 7, 0, 0, 500000, UTC)),
    ],
    "Decimal": [("12.50", Decimal("12.50")), ("-3", Decimal(-3)), ("1e3", Decimal(1000))],
    "Duration": [(each, each) for each in ("P42D", "PT15M", "P12M", "P1Y2M3W4DT5H6M7S")],
    "Language": [("nl", "nl"), ("en-GB", "en-GB"), ("zh-Hant-TW", "zh-Hant-TW")],
    "URL": [
        (each, each)
        for each in ("http://data.europa.eu/esco/skill/1", "urn:uuid:1", "mailto:a@b.example")
    ],
    "JSON": [(each, each) for each in (None, True, 3, "x", [1, {"a": []}])],
}


def scalar(name: str) -> GraphQLScalarType:
    found = served().graph.type_map[name]
    assert isinstance(found, GraphQLScalarType)
    return found


@pytest.mark.parametrize(
    ("name", "value"), [(name, each) for name, values in REFUSED.items() for each in values]
)
def test_a_scalar_refuses_what_is_none_of_its_values(name: str, value: Any) -> None:
    with pytest.raises(GraphQLError) as refused:
        scalar(name).parse_value(value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Date", '"2026-02-30"'),
        ("DateTime", '"2026-01-01T09:00:00"'),
        ("DateTime", "ENUM"),
        ("Decimal", "1e400"),
        ("Decimal", '"NaN"'),
        ("Decimal", "[1]"),
        ("Duration", '{days: "1"}'),
        ("JSON", "1e400"),
        ("JSON", "[{a: -1e400}]"),
        ("URL", '"here"'),
    ],
)
def test_a_scalar_refuses_the_same_as_literal(name: str, text: str) -> None:
    with pytest.raises(GraphQLError):
        scalar(name).parse_literal(parse_value(text))


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [(name, *each) for name, values in ACCEPTED.items() for each in values],
)
def test_a_scalar_reads_its_values_the_same_as_variable_and_as_literal(
    name: str, value: Any, read: Any
) -> None:
    assert read == scalar(name).parse_value(value)
    if isinstance(value, str):
        assert read == scalar(name).parse_literal(parse_value(json.dumps(value)))


@given(
    moment=st.datetimes(timezones=st.just(UTC)).filter(lambda each: 1 < each.year < 9999),
    minutes=st.integers(-14 * 60, 14 * 60),
)
def test_a_moment_is_answered_in_utc_and_reads_again_as_the_same(
    moment: datetime, minutes: int
) -> None:
    told = moment.astimezone(timezone(timedelta(minutes=minutes)))
    shown = scalar("DateTime").serialize(told)
    assert shown.endswith("Z")
    assert told == scalar("DateTime").parse_value(shown)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**10, min_value=0))
def test_a_decimal_is_answered_without_exponent_and_reads_again_as_the_same(
    number: Decimal,
) -> None:
    shown = scalar("Decimal").serialize(number)
    assert "e" not in shown.lower()
    assert number == scalar("Decimal").parse_value(shown)
