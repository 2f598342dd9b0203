"""What is published: files whose words lead somewhere, and systems that the hub can read."""

import asyncio
import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from hub import clock as clocks
from hub import config, sdk
from hub.commands.importing import import_folder
from hub.demo import home
from hub.demo.organisation import generate, publish
from hub.demo.organisation.learning import NOT_LINKED as ACTIVITY
from hub.demo.organisation.model import Organisation
from hub.demo.organisation.people import DESIGNATIONS
from hub.demo.organisation.served.appraisal import NOT_LINKED as CRITERION
from hub.demo.systems.process import started
from hub.store import Store
from hub.sync.source import configured
from tests.conftest import Clock
from tests.connectors.conftest import Reading, read
from tests.demo.systems.conftest import free_ports

SIZE = 150
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Published:
    """An organisation, where it was published, and what the hub reads of its systems."""

    organisation: Organisation
    folder: Path
    readings: dict[tuple[str, str], Reading]

    def records(self, key: str) -> Iterator[Any]:
        """Return the records of a system."""
        for (system, _), reading in self.readings.items():
            if system == key:
                yield from reading.records.values()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Publish an organisation and read all of its systems."""
    folder = tmp_path_factory.mktemp("demo")
    organisation = generate(7, SIZE, clocks.now().date())
    publish(organisation, folder)
    port = free_ports()
    with started(folder / "systems", first_port=port):
        path = home.write_settings(folder, port=8000, first_port=port)
        found = config.load(path, environment={}, folder=folder)
        readings = asyncio.run(_read(found))
    return Published(organisation, folder, readings)


async def _read(found: config.Settings) -> dict[tuple[str, str], Reading]:
    """Read every stream of every system to its end."""
    readings = {}
    for source in configured(found, {}):
        async with source.opened(clocks.now) as connector:
            for resource in connector:
                readings[source.key, resource.stream] = await read(resource)
    return readings


def rows(folder: Path, name: str) -> Rows:
    """Return the records of a file of decisions."""
    table = folder / "owned" / f"{name}.csv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    text = (folder / "owned" / f"{name}.yaml").read_text(encoding="utf-8")
    found: Rows = yaml.safe_load(text)
    return found


def test_the_one_bad_record_of_each_system_is_set_aside_and_no_other(
    published: Published,
) -> None:
    found = {
        key: [
            id_
            for (system, _), each in published.readings.items()
            if system == key
            for id_ in each.rejected
        ]
        for key, _ in published.readings
    }
    assert {key: [id_] for key, id_ in published.organisation.flaws.bad.items()} == found


def test_every_account_employee_shift_and_statement_is_read(published: Published) -> None:
    told = published.organisation
    documents = {e.document for each in told.people for e in each.employments}
    documents |= set(told.flaws.twice.values())
    assert documents == published.readings["hr", "employment"].ids
    assert documents == published.readings["hr", "person"].ids
    shifts = {f"{each.unit}/{each.uid}" for each in told.shifts}
    assert shifts == published.readings["planning", "work-assignment"].ids
    statements = {each.id for each in told.statements} | set(told.flaws.repeated.values())
    assert statements == published.readings["learning", "learning-record"].ids
    alerts = {str(each.id) for each in told.alerts}
    assert alerts == published.readings["quality", "nonconformity"].ids
    accounts = {e.id for each in told.people for e in each.accounts}
    accounts |= {each.id for each in told.strangers}
    assert accounts == published.readings["personnel", "person"].ids


def test_a_shift_is_read_as_it_was_planned_in_either_zone(published: Published) -> None:
    zones = {each.code: each.zone for each in published.organisation.units}
    read_ = published.readings["planning", "work-assignment"].records
    for shift in published.organisation.shifts:
        said = read_[f"{shift.unit}/{shift.uid}"]
        local = said.starts_at.astimezone(ZoneInfo(zones[shift.unit]))
        assert (shift.day, shift.hour) == (local.date(), local.hour)
        assert (shift.learning, len(shift.people)) == (said.learning_purpose, len(said.assignees))


def test_the_words_of_the_systems_are_those_that_are_linked(published: Published) -> None:
    linked = {
        (each["system"], each["target"].partition(":")[0], each["term_kind"], each["external_id"])
        for each in rows(published.folder, "term_link")
    }
    used = set()
    for key in ("quality", "planning", "appraisal", "learning"):
        for record in published.records(key):
            for ref in _refs(record):
                if ref.by == "term":
                    used.add((key, ref.type, *ref.value.split("|", 1)))
    unknown = {each for each in used - linked if each[3] not in (ACTIVITY, CRITERION)}
    assert set() == unknown
    assert {"kra", "activity"} == {each[2] for each in used - linked}


def test_people_told_by_number_or_mail_are_known(published: Published) -> None:
    told = published.organisation
    numbers = {each.number for each in told.people}
    mails = {e.email for each in told.people for e in each.employments}
    mails |= {e.email for each in told.people for e in each.accounts}
    for key in ("quality", "planning", "appraisal", "learning"):
        for record in published.records(key):
            for ref in _refs(record):
                assert ref.by != "employee_number" or ref.value in numbers
                assert ref.by != "email" or ref.value in mails


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_file_of_decisions_points_at_is_there(seed: int, tmp_path: Path) -> None:
    organisation = generate(seed, SIZE, date(2026, 11, 25))
    publish(organisation, tmp_path)
    known = _known(organisation, tmp_path)
    lost = {
        (path.name, ref)
        for path in (tmp_path / "owned").iterdir()
        for row in rows(tmp_path, path.stem)
        for ref in _pointers(row)
        if ref not in known
    }
    assert set() == lost


def test_every_file_has_ids_of_its_own(tmp_path: Path) -> None:
    publish(generate(7, SIZE, date(2026, 11, 25)), tmp_path)
    for path in (tmp_path / "owned").iterdir():
        if path.stem != "term_link":
            ids = [each["id"] for each in rows(tmp_path, path.stem)]
            assert len(ids) == len(set(ids)) > 0, path.name


async def test_the_files_of_decisions_are_taken_in_and_change_nothing_the_second_time(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    publish(generate(7, 60, date(2026, 5, 4)), tmp_path)
    first = await import_folder(store, tmp_path / "owned", now=clock)
    assert {path.name for path in (tmp_path / "owned").iterdir()} == {each.file for each in first}
    assert all(0 < each.read == each.created for each in first)
    again = await import_folder(store, tmp_path / "owned", now=clock)
    assert {(0, 0, 0)} == {(each.created, each.changed, each.deleted) for each in again}


def test_whatever_can_be_said_is_said_somewhere(tmp_path: Path) -> None:
    publish(generate(7, 500, date(2026, 11, 25)), tmp_path)
    for path in (tmp_path / "owned").glob("*.csv"):
        found = rows(tmp_path, path.stem)
        empty = {name for name in found[0] if not any(row[name] for row in found)}
        assert set() == empty, path.name


def _refs(value: Any) -> Iterator[sdk.Ref]:
    if isinstance(value, sdk.Ref):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _refs(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _refs(getattr(value, field.name))


def _known(organisation: Organisation, folder: Path) -> set[str]:
    """Return every way in which a file may point at something of an organisation."""
    found = {f"employee_number:{each.number}" for each in organisation.people}
    codes = [each.code for each in organisation.units]
    codes += [each.code for each in organisation.processes]
    codes += [each["code"] for each in rows(folder, "competence_area")]
    codes += [code for code, _ in DESIGNATIONS.values()]
    found |= {f"code:{code}" for code in codes}
    found |= {each.ref for each in organisation.competences}
    found |= {f"number@quality:{each.number}" for each in organisation.alerts}
    found |= {f"key:{each['key']}" for each in rows(folder, "proficiency_scale")}
    for path in (folder / "owned").iterdir():
        found |= {f"id:{each['id']}" for each in rows(folder, path.stem) if "id" in each}
    return found


def _pointers(value: Any) -> Iterator[str]:
    """Return what values of a file point at, without the type where one stands before it."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _pointers(each)
    elif isinstance(value, list):
        for each in value:
            yield from _pointers(each)
    elif isinstance(value, str):
        for word in value.split():
            kind, _, rest = word.partition(":")
            if kind[:1].isupper() and rest:
                yield from _pointers(rest)
            elif kind in {"employee_number", "code", "uri", "id", "key", "number@quality"}:
                yield word
