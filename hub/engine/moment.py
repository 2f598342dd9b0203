"""The mirror at another moment, with what follows from it derived anew where it is asked for.

Derived are only the rows that a statement looks at: those about some people, about those of whom
something is asked, about planned work, or rows whose ids are at hand. A statement that does not say
so looks at those of the whole organisation. What was derived is remembered (`hub.engine.memory`).
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub.engine.memory import Memory
from hub.models.record import Nature
from hub.store import Asks, Rows, Snapshot, among, concept, concepts, tables_in
from hub.store.past import holding

Derived = Mapping[str, list[list[Any]]]
"""For each table of what is derived, its rows at a moment, in order of its columns."""

DERIVED = frozenset(
    each.table for each in concepts().values() if each.description.nature is Nature.DERIVED
)


@dataclass(frozen=True, slots=True)
class About:
    """Which derived rows are looked at.

    Attributes:
        concept: Person, CompetenceRequirement or WorkAssignment: rows about these; the name of
            something derived: these rows themselves.
        ids: Their hub ids.
    """

    concept: str
    ids: frozenset[str]


Derive = Callable[[Asks, datetime, About | None, AbstractSet[str]], Awaitable[Derived]]
"""Gives, at a moment, at least the rows of some tables that are about something; None: all."""


@dataclass(frozen=True, slots=True)
class Held:
    """Derived rows of one table, as statements are given them.

    Attributes:
        text: The rows as JSON.
        ids: Their ids.
    """

    text: str
    ids: frozenset[str]


Tables = Mapping[str, Held]


class Moment:
    """The mirror at one moment, for one question.

    Cost of a statement: what deriving costs for those it looks at, when that was not remembered,
    and reading their rows.
    """

    def __init__(
        self, snapshot: Snapshot, as_of: datetime, now: datetime, derive: Derive, memory: Memory
    ) -> None:
        self._present = snapshot
        # of what is to come, nothing else is known than now
        self._snapshot = snapshot if as_of >= now else snapshot.at(as_of)
        self._as_of = as_of
        self._derive = derive
        self._memory = memory
        self._known: dict[About | None, Tables] = {}

    async def rows(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a statement, as they would have been."""
        return await self.rows_about(None, statement, parameters)

    def about(self, about: About) -> Asks:
        """Return where statements are asked that look at no derived rows but these."""
        return Part(self, about)

    async def rows_about(
        self, about: About | None, statement: str, parameters: Mapping[str, Any] | None
    ) -> Rows:
        """Return the rows of a statement that looks at no derived rows but those of `about`."""
        named = DERIVED & tables_in(statement)
        values = dict(parameters or {})
        if named:
            held = await self._held(about, named)
            statement, texts = holding(statement, {name: held[name].text for name in sorted(named)})
            values |= texts
        return await self._snapshot.rows(statement, values)

    async def _held(self, about: About | None, named: frozenset[str]) -> Tables:
        """Return derived rows, of this question's so far where they suffice."""
        if about is not None and concept(about.concept).table in DERIVED:
            table = concept(about.concept).table
            for known in self._known.values():
                if named <= known.keys() and about.ids <= known[table].ids:
                    return known
            about = await self._whose(table, about.ids)
        known = self._known.get(about, {})
        if not named <= known.keys():
            known = {**known, **await self._derived(about, named)}
            self._known[about] = known
        return known

    async def _whose(self, table: str, ids: Iterable[str]) -> About | None:
        """Return whom rows are about, as they stand at present; None where not all do."""
        rows = await self._present.rows(
            f"SELECT id, person_id FROM {table} WHERE {among('id', 'ids')}", {"ids": sorted(ids)}
        )
        people: dict[str, str] = dict(rows)
        whole = people.keys() >= set(ids)
        return About("Person", frozenset(people.values())) if whole else None

    async def _derived(self, about: About | None, named: frozenset[str]) -> Tables:
        async def work(asks: Asks) -> Tables:
            found = await self._derive(asks, self._as_of, about, named)
            return {name: _held(found.get(name, [])) for name in named | found.keys()}

        return await self._memory.recall(
            ("derived", self._as_of, about, named), self._snapshot, work, weight=_weight
        )


def _held(rows: list[list[Any]]) -> Held:
    return Held(json.dumps(rows, ensure_ascii=False), frozenset(row[0] for row in rows))


def _weight(tables: Tables) -> int:
    return 1 + sum(len(each.ids) for each in tables.values())


class Part:
    """A moment, asked by who looks at some derived rows only."""

    def __init__(self, moment: Moment, about: About) -> None:
        self._moment = moment
        self._about = about

    async def rows(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a statement, as they would have been."""
        return await self._moment.rows_about(self._about, statement, parameters)
