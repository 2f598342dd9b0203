"""The transport asks nobody who is not to be asked."""

import pytest

from hub.errors import ForeignAddressError, UnavailableError
from hub.sdk.http import Request
from hub.sdk.transport import HttpxTransport, refuse_private, transport
from tests.demo.systems.conftest import free_ports


def to(url: str) -> Request:
    return Request(method="GET", url=url, headers={})


NOT_OUTSIDE = [
    *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0", "10.0.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::"),
]


@pytest.mark.parametrize("host", NOT_OUTSIDE)
async def test_what_is_no_public_address_is_refused_in_any_spelling(host: str) -> None:
    with pytest.raises(ForeignAddressError):
        await refuse_private(host)


@pytest.mark.parametrize("host", ["8.8.8.8", "2606:4700::1111"])
async def test_a_public_address_is_let_through(host: str) -> None:
    await refuse_private(host)


async def test_a_host_without_an_address_cannot_be_reached() -> None:
    with pytest.raises(UnavailableError):
        await refuse_private("nowhere.invalid")


async def test_nothing_is_sent_to_a_private_address_unless_that_is_allowed() -> None:
    request = to(f"http://127.0.0.1:{free_ports()}/")
    async with transport(timeout_s=1, allow_private=False) as refusing:
        with pytest.raises(ForeignAddressError):
            await refusing.send(request)
    async with transport(timeout_s=1, allow_private=True) as allowing:
        with pytest.raises(UnavailableError):
            await allowing.send(request)


async def test_each_host_is_looked_at_once() -> None:
    asked: list[str] = []

    async def check(host: str) -> None:
        asked.append(host)
        if host == "inside.test":
            raise ForeignAddressError(host)

    async with transport(timeout_s=1, allow_private=False, application=_answering) as inner:
        checking = HttpxTransport(inner._client, 1, check)
        for path in ("/a", "/b"):
            await checking.send(to(f"http://outside.test{path}"))
        for _ in range(2):
            with pytest.raises(ForeignAddressError):
                await checking.send(to("http://inside.test/"))
    assert ["outside.test", "inside.test", "inside.test"] == asked


async def _answering(_scope: object, _receive: object, send: object) -> None:
    assert callable(send)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})
