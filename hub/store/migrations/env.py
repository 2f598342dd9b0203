"""How the migration tool meets the database: on the connection of whoever calls."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

from hub.store.tables import metadata


def rendered(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Return how a column type is written in a migration, which outlives the code of today."""
    plain = item.impl_instance if isinstance(item, TypeDecorator) else item
    return "TEXT" if kind == "type" and isinstance(plain, Text) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    transaction_per_migration=False,
    render_item=rendered,
)
context.run_migrations()
