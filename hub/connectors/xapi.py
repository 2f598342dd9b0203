"""xAPI 1.0.3: what people learnt, from the statements of a learning record store.

Source: https://github.com/adlnet/xAPI-Spec at 1.0.3, and Ralph 5.1.0 (read and run 2026-11-24).
People are told by an account whose name is their employee number, else by work mail. Scores are
`scaled` (-1 to 1), durations ISO 8601, moments carry their zone.

- `since` is exclusive and means `stored`. Ralph compares `timestamp` instead, so that what was
  learnt offline and stored late is missed: a window is read again, a full reading finds the rest.
- The last page may carry a `more` that leads to an empty one, and a page may stand in any order:
  how far the reading came is only known at its end.
- A statement never changes. One that voids another deletes it. A store leaves the voided one out,
  but Ralph lists it all the same, before or after.
"""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urljoin

from hub import sdk
from hub.models.kinds import LearningStatus, SystemKind
from hub.models.learning import LearningRecord

Raw = dict[str, Any]

VERBS = {
    "http://adlnet.gov/expapi/verbs/registered": LearningStatus.ENROLLED,
    "http://adlnet.gov/expapi/verbs/launched": LearningStatus.IN_PROGRESS,
    "http://adlnet.gov/expapi/verbs/initialized": LearningStatus.IN_PROGRESS,
    "http://adlnet.gov/expapi/verbs/attempted": LearningStatus.IN_PROGRESS,
    "http://adlnet.gov/expapi/verbs/progressed": LearningStatus.IN_PROGRESS,
    "http://adlnet.gov/expapi/verbs/completed": LearningStatus.COMPLETED,
    "http://adlnet.gov/expapi/verbs/passed": LearningStatus.PASSED,
    "http://adlnet.gov/expapi/verbs/mastered": LearningStatus.PASSED,
    "http://adlnet.gov/expapi/verbs/failed": LearningStatus.FAILED,
    "https://w3id.org/xapi/adl/verbs/abandoned": LearningStatus.ABANDONED,
    "https://w3id.org/xapi/adl/verbs/waived": LearningStatus.WAIVED,
}
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
ENDED = (LearningStatus.COMPLETED, LearningStatus.PASSED, LearningStatus.FAILED)
ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DURATION = re.compile(
    r"P(?:(?P<days>[\d.]+)D)?"
    r"(?:T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?(?:(?P<seconds>[\d.]+)S)?)?"
)


def to_learning_record(statement: Raw) -> LearningRecord:
    activity = _activity(statement["object"])
    result = statement.get("result") or {}
    status = sdk.word(statement["verb"], "id", VERBS)
    return LearningRecord(
        id=statement["id"],
        person=_person(statement["actor"]),
        intervention=sdk.Ref.term("Intervention", "activity", activity),
        competence=sdk.Ref.term("Competence", "activity", activity),
        status=status,
        score=(result.get("score") or {}).get("scaled"),
        completed_at=sdk.moment(statement["timestamp"]) if status in ENDED else None,
        hours=_hours(result.get("duration")),
        activity_uri=activity,
        changed_at=sdk.moment(statement["stored"]),
    )


def voided(statement: Raw) -> str | None:
    """Return the id of the statement that this one voids, if it does."""
    if statement.get("verb", {}).get("id") != VOIDED:
        return None
    target: str | None = statement.get("object", {}).get("id")
    return target


def _person(actor: Raw) -> sdk.Ref:
    if "account" in actor:
        return sdk.Ref.employee_number(actor["account"]["name"])
    if "mbox" in actor:
        return sdk.Ref.email(actor["mbox"].removeprefix("mailto:"))
    raise sdk.MappingError("actor: neither an account nor an mbox")


def _activity(said: Raw) -> str:
    if said.get("objectType", "Activity") != "Activity":
        raise sdk.MappingError(f"object.objectType: {said['objectType']!r} is no activity")
    iri: str = said["id"]
    return iri


def _hours(duration: str | None) -> float | None:
    if duration is None:
        return None
    found = DURATION.fullmatch(duration)
    if found is None:
        raise sdk.MappingError(f"result.duration: {duration!r} has no certain length")
    parts = {unit: float(said) for unit, said in found.groupdict().items() if said}
    return timedelta(**parts) / timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class XapiSettings(sdk.Settings):
    """A learning record store."""

    user: str
    password: sdk.Secret
    overlap_hours: int = 24
    page_size: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(sdk.Mark):
    """Where a reading stands.

    Attributes:
        until: Newest `stored` met so far.
        more: Where the next page is; None at the end.
        voided: What was voided in this reading, as a store may list it all the same.
    """

    until: str | None = None
    more: str | None = None
    voided: tuple[str, ...] = ()

    def moved(self, statements: list[Raw], more: str | None) -> "Mark":
        """Return the mark after a page."""
        stored = [each for each in (self.until, *map(_stored, statements)) if each]
        return Mark(
            until=max(stored, key=sdk.moment, default=None),
            more=(more or None) if statements else None,
            voided=tuple(sorted({*self.voided, *filter(None, map(voided, statements))})),
        )


def _stored(statement: Raw) -> str | None:
    """Return when a statement was stored, as it is written; None where that cannot be read."""
    try:
        said = str(statement["stored"])
        sdk.moment(said)
    except (LookupError, ValueError, sdk.MappingError):
        return None
    return said


class LearningRecords(
    sdk.Resource[XapiSettings], sdk.Pulls[LearningRecord], sdk.Fetches[LearningRecord]
):
    max_batch = 20
    never = {"update": "a statement never changes"}

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[LearningRecord]]:
        mark = Mark.read(since)
        if mark.more is None:
            mark = Mark(until=mark.until, more=self._beginning(mark.until))
        while mark.more is not None:
            body = await self._get(mark.more)
            statements = sdk.rows(body, "statements")
            mark = sdk.onward(mark, mark.moved(statements, body.get("more")))
            valid = [
                each
                for each in statements
                if voided(each) is None and each.get("id") not in mark.voided
            ]
            gone = [id_ for each in statements if (id_ := voided(each))]
            yield sdk.Page(self.map(to_learning_record, valid), mark.text(), deleted=gone)

    async def fetch(self, ids: Sequence[str]) -> list[LearningRecord]:
        found: list[Raw] = []
        for id_ in sdk.keys(ids):
            found += await self._named(id_)
        return self.map(to_learning_record, found)

    def _beginning(self, until: str | None) -> str:
        """Return where the first page of a reading is."""
        query = {"ascending": "true", "limit": str(self.settings.page_size)}
        if until is not None:
            since = sdk.moment(until) - timedelta(hours=self.settings.overlap_hours)
            query["since"] = since.isoformat()
        return f"{self.settings.base_url}/statements?{urlencode(query)}"

    async def _named(self, id_: str) -> list[Raw]:
        """Return the statement that has an id, if there is one.

        Raises:
            MappingError: the answer is another.
        """
        if not ID.fullmatch(id_):
            return []
        answer = await self._ask(f"/statements?statementId={id_}", missing=(404,))
        if answer.status == 404:
            return []
        said = answer.json()
        told = sdk.rows(said if "statements" in said else {"statements": [said]}, "statements")
        if any(each.get("id") != id_ for each in told):  # one, or a list as Ralph gives
            raise sdk.MappingError(f"statements: others than {id_}")
        return told

    async def _get(self, address: str) -> Raw:
        """Return a page; `address` may begin at the root of the host."""
        whole = urljoin(f"{self.settings.base_url}/", address)
        body: Raw = (await self._ask(whole)).json()
        return body

    async def _ask(self, address: str, missing: tuple[int, ...] = ()) -> sdk.Response:
        version = {"X-Experience-API-Version": "1.0.3"}
        return await self.http.request("GET", address, headers=version, accept=missing)


class Xapi(sdk.Connector[XapiSettings]):
    name = "xapi"
    kind = SystemKind.LRS
    resources = (LearningRecords,)
    limits = sdk.Limits(per_second=20, concurrent=2)

    def auth(self) -> sdk.Auth:
        return sdk.basic(self.settings.user, self.settings.password)

    async def ping(self) -> None:
        version = {"X-Experience-API-Version": "1.0.3"}
        await self.http.request("GET", "/statements?limit=1", headers=version)
