"""A world to ask, on each of the two databases, made once for all tests of this room."""

import shutil
from collections.abc import Iterator

import pytest

from tests.conftest import FILE, Databases, _laid_down, _spoken
from tests.engine.world import Asking

SEED = 7


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def asking(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asking]:
    """A world that is asked."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("world") / "hub.sqlite"
        shutil.copy(request.getfixturevalue("template"), path)
        opened = Asking(f"{FILE}{path}", SEED)
        yield opened
        opened.close()
        return
    databases = Databases(request.getfixturevalue("server"))
    address = databases.make()
    _laid_down(_spoken(address))
    opened = Asking(_spoken(address), SEED)
    yield opened
    opened.close()
    databases.drop()
