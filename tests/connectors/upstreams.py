"""The pretend systems, as what the conformance kit asks of an upstream."""

from collections.abc import Callable

from hub.cli import pretending
from hub.sdk.testing import Upstream


def upstream(connector: str) -> Callable[[], Upstream]:
    """Return what makes the pretend system of a connector."""
    made = pretending.upstream(connector)
    assert made, connector
    return made
