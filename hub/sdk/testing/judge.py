"""Judges a connector: puts each law to it, and computes how far it is to be relied on."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hub.errors import HubError
from hub.sdk.connector import Connector, Resource
from hub.sdk.records import UNREADABLE
from hub.sdk.settings import Settings
from hub.sdk.testing import fitness
from hub.sdk.testing.bench import Bench
from hub.sdk.testing.law import (
    BrokenError,
    Chapter,
    Grade,
    Law,
    NotShownError,
    Tier,
    UnfitError,
)
from hub.sdk.testing.laws import LAWS
from hub.sdk.testing.upstream import Upstream

Factory = Callable[[], Upstream]
SEED = 7


class Verdict(StrEnum):
    """What became of a law."""

    HOLDS = "HOLDS"
    BROKEN = "BROKEN"
    NOT_SHOWN = "NOT_SHOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one law, put to one resource or to the whole connector.

    Attributes:
        law: The law.
        resource: The resource; None for the whole connector.
        verdict: What became of it.
        seen: What was seen instead, or why it cannot be shown; empty where it holds.
    """

    law: Law
    resource: type[Resource[Any]] | None
    verdict: Verdict
    seen: str = ""

    @property
    def record(self) -> str | None:
        """Name of the type of record; None for the whole connector."""
        return self.resource.record.__name__ if self.resource else None

    @property
    def fails(self) -> bool:
        """Whether it must hold and does not."""
        return self.verdict is Verdict.BROKEN and self.law.grade is Grade.MUST


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A law and what it is put to."""

    law: Law
    resource: type[Resource[Any]] | None

    @property
    def name(self) -> str:
        """Its name as that of a test."""
        stream = f"{self.resource.stream.replace('-', '_')}_" if self.resource else ""
        return f"test_{stream}{self.law.name}"


def cases(connector: type[Connector[Any]]) -> Iterator[Case]:
    """Yield all that a connector has to stand up to."""
    for law in LAWS:
        for resource in law.concerns(connector):
            yield Case(law=law, resource=resource)


def fit(connector: type[Connector[Any]], upstream: Factory, *, live: bool = False) -> None:
    """Go on only if the upstream shows enough to judge by.

    Raises:
        UnfitError: it does not; the text names all that is missing.
    """
    found = asyncio.run(fitness.faults(connector, upstream, live=live))
    if found:
        raise UnfitError(f"{connector.name} is not judged. " + "; ".join(found))


def judged(
    connector: type[Connector[Any]], upstream: Factory, case: Case, *, seed: int = SEED
) -> Finding:
    """Put one law to a connector, with an upstream of its own."""
    made = upstream()
    try:
        asyncio.run(case.law.proof(Bench(connector, made, case.resource, seed)))
    except NotShownError as error:
        verdict, seen = Verdict.NOT_SHOWN, str(error)
    except BrokenError as error:
        verdict, seen = Verdict.BROKEN, str(error)
    except (HubError, *UNREADABLE) as error:
        verdict, seen = Verdict.BROKEN, f"{type(error).__name__}: {error}"
    else:
        verdict, seen = Verdict.HOLDS, ""
    finally:
        made.close()
    return Finding(law=case.law, resource=case.resource, verdict=verdict, seen=seen)


def without_upstream(connector: type[Connector[Any]]) -> list[Finding]:
    """Put to a connector the laws about its source text, which need no system."""
    silent = Upstream(application=None, settings=Settings(base_url=""), hands={})
    return [
        judged(connector, lambda: silent, case)
        for case in cases(connector)
        if case.law.chapter is Chapter.SOURCE
    ]


def tier(findings: Sequence[Finding]) -> Tier:
    """Return how far a connector is to be relied on: the last tier of which no law is broken."""
    reads = any(each.law.chapter in {Chapter.PULL, Chapter.FETCH} for each in findings)
    if not reads:
        return Tier.UNRATED
    broken = [each.law.tier for each in findings if each.verdict is Verdict.BROKEN]
    return Tier(min([*broken, Tier.PLATINUM]) - 1)


def examine(
    connector: type[Connector[Any]], upstream: Factory, *, seed: int = SEED
) -> list[Finding]:
    """Put every law to a connector.

    Raises:
        UnfitError: the upstream does not show enough to judge by.
    """
    fit(connector, upstream)
    return [judged(connector, upstream, case, seed=seed) for case in cases(connector)]
