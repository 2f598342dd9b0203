"""Everything the hub raises on purpose, sorted by who can act on it.

HubError
├─ ConfigError            whoever runs the hub: a setting is wrong
├─ UsageError             whoever typed the command or sent the request
└─ SourceError            whoever runs the outside system, or mends its connector
├─ AuthError           the credential is refused
├─ UnavailableError    it cannot answer now; try again later
├─ MappingError        it answered something that cannot be read
├─ ConflictError       it was changed meanwhile; the write was refused
└─ GuardError          believing it would do harm, such as deleting nearly everything
"""

from typing import ClassVar


class HubError(Exception):
    """A fault that somebody can act on; its text says how and never holds a secret."""


class ConfigError(HubError):
    """Settings are wrong; the text lists every fault with its cure.

    Attributes:
        faults: One sentence for each.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        many = f"{len(faults)} settings are wrong:\n" + "\n".join(f"- {each}" for each in faults)
        super().__init__(many if len(faults) > 1 else "".join(faults))


class UsageError(HubError):
    """What was asked for cannot be done as asked."""


class SourceError(HubError):
    """An outside system did not do what was asked.

    Attributes:
        code: Name of the kind of fault in the graph's error codes.
        retryable: Whether trying the same again may help.
    """

    code: ClassVar[str] = "UPSTREAM_BAD_RESPONSE"
    retryable: ClassVar[bool] = False


class AuthError(SourceError):
    """The outside system refused the credential."""

    code = "UPSTREAM_UNAVAILABLE"


class UnavailableError(SourceError):
    """The outside system cannot answer now.

    Attributes:
        retry_after_s: Seconds it asked to wait; None when it did not say.
    """

    code = "UPSTREAM_UNAVAILABLE"
    retryable = True

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class MappingError(SourceError):
    """The outside system answered something that cannot be read."""


class ConflictError(SourceError):
    """The object was changed in the outside system meanwhile."""


class GuardError(SourceError):
    """Believing the outside system would do harm, so the hub kept what it had."""
