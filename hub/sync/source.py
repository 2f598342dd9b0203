"""The outside systems as they are configured; each is opened when it is needed, not before."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from hub import registry
from hub.config import Settings, SourceSettings
from hub.sdk import Connector, opened, settings_of
from hub.sdk.settings import Settings as Options
from hub.sdk.settings import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One configured outside system.

    Attributes:
        key: Its key.
        name: Its name for people.
        version: Name and version of its connector.
        connector: Finds its connector; raises ConfigError.
        options: Reads what the connector is told; raises ConfigError.
        application: An ASGI application that is asked instead of the network.
    """

    key: str
    name: str
    version: str
    connector: Callable[[], type[Connector[Any]]]
    options: Callable[[type[Connector[Any]]], Options]
    application: Any = None

    def opened(self, now: Callable[[], datetime]) -> AbstractAsyncContextManager[Connector[Any]]:
        """Open it for some requests.

        Raises:
            ConfigError: it is not configured as it must be.
        """
        connector = self.connector()
        return opened(connector, self.options(connector), self.application, now)


def configured(settings: Settings, environment: Mapping[str, str]) -> tuple[Source, ...]:
    """Return the sources that settings name; what is wrong with one shows when it is opened."""
    return tuple(_source(each, environment) for each in settings.sources)


def _source(said: SourceSettings, environment: Mapping[str, str]) -> Source:
    def options(connector: type[Connector[Any]]) -> Options:
        of: type[Options] = settings_of(connector)
        return read(of, said.key, said.options, folder=said.folder, environment=environment)

    return Source(
        key=said.key,
        name=said.name,
        version=f"{said.connector} {registry.version(said.connector)}".strip(),
        connector=partial(registry.connector, said.connector),
        options=options,
    )
