"""A database is laid down when it is new, and refused when it cannot serve."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from hub.errors import ConfigError
from hub.store import Store
from hub.store.migrations import head
from hub.store.migrations.tool import configured, upgrade_to_head
from hub.store.store import check_sqlite
from hub.store.tables import metadata
from tests.conftest import FILE, Clock


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"{FILE}{tmp_path / 'folder' / 'hub.sqlite'}"
    make: Callable[[], str] = request.getfixturevalue("fresh")
    return make()


async def test_a_new_database_is_laid_down_and_found_so_the_next_time(empty: str) -> None:
    for _ in range(2):
        store = await Store.open(empty, now=Clock())
        async with store.snapshot() as snapshot:
            assert [(head(),)] == await snapshot.rows("SELECT version_num FROM alembic_version")
        await store.close()


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    engine = create_engine("sqlite://" if address.startswith(FILE) else address)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def differences(connection: Connection) -> list[object]:
    upgrade_to_head(connection)
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata()))


def test_models_and_migrations_agree(empty: str) -> None:
    with connected(empty) as connection:
        assert [] == differences(connection)


def test_a_migration_can_be_taken_back(empty: str) -> None:
    with connected(empty) as connection:
        upgrade_to_head(connection)
        command.downgrade(configured(connection), "base")
        assert [] == connection.execute(text("SELECT * FROM alembic_version")).all()


async def test_two_that_open_a_new_database_at_once_both_can(empty: str) -> None:
    first = await Store.open(empty, now=Clock())
    second = await Store.open(empty, now=Clock())
    async with second.transaction() as tx:
        await tx.touch("Person", ["a"])
    async with first.snapshot() as snapshot:
        assert 1 == snapshot.epoch("touched")
    await first.close()
    await second.close()


async def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    await (await Store.open(f"{FILE}{tmp_path / 'hub.sqlite'}", now=Clock())).close()
    assert 0o600 == (tmp_path / "hub.sqlite").stat().st_mode & 0o777


async def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"mysql: is not known; use sqlite\+aiosqlite"):
        await Store.open("mysql://nowhere", now=Clock())


def test_a_sqlite_that_is_too_old_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"SQLite 3\.37\.2 is too old: 3\.38\.0 or newer"):
        check_sqlite((3, 37, 2))
    check_sqlite((3, 38, 0))
