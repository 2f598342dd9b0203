"""The migration tool, set up for these steps."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine

from hub.store.migrations import HERE, head


def configured(connection: Connection) -> Config:
    """Return the settings of the tool, for a connection that is open."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade_to_head(connection: Connection) -> None:
    """Take every step that the database has not taken."""
    command.upgrade(configured(connection), "head")


def write(message: str) -> None:
    """Write the next step from the difference between the models and the steps so far."""
    with create_engine("sqlite://").begin() as connection:
        upgrade_to_head(connection)
        number = f"{int(head()) + 1:04}"
        command.revision(configured(connection), message, autogenerate=True, rev_id=number)
