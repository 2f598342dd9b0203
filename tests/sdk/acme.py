"""Acme Appraise: the goals that people agree on, over its REST API v2.

Source: https://developers.acme-appraise.example/v2 (read 2026-05-02).
Every change has the next number of one sequence. A list holds what changed after a number,
deletions too. Progress runs from 0 to 1, moments are in UTC.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from hub import sdk
from hub.models.appraisal import PerformanceGoal
from hub.models.kinds import SystemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AcmeSettings(sdk.Settings):
    """An account of Acme Appraise."""

    token: sdk.Secret
    page_size: int = 200  # the upstream maximum


def to_goal(raw: dict[str, Any]) -> PerformanceGoal:
    return PerformanceGoal(
        id=sdk.needed(raw, "id"),
        employee=sdk.Ref.employee_number(raw["staff_no"]),
        title=sdk.needed(raw, "title"),
        progress=raw["progress"],
        changed_at=sdk.moment(raw["updated_at"]),
        source_version=sdk.needed(raw, "version"),
        origin=raw["origin"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(sdk.Mark):
    """Number of the last change that was met."""

    after: int = 0


class Goals(
    sdk.Resource[AcmeSettings],
    sdk.Pulls[PerformanceGoal],
    sdk.Fetches[PerformanceGoal],
    sdk.Writes[PerformanceGoal],
):
    max_batch = 50
    writable = {"title": "title", "progress": "progress"}

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[PerformanceGoal]]:
        mark, more = Mark.read(since), True
        while more:
            query = {"after": str(mark.after), "size": str(self.settings.page_size)}
            body = await self.http.get("/goals", query)
            changes, more = sdk.rows(body, "changes"), body["more"]
            if changes:
                mark = sdk.onward(mark, Mark(after=changes[-1]["number"]))
            there = [each["goal"] for each in changes if each["goal"]]
            gone = [each["id"] for each in changes if not each["goal"]]
            yield sdk.Page(self.map(to_goal, there), mark.text(), deleted=gone)

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        wanted = sdk.keys(ids)
        if not wanted:
            return []
        body = await self.http.get("/goals", {"ids": "\n".join(wanted)})
        return self.map(to_goal, sdk.rows(body, "goals"))

    async def write(self, change: sdk.Change[PerformanceGoal]) -> PerformanceGoal:
        body = change.body(self.writable) | {
            "origin": change.origin,
            "version": change.after.source_version,
        }
        path = f"/goals/{change.after.id}"
        return to_goal(await self.http.send("PATCH", path, body, idempotency_key=change.key))


class AcmeAppraise(sdk.Connector[AcmeSettings]):
    name = "acme-appraise"
    kind = SystemKind.APPRAISAL
    resources = (Goals,)
    limits = sdk.Limits(per_second=10, concurrent=4)

    def auth(self) -> sdk.Auth:
        return sdk.bearer(self.settings.token)

    async def ping(self) -> None:
        await self.http.get("/whoami")
