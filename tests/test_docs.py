"""Every setting, command and error code has a sentence in the documentation, and none is stale."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from hub import config, errors
from hub.cli.main import build
from hub.models.kinds import UserErrorCode
from tests.docs import PASSAGES, ROOT, codes, fresh, leaves, pages

CONTRACT = {
    *("UNAUTHENTICATED", "FORBIDDEN", "BAD_USER_INPUT", "PURPOSE_REQUIRED", "RATE_LIMITED"),
    *("LIMIT_PAGE", "LIMIT_DEPTH", "LIMIT_COST", "LIMIT_TOKENS", "LIMIT_GROUPS", "LIMIT_TIME"),
    *("UPSTREAM_TIMEOUT", "UPSTREAM_UNAVAILABLE", "UPSTREAM_BAD_RESPONSE", "STALE_DATA"),
    *("PERSISTED_NOT_FOUND", "INTERNAL"),
}


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_no_generated_passage_is_stale(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert fresh(text) == text, "run `make docs`"


def test_every_passage_stands_on_a_page() -> None:
    written = "".join(page.read_text(encoding="utf-8") for page in pages())

    assert set(PASSAGES) == set(re.findall(r"<!-- begin ([\w-]+) -->", written))


def test_every_setting_has_a_sentence() -> None:
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")

    for name, (_, meaning) in config.described().items():
        assert f"`{name}`" in page
        assert meaning.sentence in page


def test_every_command_and_option_has_a_sentence() -> None:
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    group: Any = typer.main.get_command(build(None))

    found = dict(leaves("hub", group))
    assert {"hub demo", "hub demo fault", "hub serve", "hub query", "hub sync"} <= set(found)
    for path, command in found.items():
        assert f"### `{path}`" in page
        assert (command.help or "").strip()
        for parameter in command.params:
            assert (parameter.help or "").strip(), f"{path} {parameter.name}"


def test_every_error_code_has_a_sentence() -> None:
    page = (ROOT / "docs/errors.md").read_text(encoding="utf-8")

    requests = codes(errors.RequestError, errors.SourceError)
    assert set(requests) == CONTRACT
    for code in {*requests, *UserErrorCode}:
        assert f"| `{code}` | " in page


def test_every_refusal_of_a_decision_has_a_code_of_the_graph() -> None:
    assert set(codes(errors.DecisionError)) == set(UserErrorCode)


def test_every_error_says_what_it_is() -> None:
    for each in vars(errors).values():
        if isinstance(each, type) and issubclass(each, errors.HubError):
            assert str(each.__doc__).partition("\n")[0].endswith(".")
            assert each.__name__ in str(errors.__doc__)
