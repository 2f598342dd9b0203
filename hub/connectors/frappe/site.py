"""What the connectors of a Frappe site share: its settings, its documents, its moments.

Source: https://docs.frappe.io/framework/user/en/api/rest (read 2026-11-24), version 15.

- A document has moments without a zone, in the time zone of the site: a setting. In the hour that
  comes twice a year they run back, so each reading begins more than an hour before the last end.
- A list is in the order of `modified`, then `name`, and goes on after these two, not by a count:
  what is changed meanwhile moves to its end and shifts nothing.
- A deletion leaves a `Deleted Document`. Another document may since bear the name of a deleted one.
  One that is renamed leaves nothing: only a full reading tells.
- A cancelled document (`docstatus` 2) stays in the list; here it counts as gone.
- A list has no child tables.
- A person finds a document in the desk, under `/app` and its doctype in lower case.
"""

import json
from abc import abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from hub import sdk
from hub.models.record import Sourced

Raw = dict[str, Any]
R = TypeVar("R", bound=Sourced)
OVERLAP = timedelta(minutes=65)  # the hour that comes twice, and a little
CANCELLED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FrappeSettings(sdk.Settings):
    """A Frappe site."""

    token: sdk.Secret
    time_zone: str = "UTC"
    page_size: int = 100


def day(text: str) -> date:
    return date.fromisoformat(text)


def day_after(text: str | None) -> date | None:
    """Return the first day after a last day, if there is one."""
    return date.fromisoformat(text) + timedelta(days=1) if text else None


def link(type_: str, name: str | None) -> sdk.Ref | None:
    """Return a relation to another document of the site, if there is one."""
    return sdk.Ref.external(type_, name) if name else None


def own(raw: Raw, zone: ZoneInfo) -> dict[str, Any]:
    """Return what every document says of itself."""
    return {"id": raw["name"], "changed_at": sdk.moment(raw["modified"], zone)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(sdk.Mark):
    """Where a list stands: `modified` and `name` of the last document met.

    Attributes:
        ended: Whether that was the end.
    """

    modified: str | None = None
    name: str = ""
    ended: bool = False

    def before(self) -> "Mark":
        """Return where a new reading begins: at the beginning where no moment can be read."""
        try:
            return Mark(modified=str(datetime.fromisoformat(self.modified or "") - OVERLAP))
        except ValueError:
            return Mark()

    def moved(self, rows: Sequence[Raw], *, ended: bool) -> "Mark":
        """Return the mark after a page."""
        if not rows:
            return replace(self, ended=ended)
        return Mark(modified=rows[-1]["modified"], name=rows[-1]["name"], ended=ended)

    def rest(self) -> dict[str, str]:
        """Return what asks for the documents after this one."""
        if self.modified is None:
            return {}
        either = [["modified", ">", self.modified], ["name", ">", self.name]]
        return {
            "filters": json.dumps([["modified", ">=", self.modified]]),
            "or_filters": json.dumps(either),
        }


class Documents(sdk.Resource[FrappeSettings], sdk.Pulls[R], sdk.Fetches[R]):
    """The documents of one doctype, each a record."""

    max_batch = 50
    doctype: ClassVar[str]

    @abstractmethod
    def mapped(self, raw: Raw, zone: ZoneInfo) -> R:
        """Return what a document says."""

    async def whole(self, rows: list[Raw]) -> list[Raw]:
        """Return documents of a list with what a list does not have."""
        return rows

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[R]]:
        mark = Mark.read(since)
        gone: list[str] = []
        if mark.ended:
            mark = mark.before()
            gone = await self._deleted(mark)
        while not mark.ended:
            rows = await self.listed(self.doctype, mark.rest(), self.settings.page_size)
            ended = len(rows) < self.settings.page_size
            mark = sdk.onward(mark, mark.moved(rows, ended=ended))
            gone += [row["name"] for row in rows if _cancelled(row)]
            yield sdk.Page(await self._records(rows), mark.text(), deleted=gone)
            gone = []

    async def fetch(self, ids: Sequence[str]) -> list[R]:
        return await self._records(await self._named(sdk.keys(ids)))

    async def listed(self, doctype: str, query: Mapping[str, str], limit: int = 0) -> list[Raw]:
        """Return the first documents of a list; without a limit, all of them."""
        whole = {"fields": '["*"]', "order_by": "modified asc, name asc"}
        paged = {**whole, **query, "limit_page_length": str(limit)}
        return sdk.rows(await self.http.get(f"/api/resource/{quote(doctype)}", paged), "data")

    async def _records(self, rows: list[Raw]) -> list[R]:
        zone = ZoneInfo(self.settings.time_zone)
        valid = await self.whole([row for row in rows if not _cancelled(row)])
        return self.map(
            lambda raw: replace(self.mapped(raw, zone), external_url=self._desk(raw["name"])),
            valid,
        )

    def _desk(self, name: str) -> str:
        """Return where a person finds a document of this doctype."""
        doctype = self.doctype.lower().replace(" ", "-")
        return f"{self.settings.base_url.rstrip('/')}/app/{doctype}/{quote(name, safe='')}"

    async def _deleted(self, mark: Mark) -> list[str]:
        """Return the names deleted since, less those that another document bears by now."""
        if mark.modified is None:
            return []
        deleted = [["deleted_doctype", "=", self.doctype], ["creation", ">=", mark.modified]]
        told = await self.listed("Deleted Document", {"filters": json.dumps(deleted)})
        names = sorted({each["deleted_name"] for each in told})
        there = {row["name"] for row in await self._named(names)}
        return [name for name in names if name not in there]

    async def _named(self, names: Sequence[str]) -> list[Raw]:
        if not names:
            return []
        return await self.listed(self.doctype, {"filters": json.dumps([["name", "in", names]])})


def _cancelled(row: Raw) -> bool:
    return row.get("docstatus") == CANCELLED


class Frappe(sdk.Connector[FrappeSettings]):
    """A Frappe site."""

    limits = sdk.Limits(per_second=20, concurrent=4)

    def auth(self) -> sdk.Auth:
        return sdk.header("Authorization", "token", self.settings.token)

    async def ping(self) -> None:
        await self.http.get("/api/method/frappe.auth.get_logged_user")
