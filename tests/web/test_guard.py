"""Every request passes the same guards: bounds on its body, security headers on its answer."""

import asyncio
from collections.abc import AsyncIterator
from html import unescape

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hub.web.explore import routes
from hub.web.guard import HEADERS, BoundedBody, SecurityHeaders


async def echo(request: Request) -> Response:
    return JSONResponse({"bytes": len(await request.body())})


async def own(_: Request) -> Response:
    return PlainTextResponse("x", headers={"Cache-Control": "max-age=60"})


async def somebody() -> str:
    return "1017"


def client(seconds: float = 10.0) -> httpx.AsyncClient:
    app = Starlette(
        routes=[Route("/echo", echo, methods=["POST"]), Route("/own", own), *routes(somebody)]
    )
    guarded = SecurityHeaders(BoundedBody(app, max_bytes=1000, seconds=seconds))
    return httpx.AsyncClient(transport=httpx.ASGITransport(guarded), base_url="http://localhost")


async def test_a_body_up_to_the_bound_arrives_whole() -> None:
    async with client() as http:
        assert {"bytes": 1000} == (await http.post("/echo", content=b"x" * 1000)).json()


async def test_a_body_beyond_the_bound_is_refused_with_its_cure() -> None:
    async with client() as http:
        answer = await http.post("/echo", content=b"x" * 1001)

    assert 413 == answer.status_code
    assert "larger than 1000 bytes" in answer.json()["errors"][0]["message"]
    assert "BAD_USER_INPUT" == answer.json()["errors"][0]["extensions"]["code"]


async def test_a_body_that_does_not_tell_its_length_is_bounded_too() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x" * 100

    async with client() as http:
        assert 413 == (await http.post("/echo", content=pieces())).status_code


async def test_a_body_that_never_ends_is_refused() -> None:
    async def dripping() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    async with client(seconds=0.05) as http:
        assert 408 == (await http.post("/echo", content=dripping())).status_code


async def test_every_answer_carries_the_security_headers_that_it_does_not_set_itself() -> None:
    async with client() as http:
        missing = await http.get("/nowhere")
        own_headers = (await http.get("/own")).headers

    assert HEADERS == {name: missing.headers[name] for name in HEADERS}
    assert "max-age=60" == own_headers["Cache-Control"]


async def test_the_explorer_works_without_any_other_host() -> None:
    async with client() as http:
        home = await http.get("/")
        page = await http.get("/graphiql")
        script = await http.get("/graphiql/files/graphiql.js")
        style = await http.get("/graphiql/files/graphiql.css")

    assert "/graphiql" == home.headers["Location"]
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.text.replace("http-equiv", "")
    assert "Bearer demo:1017" in unescape(page.text)
    assert [200, 200] == [script.status_code, style.status_code]
    assert "url(http" not in style.text
    assert len(script.content) + len(style.content) < 3_000_000
