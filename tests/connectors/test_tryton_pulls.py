"""The Tryton connector against the pretend server."""

from typing import Any

import pytest

from hub import sdk
from hub.connectors.tryton_quality import TrytonQuality, TrytonSettings
from hub.demo.systems.wire import Credentials
from hub.models.kinds import NonconformityStatus
from hub.models.quality import Inspection, Nonconformity
from tests.connectors.conftest import Connect, Connected, read, swept

INSPECTIONS, ALERTS = "/rest/model/quality.inspection", "/rest/model/quality.alert"
CONTROLS = "/rest/model/quality.control"
OWN = {"create_date": "2026-01-01T08:00:00", "write_date": None, "company": 1}


def inspection(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "number": f"INS-{number}",
        "control": 1,
        "state": "passed",
        "processed_by": 1,
        "processed_at": "2026-01-01T09:00:00",
        **OWN,
        **more,
    }


SEED: dict[str, Any] = {
    "party.party": [{"id": 1, "name": "Ada", "code": "E-001", "active": True, **OWN}],
    "company.company": [{"id": 1, "party": 1, **OWN}],
    "company.employee": [{"id": 1, "party": 1, "start_date": "2020-01-01", **OWN}],
    "quality.control": [{"id": 1, "name": "Carriage check", "active": True, **OWN}],
    "quality.inspection": [inspection(number) for number in range(1, 26)],
    "quality.alert": [
        {"id": 1, "number": "ALR-1", "title": "Loose bolt", "state": "open", **OWN}
        | {"origin": "quality.inspection,7", "description": "Wrong torque"}
    ],
}


def settings(address: str, credentials: Credentials) -> TrytonSettings:
    return TrytonSettings(base_url=address, token=sdk.Secret(credentials.secret), page_size=10)


@pytest.fixture
async def tryton(connect: Connect) -> Any:
    async with connect("quality", SEED, TrytonQuality, settings) as connected:
        yield connected


async def test_three_pages_are_read(tryton: Connected) -> None:
    reading = await read(tryton[Inspection])
    assert (3, {str(number) for number in range(1, 26)}) == (reading.pages, reading.ids)


async def test_what_was_never_written_since_it_was_made_is_not_missed(tryton: Connected) -> None:
    first = await read(tryton[Inspection])
    made = await tryton.vendor.post(INSPECTIONS, json={"control": 1, "company": 1})
    second = await read(tryton[Inspection], first.checkpoint)
    assert {str(made.json()["id"])} == second.ids - first.ids


async def test_what_changed_comes_with_the_next_reading(tryton: Connected) -> None:
    first = await read(tryton[Nonconformity])
    await tryton.vendor.post(f"{ALERTS}/1/process")
    second = await read(tryton[Nonconformity], first.checkpoint)
    assert NonconformityStatus.IN_ANALYSIS is second.records["1"].status


@pytest.mark.parametrize("of", [Inspection, Nonconformity])
async def test_a_control_that_is_renamed_is_heard_of(tryton: Connected, of: Any) -> None:
    first = await read(tryton[of])
    await tryton.vendor.put(f"{CONTROLS}/1", json={"name": "Brake test"})
    renamed = sdk.Ref.term("WorkProcess", "control", "Brake test")
    second = await read(tryton[of], first.checkpoint)
    assert (first.ids, {renamed}) == (
        second.ids,
        {said.process for said in second.records.values()},
    )


async def test_an_alert_follows_its_inspection_to_another_control(tryton: Connected) -> None:
    first = await read(tryton[Nonconformity])
    other = await tryton.vendor.post(CONTROLS, json={"name": "Brake test"})
    await tryton.vendor.put(f"{INSPECTIONS}/7", json={"control": other.json()["id"]})
    second = await read(tryton[Nonconformity], first.checkpoint)
    assert sdk.Ref.term("WorkProcess", "control", "Brake test") == second.records["1"].process


async def test_an_inspection_tells_the_number_that_a_worker_has_now(tryton: Connected) -> None:
    first = await read(tryton[Inspection])
    await tryton.vendor.put("/rest/model/party.party/1", json={"code": "E-002"})
    second = await read(tryton[Inspection], first.checkpoint)
    assert sdk.Ref.employee_number("E-002") == second.records["7"].performed_by


async def test_what_is_gone_is_missing_among_all_ids(tryton: Connected) -> None:
    await tryton.vendor.delete(f"{ALERTS}/1")
    assert set() == await swept(tryton[Nonconformity])
    assert {str(number) for number in range(1, 26)} == await swept(tryton[Inspection])


async def test_a_record_tells_where_it_is_opened(tryton: Connected) -> None:
    (said,) = await tryton[Nonconformity].fetch(["1"])
    assert "http://quality.test/#hub/model/quality.alert/1" == said.external_url


async def test_an_alert_comes_with_the_control_of_its_inspection(tryton: Connected) -> None:
    (said,) = (await read(tryton[Nonconformity])).records.values()
    assert sdk.Ref.term("WorkProcess", "control", "Carriage check") == said.process
    assert sdk.Ref.external("Inspection", "7") == said.inspection
    assert ("Loose bolt", ("Wrong torque",)) == (said.title, said.causes)


async def test_a_bad_record_is_set_aside_and_the_others_stand(connect: Connect) -> None:
    bad = inspection(3, state="lost")
    seed = SEED | {"quality.inspection": [inspection(1), inspection(2), bad, inspection(4)]}
    async with connect("quality", seed, TrytonQuality, settings) as tryton:
        reading = await read(tryton[Inspection])
    assert {"1", "2", "4"} == reading.ids
    assert ["3"] == list(reading.rejected)


async def test_only_what_exists_is_fetched(tryton: Connected) -> None:
    found = await tryton[Inspection].fetch(["7", "nobody", "900"])
    assert ["7"] == [each.id for each in found]
