"""What the conformance kit finds of a connector, as a tree for people or JSON for programs."""

import logging
from collections.abc import Iterator, Sequence
from itertools import groupby
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis.configuration import set_hypothesis_home_dir

from hub import registry
from hub.cli import pretending
from hub.cli.shared import console, print_json, progress_console
from hub.errors import UsageError
from hub.sdk import Connector
from hub.sdk.testing import Chapter, Finding, Tier, UnfitError, Verdict, examine, tier
from hub.sdk.testing.judge import without_upstream

WIDTH = 78
ABOUT = {
    Chapter.SETTINGS: "from the environment; secrets never print",
    Chapter.CONNECT: "ping; the credential on the wire; 401, 403",
    Chapter.FAILURE: "429, 503, torn, hanging, cancelled, limits",
    Chapter.PULL: "resumes after every page, no loss",
    Chapter.FETCH: "any ids, any order, any repeats",
    Chapter.SWEEP: "all that exists, nothing that is gone",
    Chapter.WRITE: "seen at once; same key, one effect",
    Chapter.SOURCE: "its source, its imports, its page",
}


def checked(name: str, connector: type[Connector[Any]], *, seed: int, as_json: bool) -> bool:
    """Judge a connector, print what was found, and return whether all that must hold does.

    Raises:
        UsageError: its upstream does not show enough to judge by.
    """
    # that the SDK meets failures is what is wanted here, and no news
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)
    with progress_console().status(f"{name} is put to its laws"), TemporaryDirectory() as folder:
        set_hypothesis_home_dir(folder)
        found = _found(name, connector, seed)
    reached = tier(found)
    if as_json:
        print_json(_plain(name, reached, found))
    else:
        for line in tree(f"{name} {registry.version(name)}".strip(), reached, found):
            console().print(line)
    return not any(each.fails for each in found)


def _found(name: str, connector: type[Connector[Any]], seed: int) -> list[Finding]:
    upstream = pretending.upstream(name)
    if upstream is None:
        return without_upstream(connector)
    try:
        return examine(connector, upstream, seed=seed)
    except UnfitError as error:
        raise UsageError(str(error)) from error


def _plain(name: str, reached: Tier, found: Sequence[Finding]) -> dict[str, Any]:
    return {
        "name": name,
        "version": registry.version(name),
        "tier": reached.name,
        "findings": [
            {
                "chapter": each.law.chapter,
                "record": each.record,
                "law": each.law.name,
                "sentence": each.law.sentence,
                "grade": each.law.grade,
                "tier": each.law.tier.name,
                "verdict": each.verdict,
                "seen": each.seen,
            }
            for each in found
        ],
    }


def tree(title: str, reached: Tier, found: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines of the tree: a branch for each chapter, and one for each type of record."""
    word = reached.name.lower()
    yield f"{title}{word:>{WIDTH - len(title)}}"
    whole = [each for each in found if each.record is None]
    records = sorted((each for each in found if each.record), key=lambda each: each.record or "")
    for chapter, some in groupby(whole, key=lambda each: each.law.chapter):
        yield from _branch("├ ", chapter, list(some))
    for record, of_it in groupby(records, key=lambda each: each.record):
        yield f"├ {record}"
        chapters = [
            (key, list(some)) for key, some in groupby(of_it, lambda each: each.law.chapter)
        ]
        for chapter, findings in chapters:
            yield from _branch("│ ├ " if chapter != chapters[-1][0] else "│ └ ", chapter, findings)
    yield f"└ {_outlook(reached, found)}"


def _branch(stem: str, chapter: Chapter, found: Sequence[Finding]) -> Iterator[str]:
    """Yield what became of the laws of a chapter: one line, and one for each that is broken."""
    broken = [each for each in found if each.verdict is Verdict.BROKEN]
    skipped = {each.seen for each in found if each.verdict is Verdict.NOT_SHOWN}
    begin = f"{stem}{chapter:<{14 - len(stem)}}{ABOUT[chapter]}"
    verdict = "ok" if not broken else "FAIL" if any(each.fails for each in broken) else "lacks"
    below = stem.replace("├", "│").replace("└", " ")
    yield f"{begin:<64}{verdict}"
    for reason in sorted(skipped):
        yield f"{below}  not shown: {reason}"
    for each in broken:
        yield f"{below}  {each.law.grade}: {each.law.sentence}"
        yield f"{below}    {each.seen}"


def _outlook(reached: Tier, found: Sequence[Finding]) -> str:
    """Return what is to be done for the next tier."""
    broken = [each for each in found if each.verdict is Verdict.BROKEN]
    if not broken:
        return "all laws hold" if reached else "only its source text was judged"
    first = min(broken, key=lambda each: each.law.tier)
    return f"to reach {first.law.tier.name.lower()}: {first.law.sentence}"
