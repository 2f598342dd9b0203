"""A system of people in this process, read page by page, that can fail at a chosen moment."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from hub import sdk
from hub.errors import ExpiredError, UnavailableError
from hub.models.kinds import SystemKind
from hub.models.person import Person
from hub.store import Origin

HR = Origin(key="hr", kind=SystemKind.HRIS)
SIZE = 2


class KilledError(BaseException):
    """The process ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(sdk.Mark):
    """Where a reading stands: in the list of all, and after it in the log of changes."""

    log: int | None = None
    after: str = ""
    listed: bool = False


@dataclass
class People(sdk.Pulls[Person]):
    """Who is there, and a log of what was done to them.

    Attributes:
        fails_at: Page, counted from 0 in each reading, at which it is down.
        fetched: Pages given, over all readings.
        forgets: Number of changes before which the log was thrown away.
    """

    record: ClassVar[type[Person]] = Person
    stream: ClassVar[str] = "person"
    there: dict[str, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    fails_at: int | None = None
    fetched: int = 0
    forgets: int = 0

    def write(self, id_: str, name: str | None) -> None:
        """Change a person, or delete them."""
        if name is not None:
            self.there[id_] = name
        elif self.there.pop(id_, None) is None:
            return
        self.log.append(id_)

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[Person]]:
        mark, pages = Mark.read(since), 0
        if mark.log is None:
            mark = Mark(log=len(self.log))
        ended = False
        while not ended:
            if pages == self.fails_at:
                raise UnavailableError("down")
            if mark.listed and (mark.log or 0) < self.forgets:
                raise ExpiredError("thrown away")
            mark, page = self._listed(mark) if not mark.listed else self._changed(mark)
            ended = mark.listed and mark.log == len(self.log)
            pages, self.fetched = pages + 1, self.fetched + 1
            yield page

    def _listed(self, mark: Mark) -> tuple[Mark, sdk.Page[Person]]:
        ids = [id_ for id_ in sorted(self.there) if id_ > mark.after][:SIZE]
        last = len(ids) < SIZE
        mark = Mark(log=mark.log, after=ids[-1] if ids else mark.after, listed=last)
        return mark, sdk.Page([self.person(id_) for id_ in ids], mark.text())

    def _changed(self, mark: Mark) -> tuple[Mark, sdk.Page[Person]]:
        begin = mark.log or 0
        ids = dict.fromkeys(self.log[begin : begin + SIZE])
        mark = Mark(log=min(begin + SIZE, len(self.log)), listed=True)
        there = [self.person(id_) for id_ in ids if id_ in self.there]
        gone = [id_ for id_ in ids if id_ not in self.there]
        return mark, sdk.Page(there, mark.text(), deleted=gone)

    def person(self, id_: str) -> Person:
        """Return a person as a record."""
        return Person(id=id_, display_name=self.there[id_], employee_number=id_)


@dataclass
class Silent(People, sdk.Sweeps[Person], sdk.Fetches[Person]):
    """The same, but it says nothing of who is gone; its list of ids may lack some."""

    max_batch: ClassVar[int] = 3
    hides: set[str] = field(default_factory=set)

    def _changed(self, mark: Mark) -> tuple[Mark, sdk.Page[Person]]:
        mark, page = super()._changed(mark)
        return mark, sdk.Page(page.records, mark.text())

    async def sweep(self) -> AsyncIterator[Sequence[str]]:
        for id_ in sorted(self.there.keys() - self.hides):
            yield [id_]

    async def fetch(self, ids: Sequence[str]) -> list[Person]:
        assert len(ids) <= self.max_batch
        return [self.person(id_) for id_ in ids if id_ in self.there]


class Dying:
    """Notes what a page touched; dies at a chosen page, before or after it is stored."""

    def __init__(self) -> None:
        self.dies_at: int | None = None
        self.seen = 0
        self.touched: list[str] = []

    async def __call__(self, tx: Any, changes: Sequence[Any]) -> None:
        if self.seen == self.dies_at:
            raise KilledError
        self.seen += 1
        await tx.touch("Person", [each.id for each in changes])
