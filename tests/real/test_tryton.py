"""The Tryton connector against Tryton 8.2, used by people of a company."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from hub import sdk
from hub.connectors.tryton_quality import TrytonQuality, TrytonSettings
from hub.errors import AuthError
from hub.models.kinds import NonconformityStatus
from hub.models.quality import Inspection, Nonconformity
from hub.sdk.testing import Hand, Upstream, conformance
from tests.connectors.conftest import read, swept
from tests.real import servers
from tests.real.proxy import Added, Place, Proxy

pytestmark = pytest.mark.real
SIZE = 25
MODEL, ALERT = "quality.inspection", "quality.alert"
PLACE = Place()


class Workshop:
    """A company that inspects its work."""

    def __init__(self, user: servers.TrytonUser) -> None:
        self.user = user
        self.control = self.check("Torque")
        self.open = [self.inspect() for _ in range(SIZE)]

    def check(self, name: str) -> int:
        """Lay down what is inspected; return its id."""
        point = {"name": "torque", "string": "Torque", "type_": "float"}
        within = {"tolerance_lower": 9.5, "tolerance_upper": 10.5}
        points = [["create", [{**point, **within}]]]
        return self.user.make("quality.control", {"name": name, "company": 1, "points": points})

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
    return TrytonSettings(base_url=url, allow_private=True, token=sdk.Secret(key), page_size=10)


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


async def test_a_control_that_is_renamed_is_heard_of(tryton: Any, workshop: Workshop) -> None:
    control = workshop.check("Brakes")
    inspected = workshop.user.make(MODEL, {"control": control, "company": 1})
    origin = {"title": "Worn", "origin": f"{MODEL},{inspected}", "company": 1}
    raised = workshop.user.make(ALERT, origin)
    before = {each: await read(tryton[each]) for each in (Inspection, Nonconformity)}
    workshop.user.act("PUT", f"quality.control/{control}", {"name": "Brake test"})
    renamed = sdk.Ref.term("WorkProcess", "control", "Brake test")
    for each, id_ in ((Inspection, inspected), (Nonconformity, raised)):
        after = await read(tryton[each], before[each].checkpoint)
        assert renamed == after.records[str(id_)].process


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


class Office:
    """Changes inspections and alerts one by one."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.user = workshop.user
        self._numbers = count()

    def inspect(self, _: int) -> str:
        return str(self.workshop.inspect())

    def reassign(self, id_: str) -> None:
        control = self.workshop.check(f"Torque {next(self._numbers)}")
        self.user.act("PUT", f"{MODEL}/{id_}", {"control": control})

    def alert(self, number: int) -> str:
        origin = f"{MODEL},{self.workshop.open[-1]}"
        said = {"title": f"Loose bolt {number}", "origin": origin, "company": 1}
        return str(self.user.make(ALERT, said))

    def retitle(self, id_: str) -> None:
        self.user.act("PUT", f"{ALERT}/{id_}", {"title": f"Bolt {next(self._numbers)}"})

    def hand(self, model: str, make: Any, update: Any) -> Hand:
        """Return the hand for a model; the server refuses records that cannot be read."""
        added = Added(make)

        def delete(id_: str) -> None:
            self.user.act("DELETE", f"{model}/{id_}")
            added.forget(id_)

        return Hand(add=added, update=update, delete=delete)


@pytest.fixture(scope="module", autouse=True)
def upstream(running: tuple[servers.Server, Workshop]) -> None:
    """Let the laws find the server."""
    server, workshop = running
    office = Office(workshop)
    PLACE.upstream = Upstream(
        application=Proxy(server.url),
        settings=settings(server.url, workshop.user.key),
        hands={
            Inspection: office.hand(MODEL, office.inspect, office.reassign),
            Nonconformity: office.hand(ALERT, office.alert, office.retitle),
        },
        spread=False,
    )


TestTryton = conformance(TrytonQuality, PLACE, live=True)
