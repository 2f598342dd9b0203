"""What a sync did: the counts per stream, and whom it tells while it runs."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamReport:
    """What one sync of one stream did.

    Attributes:
        source: Key of the source.
        stream: Name of the stream.
        read: Records read, set-aside ones included.
        created: Records new to the hub.
        changed: Records that differed.
        deleted: Records found deleted.
        quarantined: Records set aside.
        error: Why it stopped early, without secrets; None when it did not.
    """

    source: str
    stream: str
    read: int = 0
    created: int = 0
    changed: int = 0
    deleted: int = 0
    quarantined: int = 0
    error: str | None = None


class Listener(Protocol):
    """Who wants to know how a sync goes on."""

    def page(self, report: StreamReport) -> None:
        """Hear the counts of a stream so far, after each page that is stored."""
        ...

    def ended(self, report: StreamReport) -> None:
        """Hear the last counts of a stream, and why it stopped if it did so early."""
        ...


class Silence:
    """A listener that does not care."""

    def page(self, report: StreamReport) -> None:
        """Say nothing."""

    def ended(self, report: StreamReport) -> None:
        """Say nothing."""
