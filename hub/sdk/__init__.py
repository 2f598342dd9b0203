"""What the author of a connector imports: `from hub import sdk`. `docs/connectors.md` shows how."""

from hub.errors import (
    AuthError,
    ConflictError,
    ExpiredError,
    ForeignAddressError,
    MappingError,
    NotFoundError,
    RefusedError,
    SourceError,
    ThrottledError,
    TimedOutError,
    UnavailableError,
    UpstreamError,
)
from hub.models.ref import Ref
from hub.sdk.auth import Auth, anonymous, basic, bearer, header
from hub.sdk.connector import (
    Connector,
    Fetches,
    Pulls,
    Resource,
    Sweeps,
    Writes,
    opened,
    settings_of,
)
from hub.sdk.http import Http, Limits, Request, Response, Transport
from hub.sdk.raw import moment, rows, word
from hub.sdk.records import Change, Mapped, Mark, Page, Rejected, mapped, needed, onward
from hub.sdk.secret import Secret
from hub.sdk.settings import Settings

__all__ = [
    "Auth",
    "AuthError",
    "Change",
    "ConflictError",
    "Connector",
    "ExpiredError",
    "Fetches",
    "ForeignAddressError",
    "Http",
    "Limits",
    "Mapped",
    "MappingError",
    "Mark",
    "NotFoundError",
    "Page",
    "Pulls",
    "Ref",
    "RefusedError",
    "Rejected",
    "Request",
    "Resource",
    "Response",
    "Secret",
    "Settings",
    "SourceError",
    "Sweeps",
    "ThrottledError",
    "TimedOutError",
    "Transport",
    "UnavailableError",
    "UpstreamError",
    "Writes",
    "anonymous",
    "basic",
    "bearer",
    "header",
    "mapped",
    "moment",
    "needed",
    "onward",
    "opened",
    "rows",
    "settings_of",
    "word",
]
