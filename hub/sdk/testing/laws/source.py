"""Laws about the source text of a connector, and the page about it."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from hub.sdk.connector import settings_of
from hub.sdk.testing.bench import Bench
from hub.sdk.testing.law import Chapter, Grade, Tier, holds, law

SOURCE = re.compile(r"Source:.*?\bread\b[^)]*?\d{4}-\d{2}-\d{2}", re.DOTALL)
SPEAKING = frozenset(
    {"aiohttp", "http", "httpx", "httpx2", "requests", "socket", "ssl", "urllib3", "websockets"}
)
KEEPING = frozenset({"sqlalchemy", "sqlite3", "psycopg", "strawberry", "starlette"})
SHARED = ("hub.sdk", "hub.models")
INNER = ("hub.sdk.testing", "hub.sdk.transport")


@law(Chapter.SOURCE, Tier.GOLD)
async def the_source_is_named(bench: Bench) -> None:
    """The module says after `Source:` what it was written from, and when that was read."""
    texts = [module.__doc__ or "" for module in _modules(bench)]
    holds(
        any(SOURCE.search(text) for text in texts),
        "no module docstring has `Source: https://… (read 2026-05-02)`",
    )


@law(Chapter.SOURCE, Tier.BRONZE)
async def imports_keep_to_the_sdk(bench: Bench) -> None:
    """A connector imports of the hub only the SDK and the models, and no HTTP library."""
    modules = _modules(bench)
    names = {each.__name__ for each in modules}
    for module in modules:
        for imported in _imported(module):
            holds(_allowed(imported, names), f"{module.__name__} imports {imported}")


def _allowed(imported: str, own: set[str]) -> bool:
    top = imported.partition(".")[0]
    if top in SPEAKING | KEEPING or imported == "urllib.request":
        return False
    if top != "hub" or imported == "hub":
        return True
    if _within(imported, *INNER):
        return False
    return _within(imported, *SHARED, *own)


def _imported(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield from (f"{name}.{each.name}" for each in node.names)
            case _:
                pass


def _modules(bench: Bench) -> list[ModuleType]:
    """Return the modules that a connector is written in: its own, and its package's they import."""
    classes = (bench.connector, settings_of(bench.connector), *bench.connector.resources)
    waiting = {base.__module__ for cls in classes for base in cls.__mro__}
    found: dict[str, ModuleType] = {}
    while waiting:
        name = waiting.pop()
        module = sys.modules.get(name)
        if name in found or not _written_by_the_author(name) or module is None:
            continue
        found[name] = module
        package = name.rpartition(".")[0]
        package_module = sys.modules.get(package)
        if getattr(package_module, bench.connector.__name__, None) is bench.connector:
            waiting.add(package)
        for imported in _imported(module):
            if package and imported.startswith(f"{package}."):
                waiting |= {imported, imported.rpartition(".")[0]} - {package}
    return [found[name] for name in sorted(found)]


def _written_by_the_author(name: str) -> bool:
    return name.partition(".")[0] not in sys.stdlib_module_names and not _within(name, *SHARED)


def _within(name: str, *rooms: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in rooms)


@law(Chapter.SOURCE, Tier.GOLD, Grade.SHOULD)
async def there_is_a_page_about_it(bench: Bench) -> None:
    """A page `docs/connectors/NAME.md` says how it is set up and what it reads."""
    name = bench.connector.name
    folders = Path(str(_modules(bench)[0].__file__)).parents
    pages = [folder / "docs" / "connectors" / f"{name}.md" for folder in folders]
    holds(any(page.is_file() for page in pages), f"there is no docs/connectors/{name}.md")


LAWS = (the_source_is_named, imports_keep_to_the_sdk, there_is_a_page_about_it)
