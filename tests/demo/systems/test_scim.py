"""The pretend identity provider, read and written with a SCIM client that others wrote."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from scim2_client.engines.asgi import ASGISCIMClient
from scim2_models import (
    Error,
    ListResponse,
    PatchOp,
    SearchRequest,
    UniquenessException,
)

from hub.demo.systems.catalogue import SYSTEMS
from hub.demo.systems.state import Documents
from tests.demo.systems.conftest import Serve

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def user(number: int) -> dict[str, Any]:
    moment = f"2026-01-{1 + number // 60:02}T08:{number % 60:02}:00Z"
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "id": f"id-{number}",
        "userName": f"person{number}",
        "externalId": f"E-{number}",
        "active": number % 2 == 0,
        "emails": [{"value": f"person{number}@example.org", "type": "work", "primary": True}],
        "meta": {"resourceType": "User", "created": moment, "lastModified": moment},
        ENTERPRISE: {"employeeNumber": f"{1000 + number}", "manager": {"value": "id-0"}},
    }


def seed(size: int) -> dict[str, Any]:
    return {"Users": [user(number) for number in range(size)]}


@pytest.fixture
async def scim(documents: Documents, tmp_path: Path) -> ASGISCIMClient:
    """A client that others wrote, which asked the service first what it is."""
    system = SYSTEMS[0]
    credentials = system.credentials(tmp_path)
    documents.seed(system.seeded(seed(230)))
    application: Any = system.application(documents, credentials)
    address = "http://personnel.test/v2"
    client = ASGISCIMClient(application, base_url=address, headers=system.headers(credentials))
    await client.discover()
    return client


@pytest.fixture
async def plain(served: Serve) -> Any:
    async with served("personnel", seed(230)) as client:
        yield client


def users(scim: ASGISCIMClient) -> Any:
    """Return the class of users that the client made of what it was told."""
    model = scim.get_resource_model("User")
    assert model is not None
    return model


async def _listed(scim: ASGISCIMClient, **asked: Any) -> Any:
    model = users(scim)
    answer = await scim.query(model, query_parameters=SearchRequest(**asked))
    assert isinstance(answer, ListResponse)
    return answer


async def test_pages_reach_the_end_in_the_order_of_change(scim: ASGISCIMClient) -> None:
    seen: list[str] = []
    while True:
        page = await _listed(
            scim, start_index=len(seen) + 1, count=100, sort_by="meta.lastModified"
        )
        seen += [each.id for each in page.resources or ()]
        if len(seen) >= page.total_results:
            break
    assert [f"id-{number}" for number in range(230)] == seen


async def test_a_page_never_holds_more_than_the_maximum(scim: ASGISCIMClient) -> None:
    page = await _listed(scim, count=1000)
    assert (230, 200) == (page.total_results, page.items_per_page)


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ('meta.lastModified gt "2026-01-04T08:45:00Z"', 4),
        ('meta.lastModified ge "2026-01-04T09:45:00+01:00"', 5),
        ('userName eq "PERSON7"', 1),
        ('externalId eq "e-7"', 0),
        (f'{ENTERPRISE}:employeeNumber eq "1007"', 1),
        ('emails[type eq "work" and value sw "person22"]', 11),
        ('active eq true and not (userName co "1")', 55),
        ("title pr", 0),
        ('userName ne "person7"', 229),
    ],
)
async def test_filters_find_what_they_say(scim: ASGISCIMClient, filter_: str, found: int) -> None:
    assert found == (await _listed(scim, filter=filter_)).total_results


async def test_what_is_written_is_read_again(scim: ASGISCIMClient) -> None:
    model = users(scim)
    made: Any = await scim.create(model(user_name="new", external_id="E-new"))
    made.active = True
    await scim.replace(made)
    operation = {"op": "replace", "path": "title", "value": "Planner"}
    patch: Any = PatchOp
    await scim.modify(model, made.id, patch[model](operations=[operation]))
    read: Any = await scim.query(model, made.id)
    assert (True, "Planner", "E-new") == (read.active, read.title, read.external_id)
    found = await _listed(scim, filter='meta.lastModified gt "2026-05-01T00:00:00Z"')
    assert [made.id] == [each.id for each in found.resources or ()]


async def test_who_is_deleted_is_simply_absent(scim: ASGISCIMClient) -> None:
    model = users(scim)
    await scim.delete(model, "id-3")
    answer = await scim.query(model, "id-3", raise_scim_errors=False)
    assert isinstance(answer, Error)
    assert 404 == answer.status
    assert 229 == (await _listed(scim)).total_results


async def test_a_user_name_is_nobody_elses(scim: ASGISCIMClient) -> None:
    model = users(scim)
    with pytest.raises(UniquenessException):
        await scim.create(model(user_name="Person7"))


async def test_a_change_that_changes_nothing_is_none(plain: httpx.AsyncClient) -> None:
    before = (await plain.get("/Users/id-2")).json()
    after = await plain.put("/Users/id-2", json=before)
    assert before["meta"] == after.json()["meta"]


async def test_what_changed_since_it_was_read_is_not_overwritten(
    plain: httpx.AsyncClient,
) -> None:
    read = await plain.get("/Users/id-2")
    body = {**read.json(), "title": "Planner"}
    known = {"If-Match": read.headers["etag"]}
    assert 200 == (await plain.put("/Users/id-2", json=body, headers=known)).status_code
    assert 412 == (await plain.put("/Users/id-2", json=body, headers=known)).status_code
    unchanged = {"If-None-Match": (await plain.get("/Users/id-2")).headers["etag"]}
    assert 304 == (await plain.get("/Users/id-2", headers=unchanged)).status_code


async def test_a_resource_that_breaks_the_schema_is_served_as_it_is(served: Serve) -> None:
    broken = {**user(1), "active": "perhaps", "emails": "none", "meta": {"lastModified": "soon"}}
    async with served("personnel", {"Users": [user(0), broken]}) as client:
        asked = {"sortBy": "meta.lastModified", "filter": "userName pr"}
        page = (await client.get("/Users", params=asked)).json()
        assert "perhaps" == page["Resources"][1]["active"]


async def test_only_the_attributes_asked_for_are_given(plain: httpx.AsyncClient) -> None:
    asked: dict[str, str | int] = {"attributes": "userName", "count": 1}
    page = (await plain.get("/Users", params=asked)).json()
    assert {"schemas", "id", "userName"} == page["Resources"][0].keys()
    spared: dict[str, str | int] = {"excludedAttributes": "emails,meta", "count": 1}
    page = (await plain.get("/Users", params=spared)).json()
    assert not page["Resources"][0].keys() & {"emails", "meta"}


@pytest.mark.parametrize(
    ("request_", "options", "expected"),
    [
        (("GET", "/Users"), {"headers": {"Authorization": "Bearer wrong"}}, (401, None)),
        (("GET", "/Users"), {"params": {"filter": "userName eq"}}, (400, "invalidFilter")),
        (("GET", "/Users"), {"params": {"filter": "nonsense pr"}}, (400, "invalidFilter")),
        (("GET", "/Users/nobody"), {}, (404, None)),
        (("GET", "/Groups"), {}, (404, None)),
        (("GET", "/Schemas/nonsense"), {}, (404, None)),
        (("POST", "/Users"), {"json": {"active": True}}, (400, "invalidValue")),
        (("POST", "/Users"), {"content": "{", "headers": {"content-type": "application/json"}},
         (400, "invalidSyntax")),
        (("POST", "/Users"), {"json": [1]}, (400, "invalidSyntax")),
        (("POST", "/Users"), {"content": "a=1"}, (415, None)),
        (("DELETE", "/Users"), {}, (405, None)),
        (("PATCH", "/Users/id-1"), {"json": {"Operations": [{"op": "dance"}]}}, (400, None)),
    ],
)  # fmt: skip
async def test_mistakes_are_answered_as_scim_errors(
    plain: httpx.AsyncClient,
    request_: tuple[str, str],
    options: dict[str, Any],
    expected: tuple[int, str | None],
) -> None:
    answer = await plain.request(*request_, **options)
    body = answer.json()
    assert ["urn:ietf:params:scim:api:messages:2.0:Error"] == body["schemas"]
    assert (expected[0], str(expected[0])) == (answer.status_code, body["status"])
    assert expected[1] is None or expected[1] == body["scimType"]
