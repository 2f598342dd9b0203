"""The SCIM connector against the pretend identity provider."""

from typing import Any

import pytest

from hub import sdk
from hub.connectors.scim import Scim, ScimSettings
from hub.demo.systems.wire import Credentials
from hub.models.person import Person
from tests.connectors.conftest import Connect, Connected, read, swept

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
MANAGER = "id-002"


def user(number: int, **more: Any) -> dict[str, Any]:
    moment = f"2026-01-01T08:{number:02}:00Z"
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "id": f"id-{number:03}",
        "userName": f"person{number}",
        "displayName": f"Person {number}",
        "externalId": f"X-{number}",
        "emails": [{"value": f"person{number}@example.org", "type": "work"}],
        "meta": {"resourceType": "User", "created": moment, "lastModified": moment},
        ENTERPRISE: {"employeeNumber": f"E-{number:03}", "manager": {"value": MANAGER}},
        **more,
    }


def settings(address: str, credentials: Credentials) -> ScimSettings:
    return ScimSettings(base_url=address, token=sdk.Secret(credentials.secret), page_size=10)


@pytest.fixture
async def scim(connect: Connect) -> Any:
    users = [user(number) for number in range(25)]
    async with connect("personnel", {"Users": users}, Scim, settings) as connected:
        yield connected


async def test_three_pages_are_read(scim: Connected) -> None:
    reading = await read(scim[Person])
    assert (3, {f"id-{number:03}" for number in range(25)}) == (reading.pages, reading.ids)


async def test_a_user_is_a_person(scim: Connected) -> None:
    (said,) = await scim[Person].fetch(["id-007"])
    assert ("Person 7", "E-007", "person7@example.org", "X-7") == (
        said.display_name,
        said.employee_number,
        said.work_email,
        said.scim_external_id,
    )
    assert sdk.Ref.external("Person", MANAGER) == said.manager


async def test_what_changed_comes_with_the_next_reading(scim: Connected) -> None:
    first = await read(scim[Person])
    await scim.vendor.patch(
        "/Users/id-003",
        json={
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [{"op": "replace", "path": "displayName", "value": "Renamed"}],
        },
    )
    second = await read(scim[Person], first.checkpoint)
    assert "Renamed" == second.records["id-003"].display_name
    assert len(second.ids) < 10


async def test_who_is_gone_is_missing_among_all_ids(scim: Connected) -> None:
    await scim.vendor.delete("/Users/id-003")
    assert {f"id-{number:03}" for number in range(25) if number != 3} == await swept(scim[Person])


async def test_a_bad_user_is_set_aside_and_the_others_stand(connect: Connect) -> None:
    bad = user(3, emails="none")
    seed = {"Users": [user(1), user(2), bad, user(4)]}
    async with connect("personnel", seed, Scim, settings) as scim:
        reading = await read(scim[Person])
    assert {"id-001", "id-002", "id-004"} == reading.ids
    assert ["id-003"] == list(reading.rejected)


async def test_users_of_one_moment_may_fill_pages(connect: Connect) -> None:
    one = {"resourceType": "User", "lastModified": "2026-01-01T08:00:00Z"}
    seed = {"Users": [user(number, meta=one) for number in range(25)]}
    async with connect("personnel", seed, Scim, settings) as scim:
        assert 25 == len((await read(scim[Person])).ids)


@pytest.mark.parametrize(
    ("emails", "expected"),
    [
        ([{"value": "a@home.example", "type": "home"}], None),
        ([{"value": "a@x.example"}, {"value": "b@x.example", "type": "work"}], "b@x.example"),
        ([{"value": "a@x.example"}, {"value": "b@x.example", "primary": True}], "b@x.example"),
    ],
    ids=["home", "work before unsaid", "primary before others"],
)
async def test_the_work_mail_is_found(
    connect: Connect, emails: list[dict[str, Any]], expected: str | None
) -> None:
    async with connect("personnel", {"Users": [user(1, emails=emails)]}, Scim, settings) as scim:
        (said,) = await scim[Person].fetch(["id-001"])
    assert expected == said.work_email


async def test_an_id_cannot_break_out_of_a_filter(scim: Connected) -> None:
    assert [] == await scim[Person].fetch(['x" or id eq "id-001'])
