"""What was worked out of the mirror, remembered for as long as it stands.

It stands while no table that it was read from was written to: each result is kept with the epochs
of these tables, and is worked out anew once one of them has moved. So whatever is remembered is
what reading again would give. What depends on more than the mirror (a moment, a viewer) has all of
that in its key.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from hub.store import Asks, Rows, Snapshot, tables_in

MOST = 100_000  # rows or the like; some fifty megabytes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A result, the tables it was read from with their epoch then, and how much it holds."""

    result: Any
    tables: frozenset[str]
    epoch: int
    weight: int


class Memory:
    """Results by key, for one store; those used least recently go when they become too many.

    Looking one up costs the number of tables that it was read from.
    """

    def __init__(self, most: int = MOST) -> None:
        """Begin with nothing; `most`: what all that is kept may weigh."""
        self._most = most
        self._weight = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    async def recall(
        self,
        key: Hashable,
        snapshot: Snapshot,
        work: Callable[[Asks], Awaitable[T]],
        *,
        weight: Callable[[T], int] = lambda _: 1,
    ) -> T:
        """Return what `work` gives, from memory where that still stands.

        Args:
            key: Names the work, and all that decides its result besides the mirror.
            snapshot: The mirror as the caller sees it.
            work: Reads it, through what it is given alone.
            weight: How much a result holds, in rows; what weighs more than all may is not kept.
        """
        kept = self._kept.get(key)
        if kept is not None and kept.epoch == snapshot.epoch(*kept.tables):
            self._kept.move_to_end(key)
            found: T = kept.result
            return found
        watched = Watched(snapshot)
        result = await work(watched)
        tables = frozenset(watched.tables)
        self._keep(key, Kept(result, tables, snapshot.epoch(*tables), weight(result)))
        return result

    def _keep(self, key: Hashable, new: Kept) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self._weight -= old.weight
        if new.weight > self._most or not new.tables:
            return
        self._kept[key] = new
        self._weight += new.weight
        while self._weight > self._most:
            _, gone = self._kept.popitem(last=False)
            self._weight -= gone.weight


class Watched:
    """A snapshot that notes which tables it is asked about.

    Attributes:
        tables: Their names.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.tables: set[str] = set()

    async def rows(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a statement."""
        self.tables |= tables_in(statement)
        return await self._snapshot.rows(statement, parameters)
