"""Frappe HR, appraisal: cycles, appraisals with their ratings, and goals of a Frappe site.

Source: the doctypes Appraisal Cycle, Appraisal, Appraisal KRA and Goal of Frappe HR, version 15
(https://github.com/frappe/hrms, read 2026-11-24). `goal_score` runs from 0 to 5, `progress` from 0
to 100.

- A KRA is a word of the site's own; which competence it stands for is decided in the hub.
- People stand in custom fields with their employee numbers: `custom_employee_number`,
  `custom_reviewer_number`. So do the remark on a rating, `custom_remark` of a row, and what a goal
  weighs, `custom_weightage`, from 0 to 100.
- An appraisal is signed by submitting it, which is its last change unless it is cancelled.
"""

import json
from zoneinfo import ZoneInfo

from hub import sdk
from hub.connectors.frappe.site import Documents, Frappe, Raw, day, link, own
from hub.models.appraisal import Appraisal, AppraisalCycle, CompetenceRating, PerformanceGoal
from hub.models.kinds import AppraisalStatus, SystemKind

SUBMITTED = 1
SCALE = "goal_score 0-5"


def to_cycle(raw: Raw, zone: ZoneInfo) -> AppraisalCycle:
    return AppraisalCycle(
        **own(raw, zone),
        name=raw["cycle_name"],
        starts_on=day(raw["start_date"]),
        ends_on=day(raw["end_date"]),
    )


def to_appraisal(raw: Raw, zone: ZoneInfo) -> Appraisal:
    said = own(raw, zone)
    reviewer = _person(raw.get("custom_reviewer_number"))
    status = _status(raw)
    return Appraisal(
        **said,
        employee=sdk.Ref.employee_number(sdk.needed(raw, "custom_employee_number")),
        reviewer=reviewer,
        cycle=link("AppraisalCycle", raw.get("appraisal_cycle")),
        status=status,
        completed_at=said["changed_at"] if status is AppraisalStatus.CLOSED else None,
        ratings=tuple(_rating(row, reviewer) for row in raw["appraisal_kra"]),
    )


def to_goal(raw: Raw, zone: ZoneInfo) -> PerformanceGoal:
    return PerformanceGoal(
        **own(raw, zone),
        employee=sdk.Ref.employee_number(sdk.needed(raw, "custom_employee_number")),
        cycle=link("AppraisalCycle", raw.get("appraisal_cycle")),
        title=raw["goal_name"],
        weight=_share(raw.get("custom_weightage") or None),
        progress=_share(raw.get("progress")),
        competence=_competence(raw.get("kra")),
    )


def _rating(row: Raw, by: sdk.Ref | None) -> CompetenceRating:
    score = row["goal_score"]
    return CompetenceRating(
        competence=_competence(row["kra"]),
        raw_score=None if score is None else str(score),
        raw_scale=SCALE,
        comment=row.get("custom_remark") or None,
        by=by,
    )


def _status(raw: Raw) -> AppraisalStatus:
    if raw["docstatus"] == SUBMITTED:
        return AppraisalStatus.CLOSED
    rated = any(row["goal_score"] for row in raw["appraisal_kra"])
    return AppraisalStatus.IN_REVIEW if rated else AppraisalStatus.OPEN


def _share(percent: float | None) -> float | None:
    return None if percent is None else float(percent) / 100


def _person(number: str | None) -> sdk.Ref | None:
    return sdk.Ref.employee_number(number) if number else None


def _competence(kra: str | None) -> sdk.Ref | None:
    return sdk.Ref.term("Competence", "kra", kra) if kra else None


class Cycles(Documents[AppraisalCycle]):
    doctype = "Appraisal Cycle"

    def mapped(self, raw: Raw, zone: ZoneInfo) -> AppraisalCycle:
        return to_cycle(raw, zone)


class Appraisals(Documents[Appraisal]):
    doctype = "Appraisal"

    def mapped(self, raw: Raw, zone: ZoneInfo) -> Appraisal:
        return to_appraisal(raw, zone)

    async def whole(self, rows: list[Raw]) -> list[Raw]:
        """Return appraisals with their rows: one more request for all of them."""
        tables: dict[str, list[Raw]] = {row["name"]: [] for row in rows}
        if rows:
            of_these = json.dumps([["parent", "in", list(tables)]])
            query = {"parent": self.doctype, "filters": of_these, "order_by": "parent asc, idx asc"}
            for row in await self.listed("Appraisal KRA", query):
                tables[row["parent"]].append(row)
        return [{**row, "appraisal_kra": tables[row["name"]]} for row in rows]


class Goals(Documents[PerformanceGoal]):
    doctype = "Goal"

    def mapped(self, raw: Raw, zone: ZoneInfo) -> PerformanceGoal:
        return to_goal(raw, zone)


class FrappeAppraisal(Frappe):
    name = "frappe-appraisal"
    kind = SystemKind.APPRAISAL
    resources = (Cycles, Appraisals, Goals)
