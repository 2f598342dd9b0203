"""Which connectors there are: entry points of installed packages, in the group `hub.connectors`.

The only dynamic import of the hub. A connector is loaded when it is asked for, not before.
"""

from importlib.metadata import entry_points
from typing import Any

from hub.errors import ConfigError
from hub.sdk import Connector

GROUP = "hub.connectors"


def names() -> list[str]:
    """Return the names of all connectors."""
    return sorted({each.name for each in entry_points(group=GROUP)})


def connector(name: str) -> type[Connector[Any]]:
    """Return the connector of that name.

    Raises:
        ConfigError: there is none, or it cannot be loaded.
    """
    for each in entry_points(group=GROUP, name=name):
        try:
            found = each.load()
        except ImportError as error:
            raise ConfigError(f"connector {name} cannot be loaded: {error}") from error
        if isinstance(found, type) and issubclass(found, Connector):
            return found
        raise ConfigError(f"connector {name}: {each.value} is no Connector")
    raise ConfigError(f"no connector {name!r} is installed; there are {', '.join(names())}")


def version(name: str) -> str:
    """Return the version of the package that brings a connector; empty where none is known."""
    for each in entry_points(group=GROUP, name=name):
        if each.dist is not None:
            return each.dist.version
    return ""
