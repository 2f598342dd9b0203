"""What a Frappe site says when it refuses: an exception type, its text, and messages in JSON."""

import json
from typing import ClassVar

from starlette.responses import JSONResponse, Response


class FrappeError(Exception):
    """A refusal; the class name is what the site calls it, less `Error` where Frappe has none."""

    status: ClassVar[int] = 417

    @property
    def kind(self) -> str:
        """The site's name for it."""
        return type(self).__name__


class ValidationError(FrappeError):
    """A value that the site does not accept."""


class MandatoryError(FrappeError):
    """A field that must have a value has none."""


class TimestampMismatchError(FrappeError):
    """The document was changed after the caller read it."""


class DataError(FrappeError):
    """A field that the doctype does not have."""


class DoesNotExistError(FrappeError):
    """No such doctype or document."""

    status = 404


class DuplicateEntryError(FrappeError):
    """A document of that name stands there already."""

    status = 409


class AuthenticationError(FrappeError):
    """The key or the secret is wrong."""

    status = 401


class PermissionError(FrappeError):  # noqa: A001  the site's own name for it
    """Guests may not."""

    status = 403


def response(error: FrappeError) -> Response:
    """Return a refusal as the site sends it."""
    text = str(error)
    body = {
        "exception": f"frappe.exceptions.{error.kind}: {text}".removesuffix(": "),
        "exc_type": error.kind,
        "exc": json.dumps([f"frappe.exceptions.{error.kind}: {text}\n"]),
    }
    if text:
        message = {"message": text, "title": "Message", "indicator": "red", "raise_exception": 1}
        body["_server_messages"] = json.dumps([json.dumps(message)])
    return JSONResponse(body, status_code=error.status)
