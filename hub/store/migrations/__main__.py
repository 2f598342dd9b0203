"""Write the next migration from the difference between models and migrations.

Usage: `python -m hub.store.migrations "Add the grade of a position"`; then read what it wrote.
"""

import sys

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from hub.store.migrations import configured


def main(message: str) -> None:
    """Write the migration `message`."""
    with create_engine("sqlite://").begin() as connection:
        config = configured(connection)
        command.upgrade(config, "head")
        steps = list(ScriptDirectory.from_config(config).walk_revisions())
        command.revision(config, message, autogenerate=True, rev_id=f"{len(steps) + 1:04}")


if __name__ == "__main__":
    main(sys.argv[1])
