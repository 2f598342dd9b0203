"""Settings: what can be set, where each value came from, and every fault with its cure.

A setting is read from the environment (`HUB_PORT`), else from the file `hub.toml` (`[hub]`,
`port`), else it has its default. Outside systems stand in the file as `[sources.KEY]`; what a
system may be told there is its connector's own affair, so the SDK reads those options.

The file is the one named by `--config`, else by `HUB_CONFIG`, else `./hub.toml`, else the demo's
(`./.demo/current/hub.toml`). Paths in it are relative to its folder.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from hub.errors import ConfigError

FILE_NAME = "hub.toml"
DEMO_FILE = Path(".demo/current") / FILE_NAME
PREFIX = "HUB_"
KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
PLACES = ("sqlite+aiosqlite", "postgresql+psycopg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What one setting means.

    Attributes:
        sentence: What it decides, in one sentence.
        read: Turns what the file or the environment says into the value; raises ValueError whose
            text completes "must be ...".
    """

    sentence: str
    read: Callable[[Any, Path], Any]


def setting(sentence: str, read: Callable[[Any, Path], Any], default: Any = MISSING) -> Any:
    """Describe a field of `Settings`."""
    return field(default=default, metadata={"hub": Setting(sentence=sentence, read=read)})


def _text(value: Any, _: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("text")
    return value.strip()


def _whole(least: int, most: int) -> Callable[[Any, Path], int]:
    def read(value: Any, _: Path) -> int:
        wanted = f"a whole number from {least} to {most}"
        try:
            number = int(str(value))
        except ValueError:
            raise ValueError(wanted) from None
        if not least <= number <= most:
            raise ValueError(wanted)
        return number

    return read


def _switch(value: Any, _: Path) -> bool:
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    raise ValueError("true or false")


def _names(value: Any, _: Path) -> tuple[str, ...]:
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise ValueError('a list of names, e.g. ["hub.example.org"]')
    return tuple(each.strip() for each in given if each.strip())


def _database(value: Any, folder: Path) -> str:
    address = _text(value, folder)
    scheme, found, rest = address.partition("://")
    if not found or scheme not in PLACES:
        raise ValueError(
            "sqlite+aiosqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE",
        )
    if scheme == PLACES[0]:
        name = rest.removeprefix("/")
        if not name or not rest.startswith("/"):
            raise ValueError("sqlite+aiosqlite:///FILE, with three slashes and a file")
        return f"{scheme}:///{folder / name}"
    return address


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """One outside system as the file describes it.

    Attributes:
        key: Short stable key; the table's name in the file.
        connector: Name of the connector that speaks to it.
        name: Name for people.
        options: Everything else, for the connector's own settings.
        folder: Folder that paths among the options are relative to.
    """

    key: str
    connector: str
    name: str
    options: Mapping[str, Any]
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one hub, checked."""

    database: str = setting(
        "Where the hub keeps its data: an SQLite file or a PostgreSQL database.",
        _database,
        "sqlite+aiosqlite:///hub.sqlite",
    )
    host: str = setting("Address that `hub serve` listens on.", _text, "127.0.0.1")
    port: int = setting("Port that `hub serve` listens on.", _whole(1, 65535), 8000)
    allowed_hosts: tuple[str, ...] = setting(
        "Host names under which the hub answers, besides those of the loopback address.",
        _names,
        (),
    )
    demo: bool = setting(
        "Whether `Authorization: Bearer demo:<employee number>` signs in; on loopback only.",
        _switch,
        default=False,
    )
    explore: bool = setting(
        "Whether anyone may read the schema: in GraphiQL, /schema.graphql and by introspection.",
        _switch,
        default=True,
    )
    max_body_bytes: int = setting(
        "Largest request body in bytes; larger ones are refused with 413.",
        _whole(1_000, 100_000_000),
        1_000_000,
    )
    max_connections: int = setting(
        "Open connections beyond which requests are turned away with 503.",
        _whole(10, 100_000),
        500,
    )
    questions_at_once: int = setting(
        "How many questions are answered at the same time; as many wait, more are answered 503.",
        _whole(1, 1_000),
        16,
    )
    question_s: int = setting(
        "Seconds after which the answer to a question is given up.",
        _whole(1, 600),
        15,
    )
    sync_every_s: int = setting(
        "Seconds between syncs of all sources while `hub serve` runs; 0: only on command.",
        _whole(0, 604_800),
        0,
    )
    sources_at_once: int = setting(
        "How many outside systems are synced at the same time.",
        _whole(1, 64),
        4,
    )
    write_every_s: int = setting(
        "Seconds between two looks at the approved actions that wait to be written.",
        _whole(1, 3_600),
        2,
    )
    max_vanished_percent: int = setting(
        "Largest share of a stream, in percent, that one sync may find deleted; more is refused.",
        _whole(1, 100),
        20,
    )
    shutdown_s: int = setting(
        "Seconds that requests in flight may take to end when the server stops.",
        _whole(1, 600),
        10,
    )
    sources: tuple[SourceSettings, ...] = field(default=())
    origins: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = field(default=None)

    @property
    def loopback(self) -> bool:
        """Whether the server can only be reached from this machine."""
        return is_loopback(self.host)

    def source(self, key: str) -> SourceSettings:
        """Return the settings of one source.

        Raises:
            ConfigError: no such source is configured.
        """
        for each in self.sources:
            if each.key == key:
                return each
        known = ", ".join(each.key for each in self.sources) or "none"
        raise ConfigError(f"no source {key!r} is configured; there are: {known}")


def is_loopback(host: str) -> bool:
    """Tell whether `host` names this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def described() -> dict[str, tuple[Field[Any], Setting]]:
    """Return each setting's field and meaning by its name, in order of declaration."""
    return {each.name: (each, each.metadata["hub"]) for each in fields(Settings) if each.metadata}


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def find(given: Path | None, environment: Mapping[str, str], folder: Path) -> Path | None:
    """Return the file to read; None when there is none and none was asked for.

    Raises:
        ConfigError: the file that was asked for is not there.
    """
    named = given or (Path(environment["HUB_CONFIG"]) if environment.get("HUB_CONFIG") else None)
    if named is not None:
        if not (folder / named).is_file():
            raise ConfigError(f"{named} is not a file; name a hub.toml with --config or HUB_CONFIG")
        return folder / named
    places = (folder / FILE_NAME, folder / DEMO_FILE)
    return next((each for each in places if each.is_file()), None)


def load(
    given: Path | None = None,
    *,
    environment: Mapping[str, str],
    folder: Path,
) -> Settings:
    """Read and check all settings.

    Args:
        given: The file named on the command line, if any.
        environment: Environment variables.
        folder: The working folder.

    Raises:
        ConfigError: with every fault and its cure.
    """
    path = find(given, environment, folder)
    base = path.resolve().parent if path else folder.resolve()
    content, faults = _parse(path)
    values, origins = _values(content.pop("hub", {}), path, base, environment, faults)
    sources = _sources(content.pop("sources", {}), path, base, faults)
    faults += [
        f"{path}: [{each}] is not known; move it under [hub] or [sources.KEY]" for each in content
    ]
    settings = Settings(**values, sources=sources, origins=MappingProxyType(origins), file=path)
    faults += _contradictions(settings)
    if faults:
        raise ConfigError(*faults)
    return settings


def _parse(path: Path | None) -> tuple[dict[str, Any], list[str]]:
    if path is None:
        return {}, []
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}; mend that line") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}; check its rights") from error


def _values(
    table: Any,
    path: Path | None,
    base: Path,
    environment: Mapping[str, str],
    faults: list[str],
) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if not isinstance(table, dict):
        faults.append(f"{path}: hub must be a table; write [hub] on a line of its own")
        table = {}
    for name, (each, meaning) in described().items():
        said: Any
        if environment.get(variable(name)):
            said, origin = environment[variable(name)], variable(name)
        elif name in table:
            said, origin = table[name], str(path)
        else:
            said, origin = each.default, "default"
        origins[name] = origin
        try:
            values[name] = meaning.read(list(said) if isinstance(said, tuple) else said, base)
        except ValueError as error:
            faults.append(f"{origin}: {name} = {shown(name, said)!r} must be {error}")
    faults += [
        f"{path}: [hub] {name} is not a setting; {_nearest(name, list(described()))}"
        for name in table
        if name not in described()
    ]
    return values, origins


def _sources(
    table: Any, path: Path | None, base: Path, faults: list[str]
) -> tuple[SourceSettings, ...]:
    if not isinstance(table, dict) or not all(isinstance(each, dict) for each in table.values()):
        faults.append(f"{path}: sources must be tables; write [sources.KEY] for each")
        return ()
    found: list[SourceSettings] = []
    for key, said in table.items():
        options = dict(said)
        connector, name = options.pop("connector", None), options.pop("name", key)
        if not KEY.fullmatch(key):
            faults.append(
                f"{path}: [sources.{key}] must be named with small letters, digits and dashes",
            )
        elif key == "hub":
            faults.append(f"{path}: [sources.hub] is the hub itself; choose another key")
        if not isinstance(connector, str):
            faults.append(
                f"{path}: [sources.{key}] names no connector; add connector = "
                '"NAME" (`hub connector list` shows them)',
            )
            continue
        found.append(
            SourceSettings(
                key=key,
                connector=connector,
                name=str(name),
                options=MappingProxyType(options),
                folder=base,
            )
        )
    return tuple(found)


def _contradictions(settings: Settings) -> list[str]:
    faults = []
    if settings.demo and not settings.loopback:
        faults.append(
            f"demo = true signs anyone in, so it needs a loopback host, not {settings.host!r}; "
            'set host = "127.0.0.1" or demo = false',
        )
    if not settings.loopback and not settings.allowed_hosts:
        faults.append(
            f"host = {settings.host!r} can be reached by others, so allowed_hosts must name "
            'the hub; set allowed_hosts = ["hub.example.org"]',
        )
    return faults


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else "`hub config show` lists them"


def shown(name: str, value: Any) -> str:
    """Return the text of a value for people, without secrets."""
    if name == "database":
        return without_password(str(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value)


def without_password(address: str) -> str:
    """Return an address with its password replaced by dots."""
    parts = urlsplit(address)
    if parts.password is None:
        return address
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}:…@{host}"))
