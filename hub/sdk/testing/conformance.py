"""A test class of all laws, for pytest."""

import warnings
from collections.abc import Callable
from functools import cache, partial
from typing import Any
from unittest import SkipTest

from hub.sdk.connector import Connector
from hub.sdk.testing.judge import SEED, Case, Factory, Verdict, cases, fit, judged
from hub.sdk.testing.law import CAPABILITIES, BrokenError, Chapter, Grade, UnfitError

LIVE = frozenset({Chapter.CONNECT, *CAPABILITIES})
"""Chapters of laws that depend on what the system does."""


class DeviationWarning(UserWarning):
    """A law that SHOULD hold does not."""


def conformance(
    connector: type[Connector[Any]], upstream: Factory, *, seed: int = SEED, live: bool = False
) -> type:
    """Return a class of tests, one for each law and each resource that it concerns.

    A law that MUST hold fails its test where it does not; one that SHOULD hold warns. A law that
    the resource says never to happen upstream is skipped with that reason. Where the upstream
    cannot show three pages, an update, a deletion and a bad record, every test fails and says so.

    Args:
        connector: The connector.
        upstream: Makes a system in which nothing happened yet; each test makes one.
        seed: Where chance begins.
        live: Whether the system is a real one behind a proxy. It may lack hands, and is put only to
            laws that depend on what it does.
    """
    refusal = cache(partial(_refusal, connector, upstream, live=live))
    tests = {
        case.name: _test(connector, upstream, case, seed, refusal)
        for case in cases(connector)
        if not live or case.law.chapter in LIVE
    }
    return type(f"Test{connector.__name__}", (), tests)


def _refusal(connector: type[Connector[Any]], upstream: Factory, *, live: bool) -> str:
    """Return why the upstream is not fit; nothing where it is."""
    try:
        fit(connector, upstream, live=live)
    except UnfitError as error:
        return str(error)
    return ""


def _test(
    connector: type[Connector[Any]],
    upstream: Factory,
    case: Case,
    seed: int,
    refusal: Callable[[], str],
) -> Callable[[Any], None]:
    def test(_: Any) -> None:
        if refused := refusal():
            raise UnfitError(refused)
        finding = judged(connector, upstream, case, seed=seed)
        told = f"{case.law.grade}: {case.law.sentence} {connector.name}: {finding.seen}"
        match finding.verdict, case.law.grade:
            case Verdict.NOT_SHOWN, _:
                raise SkipTest(finding.seen)
            case Verdict.BROKEN, Grade.SHOULD:
                warnings.warn(told, DeviationWarning, stacklevel=2)
            case Verdict.BROKEN, Grade.MUST:
                raise BrokenError(told)
            case _:
                pass

    test.__name__, test.__doc__ = case.name, case.law.sentence
    return test
