"""What an author hands the kit: a system to ask, and hands that change it behind the connector."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

from hub.models.record import Sourced
from hub.sdk.settings import Settings

Answer = Awaitable[Any] | Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What another program can do to the records of one type; each may be async or not.

    What the system cannot do at all is left out, and the resource says so in `never`.

    Attributes:
        add: Adds the record of a number, counted from 0, and returns its id. Records differ in all
            that may be written. Where the system lets one say when they were changed, the first
            25 lie two days apart; what is added after them is of now.
        update: Changes something of a record that the connector reads, as of now.
        delete: Deletes a record.
        spoil: Makes a record one that cannot be read.
    """

    add: Callable[[int], Answer]
    update: Callable[[str], Answer] | None = None
    delete: Callable[[str], Answer] | None = None
    spoil: Callable[[str], Answer] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """A system that is asked in this process, without a network.

    Attributes:
        application: The ASGI application that answers.
        settings: What the connector is told; pages so small that 25 records fill three of them,
            secrets of eight characters or more.
        hands: For each type of record that the connector reads, what can be done to it.
        spread: Whether the records that are added were changed days apart. A system that stamps
            them itself cannot say so; how much of them comes twice is then not judged.
        close: Lets go of what the system holds.
    """

    application: Any
    settings: Settings
    hands: Mapping[type[Sourced], Hand]
    spread: bool = True
    close: Callable[[], object] = lambda: None


async def done(answer: Answer) -> Any:
    """Return what a hand answers, after waiting for it where it takes time."""
    return await answer if isawaitable(answer) else answer
