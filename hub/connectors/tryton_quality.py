"""Tryton 8.2, quality: inspections of work and the alerts they raise, over its REST interface.

Source: trytond 8.2.1 and its quality module, `protocols/rest.py` and `quality.py` (read and run
2026-11-24). Moments are JSON objects, naive, in UTC. Ids are Tryton's integers as text.

- `write_date` is null until the first update: what is new shows in `create_date` alone, so changes
  are asked for by either. Both tell when the transaction began, so a window is read again.
- A list goes by id and goes on after the last id: what changes meanwhile shifts nothing.
- A deletion is silent.
- A field that a model has not is an answer 500. `Range` ends are exclusive, and a range beyond the
  end is an answer 416; neither is used here.
- A person finds a record in the web client, under `#`, the database and `model`.
- Processes and units are not known to Tryton; the name of a control stands for both. An alert has
  that of the inspection that raised it, which it may lack. Whoever renames a control, or gives an
  inspection another, writes neither inspection nor alert: what stands behind is asked for too.
"""

import json
from abc import abstractmethod
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlencode

from hub import sdk
from hub.models.kinds import NonconformityStatus, SystemKind
from hub.models.quality import Inspection, Nonconformity
from hub.models.record import Sourced

Raw = dict[str, Any]
R = TypeVar("R", bound=Sourced)
PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")
OVERLAP = timedelta(minutes=5)
PASSED = {"pending": None, "passed": True, "failed": False}
STATES = {
    "open": NonconformityStatus.OPEN,
    "processing": NonconformityStatus.IN_ANALYSIS,
    "deferred": NonconformityStatus.IN_ACTION,
    "resolved": NonconformityStatus.CLOSED,
}


def moment(said: Raw) -> datetime:
    """Return a moment (UTC) that Tryton tells as a typed object."""
    return datetime(**{part: int(said[part]) for part in PARTS}, tzinfo=UTC)


def typed(at: datetime) -> Raw:
    """Return a moment as Tryton wants to hear it."""
    utc = at.astimezone(UTC)
    return {"__class__": "datetime", **{part: getattr(utc, part) for part in PARTS}}


def changed_at(raw: Raw) -> datetime:
    """Return when a record was last written; when it was made, if never since."""
    return moment(raw["write_date"] or raw["create_date"])


def inspection_of(alert: Raw) -> str | None:
    """Return the id of the inspection that raised an alert, if one did."""
    model, _, id_ = (alert["origin"] or "").partition(",")
    return id_ if model == "quality.inspection" and id_.isdecimal() else None


def to_inspection(raw: Raw) -> Inspection:
    processed_at, by = raw["processed_at"], raw["processed_by"]
    return Inspection(
        id=str(raw["id"]),
        number=raw["number"],
        passed=sdk.word(raw, "state", PASSED),
        inspected_at=moment(processed_at) if processed_at else None,
        performed_by=sdk.Ref.employee_number(by["party"]["code"]) if by else None,
        process=sdk.Ref.term("WorkProcess", "control", raw["control"]["name"]),
        unit=sdk.Ref.term("OrganisationUnit", "control", raw["control"]["name"]),
        changed_at=changed_at(raw),
    )


def to_nonconformity(raw: Raw) -> Nonconformity:
    """Map an alert, with the name of the control of its inspection under `control`."""
    control, inspection = raw["control"], inspection_of(raw)
    return Nonconformity(
        id=str(raw["id"]),
        number=raw["number"],
        title=raw["title"] or raw["number"],
        status=sdk.word(raw, "state", STATES),
        raised_at=moment(raw["create_date"]),
        closed_at=changed_at(raw) if raw["state"] == "resolved" else None,
        process=sdk.Ref.term("WorkProcess", "control", control) if control else None,
        unit=sdk.Ref.term("OrganisationUnit", "control", control) if control else None,
        causes=(raw["description"],) if raw["description"] else (),
        inspection=sdk.Ref.external("Inspection", inspection) if inspection else None,
        changed_at=changed_at(raw),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrytonSettings(sdk.Settings):
    """A database of a Tryton server."""

    token: sdk.Secret
    page_size: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Records that those of a model tell something of.

    Attributes:
        path: Which relations lead there.
        model: What stands there.
        among: Model that the first of the relations leads to, where that may be one of several.
    """

    path: str
    model: str
    among: str | None = None

    def written(self, at: Raw) -> list[Any]:
        """Return what asks for records behind which something was written since a moment."""
        clause = [f"{self.path}.write_date", ">=", at]
        return [*clause, self.among] if self.among else clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(sdk.Mark):
    """Where a reading stands.

    Attributes:
        since: Only what changed since this moment is read.
        until: Newest change when the reading began; what changes meanwhile comes with the next.
        after: The last id met.
        ended: Whether that was the end.
    """

    since: str | None = None
    until: str | None = None
    after: int = 0
    ended: bool = False

    def begun(self, newest: datetime | None) -> "Mark":
        """Return where a new reading begins."""
        return Mark(since=self.until, until=newest.isoformat() if newest else self.until)

    def moved(self, rows: Sequence[Raw], size: int) -> "Mark":
        """Return the mark after a page, the last one when it is not full."""
        after = rows[-1]["id"] if rows else self.after
        return replace(self, after=after, ended=len(rows) < size)

    def domain(self, behind: Sequence[Behind] = ()) -> list[Any]:
        """Return what asks for the rest, also where only something behind it was written."""
        rest: list[Any] = [["id", ">", self.after]]
        if self.since is None:
            return rest
        at = typed(datetime.fromisoformat(self.since) - OVERLAP)
        own = (["write_date", ">=", at], ["create_date", ">=", at])
        return [*rest, ["OR", *own, *(each.written(at) for each in behind)]]


class Records(sdk.Resource[TrytonSettings], sdk.Pulls[R], sdk.Fetches[R], sdk.Sweeps[R]):
    """The records of one model."""

    max_batch = 100
    model: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]
    behind: ClassVar[tuple[Behind, ...]]

    @abstractmethod
    async def records(self, rows: list[Raw]) -> list[R]:
        """Return what rows of the model say."""

    def shown(self, record: R) -> R:
        """Return a record with the place where a person finds it."""
        host, _, database = self.settings.base_url.rstrip("/").rpartition("/")
        return replace(record, external_url=f"{host}/#{database}/model/{self.model}/{record.id}")

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[R]]:
        mark = Mark.read(since)
        if since is None or mark.ended:
            mark = mark.begun(await self._newest())
        while not mark.ended:
            rows = await self.listed(self.model, mark.domain(self.behind), self.fields)
            mark = sdk.onward(mark, mark.moved(rows, self.settings.page_size))
            yield sdk.Page(await self.records(rows), mark.text())

    async def fetch(self, ids: Sequence[str]) -> list[R]:
        numbers = [int(id_) for id_ in ids if id_.isdecimal()]
        return await self.records(await self.named(self.model, numbers, self.fields))

    async def sweep(self) -> AsyncIterator[list[str]]:
        mark = Mark()
        while not mark.ended:
            rows = await self.listed(self.model, mark.domain(), ("id",))
            mark = sdk.onward(mark, mark.moved(rows, self.settings.page_size))
            yield [str(row["id"]) for row in rows]

    async def named(self, model: str, ids: Sequence[int], fields: Sequence[str]) -> list[Raw]:
        """Return the rows of a model that have these ids."""
        domain = [["id", "in", list(ids)]]
        return await self.listed(model, domain, fields, size=len(ids)) if ids else []

    async def listed(
        self,
        model: str,
        domain: list[Any],
        fields: Sequence[str],
        *,
        order: tuple[str, str] = ("id", "ASC"),
        size: int | None = None,
    ) -> list[Raw]:
        """Return the first rows of a model that satisfy a domain, a page unless told otherwise."""
        query = {
            "d": _encoded(domain),
            "o": _encoded([order]),
            "s": str(size or self.settings.page_size),
            "f": list(fields),
        }
        return sdk.rows(await self.http.get(f"/rest/model/{model}?{urlencode(query, doseq=True)}"))

    async def _newest(self) -> datetime | None:
        """Return when a record, or one behind it, was last written, or a record made."""
        dates = [(self.model, "create_date"), (self.model, "write_date")]
        dates += [(each.model, "write_date") for each in self.behind]
        found = []
        for model, date in dates:
            known = [[date, "!=", None]]
            rows = await self.listed(model, known, (date,), order=(date, "DESC"), size=1)
            found += [moment(row[date]) for row in rows]
        return max(found, default=None)


def _encoded(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


class Inspections(Records[Inspection]):
    model = "quality.inspection"
    fields = (
        "number",
        "state",
        "control.name",
        "processed_at",
        "processed_by.party.code",
        "create_date",
        "write_date",
    )
    behind = (
        Behind(path="control", model="quality.control"),
        Behind(path="processed_by.party", model="party.party"),
    )

    async def records(self, rows: list[Raw]) -> list[Inspection]:
        return self.map(lambda row: self.shown(to_inspection(row)), rows)


class Nonconformities(Records[Nonconformity]):
    model = "quality.alert"
    fields = ("number", "title", "description", "origin", "state", "create_date", "write_date")
    behind = (
        Behind(path="origin", model="quality.inspection", among="quality.inspection"),
        Behind(path="origin.control", model="quality.control", among="quality.inspection"),
    )

    async def records(self, rows: list[Raw]) -> list[Nonconformity]:
        """Return what alerts say, after one more request for the controls of their inspections."""
        origins = {int(of) for row in rows if (of := inspection_of(row)) is not None}
        told = await self.named("quality.inspection", sorted(origins), ("control.name",))
        controls = {str(row["id"]): row["control"]["name"] for row in told}
        return self.map(
            lambda row: self.shown(to_nonconformity(row)),
            [{**row, "control": controls.get(inspection_of(row) or "")} for row in rows],
        )


class TrytonQuality(sdk.Connector[TrytonSettings]):
    name = "tryton-quality"
    kind = SystemKind.QMS
    resources = (Inspections, Nonconformities)
    limits = sdk.Limits(per_second=20, concurrent=2)

    def auth(self) -> sdk.Auth:
        return sdk.bearer(self.settings.token)

    async def ping(self) -> None:
        await self.http.get("/rest/model/quality.control", {"s": "1"})
