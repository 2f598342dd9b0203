"""The pretend CalDAV server, read and written with a CalDAV client that others wrote."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import httpx
import pytest
from caldav.collection import Principal
from caldav.davclient import DAVClient
from defusedxml.ElementTree import fromstring

from tests.demo.systems.conftest import Running, Serve, shift

HOME = "/calendars/planner/"
ONE = f"{HOME}ST-1/"
DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
SYNC = (
    '<d:sync-collection xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:sync-token>'
    "{token}</d:sync-token><d:sync-level>1</d:sync-level>{limit}<d:prop><d:getetag/>"
    "<c:calendar-data/></d:prop></d:sync-collection>"
)
ICS = {"Content-Type": "text/calendar; charset=utf-8"}
MORE = "HTTP/1.1 507 Insufficient Storage"
DAILY = "RRULE:FREQ=DAILY;COUNT=3"


@pytest.fixture(scope="module")
def principal(running: Running) -> Iterator[Principal]:
    """The planner, as a client that others wrote finds them from the root of the server."""
    system = running.systems["planning"]
    account = b64decode(system["headers"]["Authorization"].partition(" ")[2]).decode()
    user, _, password = account.partition(":")
    with DAVClient(url=system["base_url"], username=user, password=password) as client:
        yield client.principal()


def calendar(principal: Principal, name: str) -> Any:
    return next(each for each in principal.calendars() if each.get_display_name() == name)


def test_a_client_finds_the_calendars_from_the_root(principal: Principal) -> None:
    assert {"ST-1", "ST-2"} <= {each.get_display_name() for each in principal.calendars()}
    assert 7 == len(calendar(principal, "ST-1").events())


def test_a_client_searches_by_time(principal: Principal) -> None:
    found = calendar(principal, "ST-1").search(
        start=datetime(2026, 5, 3, tzinfo=UTC), end=datetime(2026, 5, 5, tzinfo=UTC), event=True
    )
    assert {"s3", "s4"} == {str(each.icalendar_component["UID"]) for each in found}


def test_a_client_makes_a_calendar_and_keeps_events_in_it(principal: Principal) -> None:
    made = principal.make_calendar(name="Depot", cal_id="depot")
    event = made.save_event(shift("new", 9))
    event.icalendar_component["SUMMARY"] = "Late shift"
    event.save()
    assert "Late shift" == made.event_by_uid("new").icalendar_component["SUMMARY"]
    event.delete()
    assert [] == made.events()
    made.delete()
    assert "Depot" not in {each.get_display_name() for each in principal.calendars()}


def test_a_client_follows_what_changes(principal: Principal) -> None:
    two = calendar(principal, "ST-2")
    known = two.objects_by_sync_token(load_objects=True)
    event = two.save_event(shift("follow", 3))
    updated, deleted = known.sync()
    assert ([event.url], []) == ([each.url for each in updated], list(deleted))
    event.delete()
    updated, deleted = known.sync()
    assert ([], [event.url]) == (list(updated), [each.url for each in deleted])


@pytest.fixture
async def dav(served: Serve) -> Any:
    shifts = [{"uid": f"s{number}", "ics": shift(f"s{number}", number)} for number in range(1, 8)]
    shifts += [
        {"uid": "daily", "ics": shift("daily", 20, extra=DAILY)},
        {"uid": "bad", "ics": "BEGIN:VCALENDAR\nnonsense"},
        {"uid": "night & day", "ics": shift("night & day", 28, extra="CATEGORIES:Carriage check")},
    ]
    async with served("planning", {ONE: shifts, f"{HOME}ST-2/": []}) as client:
        yield client


async def report(client: httpx.AsyncClient, body: str, path: str = ONE) -> httpx.Response:
    return await client.request("REPORT", path, content=body)


def members(answer: httpx.Response) -> dict[str, Element]:
    assert 207 == answer.status_code, answer.text
    root = fromstring(answer.content)
    return {str(each.findtext(f"{DAV}href")): each for each in root.iter(f"{DAV}response")}


async def synced(
    client: httpx.AsyncClient, token: str = "", limit: int | None = None
) -> tuple[dict[str, Element], str]:
    asked = "" if limit is None else f"<d:limit><d:nresults>{limit}</d:nresults></d:limit>"
    answer = await report(client, SYNC.format(token=token, limit=asked))
    return members(answer), str(fromstring(answer.content).findtext(f"{DAV}sync-token"))


async def test_a_first_sync_gives_everything_and_the_next_nothing(dav: httpx.AsyncClient) -> None:
    found, token = await synced(dav)
    assert 10 == len(found)
    text = found[f"{ONE}s1.ics"].findtext(f".//{CALDAV}calendar-data")
    assert shift("s1", 1).replace("\r\n", "\n") == text
    assert ({}, token) == await synced(dav, token)


async def test_a_sync_gives_changes_and_deletions(dav: httpx.AsyncClient) -> None:
    _, token = await synced(dav)
    await dav.put(f"{ONE}s2.ics", content=shift("s2", 12), headers=ICS)
    await dav.delete(f"{ONE}s3.ics")
    await dav.put(f"{ONE}new.ics", content=shift("new", 12), headers=ICS)
    await dav.put(f"{HOME}ST-2/other.ics", content=shift("other"), headers=ICS)
    found, after = await synced(dav, token)
    assert [f"{ONE}s2.ics", f"{ONE}s3.ics", f"{ONE}new.ics"] == list(found)
    gone = found[f"{ONE}s3.ics"]
    assert "HTTP/1.1 404 Not Found" == gone.findtext(f"{DAV}status")
    assert ({}, after) == await synced(dav, after)


async def test_a_sync_with_a_limit_reaches_the_end(dav: httpx.AsyncClient) -> None:
    seen: list[str] = []
    token, more = "", True
    while more:
        found, token = await synced(dav, token, limit=4)
        more = ONE in found
        assert (
            not more or found[ONE].findtext(f"{DAV}status") == "HTTP/1.1 507 Insufficient Storage"
        )
        seen += [path for path in found if path != ONE]
    assert (10, 10) == (len(seen), len(set(seen)))


@pytest.mark.parametrize("token", ["nonsense", "{token}9", "https://elsewhere.example/sync/1/2"])
async def test_a_token_from_elsewhere_is_refused(dav: httpx.AsyncClient, token: str) -> None:
    _, known = await synced(dav)
    answer = await report(dav, SYNC.format(token=token.format(token=known), limit=""))
    assert 403 == answer.status_code
    assert [f"{DAV}valid-sync-token"] == [each.tag for each in fromstring(answer.content)]


async def test_a_write_that_assumes_too_much_is_refused(dav: httpx.AsyncClient) -> None:
    path = f"{ONE}s1.ics"
    etag = (await dav.get(path)).headers["etag"]

    async def put(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await dav.put(path, content=shift("s1", 11), headers={**ICS, **named})
        return answer.status_code

    assert 412 == await put(If_None_Match="*")
    assert 204 == await put(If_Match=etag)
    assert 412 == await put(If_Match=etag)
    assert 412 == (await dav.delete(path, headers={"If-Match": etag})).status_code
    missing = await dav.put(f"{ONE}x.ics", content=shift("x"), headers={**ICS, "If-Match": etag})
    assert 412 == missing.status_code
    now = (await dav.get(path)).headers["etag"]
    assert 304 == (await dav.get(path, headers={"If-None-Match": now})).status_code
    assert 204 == (await dav.delete(path, headers={"If-Match": now})).status_code


def span(start: str, end: str = "") -> str:
    until = f' end="202605{end}Z"' if end else ""
    return f'<c:time-range start="202605{start}Z"{until}/>'


def holding(name: str, text: str) -> str:
    return f'<c:prop-filter name="{name}"><c:text-match>{text}</c:text-match></c:prop-filter>'


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        (span("03T000000", "05T000000"), {"bad", "s3", "s4"}),
        (span("04T060000", "04T070000"), {"bad", "s4"}),
        (span("04T070000", "04T080000"), {"bad"}),
        (span("22T000000", "23T000000"), {"bad", "daily"}),
        (span("22T000000"), {"bad", "daily", "night%20%26%20day"}),
        (holding("UID", "s5"), {"bad", "s5"}),
        (holding("CATEGORIES", "carriage"), {"bad", "night%20%26%20day"}),
        ('<c:prop-filter name="RRULE"/>', {"bad", "daily"}),
    ],
)
async def test_a_query_finds_what_it_says_and_what_cannot_be_read(
    dav: httpx.AsyncClient, filter_: str, found: set[str]
) -> None:
    body = (
        '<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>'
        '<d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter '
        f'name="VEVENT">{filter_}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>'
    )
    expected = {f"{ONE}{each}.ics" for each in found}
    assert expected == members(await report(dav, body)).keys()
    assert expected == members(await report(dav, body, HOME)).keys()


async def test_a_multiget_says_what_is_not_there(dav: httpx.AsyncClient) -> None:
    there, absent = f"{ONE}night%20%26%20day.ics", f"{ONE}absent.ics"
    body = (
        '<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>'
        f"<c:calendar-data/></d:prop><d:href>{there}</d:href><d:href>{absent}</d:href>"
        "</c:calendar-multiget>"
    )
    found = members(await report(dav, body))
    assert "night & day" in str(found[there].findtext(f".//{CALDAV}calendar-data"))
    assert "HTTP/1.1 404 Not Found" == found[absent].findtext(f"{DAV}status")


async def test_a_calendar_says_when_something_in_it_changed(dav: httpx.AsyncClient) -> None:
    body = (
        '<d:propfind xmlns:d="DAV:" xmlns:s="http://calendarserver.org/ns/" xmlns:x="urn:x">'
        "<d:prop><s:getctag/><d:sync-token/><x:nonsense/></d:prop></d:propfind>"
    )

    async def asked() -> dict[str, Element]:
        depth = {"Depth": "1"}
        return members(await dav.request("PROPFIND", HOME, content=body, headers=depth))

    def tags(found: dict[str, Element]) -> dict[str, str | None]:
        return {path: each.findtext(".//{*}getctag") for path, each in found.items()}

    before = await asked()
    assert "HTTP/1.1 404 Not Found" in before[ONE].itertext()
    await dav.delete(f"{ONE}s1.ics")
    after = await asked()
    assert tags(before)[ONE] != tags(after)[ONE]
    assert tags(before)[f"{HOME}ST-2/"] == tags(after)[f"{HOME}ST-2/"]


async def test_all_properties_or_their_names_are_given(dav: httpx.AsyncClient) -> None:
    depth = {"Depth": "0"}
    every = members(await dav.request("PROPFIND", f"{ONE}s1.ics", headers=depth))
    assert every[f"{ONE}s1.ics"].findtext(f".//{DAV}getetag")
    assert every[f"{ONE}s1.ics"].find(f".//{CALDAV}calendar-data") is None
    body = '<d:propfind xmlns:d="DAV:"><d:propname/></d:propfind>'
    names = members(await dav.request("PROPFIND", ONE, content=body, headers=depth))
    assert "" == "".join(names[ONE].find(f".//{DAV}prop").itertext())  # type: ignore[union-attr]


async def test_a_calendar_takes_another_name(dav: httpx.AsyncClient) -> None:
    body = (
        '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:displayname>Depot</d:displayname>'
        "</d:prop></d:set></d:propertyupdate>"
    )
    assert 207 == (await dav.request("PROPPATCH", ONE, content=body)).status_code
    found = members(await dav.request("PROPFIND", ONE, headers={"Depth": "0"}))
    assert "Depot" == found[ONE].findtext(f".//{DAV}displayname")
    refused = await dav.request("PROPPATCH", ONE, content=body.replace("displayname", "getetag"))
    assert 403 == refused.status_code


TWO_EVENTS = shift("a").replace("END:VCALENDAR", shift("b").split("PRODID:-//planner//EN\r\n")[1])


@pytest.mark.parametrize(
    ("request_", "options", "expected"),
    [
        (("GET", ONE), {"headers": {"Authorization": "Basic d3Jvbmc="}}, (401, "forbidden")),
        (("GET", f"{ONE}absent.ics"), {}, (404, "could not be found")),
        (("GET", ONE), {}, (405, "not allowed")),
        (("PUT", f"{ONE}a.ics"), {"content": "nonsense"}, (403, "valid-calendar-data")),
        (("PUT", f"{ONE}a.ics"), {"content": TWO_EVENTS}, (403, "valid-calendar-data")),
        (("PUT", f"{ONE}a.ics"), {"content": b"\xff"}, (403, "valid-calendar-data")),
        (("PUT", f"{ONE}a.ics"), {"content": shift("s1")}, (409, f"{ONE}s1.ics")),
        (("PUT", f"{ONE}a.ics"), {"content": "{}", "headers": {"Content-Type": "text/json"}},
         (403, "supported-calendar-data")),
        (("PUT", f"{HOME}ST-9/a.ics"), {"content": shift("a")}, (409, "Conflict")),
        (("PUT", ONE), {"content": shift("a")}, (405, "not allowed")),
        (("DELETE", f"{ONE}absent.ics"), {}, (404, "could not be found")),
        (("DELETE", HOME), {}, (403, "forbidden")),
        (("MKCALENDAR", ONE), {}, (403, "resource-must-be-null")),
        (("MKCALENDAR", "/elsewhere/"), {}, (403, "calendar-collection-location-ok")),
        (("PROPFIND", HOME), {}, (403, "propfind-finite-depth")),
        (("PROPFIND", "/nowhere/"), {"headers": {"Depth": "0"}}, (404, "could not be found")),
        (("PROPFIND", HOME), {"content": "<", "headers": {"Depth": "0"}}, (400, "Bad Request")),
        (("PROPPATCH", HOME), {"content": "<a/>"}, (403, "forbidden")),
        (("PROPPATCH", "/nowhere/"), {"content": "<a/>"}, (404, "could not be found")),
        (("PROPPATCH", ONE), {}, (400, "Bad Request")),
        (("REPORT", ONE), {}, (400, "Bad Request")),
        (("REPORT", ONE), {"content": "<a/>"}, (403, "supported-report")),
        (("REPORT", "/nowhere/"), {"content": "<a/>"}, (404, "could not be found")),
    ],
)  # fmt: skip
async def test_mistakes_are_answered_as_the_standards_say(
    dav: httpx.AsyncClient,
    request_: tuple[str, str],
    options: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    answer = await dav.request(*request_, **options)
    assert expected[0] == answer.status_code
    assert expected[1] in answer.text


async def test_anybody_may_ask_what_the_server_can_do(dav: httpx.AsyncClient) -> None:
    answer = await dav.request("OPTIONS", ONE, headers={"Authorization": ""})
    assert "calendar-access" in answer.headers["dav"]
    moved = await dav.get("/.well-known/caldav")
    assert (301, "/") == (moved.status_code, moved.headers["location"])
