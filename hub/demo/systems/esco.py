"""A pretend download site for the ESCO classification: CSV files, and what they are an excerpt of.

Follows the downloads of https://esco.ec.europa.eu (read 2026-11-23): files per language, UTF-8 with
a header line. Nobody has to sign in. Files have an ETag and a Last-Modified, answer conditional
requests with 304 and byte ranges with 206. What ESCO's own site has not: a plain PUT of a file
(`If-Match` heeded), so that whoever runs the demo can publish a new release.

Seed: `{file name: [row, …], …, "dataset": {…}}`; the columns of a file are those of its first row,
`dataset` becomes `dataset.json` (version, licence, attribution).
"""

import csv
import json
from collections.abc import Iterable
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from io import StringIO
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.demo.systems.state import Change, Collections, Document, Documents
from hub.demo.systems.wire import Credentials

FILES = "files"
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
TITLES = {
    304: "Not Modified",
    404: "Not Found",
    405: "Not Allowed",
    412: "Precondition Failed",
    416: "Requested Range Not Satisfiable",
}


def seeded(collections: Collections) -> Iterable[Change]:
    """Return the documents of a seed."""
    for name, content in collections.items():
        if name == "dataset":
            text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
            yield Change(collection=FILES, id="dataset.json", body={"text": text})
        else:
            yield Change(collection=FILES, id=name, body={"text": _csv(content)})


def application(documents: Documents, _: Credentials) -> ASGIApp:
    """Return the site, whose state is in `documents`."""
    site = _Site(documents)
    routes = [
        Route("/", site.index, methods=["GET"]),
        Route("/{name}", site.get, methods=["GET"]),
        Route("/{name}", site.put, methods=["PUT"]),
    ]
    handlers: Any = {404: _not_routed, 405: _not_routed}
    return Starlette(routes=routes, exception_handlers=handlers)


class _Site:
    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    async def index(self, _: Request) -> Response:
        names = [document.id for document in self._documents.all(FILES)]
        links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in sorted(names))
        return HTMLResponse(f"<!doctype html>\n<title>Pretend ESCO</title>\n<ul>{links}</ul>\n")

    async def get(self, request: Request) -> Response:
        document = self._documents.get(FILES, request.path_params["name"])
        if document is None:
            return _page(404)
        headers = _headers(document)
        if _unchanged(request, document):
            return Response(status_code=304, headers=headers)
        content = _bytes(document)
        span = _span(request, document, len(content))
        if span is None:
            return Response(content, headers=headers)
        start, end = span
        if start >= end:
            return _page(416, {"Content-Range": f"bytes */{len(content)}"})
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
        return Response(content[start:end], status_code=206, headers=headers)

    async def put(self, request: Request) -> Response:
        name = request.path_params["name"]
        document = self._documents.get(FILES, name)
        expected = request.headers.get("if-match")
        if expected is not None and (document is None or expected != _etag(document)):
            return _page(412)
        text = (await request.body()).decode()
        self._documents.write(Change(collection=FILES, id=name, body={"text": text}))
        return Response(status_code=201 if document is None else 204)


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    listed = list(rows)
    written = StringIO()
    columns = list(listed[0]) if listed else []
    writer = csv.DictWriter(written, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(listed)
    return written.getvalue()


def _bytes(document: Document) -> bytes:
    return str(document.body["text"]).encode()


def _etag(document: Document) -> str:
    return f'"{blake2b(_bytes(document), digest_size=12).hexdigest()}"'


def _headers(document: Document) -> dict[str, str]:
    return {
        "ETag": _etag(document),
        "Last-Modified": format_datetime(document.changed_at, usegmt=True),
        "Accept-Ranges": "bytes",
        "Content-Type": TYPES.get(document.id.rpartition(".")[2], "application/octet-stream"),
    }


def _unchanged(request: Request, document: Document) -> bool:
    known = request.headers.get("if-none-match")
    if known is not None:
        return known == "*" or _etag(document) in known
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return document.changed_at.replace(microsecond=0) <= parsedate_to_datetime(since)
    except ValueError:
        return False


def _span(request: Request, document: Document, size: int) -> tuple[int, int] | None:
    """Return which bytes are asked for, from and up to; None for all, or where it is unclear."""
    asked = request.headers.get("range", "")
    condition = request.headers.get("if-range", _etag(document))
    first, dash, last = asked.removeprefix("bytes=").partition("-")
    readable = asked.startswith("bytes=") and dash and (first + last).isdecimal()
    if not readable or condition != _etag(document):
        return None
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size


async def _not_routed(_: Request, error: Exception) -> Response:
    return _page(getattr(error, "status_code", 404))


def _page(status: int, headers: dict[str, str] | None = None) -> Response:
    title = f"{status} {TITLES[status]}"
    page = f"<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n"
    return HTMLResponse(page, status_code=status, headers=headers)
