"""What must hold of the records that people decide on, whichever door they come in by."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hub.models.competence import ProficiencyScale
from hub.models.kinds import Enforcement
from hub.models.record import Sourced
from hub.models.requirement import CompetenceRequirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A rule that a record does not keep.

    Attributes:
        field: The field to mend.
        cure: What is wrong and what to do, as a sentence.
        policy: Whether it is a rule of the organisation, not of sense.
    """

    field: str
    cure: str
    policy: bool = False


def broken(record: Sourced) -> Iterator[Broken]:
    """Yield the rules that a record does not keep."""
    yield from _window(record)
    if isinstance(record, CompetenceRequirement):
        yield from _requirement(record)
    if isinstance(record, ProficiencyScale):
        yield from _scale(record)


def _window(record: Any) -> Iterator[Broken]:
    begin, end = getattr(record, "valid_from", None), getattr(record, "valid_until", None)
    if begin is not None and end is not None and end <= begin:
        yield Broken(field="valid_until", cure="It ends before it begins; give a later day.")


def _requirement(record: CompetenceRequirement) -> Iterator[Broken]:
    if record.enforcement is Enforcement.BLOCK and not (record.legal_basis or "").strip():
        yield Broken(
            field="legal_basis",
            cure="Only a law or rule can block; name it, or choose WARN.",
            policy=True,
        )
    if record.min_holders is not None and record.min_holders < 1:
        yield Broken(field="min_holders", cure="Give a number of people from 1, or leave it out.")


def _scale(record: ProficiencyScale) -> Iterator[Broken]:
    ranks = [level.rank for level in record.levels]
    if ranks != list(range(1, len(ranks) + 1)):
        yield Broken(field="levels", cure="List the levels lowest first, with ranks 1, 2, 3 …")
