"""What a connector may be told: one frozen dataclass, read from the file and the environment."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from hub.errors import ConfigError
from hub.sdk.secret import Secret

S = TypeVar("S", bound="Settings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What every connector is told; subclass it, a field for each option of your own.

    Fields are `str`, `int`, `bool` or `Secret`. A secret comes from the environment or from a file
    that the option `{name}_file` names, never from the settings file itself.

    Attributes:
        base_url: Where the system is, without a slash at the end.
        allow_private: Whether it may be in a private network or on this machine.
        timeout_s: Seconds that one answer may take.
    """

    base_url: str
    allow_private: bool = False
    timeout_s: int = 10


def variable(key: str, name: str) -> str:
    """Return the environment variable of an option of the source `key`."""
    return f"HUB_SOURCES_{key}_{name}".upper().replace("-", "_")


def read(
    of: type[S],
    key: str,
    options: Mapping[str, Any],
    *,
    folder: Path,
    environment: Mapping[str, str],
) -> S:
    """Return the settings of a source.

    Args:
        of: The connector's settings.
        key: Key of the source.
        options: What the file says.
        folder: Folder that paths are relative to.
        environment: Environment variables; they win over the file.

    Raises:
        ConfigError: with every fault and its cure.
    """
    hints, faults, values = get_type_hints(of), [], {}
    for each in fields(of):
        said = environment.get(variable(key, each.name)) or _said(
            key, each.name, options, None if hints[each.name] is not Secret else folder
        )
        try:
            if said is not None:
                values[each.name] = _value(hints[each.name], said)
            elif each.default is MISSING:
                cure = _cure(each.name, secret=hints[each.name] is Secret, key=key)
                faults.append(f"[sources.{key}] {each.name} {cure}")
        except ValueError as error:
            faults.append(f"[sources.{key}] {each.name} {error}")
    faults += _unknown(of, key, options)
    if faults:
        raise ConfigError(*faults)
    return of(**values)


def _said(key: str, name: str, options: Mapping[str, Any], secrets: Path | None) -> Any:
    """Return what the file says of an option; of a secret, what the file it names holds."""
    if secrets is None:
        return options.get(name)
    path = options.get(f"{name}_file")
    if path is None:
        return None
    try:
        return (secrets / str(path)).read_text(encoding="utf-8").strip() or None
    except OSError as error:
        raise ConfigError(
            f"[sources.{key}] {name}_file {path} cannot be read: {error.strerror}; mend the path"
        ) from error


def _value(kind: type, said: Any) -> Any:
    words = {"true": True, "false": False}
    match said:
        case _ if kind is Secret:
            return Secret(str(said))
        case bool() if kind is bool:
            return said
        case str() if kind is bool and said.lower() in words:
            return words[said.lower()]
        case int() | str() if kind is int and not isinstance(said, bool):
            return _whole(said)
        case str() if kind is str and said.strip():
            return said.strip().rstrip("/")
        case _:
            wanted = {bool: "true or false", int: "a whole number above 0"}.get(kind, "text")
            raise ValueError(f"must be {wanted}, not {said!r}")


def _whole(said: int | str) -> int:
    try:
        number = int(said)
    except ValueError:
        number = 0
    if number < 1:
        raise ValueError(f"must be a whole number above 0, not {said!r}")
    return number


def _cure(name: str, *, secret: bool, key: str) -> str:
    if secret:
        return f"is not set; set {variable(key, name)}, or name a file with {name}_file"
    return f'is not set; add {name} = "..."'


def _unknown(of: type[Settings], key: str, options: Mapping[str, Any]) -> list[str]:
    hints = get_type_hints(of)
    known = [f"{name}_file" if kind is Secret else name for name, kind in hints.items()]
    faults = []
    for name in options:
        if name in known:
            continue
        if hints.get(name) is Secret:
            faults.append(
                f"[sources.{key}] {name} is a secret and does not belong in the file;"
                f" set {variable(key, name)}, or name a file with {name}_file"
            )
            continue
        near = get_close_matches(name, known, n=1)
        cure = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        faults.append(f"[sources.{key}] {name} is not an option of its connector; {cure}")
    return faults
