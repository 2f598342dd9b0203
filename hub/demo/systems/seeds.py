"""Seeds: what the organisation's generator publishes for each system, as files in the folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hub.demo.systems.errors import StartError
from hub.demo.systems.state import Collections


def write(folder: Path, seeds: Mapping[str, Collections]) -> None:
    """Write the seed of each system key; a file is there whole or not at all."""
    home = folder / "seeds"
    home.mkdir(parents=True, exist_ok=True)
    for key, collections in seeds.items():
        half = home / f"{key}.json.half"
        half.write_text(json.dumps(_plain(collections), ensure_ascii=False), encoding="utf-8")
        half.replace(_path(folder, key))


def read(folder: Path, key: str) -> Collections:
    """Return the seed of one system.

    Raises:
        StartError: there is none, or it cannot be read.
    """
    path = _path(folder, key)
    try:
        collections = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StartError(f"{path} cannot be read; generate the organisation first") from error
    except ValueError as error:
        raise StartError(f"{path} is not JSON; remove it and generate it again") from error
    if not isinstance(collections, dict):
        raise StartError(f"{path} is no JSON object; remove it and generate it again")
    return collections


def _path(folder: Path, key: str) -> Path:
    return folder / "seeds" / f"{key}.json"


def _plain(collections: Collections) -> dict[str, Any]:
    return {
        name: content if isinstance(content, str | Mapping) else list(content)
        for name, content in collections.items()
    }
