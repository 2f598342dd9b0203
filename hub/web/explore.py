"""GraphiQL, served whole from this package: it works without any other host.

The built files stand in `graphiql/` with their source, `package.json` and licences.
"""

import json
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

FILES = Path(__file__).parent / "graphiql"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FIRST_QUERY = """\
# One typed graph over all connected systems.
# Who asks stands under Headers, below. Ctrl-Enter runs this, Ctrl-Space completes what you write.
{
  sourceSystems {
    key
    name
    kind
    sync {
      status
      lastSuccessAt
      error
    }
  }
}
"""
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Competence hub</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/files/graphiql.css">
<style>body {{ margin: 0 }} #graphiql {{ height: 100vh }}</style>
</head>
<body>
<div id="graphiql">Loading …</div>
<pre hidden id="first-query">{query}</pre>
<pre hidden id="first-headers">{headers}</pre>
<script src="/graphiql/files/graphiql.js"></script>
</body>
</html>
"""


def routes(sign_in: Callable[[], Awaitable[str]] | None) -> list[BaseRoute]:
    """Return the explorer's routes.

    Args:
        sign_in: Tells an employee number with which the explorer opens signed in; None: not a demo.
    """

    async def explorer(_: Request) -> Response:
        said = {"Authorization": f"Bearer demo:{await sign_in()}"} if sign_in else {}
        page = PAGE.format(query=escape(FIRST_QUERY), headers=escape(json.dumps(said, indent=2)))
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})

    async def home(_: Request) -> Response:
        return RedirectResponse("/graphiql", status_code=307)

    return [
        Route("/", home),
        Route("/graphiql", explorer),
        Mount("/graphiql/files", StaticFiles(directory=FILES)),
    ]
