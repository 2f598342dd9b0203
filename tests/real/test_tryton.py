"""The Tryton connector against Tryton 8.2, used by people of a company."""

from collections.abc import Iterator
from typing import Any

import pytest

from hub import sdk
from hub.connectors.tryton_quality import TrytonQuality, TrytonSettings
from hub.errors import AuthError
from hub.models.kinds import NonconformityStatus
from hub.models.quality import Inspection, Nonconformity
from tests.connectors.conftest import read, swept
from tests.real import servers

pytestmark = pytest.mark.real
SIZE = 25
MODEL = "quality.inspection"


class Workshop:
    """A company that inspects its work."""

    def __init__(self, user: servers.TrytonUser) -> None:
        self.user = user
        point = {"name": "torque", "string": "Torque", "type_": "float"}
        within = {"tolerance_lower": 9.5, "tolerance_upper": 10.5}
        points = [["create", [{**point, **within}]]]
        control = {"name": "Torque", "company": 1, "points": points}
        self.control = user.make("quality.control", control)
        self.open = [self.inspect() for _ in range(SIZE)]

    def inspect(self) -> int:
        """Begin an inspection; return its id."""
        return self.user.make(MODEL, {"control": self.control, "company": 1})

    def process(self, id_: int, reading: float) -> None:
        """End an inspection, as Ada."""
        self.user.act("PUT", f"{MODEL}/{id_}", {"points": {"torque": reading}})
        self.user.act("POST", f"{MODEL}/{id_}/process")


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[servers.Server, Workshop]]:
    with servers.tryton(tmp_path_factory.mktemp("tryton")) as (server, user):
        yield server, Workshop(user)


@pytest.fixture
def workshop(running: tuple[servers.Server, Workshop]) -> Workshop:
    return running[1]


def settings(url: str, key: str) -> TrytonSettings:
    return TrytonSettings(base_url=url, token=sdk.Secret(key), page_size=10)


@pytest.fixture
async def tryton(running: tuple[servers.Server, Workshop]) -> Any:
    server, workshop = running
    async with sdk.opened(TrytonQuality, settings(server.url, workshop.user.key)) as connector:
        yield connector


async def test_inspections_are_read_in_pages(tryton: Any, workshop: Workshop) -> None:
    reading = await read(tryton[Inspection])
    assert {str(id_) for id_ in workshop.open} <= reading.ids
    assert 3 <= reading.pages
    assert {} == reading.rejected
    said = reading.records[str(workshop.open[-1])]
    assert (None, None) == (said.passed, said.performed_by)
    assert sdk.Ref.term("WorkProcess", "control", "Torque") == said.process


async def test_an_inspection_that_fails_raises_a_nonconformity(
    tryton: Any, workshop: Workshop
) -> None:
    inspections = await read(tryton[Inspection])
    alerts = await read(tryton[Nonconformity])
    failing, passing = workshop.open[0], workshop.open[1]
    workshop.process(failing, 11.2)
    workshop.process(passing, 10.0)
    changed = (await read(tryton[Inspection], inspections.checkpoint)).records
    assert (False, True) == (changed[str(failing)].passed, changed[str(passing)].passed)
    assert sdk.Ref.employee_number("E-001") == changed[str(failing)].performed_by
    new = await read(tryton[Nonconformity], alerts.checkpoint)
    (raised,) = (new.records[id_] for id_ in new.ids - alerts.ids)
    assert sdk.Ref.external("Inspection", str(failing)) == raised.inspection
    assert sdk.Ref.term("WorkProcess", "control", "Torque") == raised.process
    assert NonconformityStatus.OPEN is raised.status


async def test_what_was_never_written_since_it_was_made_is_not_missed(
    tryton: Any, workshop: Workshop
) -> None:
    first = await read(tryton[Inspection])
    new = workshop.inspect()
    assert {str(new)} == (await read(tryton[Inspection], first.checkpoint)).ids - first.ids


async def test_what_is_gone_is_missing_among_all_ids(tryton: Any, workshop: Workshop) -> None:
    gone = workshop.inspect()
    assert str(gone) in await swept(tryton[Inspection])
    workshop.user.act("DELETE", f"{MODEL}/{gone}")
    assert str(gone) not in await swept(tryton[Inspection])


async def test_only_what_exists_is_fetched(tryton: Any, workshop: Workshop) -> None:
    found = await tryton[Inspection].fetch([str(workshop.open[3]), "nobody", "999999"])
    assert [str(workshop.open[3])] == [each.id for each in found]


async def test_a_wrong_key_is_refused(running: tuple[servers.Server, Workshop]) -> None:
    async with sdk.opened(TrytonQuality, settings(running[0].url, "wrong")) as connector:
        with pytest.raises(AuthError):
            await read(connector[Inspection])
