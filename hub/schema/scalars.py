"""The scalars of the graph: what is read and what is answered, each in one text."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from graphql import GraphQLError, ValueNode, value_from_ast_untyped
from strawberry.types.scalar import ScalarDefinition

from hub.clock import span
from hub.store import text_of

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//[^\s/?#<>\"]+)?[^\s<>\"]*(?<!:)(?<!//)")
LONGEST = 2_000
DIGITS = 18


class Date:
    """Stands for the scalar in annotations."""


class DateTime:
    """Stands for the scalar in annotations."""


class Exact:
    """Stands for the scalar `Decimal` in annotations."""


class Duration:
    """Stands for the scalar in annotations."""


class Language:
    """Stands for the scalar in annotations."""


class Url:
    """Stands for the scalar `URL` in annotations."""


class Json:
    """Stands for the scalar `JSON` in annotations."""


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > LONGEST:
        raise GraphQLError("A text is expected.")
    return value


def _day(value: Any) -> date:
    text = _text(value)
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise GraphQLError("A day is expected, as in 2026-03-01.")


def _moment(value: Any) -> datetime:
    text = _text(value)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise GraphQLError("A moment with its offset is expected, as in 2026-03-01T09:00:00Z.")


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(_text(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not _short(number):
        raise GraphQLError(f"A finite number of at most {DIGITS} digits is expected, as text.")
    return number


def _short(number: Decimal) -> bool:
    """Return whether a finite number has few enough digits, written without exponent."""
    _, digits, exponent = number.as_tuple()
    return max(len(digits) + max(int(exponent), 0), -int(exponent)) <= DIGITS


def _language(value: Any) -> str:
    text = _text(value)
    if not LANGUAGE.fullmatch(text):
        raise GraphQLError("A language is expected, as in nl or en-GB.")
    return text


def _uri(value: Any) -> str:
    text = _text(value)
    if not URI.fullmatch(text):
        raise GraphQLError("An absolute URI is expected, as in https://example.org/.")
    return text


def _duration(value: Any) -> str:
    text = _text(value)
    try:
        span(text)
    except ValueError:
        raise GraphQLError("A span of time is expected, as in P42D or PT15M.") from None
    return text


def _shown_moment(value: Any) -> str:
    text = text_of(value) if isinstance(value, datetime) else str(value)
    return text.replace(".000000Z", "Z")


def _scalar(
    name: str,
    says: str,
    url: str,
    read: Callable[[Any], Any],
    shown: Callable[[Any], Any] = str,
) -> ScalarDefinition:
    def literal(node: ValueNode, variables: Any = None) -> Any:
        return read(value_from_ast_untyped(node, variables))

    return ScalarDefinition(
        name=name,
        description=says,
        specified_by_url=url,
        serialize=shown,
        parse_value=read,
        parse_literal=literal,
    )


def _json(value: Any) -> Any:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        raise GraphQLError("Finite numbers are expected.") from None
    return value


SCALARS: Mapping[object, ScalarDefinition] = {
    Date: _scalar(
        "Date",
        "A calendar day, YYYY-MM-DD.",
        "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
        _day,
    ),
    DateTime: _scalar(
        "DateTime",
        "An instant with its offset (RFC 3339); answered in UTC. A value without offset is"
        " refused.",
        "https://scalars.graphql.org/andimarek/date-time.html",
        _moment,
        _shown_moment,
    ),
    Exact: _scalar(
        "Decimal",
        "An exact finite number, as text; at most 18 digits.",
        "https://speleotrove.com/decimal/daconvs.html",
        _decimal,
        lambda value: f"{value:f}" if isinstance(value, Decimal) else str(value),
    ),
    Duration: _scalar(
        "Duration",
        "A span of time (ISO 8601), e.g. PT15M, P42D, P12M.",
        "https://www.rfc-editor.org/rfc/rfc3339#appendix-A",
        _duration,
    ),
    Language: _scalar(
        "Language",
        "A language tag (BCP 47), e.g. nl or en-GB.",
        "https://www.rfc-editor.org/rfc/rfc5646",
        _language,
    ),
    Url: _scalar("URL", "An absolute URI.", "https://www.rfc-editor.org/rfc/rfc3986", _uri),
    Json: _scalar(
        "JSON",
        "Any JSON value, exactly as an outside system gave it. Used only where no type can be known"
        " beforehand.",
        "https://www.rfc-editor.org/rfc/rfc8259",
        _json,
        lambda value: value,
    ),
}
