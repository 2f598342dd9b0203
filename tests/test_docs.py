"""The documentation is whole and true: nothing is stale, unexplained, unreachable or invalid."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from graphql import is_object_type, parse, validate

from hub import config, errors
from hub.cli.main import build
from hub.models.kinds import UserErrorCode
from hub.models.record import described
from hub.schema import served
from tests.docs import CODE, PASSAGES, ROOT, blocks, codes, concepts, fresh, leaves, pages

CONTRACT = {
    *("UNAUTHENTICATED", "FORBIDDEN", "BAD_USER_INPUT", "PURPOSE_REQUIRED", "RATE_LIMITED"),
    *("LIMIT_PAGE", "LIMIT_DEPTH", "LIMIT_COST", "LIMIT_TOKENS", "LIMIT_GROUPS", "LIMIT_TIME"),
    *("UPSTREAM_TIMEOUT", "UPSTREAM_UNAVAILABLE", "UPSTREAM_BAD_RESPONSE", "STALE_DATA"),
    *("PERSISTED_NOT_FOUND", "INTERNAL"),
}
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)
PUNCTUATION = re.compile(r"[^\w\- ]")
OUTSIDE = ("https://", "http://", "mailto:")
OF_ELSEWHERE = re.compile(
    r"(?<![\w.])/(?:home|root|tmp|work|Users)/|[A-Z]:\\"
    r"|pypi\.org|pythonhosted|npmjs|\b(?:issues?|sessions?)\b",
    re.IGNORECASE,
)
COMMAND = re.compile(r"\bhub (?!hub\b)([a-z]+)(?: ([a-z]+))?")
INLINE = re.compile(r"`(hub [^`]+)`|^ {4}(hub .+)$", re.MULTILINE)
NAMED = re.compile(r"`([A-Z][A-Za-z]+)`")
WORDED = [*pages(), ROOT / "CHANGELOG.md"]
READ: dict[str, Callable[[str], Any]] = {
    "json": json.loads,
    "toml": tomllib.loads,
    "graphql": parse,
}


def name_of(page: Path) -> str:
    """Return the path of a page in the repository."""
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, as they are made where it is shown."""
    seen: Counter[str] = Counter()
    found = set()
    for each in HEADING.finditer(CODE.sub("", page.read_text(encoding="utf-8"))):
        text = PUNCTUATION.sub("", each["text"].lower()).replace(" ", "-")
        found.add(f"{text}-{seen[text]}" if seen[text] else text)
        seen[text] += 1
    return found


def links(page: Path) -> list[tuple[Path, str]]:
    """Return where the links of a page lead within the repository, with their anchors."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    targets = [each["target"] for each in LINK.finditer(text)]
    inside = [each.partition("#") for each in targets if not each.startswith(OUTSIDE)]
    return [
        ((page.parent / path).resolve() if path else page, anchor) for path, _, anchor in inside
    ]


@pytest.mark.parametrize("page", WORDED, ids=name_of)
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    for target, anchor in links(page):
        assert target.exists(), target
        assert target.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(target), f"{target}#{anchor}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    coming = [ROOT / "README.md"]
    while coming:
        page = coming.pop()
        if page.is_dir():
            coming += page.glob("*.md")
        elif page not in reached:
            reached.add(page)
            if page.suffix == ".md":
                coming += [target for target, _ in links(page)]

    assert set() == set(pages()) - reached


@pytest.mark.parametrize("page", WORDED, ids=name_of)
def test_no_page_speaks_of_one_machine_or_of_how_work_is_organised(page: Path) -> None:
    assert [] == OF_ELSEWHERE.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_block_can_be_read_and_every_question_is_one_of_the_schema(page: Path) -> None:
    for each in blocks(page):
        if each.language == "graphql":
            assert [] == validate(served().graph, parse(each.text))
        elif each.language in READ:
            READ[each.language](each.text)


@pytest.mark.parametrize("page", WORDED, ids=name_of)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    group: Any = typer.main.get_command(build(None))
    said = [each.text for each in blocks(page) if each.language == "sh"]
    said += map("".join, INLINE.findall(page.read_text(encoding="utf-8")))
    for name, below in COMMAND.findall("\n".join(said)):
        assert name in group.commands, name
        commands = getattr(group.commands[name], "commands", {})
        assert not below or not commands or below in commands, f"hub {name} {below}"


def test_the_floors_of_the_house_are_those_that_are_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (house,) = [
        each["layers"] for each in project["tool"]["importlinter"]["contracts"] if "layers" in each
    ]
    floors = [floor for each in house if "(" not in each for floor in each.split(" | ")]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page[page.index("| Floor |") : page.index("Connectors (")]
    told = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)))

    assert floors == told


def test_the_containers_are_told_nothing_but_settings() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    hub = compose["services"]["hub"]

    assert ["hub", "serve"] == hub["command"]
    assert set(hub["environment"]) <= {config.variable(name) for name in config.described()}
    assert ["./hub.toml:/srv/hub/hub.toml:ro"] == hub["volumes"]
    copied = re.findall(r"^COPY (.+) \S+$", hub["build"]["dockerfile_inline"], re.MULTILINE)
    assert all((ROOT / name).exists() for each in copied for name in each.split())


def test_every_record_of_the_graph_has_an_entry_in_the_glossary_or_the_models() -> None:
    words = "".join((ROOT / "docs" / name).read_text() for name in ("glossary.md", "models.md"))
    nodes = [
        name
        for name, each in served().graph.type_map.items()
        if is_object_type(each) and "Node" in {above.name for above in each.interfaces}
    ]

    assert nodes
    assert [] == [
        name for name in nodes if not re.search(rf"`{name}`|^### {name}$", words, re.MULTILINE)
    ]


def test_the_glossary_names_nothing_that_is_not_there() -> None:
    source = "".join(each.read_text(encoding="utf-8") for each in (ROOT / "hub").rglob("*.py"))
    known = set(served().graph.type_map) | set(re.findall(r"^class (\w+)", source, re.MULTILINE))
    named = NAMED.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))

    assert set() == set(named) - known


def test_every_word_of_the_glossary_is_explained_in_one_sentence() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!Word|---)(.+?) \| (.+) \|$", text, re.MULTILINE)

    assert rows
    assert len(rows) == len({word for word, _ in rows})
    for word, sentence in rows:
        assert re.fullmatch(r"[A-Z`].*[^.]\.", sentence), word
        assert ". " not in sentence, word


@pytest.mark.parametrize(
    "concept", list(chain.from_iterable(concepts().values())), ids=lambda each: each.__name__
)
def test_every_concept_and_field_of_the_models_has_a_sentence(concept: type) -> None:
    assert str(concept.__doc__).partition("\n")[0].endswith(".")
    for each, meaning in described(concept):
        assert re.fullmatch(r"[A-Z0-9`].*[^.]\.", meaning.sentence), each.name


@pytest.mark.parametrize("page", pages(), ids=name_of)
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
