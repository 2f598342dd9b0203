"""The SCIM connector against scim2-server, filled by scim2-client."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest
from scim2_client.client import BaseSyncSCIMClient
from scim2_models import Email, EnterpriseUser, Manager, Name, User

from hub import sdk
from hub.connectors.scim import Scim, ScimSettings
from hub.errors import AuthError
from hub.models.person import Person
from hub.sdk.testing import Hand, Upstream, conformance
from tests.connectors.conftest import read, swept
from tests.real import servers
from tests.real.proxy import Added, Place, Proxy

pytestmark = pytest.mark.real
SIZE = 25
Account = User[EnterpriseUser]
PLACE = Place()


class Client(BaseSyncSCIMClient):
    """A SCIM client that others wrote, over the HTTP library of this project."""

    def __init__(self, client: httpx.Client) -> None:
        super().__init__()
        self.client = client

    def _stays_under_base_url(self, endpoint: str) -> bool:
        return not endpoint.startswith("http")

    def _parse_json(self, response: Any) -> Any:
        return response.json()

    def request(self, method: str, url: str, **kwargs: Any) -> httpx.Response:
        return self.client.request(method, url, **kwargs)


class Directory:
    """A filled directory and the ids that it gave."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.ids: list[str] = []

    def hire(self, number: int) -> None:
        account = Account(
            user_name=f"person{number}",
            external_id=f"X-{number}",
            name=Name(given_name="Person", family_name=str(number)),
            emails=[Email(value=f"person{number}@example.org", type=Email.Type.work)],
        )
        account[EnterpriseUser] = EnterpriseUser(
            employee_number=f"E-{number:03}",
            manager=Manager(value=self.ids[0], ref=None) if self.ids else None,
        )
        made: Any = self.client.create(account)
        self.ids.append(made.id)

    def recruit(self, number: int) -> str:
        """Hire someone under another number than all before; return the id."""
        self.hire(number + 1000 * len(self.ids))
        return self.ids[-1]

    def dismiss(self, id_: str) -> None:
        self.ids.remove(id_)
        self.client.delete(Account, id_)

    def rename(self, id_: str, name: str) -> None:
        account: Any = self.client.query(Account, id_)
        account.display_name = name
        self.client.replace(account)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with servers.scim(tmp_path_factory.mktemp("scim")) as running:
        yield running


@pytest.fixture(scope="module")
def directory(server: servers.Server) -> Iterator[Directory]:
    with httpx.Client(base_url=server.url, headers=dict(server.headers)) as plain:
        client = Client(plain)
        client.discover()
        filled = Directory(client)
        for number in range(SIZE):
            filled.hire(number)
        yield filled


def settings(url: str, token: str = servers.SECRET) -> ScimSettings:
    return ScimSettings(base_url=url, allow_private=True, token=sdk.Secret(token), page_size=10)


@pytest.fixture
async def people(server: servers.Server, directory: Directory) -> Any:
    async with sdk.opened(Scim, settings(server.url)) as connector:
        yield connector[Person]


async def test_everybody_is_read(people: Any, directory: Directory) -> None:
    reading = await read(people)
    assert set(directory.ids) == reading.ids
    assert {} == reading.rejected
    said = reading.records[directory.ids[3]]
    assert ("Person 3", "E-003", "person3@example.org", "X-3") == (
        said.display_name,
        said.employee_number,
        said.work_email,
        said.scim_external_id,
    )
    assert sdk.Ref.external("Person", directory.ids[0]) == said.manager


async def test_a_reading_goes_on_after_its_first_page(people: Any, directory: Directory) -> None:
    async for page in people.pull(None):
        rest = await read(people, page.checkpoint)
        assert set(directory.ids) == {*(each.id for each in page.records), *rest.ids}
        break


async def test_changes_come_and_who_left_is_missing(people: Any, directory: Directory) -> None:
    first = await read(people)
    directory.rename(directory.ids[3], "Renamed")
    directory.hire(SIZE)
    directory.dismiss(directory.ids[5])
    second = await read(people, first.checkpoint)
    assert "Renamed" == second.records[directory.ids[3]].display_name
    assert directory.ids[-1] in second.ids
    assert set(directory.ids) == await swept(people)


async def test_ids_are_fetched_whatever_they_say(people: Any, directory: Directory) -> None:
    odd = ['x" or userName pr', "nobody", "a\\b"]
    found = await people.fetch([*directory.ids[:3], *odd])
    assert set(directory.ids[:3]) == {each.id for each in found}


async def test_a_wrong_token_is_refused(server: servers.Server) -> None:
    async with sdk.opened(Scim, settings(server.url, "wrong")) as connector:
        with pytest.raises(AuthError):
            await read(connector[Person])


@pytest.fixture(scope="module", autouse=True)
def upstream(server: servers.Server, directory: Directory) -> None:
    """Let the laws find the server; it refuses records that cannot be read."""
    added, numbers = Added(directory.recruit), count()

    def delete(id_: str) -> None:
        directory.dismiss(id_)
        added.forget(id_)

    PLACE.upstream = Upstream(
        application=Proxy(server.url),
        settings=settings(server.url),
        hands={
            Person: Hand(
                add=added,
                update=lambda id_: directory.rename(id_, f"Renamed {next(numbers)}"),
                delete=delete,
            )
        },
        spread=False,
    )


TestScimServer = conformance(Scim, PLACE, live=True)
