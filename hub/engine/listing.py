"""Which records a list holds: one statement for all parents of a level, and one for their counts.

Cost: the page statement reads the rows that belong to the parents and sorts them per parent; the
count is asked only where it is selected.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub.engine.ids import cursor, read_cursor
from hub.engine.origins import Bind, Children, Table
from hub.errors import InputError, LimitError
from hub.policy import Condition, Viewer
from hub.store import Asks, listed, text_of

MOST = 100
PARENTS = "parents"
MEMBERS = (
    "(SELECT json_extract(value, '$[0]') AS value, json_extract(value, '$[1]') AS member"
    f" FROM {listed(PARENTS)}) AS json_each"
)


def times(now: datetime) -> dict[str, str]:
    """Return the parameters by which statements know the time."""
    return {"now": text_of(now), "today": now.date().isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which part of a list is asked for.

    Attributes:
        count: How many at most.
        backwards: From the end.
        after: Cursor that it begins after (that it ends before, when backwards).
    """

    count: int
    backwards: bool = False
    after: str | None = None

    @classmethod
    def read(cls, arguments: Mapping[str, Any]) -> "Slice":
        """Return the slice that the arguments of a connection ask for.

        Raises:
            LimitError: neither `first` nor `last`, or more than 100.
            InputError: both, or a cursor of the other direction.
        """
        first, last = arguments.get("first"), arguments.get("last")
        if first is not None and last is not None:
            raise InputError("Give first or last, not both.")
        count = last if first is None else first
        if count is None or not 0 <= count <= MOST:
            raise LimitError(
                f"Give first or last, from 0 to {MOST}; go on with after: pageInfo.endCursor.",
                limit="PAGE",
            )
        backwards = first is None
        wrong = arguments.get("after" if backwards else "before")
        if wrong is not None:
            raise InputError("Use after with first, and before with last.")
        after = arguments.get("before" if backwards else "after")
        return cls(count=count, backwards=backwards, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Part of a list of one parent.

    Attributes:
        ids: Hub ids in order.
        cursors: The cursor of each.
        more: Whether there is more in the direction of reading.
        begun: Whether it began at a cursor.
        backwards: Whether it was read from the end.
    """

    ids: list[str]
    cursors: list[str]
    more: bool = False
    begun: bool = False
    backwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list, for all parents of a level.

    Attributes:
        children: How it is declared.
        table: Where its records stand.
        viewer: With whose eyes.
        policy: Which of them the viewer may see.
        arguments: The arguments of the field.
        now: The moment that it is asked of: `:now`, and `:today` its day.
    """

    children: Children
    table: Table
    viewer: Viewer
    policy: Condition
    arguments: Mapping[str, Any]
    now: datetime

    def order(self) -> tuple[tuple[str, bool], ...]:
        """Return what the list is ordered by, up or down, its id last."""
        named = dict.fromkeys(self.arguments.get("orderBy") or ())  # once is enough
        chosen = [part for each in named for part in self.children.orders[each].by]
        return (*(chosen or self.children.order.by), ("r.id", False))

    def conditions(self, bind: Bind) -> str:
        """Return what a row must fulfil to be in the list."""
        parts = [self.table.condition, self.policy.on("r")]
        bind.values |= {**self.policy.parameters, **times(self.now)}
        filters: list[tuple[Mapping[str, Any], Any]] = [
            (
                self.children.where,
                {**self.children.defaults, **(self.arguments.get("where") or {})},
            ),
            (self.children.narrowed, self.arguments),
        ]
        for meanings, values in filters:
            for name, meaning in meanings.items():
                if values.get(name) is not None:
                    parts.append(meaning(values[name], bind))
        return " AND ".join(f"({part})" for part in parts if part != "1 = 1") or "1 = 1"

    def source(self) -> str:
        """Return the rows with their parents."""
        if self.children.members:
            return f"{MEMBERS} JOIN {self.table.name} r ON r.id = json_each.member"
        on = self.children.on.format(parent="json_each.value")
        return f"{listed(PARENTS)} JOIN {self.table.name} r ON {on}"

    def _told(self, parents: Sequence[str]) -> list[Any]:
        """Return the parents as the statement takes them: by place, where they are lists."""
        if not self.children.members:
            return list(parents)
        return [[str(place), id_] for place, ids in enumerate(parents) for id_ in json.loads(ids)]

    def _named(self, parents: Sequence[str], told: str) -> str:
        return parents[int(told)] if self.children.members else told

    async def counts(self, asks: Asks, parents: Sequence[str]) -> dict[str, int]:
        """Return how many records each parent has."""
        bind = Bind(self.now, self.viewer)
        statement = (
            f"SELECT json_each.value, COUNT(*) FROM {self.source()}"
            f" WHERE {self.conditions(bind)} GROUP BY json_each.value"
        )
        rows = await asks.rows(statement, {**bind.values, PARENTS: self._told(parents)})
        return {self._named(parents, told): count for told, count in rows}

    async def pages(
        self, asks: Asks, parents: Sequence[str], part: Slice | None
    ) -> dict[str, Page]:
        """Return the records of each parent that has some; all of them where no part is asked."""
        bind, order = Bind(self.now, self.viewer), self.order()
        condition = self.conditions(bind)
        if part and part.after is not None:
            condition = f"{condition} AND ({_beyond(order, part, bind)})"
        sorted_by = ", ".join(
            f"{text} {'DESC' if down != bool(part and part.backwards) else 'ASC'}"
            for text, down in order
        )
        columns = ", ".join(f"{text} AS o{number}" for number, (text, _) in enumerate(order))
        inner = (
            f"SELECT json_each.value AS parent, {columns}, ROW_NUMBER() OVER"
            f" (PARTITION BY json_each.value ORDER BY {sorted_by}) AS place"
            f" FROM {self.source()} WHERE {condition}"
        )
        names = ", ".join(f"o{number}" for number in range(len(order)))
        bound = f" WHERE place <= {bind(part.count + 1)}" if part else ""
        statement = (
            f"SELECT parent, {names} FROM ({inner}) AS numbered{bound} ORDER BY parent, place"
        )
        found: dict[str, list[Sequence[Any]]] = {}
        for told, *values in await asks.rows(
            statement, {**bind.values, PARENTS: self._told(parents)}
        ):
            found.setdefault(self._named(parents, told), []).append(values)
        return {parent: _page(rows, part) for parent, rows in found.items()}


def _page(rows: list[Sequence[Any]], part: Slice | None) -> Page:
    more = part is not None and len(rows) > part.count
    kept = rows[: part.count] if part else rows
    if part and part.backwards:
        kept = kept[::-1]
    return Page(
        ids=[row[-1] for row in kept],
        cursors=[cursor(row) for row in kept],
        more=more,
        begun=bool(part and part.after),
        backwards=bool(part and part.backwards),
    )


def _beyond(order: Sequence[tuple[str, bool]], part: Slice, bind: Bind) -> str:
    """Return the condition that a row comes after the cursor: smaller or larger, key by key."""
    values = read_cursor(part.after or "", len(order))
    names = [bind(value) for value in values]
    cases = []
    for place, (text, down) in enumerate(order):
        same = [f"{each} = {names[number]}" for number, (each, _) in enumerate(order[:place])]
        sign = "<" if down != part.backwards else ">"
        cases.append(" AND ".join([*same, f"{text} {sign} {names[place]}"]))
    return " OR ".join(f"({case})" for case in cases)
