"""The one text of every value: how Python values stand in a payload, a column and an answer.

A value has a *JSON form* (what `json` can write) and, in a column, a *stored form* (what both
databases keep alike): moments `YYYY-MM-DDTHH:MM:SS.ffffffZ`, days ISO, decimals whole numbers of
millionths, floats rounded to `PLACES`, truth 0 or 1, enums their value, everything with parts as
canonical JSON text. So SQLite, PostgreSQL and Python write the same characters.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import blake2b
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hub.models.record import Meaning, Nature, describe, described
from hub.models.ref import Ref

PLACES = 6  # digits after the point that a float or a decimal keeps
LARGEST = 2**63 - 1  # what both databases can keep in a column
BEGINNING = "0001-01-01T00:00:00.000000Z"  # before anything that the hub could know
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)

Encode = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec:
    """How values of one annotation become their JSON form and back.

    Attributes:
        encode: Python value to JSON form; TypeError or ValueError says what is wrong with it.
        decode: JSON form to Python value.
        optional: Whether None is a value of it.
        kind: Plain Python type of the JSON form, `list` and `dict` for what has parts.
        parts: Codecs of the parts of a value record by field, or of the items under `[]`.
        base: The annotation without `| None`.
    """

    encode: Encode
    decode: Encode
    optional: bool
    kind: type
    parts: "dict[str, Codec]"
    base: Any


def text_of(moment: datetime) -> str:
    """Return the one text of a moment.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    told = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{told[:26]}Z"


def moment_of(text: str) -> datetime:
    """Return the moment that `text` tells."""
    return datetime.fromisoformat(text)


def canonical(value: Any) -> str:
    """Return the canonical text of a JSON form: sorted keys, no spaces."""
    return _CANONICAL.encode(value)


def digest(text: str) -> str:
    """Return the short hash of a text: 26 characters, the same wherever it is made."""
    return blake2b(text.encode(), digest_size=13).hexdigest()


def identifier(of: str, *parts: str) -> str:
    """Return the hub id of the thing of type `of` that `parts` name; opaque, always the same."""
    return digest("\x1f".join((of, *parts)))


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"truth expected, not {type(value).__name__}")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"whole number expected, not {type(value).__name__}")
    if abs(value) > LARGEST:
        raise ValueError(f"{value} is too large")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, not {type(value).__name__}")
    if "\x00" in value:
        raise ValueError("text holds a zero character")
    value.encode()  # refuses half a character
    return str(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(f"number expected, not {type(value).__name__}")
    if not math.isfinite(value):
        raise ValueError("a finite number expected")
    return round(float(value), PLACES) + 0.0  # no negative zero


def _decimal(value: Any) -> int:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise TypeError(f"finite decimal expected, not {value!r}")
    scaled = value.scaleb(PLACES)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} has more than {PLACES} digits after the point")
    return int(scaled)


def _undecimal(value: int) -> Decimal:
    return Decimal(value).scaleb(-PLACES).normalize()


def _moment(value: Any) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"moment expected, not {type(value).__name__}")
    return text_of(value)


def _day(value: Any) -> str:
    if type(value) is not date:
        raise TypeError(f"day expected, not {type(value).__name__}")
    return value.isoformat()


def _ref(value: Any) -> str:
    if not isinstance(value, Ref):
        raise TypeError(f"Ref expected, not {type(value).__name__}")
    return str(value)


def _same(value: Any) -> Any:
    return value


SCALARS: dict[Any, tuple[Encode, Encode, type]] = {
    str: (_text, _same, str),
    int: (_whole, _same, int),
    float: (_number, float, float),
    bool: (_truth, bool, bool),
    Decimal: (_decimal, _undecimal, int),
    datetime: (_moment, moment_of, str),
    date: (_day, date.fromisoformat, str),
    Ref: (_ref, Ref.parse, str),
    Any: (_same, _same, dict),
}


def codec(annotation: Any) -> Codec:
    """Return the codec of a field's annotation."""
    if get_origin(annotation) in (Union, UnionType):
        return _optional(annotation)
    if annotation in SCALARS:
        encode, decode, kind = SCALARS[annotation]
        return Codec(
            encode=encode, decode=decode, optional=False, kind=kind, parts={}, base=annotation
        )
    if get_origin(annotation) is tuple:
        return _tuple(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _enum(annotation)
    if isinstance(annotation, type) and describe(annotation).nature is Nature.VALUE:
        return _value(annotation)
    raise TypeError(f"{annotation} has no stored form")


def _optional(annotation: Any) -> Codec:
    (base,) = (each for each in get_args(annotation) if each is not NoneType)
    inner = codec(base)
    return Codec(
        encode=lambda value: None if value is None else inner.encode(value),
        decode=lambda value: None if value is None else inner.decode(value),
        optional=True,
        kind=inner.kind,
        parts=inner.parts,
        base=inner.base,
    )


def _enum(annotation: type[Enum]) -> Codec:
    def encode(value: Any) -> Any:
        if not isinstance(value, annotation):
            raise TypeError(f"{annotation.__name__} expected, not {value!r}")
        return value.value

    return Codec(
        encode=encode, decode=annotation, optional=False, kind=str, parts={}, base=annotation
    )


def _tuple(annotation: Any) -> Codec:
    items = get_args(annotation)
    codecs = [codec(each) for each in items if each is not Ellipsis]
    many = Ellipsis in items

    def each(value: Sequence[Any], way: str) -> list[Any]:
        ways = codecs * len(value) if many else codecs
        if len(ways) != len(value):
            raise ValueError(f"{len(codecs)} items expected, not {len(value)}")
        return [getattr(one, way)(item) for one, item in zip(ways, value, strict=True)]

    def encode(value: Any) -> list[Any]:
        if not isinstance(value, tuple):
            raise TypeError(f"tuple expected, not {type(value).__name__}")
        return each(value, "encode")

    return Codec(
        encode=encode,
        decode=lambda value: tuple(each(value, "decode")),
        optional=False,
        kind=list,
        parts={"[]": codecs[0]} if many else {},
        base=annotation,
    )


def checked(encode: Encode, meaning: Meaning) -> Encode:
    """Return `encode` that also refuses what lies outside the bounds of a field."""
    low, high = meaning.minimum, meaning.maximum
    if low is None and high is None:
        return encode

    def within(value: Any) -> Any:
        encoded = encode(value)
        if encoded is not None and (
            (low is not None and value < low) or (high is not None and value > high)
        ):
            raise ValueError(f"{value} is outside {low} to {high}")
        return encoded

    return within


def codecs_of(of: type) -> dict[str, Codec]:
    """Return the codec of each field of the record `of`, bounds checked, in order."""
    hints = get_type_hints(of)
    found = {}
    for field, meaning in described(of):
        plain = codec(hints[field.name])
        found[field.name] = Codec(
            encode=checked(plain.encode, meaning),
            decode=plain.decode,
            optional=plain.optional,
            kind=plain.kind,
            parts=plain.parts,
            base=plain.base,
        )
    return found


def _value(annotation: type) -> Codec:
    parts = codecs_of(annotation)

    def encode(value: Any) -> dict[str, Any]:
        if type(value) is not annotation:
            raise TypeError(f"{annotation.__name__} expected, not {type(value).__name__}")
        return {name: one.encode(getattr(value, name)) for name, one in parts.items()}

    def decode(value: dict[str, Any]) -> Any:
        return annotation(
            **{name: one.decode(value[name]) for name, one in parts.items() if name in value}
        )

    return Codec(
        encode=encode, decode=decode, optional=False, kind=dict, parts=parts, base=annotation
    )
