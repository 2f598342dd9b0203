"""The XML of WebDAV: what a request asks for, and how an answer says it.

Names are in Clark notation (`{DAV:}getetag`) throughout.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from defusedxml import ElementTree
from starlette.responses import Response

DAV, CALDAV, SERVER = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
PREFIXES = {DAV: "D", CALDAV: "C", SERVER: "CS"}
ROOT = " ".join(f"xmlns:{prefix}={quoteattr(name[1:-1])}" for name, prefix in PREFIXES.items())
OK = "HTTP/1.1 200 OK"
NOT_FOUND = "HTTP/1.1 404 Not Found"

Properties = Mapping[str, Callable[[], str]]
"""What a resource has: the name of each property, and what gives its content as XML."""


class BadXmlError(Exception):
    """A body that is not well-formed XML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which properties a request asks for; `every` instead of names where it says allprop."""

    names: tuple[str, ...] = field(default=())
    every: bool = False
    only_names: bool = False


def parsed(body: bytes) -> Any:
    """Return the root element of a body, or None where it is empty.

    Raises:
        BadXmlError: the body is not well-formed.
    """
    if not body.strip():
        return None
    try:
        return ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise BadXmlError(str(error)) from error


def asked(root: Any) -> Asked:
    """Return which properties a PROPFIND or REPORT asks for; all where it does not say."""
    if root is None or root.find(f"{DAV}allprop") is not None:
        return Asked(every=True)
    if root.find(f"{DAV}propname") is not None:
        return Asked(every=True, only_names=True)
    wanted = root.find(f"{DAV}prop")
    return Asked(names=() if wanted is None else tuple(each.tag for each in wanted))


def element(name: str, content: str = "", attributes: str = "") -> str:
    """Return an element; a name in a foreign namespace brings it along."""
    namespace, _, local = name.rpartition("}")
    prefix = PREFIXES.get(f"{namespace}}}")
    if prefix is None:
        tag, attributes = local, f" xmlns={quoteattr(namespace[1:])}{attributes}"
    else:
        tag = f"{prefix}:{local}"
    return f"<{tag}{attributes}>{content}</{tag}>" if content else f"<{tag}{attributes}/>"


def text(content: str) -> str:
    """Return text as XML writes it; what XML cannot hold is left out."""
    return escape("".join(each for each in content if each >= " " or each in "\t\n\r"))


def href(path: str) -> str:
    """Return a reference to a resource."""
    return element(f"{DAV}href", text(path))


def described(path: str, properties: Properties, wanted: Asked) -> str:
    """Return one member of a multi-status: what the resource has of what is asked, and what not."""
    names: Sequence[str] = tuple(properties) if wanted.every else wanted.names
    had = [name for name in names if name in properties]
    lacked = [name for name in names if name not in properties]
    found = "".join(element(name, "" if wanted.only_names else properties[name]()) for name in had)
    content = href(path)
    if found or not lacked:
        content += _propstat(found, OK)
    if lacked:
        content += _propstat("".join(element(name) for name in lacked), NOT_FOUND)
    return element(f"{DAV}response", content)


def status(path: str, line: str, condition: str = "") -> str:
    """Return one member of a multi-status that is no more than a status."""
    content = href(path) + element(f"{DAV}status", line)
    if condition:
        content += element(f"{DAV}error", condition)
    return element(f"{DAV}response", content)


def multistatus(members: Iterable[str], tail: str = "") -> Response:
    """Return a 207 with its members."""
    return _document(f"<D:multistatus {ROOT}>{''.join(members)}{tail}</D:multistatus>", 207)


def refused(code: int, condition: str) -> Response:
    """Return a refusal that names the condition that was not met, as RFC 4918, 16 asks."""
    return _document(f"<D:error {ROOT}>{condition}</D:error>", code)


def _propstat(content: str, line: str) -> str:
    properties = element(f"{DAV}prop", content)
    return element(f"{DAV}propstat", properties + element(f"{DAV}status", line))


def _document(body: str, code: int) -> Response:
    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{body}'
    return Response(declared, status_code=code, media_type="application/xml; charset=utf-8")
