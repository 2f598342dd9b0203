"""The scalars of the graph: what is read and what is answered, each in one text."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from graphql import GraphQLError, ValueNode, value_from_ast_untyped
from strawberry.types.scalar import ScalarDefinition

from hub.store import text_of

LONGEST = 2_000
DIGITS = 18
SPAN = re.compile(
    r"P(?=\d|T\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?"
    r"(T(?=\d)(\d{1,5}H)?(\d{1,6}M)?(\d{1,8}S)?)?"
)


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
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise GraphQLError("A day is expected, as in 2026-03-01.") from None


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise GraphQLError("A moment with its offset is expected, as in 2026-03-01T09:00:00Z.")
    return moment.astimezone(UTC)


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(_text(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(number.as_tuple().digits) > DIGITS:
        raise GraphQLError(f"A finite number of at most {DIGITS} digits is expected, as text.")
    return number


def _duration(value: Any) -> str:
    text = _text(value)
    if not SPAN.fullmatch(text):
        raise GraphQLError("A span of time is expected, as in P42D or PT15M.")
    return text


def _shown_moment(value: Any) -> str:
    text = text_of(value) if isinstance(value, datetime) else str(value)
    return text.replace(".000000Z", "Z")


def _shown_json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


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
    if isinstance(value, float) and not math.isfinite(value):
        raise GraphQLError("A finite number is expected.")
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
        _text,
    ),
    Url: _scalar("URL", "An absolute URI.", "https://www.rfc-editor.org/rfc/rfc3986", _text),
    Json: _scalar(
        "JSON",
        "Any JSON value, exactly as an outside system gave it. Used only where no type can be known"
        " beforehand.",
        "https://www.rfc-editor.org/rfc/rfc8259",
        _json,
        _shown_json,
    ),
}
