"""What a law is: a sentence of the contract, and how it is put to the test."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from hub.sdk.connector import Connector, Fetches, Pulls, Resource, Sweeps, Writes


class Grade(StrEnum):
    """How much a broken law weighs, in the words of RFC 2119."""

    MUST = "MUST"
    SHOULD = "SHOULD"


class Tier(IntEnum):
    """How far a connector is to be relied on; each tier holds all laws of those below.

    Never declared, always computed. `PLATINUM` needs the real system and is not given here.
    """

    UNRATED = 0
    BRONZE = 1
    SILVER = 2
    GOLD = 3
    PLATINUM = 4


class Chapter(StrEnum):
    """What a law is about."""

    SETTINGS = "settings"
    CONNECT = "connect"
    FAILURE = "failure"
    PULL = "pull"
    FETCH = "fetch"
    SWEEP = "sweep"
    WRITE = "write"
    SOURCE = "source"


CAPABILITIES: dict[Chapter, type] = {
    Chapter.PULL: Pulls,
    Chapter.FETCH: Fetches,
    Chapter.SWEEP: Sweeps,
    Chapter.WRITE: Writes,
}


class BrokenError(AssertionError):
    """A law does not hold; the text says what was seen instead."""


class UnfitError(Exception):
    """The upstream cannot show what the laws ask for, so nothing is judged; the text says what."""


class NotShownError(Exception):
    """This law cannot be put to the test here, for the reason that the text gives."""


Proof = Callable[[Any], Coroutine[Any, Any, None]]
"""Puts a law to the test on a bench; raises BrokenError where it does not hold."""


def holds(truth: object, otherwise: str) -> None:
    """Go on only if it is true.

    Raises:
        BrokenError: it is not.
    """
    if not truth:
        raise BrokenError(otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One law.

    Attributes:
        name: Its name in one word with underscores.
        sentence: The sentence of the contract that it holds a connector to.
        chapter: What it is about; that of a capability is put to every resource that claims it.
        grade: How much it weighs.
        tier: The first tier that asks for it.
        proof: Puts it to the test; raises BrokenError where it does not hold.
    """

    name: str
    sentence: str
    chapter: Chapter
    grade: Grade
    tier: Tier
    proof: Proof

    def concerns(self, connector: type[Connector[Any]]) -> list[type[Resource[Any]] | None]:
        """Return the resources that it is put to; None for one about the whole connector."""
        capability = CAPABILITIES.get(self.chapter)
        if capability is None:
            return [None]
        return [each for each in connector.resources if issubclass(each, capability)]


def law(chapter: Chapter, tier: Tier, grade: Grade = Grade.MUST) -> Callable[[Proof], Law]:
    """Make a law of a proof, whose docstring is its sentence."""

    def made(proof: Proof) -> Law:
        return Law(
            name=proof.__name__,
            sentence=" ".join((proof.__doc__ or "").split()),
            chapter=chapter,
            grade=grade,
            tier=tier,
            proof=proof,
        )

    return made
