"""The control door of the pretend systems: what runs where, and which of them is to fail.

It stands on one more loopback port, and lets in who can read `systems.json` in the folder. The
functions here are its client; they find it through that file.
"""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.demo.systems.errors import NotRunningError, PretendError
from hub.demo.systems.faults import Fault
from hub.demo.systems.state import Json
from hub.demo.systems.wire import Guarded, authorization, same

FILE = "systems.json"


def systems(folder: Path) -> list[Json]:
    """Return the systems that run for a folder: key, kind, vendor, base_url, headers, requests.

    `headers` are what a client must send to be let in; `requests` counts since the start.

    Raises:
        NotRunningError: none run.
    """
    listed: list[Json] = _ask(folder, "GET", "/systems")
    return listed


def set_fault(folder: Path, key: str, fault: str) -> None:
    """Let a system fail from now on, or (`ok`) no longer; it does when this returns.

    Raises:
        NotRunningError: no systems run for the folder.
        PretendError: there is no such system or fault.
    """
    _ask(folder, "PUT", f"/systems/{key}/fault", {"fault": fault})


def application(
    listed: Callable[[], list[Json]],
    set_fault: Callable[[str, Fault], Awaitable[None]],
    token: str,
) -> ASGIApp:
    """Return the door itself."""

    async def every(_: Request) -> Response:
        return JSONResponse(listed())

    async def fault(request: Request) -> Response:
        key = request.path_params["key"]
        wanted = (await request.json()).get("fault")
        if key not in {each["key"] for each in listed()}:
            known = ", ".join(each["key"] for each in listed())
            return JSONResponse({"error": f"no system {key}; there are {known}"}, 404)
        if wanted not in set(Fault):
            return JSONResponse({"error": f"no fault {wanted}; there are {', '.join(Fault)}"}, 400)
        try:
            await set_fault(key, Fault(wanted))
        except PretendError as error:
            return JSONResponse({"error": str(error)}, 409)
        return JSONResponse({"key": key, "fault": wanted})

    def refusal(request: Request) -> ASGIApp | None:
        scheme, given = authorization(request)
        if scheme == "bearer" and same(given, token):
            return None
        return JSONResponse({"error": "the token of systems.json is needed"}, 401)

    routes = [Route("/systems", every), Route("/systems/{key}/fault", fault, methods=["PUT"])]
    return Guarded(Starlette(routes=routes), refusal)


def _ask(folder: Path, method: str, path: str, body: Any = None) -> Any:
    missing = NotRunningError(f"no pretend systems run for {folder}; start them with `hub demo`")
    try:
        address = json.loads((folder / FILE).read_text(encoding="utf-8"))["control"]
    except (OSError, ValueError, KeyError) as error:
        raise missing from error
    try:
        with httpx.Client(headers=address["headers"], trust_env=False, timeout=30) as client:
            response = client.request(method, address["base_url"] + path, json=body)
    except httpx.HTTPError as error:
        raise missing from error
    if response.status_code == 401:
        raise missing  # another folder's systems stand on these ports now
    if response.is_error:
        raise PretendError(response.json()["error"])
    return response.json()
