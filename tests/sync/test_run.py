"""All sources are read at once, and none of them can stop the others."""

from dataclasses import replace

import pytest

from hub import sdk
from hub.errors import ConfigError
from hub.models.kinds import SyncTrigger
from hub.sync.lock import alone
from tests.sync.conftest import Hub, Systems

PEOPLE = "SELECT id, display_name, version FROM person WHERE employee_number = :number"
KNOWN = {
    ("personnel", "person"): 25,
    ("hr", "organisation-unit"): 2,
    ("hr", "job-profile"): 1,
    ("hr", "person"): 25,
    ("hr", "employment"): 25,
    ("quality", "inspection"): 25,
    ("quality", "nonconformity"): 1,
    ("planning", "work-assignment"): 28,
    ("appraisal", "appraisal-cycle"): 1,
    ("appraisal", "appraisal"): 25,
    ("appraisal", "performance-goal"): 1,
    ("learning", "learning-record"): 25,
    ("frameworks", "competence-framework"): 1,
    ("frameworks", "competence"): 25,
}
PUT = "/api/resource/Employee/HR-EMP-00003"


async def test_everything_is_read_and_written_down(hub: Hub) -> None:
    reports = await hub.sync()
    assert KNOWN == {key: each.created for key, each in reports.items()}
    assert not [each.error for each in reports.values() if each.error]
    systems = await hub.rows("SELECT key, kind, connector, tier FROM source_system ORDER BY key")
    assert ("hr", "HRIS", "frappe-hr 0.1.0", "UNRATED") == systems[2]
    runs = await hub.rows(
        'SELECT system, "trigger", read, created, error FROM sync_run'
        " WHERE finished_at IS NOT NULL ORDER BY system"
    )
    assert ("hr", "MANUAL", 53, 53, None) == runs[2]
    assert 7 == len(systems) == len(runs)


async def test_a_second_sync_changes_nothing(hub: Hub) -> None:
    await hub.sync()
    before, (epoch,) = await hub.held(), await hub.rows("SELECT sum(version) FROM person")
    for order in ({}, {"full": True}):
        reports = await hub.sync(**order)
        assert {(0, 0, 0, 0, None)} == {
            (each.created, each.changed, each.deleted, each.quarantined, each.error)
            for each in reports.values()
        }
    assert (before, [epoch]) == (
        await hub.held(),
        await hub.rows("SELECT sum(version) FROM person"),
    )


async def test_what_is_written_at_the_source_stands_here_under_the_same_id(
    hub: Hub, systems: Systems
) -> None:
    await hub.sync()
    ((before, _, version),) = await hub.rows(PEOPLE, number="E-003")
    with systems.client("hr") as client:
        client.put(PUT, json={"employee_name": "Grace H"}).raise_for_status()
    reports = await hub.sync("hr")
    assert 1 == reports["hr", "person"].changed
    assert [(before, "Grace H", version + 1)] == await hub.rows(PEOPLE, number="E-003")


async def test_what_is_deleted_at_the_source_leaves_no_ghost(hub: Hub, systems: Systems) -> None:
    with systems.client("quality") as client:
        made = client.post("/rest/model/quality.inspection", json={"control": 1, "company": 1})
        await hub.sync()
        client.delete(f"/rest/model/quality.inspection/{made.json()['id']}").raise_for_status()
    with systems.client("hr") as client:
        client.delete("/api/resource/Employee/HR-EMP-00024").raise_for_status()
    with systems.client("personnel") as client:
        client.delete("/Users/id-024").raise_for_status()
    reports = await hub.sync()
    assert 1 == reports["quality", "inspection"].deleted
    assert [] == await hub.rows(PEOPLE, number="E-024")
    assert [(24, 25)] == await hub.rows(
        "SELECT (SELECT count(*) FROM employment), (SELECT count(*) FROM inspection)"
    )


@pytest.mark.parametrize("fault", ["down", "hang", "slow", "half", "lying"])
async def test_a_source_that_fails_stops_nothing_else_and_comes_back(
    file_hub: Hub, systems: Systems, fault: str
) -> None:
    systems.fault("quality", fault)
    reports = await file_hub.sync()
    failed = {key for key, each in reports.items() if each.error}
    assert failed
    assert failed <= {("quality", "inspection"), ("quality", "nonconformity")}
    assert {k: n for k, n in KNOWN.items() if k[0] != "quality"} == {
        key: each.created for key, each in reports.items() if key[0] != "quality"
    }
    ((error,),) = await file_hub.rows("SELECT error FROM sync_run WHERE system = 'quality'")
    assert error.startswith("UPSTREAM_")
    systems.fault("quality", "ok")
    assert not [each.error for each in (await file_hub.sync("quality")).values() if each.error]
    assert [(25,)] == await file_hub.rows("SELECT count(*) FROM inspection")


async def test_a_source_that_lies_later_destroys_nothing(file_hub: Hub, systems: Systems) -> None:
    await file_hub.sync()
    before = await file_hub.held()
    for key in ("personnel", "hr", "quality", "planning", "learning"):
        systems.fault(key, "lying")
    await file_hub.sync(full=True)
    await file_hub.sync()
    for key in ("personnel", "hr", "quality", "planning", "learning"):
        systems.fault(key, "ok")
    await file_hub.sync()
    await file_hub.sync()
    assert before == await file_hub.held()


async def test_what_another_process_syncs_is_left_to_it(file_hub: Hub) -> None:
    async with alone(file_hub.syncing.database, "hr"):
        reports = await file_hub.sync("hr", "quality", trigger=SyncTrigger.SCHEDULE)
    assert "hr is being synced by another process" in str(reports["hr", ""].error)
    assert [("quality",)] == await file_hub.rows("SELECT system FROM sync_run")


async def test_a_source_that_is_set_up_wrongly_says_so(file_hub: Hub) -> None:
    sources = [replace(each, options=_broken) for each in file_hub.syncing.sources[:1]]
    broken = Hub(replace(file_hub.syncing, sources=[*sources, *file_hub.syncing.sources[1:3]]))
    reports = await broken.sync()
    assert "INTERNAL: token is missing" == reports["personnel", ""].error
    assert 25 == reports["hr", "person"].created


def _broken(_: object) -> sdk.Settings:
    raise ConfigError("token is missing")


async def test_what_follows_is_derived_early_for_those_who_are_done(
    file_hub: Hub, systems: Systems
) -> None:
    read: list[int] = []

    async def follow(store: object, now: object) -> None:
        read.append((await file_hub.rows("SELECT count(*) FROM inspection"))[0][0])

    systems.fault("learning", "hang")
    patient = Hub(replace(file_hub.syncing, afterwards=[follow], early_s=2.0))
    await patient.sync("quality", "learning")
    assert [25, 25] == read
