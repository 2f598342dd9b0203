"""Laws about what a connector is told."""

import contextlib
import io
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.errors import ConfigError, HubError
from hub.sdk.secret import Secret
from hub.sdk.settings import read, variable
from hub.sdk.testing.bench import Bench, values
from hub.sdk.testing.law import Chapter, Tier, holds, law
from hub.sdk.testing.wire import honest, refusing, saying

KEY = "tried"
FEWEST = 8  # characters of a secret that can be found again in a text


@law(Chapter.SETTINGS, Tier.BRONZE)
async def settings_come_from_the_environment(bench: Bench) -> None:
    """Every option can be set by an environment variable, and a missing one is told by name."""
    told = bench.upstream.settings
    said = {
        variable(KEY, name): value.reveal() if isinstance(value, Secret) else str(value)
        for name, value in values(told).items()
    }
    try:
        found = read(type(told), KEY, {}, folder=Path(), environment=said)
    except ConfigError as error:
        holds(truth=False, otherwise=f"settings of its own are refused: {error}")
    else:
        holds(found == told, f"what was set is read as {found}")


@law(Chapter.SETTINGS, Tier.BRONZE)
async def secrets_never_print(bench: Bench) -> None:
    """No secret stands in a text, a log, an error or a representation of anything."""
    told = values(bench.upstream.settings)
    needles = {name: each.reveal() for name, each in told.items() if isinstance(each, Secret)}
    async with bench.connected() as connector:
        needles["the credential"] = connector.auth().credential.reveal()
        parts = [bench.upstream.settings, connector, connector.http, connector.auth(), *connector]
        shown = [form(part) for part in parts for form in (repr, str)]
    with _listening() as heard:
        shown += await _errors(bench)
    shown.append(heard.getvalue())
    for name, needle in needles.items():
        leaks = [text for text in shown if len(needle) >= FEWEST and needle in text]
        holds(not leaks, f"{name} stands in {_around(leaks, needle)!r}")


async def _errors(bench: Bench) -> list[str]:
    """Return the texts of the errors that come of an upstream that fails in several ways."""
    ids = await bench.fill_all()
    texts = []
    for manner in (honest, refusing(401), refusing(400), saying(b"{}")):
        bench.wire.manner = manner
        async with bench.connected() as connector:
            steps = [connector.ping()]
            for each in connector.resources:
                one = Bench(bench.connector, bench.upstream, each, bench.seed)
                steps.append(one.asked_all(connector, ids[each.record]))
            for step in steps:
                try:
                    await step
                except HubError as error:
                    texts += [repr(error), *traceback.format_exception(error)]
    return texts


@contextmanager
def _listening() -> Iterator[io.StringIO]:
    """Take in whatever is logged or printed meanwhile."""
    heard, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers, root.level
    root.handlers = [logging.StreamHandler(heard)]
    root.setLevel(logging.DEBUG)
    try:
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
            yield heard
    finally:
        root.handlers = handlers
        root.setLevel(level)


def _around(leaks: list[str], needle: str) -> str:
    """Return what stands around a secret, without it."""
    if not leaks:
        return ""
    at = leaks[0].find(needle)
    return f"…{leaks[0][max(0, at - 60) : at]}••••"


LAWS = (settings_come_from_the_environment, secrets_never_print)
