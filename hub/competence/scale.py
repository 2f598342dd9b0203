"""What a raw score of a source stands for: a rank on the scale of a competence."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hub.models.competence import ScaleMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score as a source has it.

    Attributes:
        raw: The score; None: none was given.
        scale: The source's scale.
        system: Key of the source; None where it is not known, so that any mapping may read it.
    """

    raw: str | None
    scale: str | None = None
    system: str | None = None


def ranked(
    score: Score, mappings: Iterable[ScaleMapping], levels: Iterable[tuple[str, int]] = ()
) -> int | None:
    """Return the rank that `score` stands for; None where nothing says.

    Args:
        score: The score.
        mappings: How raw scores land on the scale of the competence; the first that fits stands.
        levels: What single scores of this term stand for, before any mapping.
    """
    if score.raw is None:
        return None
    own = {_plain(raw): rank for raw, rank in levels}
    if _plain(score.raw) in own:
        return own[_plain(score.raw)]
    number = _number(score.raw)
    if number is None:
        return None
    return next((each.rank for each in mappings if _reads(each, score, number)), None)


def _reads(mapping: ScaleMapping, score: Score, number: Decimal) -> bool:
    return (
        mapping.raw_scale == score.scale
        and score.system in (None, mapping.system)
        and mapping.raw_from <= number < mapping.raw_until
    )


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(text: str) -> str:
    """Return one text for scores that are the same number."""
    number = _number(text)
    return text.strip() if number is None else str(number.normalize())
