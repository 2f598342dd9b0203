"""What an HTTP request asks, read strictly: the draft "GraphQL over HTTP", and nothing besides.

What JSON leaves to chance is refused: a key that occurs twice, numbers that are none (`NaN`, or
without end), text that no database can hold. A refusal says what to change.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from email.message import Message
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers

from hub.engine.prepare import Question
from hub.errors import InputError, PersistedNotFoundError, RequestError

JSON = "application/json"
DEEPEST = 64
LONGEST_NUMBER = 40
PREFLIGHT = ("graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name")
GIVEN_BY_GET = frozenset({"query", "operationName", "variables", "extensions", "documentId"})
NUL = re.compile(r"\\u(?:0000|\{0+\})|\x00")
ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


class Refusal(Exception):  # noqa: N818, an answer like any other
    """A request that is not answered.

    Attributes:
        status: HTTP status.
        error: Why, and what to change.
        headers: Headers that belong to the status.
    """

    def __init__(
        self, status: int, error: RequestError, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(str(error))
        self.status = status
        self.error = error
        self.headers = headers or {}


def posted(headers: Headers, body: bytes) -> Question:
    """Return what is asked by POST.

    Raises:
        Refusal: it is no question.
    """
    _check_type(headers)
    said = _read(body, "The body")
    if isinstance(said, list):
        raise _bad("The body is a list; send each question in a request of its own.")
    if not isinstance(said, dict):
        raise _bad('The body must be a JSON object, as {"query": "…"}.')
    return _question(said, reading=False)


def given(headers: Headers, query: bytes) -> Question:
    """Return what is asked by GET.

    Raises:
        Refusal: it is no question, or a page of another site may have sent it.
    """
    if not any(name in headers for name in PREFLIGHT):
        raise _bad("A question by GET needs the header GraphQL-Require-Preflight: 1; or use POST.")
    try:
        pairs = parse_qsl(
            query.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(query),
            errors="strict",
            max_num_fields=len(GIVEN_BY_GET) * 2,
        )
    except ValueError:
        raise _bad("The query string is not URL-encoded UTF-8.") from None
    said = _once(each for each in pairs if each[0] in GIVEN_BY_GET)
    for name in ("variables", "extensions"):
        if name in said:
            said[name] = _read(str(said[name]).encode(), name)
    return _question(said, reading=True)


def _check_type(headers: Headers) -> None:
    """Take JSON in UTF-8 only, so that a form of another site is never taken for a question."""
    said = Message()
    said["content-type"] = headers.get("content-type", "")
    charset = said.get_param("charset", "utf-8")
    if said.get_content_type() != JSON or str(charset).lower() not in {"utf-8", "utf8"}:
        raise Refusal(415, InputError(f"Send the body as Content-Type: {JSON}, in UTF-8."))
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise Refusal(415, InputError("Send the body as it is, without Content-Encoding."))


def _question(said: Mapping[str, Any], *, reading: bool) -> Question:
    text, operation = said.get("query"), said.get("operationName")
    variables, extensions = _object(said, "variables"), _object(said, "extensions")
    if operation is not None and not isinstance(operation, str):
        raise _bad("operationName must be text.")
    if text is not None and not isinstance(text, str):
        raise _bad("query must be text.")
    text = _document(text, said.get("documentId"), extensions.get("persistedQuery"))
    if NUL.search(text):
        raise _bad("The query holds the character NUL.")
    return Question(text=text, variables=variables, operation=operation or None, reading=reading)


def _object(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = said.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _bad(f"{name} must be a JSON object.")
    return value


def _document(text: str | None, document_id: Any, persisted: Any) -> str:
    """Return the document; none is known by an id, and what is sent beside one must be its own."""
    if isinstance(persisted, dict):
        digest = persisted.get("sha256Hash")
        if text is not None and digest != sha256(text.encode()).hexdigest():
            raise _bad("query is not the document that sha256Hash stands for.")
        document_id = digest if text is None else document_id
    if text is None and document_id is not None:
        raise Refusal(
            400, PersistedNotFoundError("No document is known by that id; send it as query.")
        )
    if document_id is not None:
        raise _bad("Send either query or documentId.")
    if not text:
        raise _bad('There is no question; send {"query": "…"}.')
    return text


def _read(body: bytes, what: str) -> Any:
    """Return what JSON says.

    Raises:
        Refusal: it is not JSON, or nothing that can be kept.
    """
    try:
        text = body.decode("utf-8-sig")
        value = json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_float=_number,
            parse_int=_whole,
        )
        if ESCAPED.search(text):
            _check_text(value)
    except UnicodeDecodeError:
        raise _bad(f"{what} is not UTF-8.") from None
    except RecursionError:
        raise _bad(f"{what} is nested more than {DEEPEST} levels deep.") from None
    except ValueError as error:
        where = f": {error}" if isinstance(error, json.JSONDecodeError) else ""
        raise _bad(f"{what} is not JSON{where}.") from None
    if text.count("[") + text.count("{") > DEEPEST:
        _check_depth(value, what)
    return value


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _bad(f"{name[:100]!r} is given twice.")
        found[name] = value
    return found


def _no_number(text: str) -> Any:
    raise _bad(f"{text} is no number in JSON.")


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _bad(f"{text[:LONGEST_NUMBER]} is too large a number.")
    return value


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise _bad(f"A number has more than {LONGEST_NUMBER} digits.")
    return int(text)


def _check_text(value: Any) -> None:
    """Refuse characters that no database keeps and no answer can repeat."""
    written = json.dumps(value, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        raise _bad("A text holds half a character (a lone surrogate).") from None
    if "\\u0000" in written.replace("\\\\", ""):
        raise _bad("A text holds the character NUL.")


def _check_depth(value: Any, what: str) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            item
            for each in level
            if isinstance(each, list | dict)
            for item in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return
    raise _bad(f"{what} is nested more than {DEEPEST} levels deep.")


def _bad(text: str) -> Refusal:
    return Refusal(400, InputError(text))
