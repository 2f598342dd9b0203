"""Everything the hub raises on purpose, sorted by who can act on it.

HubError
├─ ConfigError              whoever runs the hub: a setting is wrong
├─ UsageError               whoever typed the command
├─ RequestError             whoever asks the graph: the whole question, or a part, is not answered
│  ├─ UnauthenticatedError    nobody is signed in
│  ├─ ForbiddenError          the viewer may not do this
│  ├─ InputError              an argument is not acceptable
│  ├─ PurposeRequiredError    sensitive data is read for no stated purpose
│  ├─ LimitError              the question is too large
│  ├─ RateLimitedError        too many questions
│  ├─ PersistedNotFoundError  no document is known by that id
│  ├─ StaleDataError          what is known is older than allowed
│  └─ InternalError           a fault of the hub's own
├─ DecisionError            whoever decides: a command refuses, nothing was changed
│  ├─ InvalidError            a value is not acceptable
│  ├─ MissingError            it is not there, or not to be seen
│  ├─ NotAllowedError         the viewer may see it but not do this
│  ├─ VersionConflictError    changed by someone else meanwhile
│  ├─ AlreadyDoneError        already in that state
│  ├─ WrongStateError         not possible in its present state
│  ├─ RuleViolatedError       against a rule of the organisation
│  ├─ KeyReusedError          the idempotency key served another input
│  ├─ SourceRefusedError      the outside system refused
│  └─ SourceUnavailableError  the outside system cannot be reached
└─ SourceError              whoever runs the outside system, or mends its connector
   ├─ AuthError               the credential is refused
   ├─ ForeignAddressError     the address leads where no request may go
   ├─ UnavailableError        it cannot answer now; try again later
   │  ├─ TimedOutError          it did not answer in time
   │  └─ ThrottledError         it asks for patience
   ├─ UpstreamError           it answered something that makes no sense
   │  ├─ MappingError           it cannot be read
   │  └─ RefusedError           it refuses the request
   ├─ NotFoundError           it has no such object
   ├─ ExpiredError            a checkpoint no longer holds; the stream is read from its beginning
   ├─ ConflictError           the object was changed meanwhile; the write was refused
   └─ GuardError              believing it would do harm, such as deleting nearly everything
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class HubError(Exception):
    """A fault that somebody can act on; its text says how and never holds a secret.

    Attributes:
        code: Name of the kind of fault for programs: a code of the graph's errors, or, on a
            `DecisionError`, of the `errors` in a mutation's payload.
        retryable: Whether trying the same again may help.
    """

    code: ClassVar[str] = "INTERNAL"
    retryable: ClassVar[bool] = False


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

    code = "BAD_USER_INPUT"


class RequestError(HubError):
    """The graph cannot answer a question, or a part of it."""


class UnauthenticatedError(RequestError):
    """Nobody is signed in, or the sign-in does not hold."""

    code = "UNAUTHENTICATED"


class ForbiddenError(RequestError):
    """The viewer may not do this at all."""

    code = "FORBIDDEN"


class InputError(RequestError):
    """An argument or variable is not acceptable."""

    code = "BAD_USER_INPUT"


class PurposeRequiredError(RequestError):
    """Sensitive fields are selected without a purpose; the text names them."""

    code = "PURPOSE_REQUIRED"


class LimitError(RequestError):
    """The question is larger than allowed; the text says what to change.

    Attributes:
        limit: Which of `LIMITS`.
    """

    LIMITS: ClassVar[Mapping[str, str]] = {
        "PAGE": "A list is asked for without `first` or `last`, or for more than fits a page.",
        "DEPTH": "The question goes too many levels deep.",
        "COST": "The answer could hold too many values.",
        "TOKENS": "The document is too long.",
        "GROUPS": "The figures would be told in too many groups.",
        "TIME": "The answer took too long, and was given up.",
    }

    def __init__(self, message: str, *, limit: str) -> None:
        if limit not in self.LIMITS:
            raise ValueError(f"{limit!r} is none of {', '.join(self.LIMITS)}")
        super().__init__(message)
        self.limit = limit
        self.code = f"LIMIT_{limit}"  # type: ignore[misc]  # one class, a code for each limit


class RateLimitedError(RequestError):
    """Too many questions in a short time.

    Attributes:
        retry_after_s: Seconds to wait.
    """

    code = "RATE_LIMITED"
    retryable = True

    def __init__(self, message: str, *, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class PersistedNotFoundError(RequestError):
    """No document is known by the id that was sent."""

    code = "PERSISTED_NOT_FOUND"


class StaleDataError(RequestError):
    """What is known is older than the question allows."""

    code = "STALE_DATA"
    retryable = True


class InternalError(RequestError):
    """A fault of the hub's own; what happened stands in its log under `error_id`."""

    def __init__(self, *, error_id: str) -> None:
        super().__init__(f"The hub made a mistake; its log tells more under {error_id}.")
        self.error_id = error_id


class DecisionError(HubError):
    """A command refuses; nothing was changed.

    Attributes:
        path: Where in the input the fault is; empty when it is not about one value.
        current: Type and hub id of the object to look at again, where there is one.
    """

    code = "INVALID"

    def __init__(
        self,
        message: str,
        *,
        path: Sequence[str] = (),
        current: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.path = tuple(path)
        self.current = current


class InvalidError(DecisionError):
    """A value is not acceptable."""


class MissingError(DecisionError):
    """It is not there, or not to be seen."""

    code = "NOT_FOUND"


class NotAllowedError(DecisionError):
    """The viewer may see it but not do this."""

    code = "NOT_ALLOWED"


class VersionConflictError(DecisionError):
    """Someone else changed it meanwhile."""

    code = "VERSION_CONFLICT"


class AlreadyDoneError(DecisionError):
    """It is in that state already."""

    code = "ALREADY_DONE"


class WrongStateError(DecisionError):
    """It is not possible in the present state."""

    code = "WRONG_STATE"


class RuleViolatedError(DecisionError):
    """It is against a rule of the organisation."""

    code = "RULE_VIOLATED"


class KeyReusedError(DecisionError):
    """The idempotency key was used before with another input."""

    code = "KEY_REUSED"


class SourceRefusedError(DecisionError):
    """The outside system refused."""

    code = "SOURCE_REFUSED"


class SourceUnavailableError(DecisionError):
    """The outside system cannot be reached; trying again may help."""

    code = "SOURCE_UNAVAILABLE"
    retryable = True


class SourceError(HubError):
    """An outside system did not do what was asked."""

    code = "UPSTREAM_BAD_RESPONSE"


class AuthError(SourceError):
    """The outside system refused the credential."""

    code = "UPSTREAM_UNAVAILABLE"


class ForeignAddressError(SourceError):
    """An address leads to another host, or to a private network that is not allowed."""

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


class TimedOutError(UnavailableError):
    """The outside system did not answer in time."""

    code = "UPSTREAM_TIMEOUT"


class ThrottledError(UnavailableError):
    """The outside system was asked too much; `retry_after_s` tells for how long to wait."""


class UpstreamError(SourceError):
    """The outside system answered something that makes no sense."""


class MappingError(UpstreamError):
    """The outside system answered something that cannot be read."""


class RefusedError(UpstreamError):
    """The outside system refuses the request as it stands; the same again is refused again."""


class NotFoundError(SourceError):
    """The outside system has no such object."""


class ExpiredError(SourceError):
    """The outside system no longer tells what changed since a checkpoint.

    The cure is a full reading: from the beginning, after which what it did not meet is gone.
    """


class ConflictError(SourceError):
    """The object was changed in the outside system meanwhile."""


class GuardError(SourceError):
    """Believing the outside system would do harm, so the hub kept what it had."""
