"""Short ways to tell a store something and to look at what it makes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from hub.models.kinds import QuarantineReason, SystemKind
from hub.models.record import Sourced
from hub.store import Folded, Kept, Origin, Store

SYSTEMS = {
    "hr": SystemKind.HRIS,
    "personnel": SystemKind.IDENTITY,
    "learning": SystemKind.LRS,
    "quality": SystemKind.QMS,
    "planning": SystemKind.PLANNING,
    "appraisal": SystemKind.APPRAISAL,
    "frameworks": SystemKind.FRAMEWORK,
    "hub": SystemKind.HUB,
}


@dataclass(frozen=True)
class Fault:
    """A record that could not be mapped."""

    external_id: str | None
    reason: QuarantineReason = QuarantineReason.MAPPING
    message: str = "date_of_joining: no date"
    raw: Any = None


class Teller:
    """Tells a store what sources say, page by page, and reads its tables."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kept = Kept()

    async def __call__(
        self,
        system: str,
        *records: Sourced,
        of: type[Sourced] | None = None,
        deleted: Iterable[str] = (),
        at: datetime | None = None,
        stream: str = "all",
        **page: Any,
    ) -> Folded:
        """Keep and fold one page in one transaction."""
        source = Origin(key=system, kind=SYSTEMS[system])
        kind = of or type(records[0])
        async with self.store.transaction() as tx:
            self.kept = await tx.keep(
                source,
                stream,
                kind,
                records,
                deleted=deleted,
                fetched_at=at or tx.moment,
                **page,
            )
            return await tx.fold(self.kept.touched)

    async def rows(
        self, statement: str, as_of: datetime | None = None, **parameters: Any
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        async with self.store.snapshot(as_of) as snapshot:
            return await snapshot.rows(statement, parameters)


@pytest.fixture
def tell(store: Store) -> Teller:
    """Tell the store something: `await tell("hr", Person(...), ...)`."""
    return Teller(store)
