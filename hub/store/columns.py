"""The few column types of the mirror, the same in both databases."""

from datetime import datetime
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from hub.store.values import moment_of, text_of

TEXT: TypeEngine[Any] = Text().with_variant(Text(collation="C"), "postgresql")


class Utc(TypeDecorator[datetime]):
    """A moment, kept as text of one form, so that text order is time order."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: datetime | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002, fixed by SQLAlchemy
        """Return the text of a moment; text of the one form goes through."""
        return text_of(value) if isinstance(value, datetime) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, fixed by SQLAlchemy
        """Return the moment that the text tells."""
        return None if value is None else moment_of(value)
