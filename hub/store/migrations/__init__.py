"""The steps that bring a database to the tables of today, run by `Store.open`.

`python -m hub.store.migrations "…"` writes the next step.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

HERE = Path(__file__).parent
VERSIONS = "alembic_version"


def head() -> str:
    """Return the number of the last step."""
    return max(step.stem[:4] for step in (HERE / "versions").glob("[0-9]*.py"))


def upgrade(connection: Connection) -> None:
    """Bring the database up to date; nothing is read but its version when it is."""
    if inspect(connection).has_table(VERSIONS):
        reached = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
        if reached == head():
            return
    # only a database that is new or behind pays for loading the tool
    from hub.store.migrations.tool import upgrade_to_head  # noqa: PLC0415

    upgrade_to_head(connection)
