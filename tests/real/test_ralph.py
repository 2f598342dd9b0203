"""The xAPI connector against Ralph."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from hub import sdk
from hub.connectors.xapi import VOIDED, Xapi, XapiSettings
from hub.errors import AuthError
from hub.models.kinds import LearningStatus
from hub.models.learning import LearningRecord
from hub.sdk.testing import Hand, Upstream, conformance
from tests.connectors.conftest import read
from tests.real import servers
from tests.real.proxy import Added, Place, Proxy, moment

pytestmark = pytest.mark.real
SIZE = 25
BEGAN = datetime.now(UTC) - timedelta(days=100)
PLACE = Place()


def id_of(number: int) -> str:
    return str(UUID(int=number, version=4))


def statement(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": id_of(number),
        "actor": {"account": {"homePage": "https://hr.example.org", "name": f"E-{number:03}"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"},
        "object": {"id": "https://lms.example.org/course/forklift"},
        "timestamp": (BEGAN + timedelta(hours=number)).isoformat(),
        **more,
    }


class Store:
    """A store that was filled by HTTP; what comes later is written to its file.

    Ralph takes a batch by HTTP only as long as it has no file.
    """

    def __init__(self, server: servers.Server, file: Path) -> None:
        self.url = server.url
        self._file = file
        self._stored = 1000
        answer = httpx.post(
            f"{server.url}/statements",
            headers={**server.headers, "X-Experience-API-Version": "1.0.3"},
            json=[statement(number) for number in range(SIZE)],
        )
        answer.raise_for_status()

    def store(self, said: dict[str, Any]) -> None:
        """Store a statement."""
        whole = {"stored": datetime.now(UTC).isoformat(), "version": "1.0.0", **said}
        with self._file.open("a") as lines:
            lines.write(json.dumps(whole) + "\n")

    def add(self, number: int) -> str:
        """Store a statement of two days after the last; return its id."""
        self._stored += 1
        at = moment(number).isoformat()
        self.store(statement(self._stored, timestamp=at, stored=at))
        return id_of(self._stored)

    def void(self, id_: str) -> None:
        """Store that a statement does not hold."""
        self._stored += 1
        target = {"objectType": "StatementRef", "id": id_}
        now = datetime.now(UTC).isoformat()
        verb = {"id": VOIDED}
        self.store(statement(self._stored, verb=verb, object=target, timestamp=now))

    def spoil(self, id_: str) -> None:
        """Change what stands in the file, which Ralph itself never does."""
        lines = [json.loads(line) for line in self._file.read_text().splitlines()]
        for each in lines:
            if each["id"] == id_:
                each["verb"] = {"id": "http://verbs.example.org/unknown"}
        self._file.write_text("".join(json.dumps(each) + "\n" for each in lines))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with servers.ralph(tmp_path_factory.mktemp("ralph")) as (server, file):
        yield Store(server, file)


def settings(url: str, password: str = servers.SECRET) -> XapiSettings:
    return XapiSettings(
        base_url=url,
        allow_private=True,
        user="hub",
        password=sdk.Secret(password),
        page_size=10,
    )


@pytest.fixture
async def learning(store: Store) -> Any:
    async with sdk.opened(Xapi, settings(store.url)) as connector:
        yield connector[LearningRecord]


async def test_statements_are_read_to_the_last_page(learning: Any) -> None:
    reading = await read(learning)
    assert {id_of(number) for number in range(SIZE)} == reading.ids
    assert {} == reading.rejected
    said = reading.records[id_of(3)]
    assert LearningStatus.PASSED is said.status
    assert sdk.Ref.employee_number("E-003") == said.person


async def test_what_is_stored_later_comes_and_what_is_voided_goes(
    learning: Any, store: Store
) -> None:
    first = await read(learning)
    store.store(statement(30, timestamp=datetime.now(UTC).isoformat()))
    target = {"objectType": "StatementRef", "id": id_of(3)}
    verb, now = {"id": VOIDED}, datetime.now(UTC).isoformat()
    store.store(statement(31, verb=verb, object=target, timestamp=now))
    second = await read(learning, first.checkpoint)
    assert id_of(30) in second.ids
    assert [id_of(3)] == second.deleted
    assert id_of(3) not in (await read(learning)).ids


async def test_only_what_exists_is_fetched(learning: Any) -> None:
    found = await learning.fetch([id_of(7), "nobody", id_of(900)])
    assert [id_of(7)] == [each.id for each in found]


async def test_a_wrong_password_is_refused(store: Store) -> None:
    async with sdk.opened(Xapi, settings(store.url, "wrong")) as connector:
        with pytest.raises(AuthError):
            await read(connector[LearningRecord])


@pytest.fixture(scope="module", autouse=True)
def upstream(store: Store) -> None:
    """Let the laws find the server."""
    added = Added(store.add)

    def gone(act: Any) -> Any:
        def acting(id_: str) -> None:
            act(id_)
            added.forget(id_)

        return acting

    hand = Hand(add=added, delete=gone(store.void), spoil=gone(store.spoil))
    PLACE.upstream = Upstream(
        application=Proxy(store.url), settings=settings(store.url), hands={LearningRecord: hand}
    )


class TestRalph(conformance(Xapi, PLACE, live=True)):  # type: ignore[misc]  # made at run time
    @pytest.mark.xfail(reason="Ralph tells a voided statement to whoever has its id", strict=True)
    def test_learning_record_what_changed_is_fetched_as_it_is(self) -> None:
        super().test_learning_record_what_changed_is_fetched_as_it_is()
