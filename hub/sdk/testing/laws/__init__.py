"""The laws of a connector, one module for each thing they are about."""

from hub.sdk.testing.law import Law
from hub.sdk.testing.laws import connect, failure, fetches, pulls, settings, source, sweeps, writes

LAWS: tuple[Law, ...] = (
    *settings.LAWS,
    *connect.LAWS,
    *failure.LAWS,
    *pulls.LAWS,
    *fetches.LAWS,
    *sweeps.LAWS,
    *writes.LAWS,
    *source.LAWS,
)
"""All of them, in the order in which they are judged."""
