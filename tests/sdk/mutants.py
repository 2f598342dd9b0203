"""Connectors of Acme Appraise that are broken, each in one way."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

from hub import sdk
from hub.models.appraisal import PerformanceGoal
from tests.sdk.acme import AcmeAppraise, AcmeSettings, Goals, Mark, to_goal

Pages = AsyncIterator[sdk.Page[PerformanceGoal]]
log = logging.getLogger(__name__)


class CheckpointAhead(Goals):
    """Each page bears the checkpoint of the next one."""

    async def pull(self, since: str | None) -> Pages:
        held: sdk.Page[PerformanceGoal] | None = None
        async for page in super().pull(since):
            if held is not None:
                yield replace(held, checkpoint=page.checkpoint)
            held = page
        if held is not None:
            yield held


class CheckpointStands(Goals):
    """All pages but the last bear the checkpoint of the first."""

    async def pull(self, since: str | None) -> Pages:
        first = since or Mark().text()
        held: sdk.Page[PerformanceGoal] | None = None
        async for page in super().pull(since):
            if held is not None:
                yield replace(held, checkpoint=first)
            held = page
        if held is not None:
            yield held


class DropsThePageOnResuming(Goals):
    """What is resumed leaves out its first page where there are more."""

    async def pull(self, since: str | None) -> Pages:
        number = 0
        async for page in super().pull(since):
            number += 1
            if since is None or number > 1 or len(page.records) < 10:
                yield page


class ReadsAllAgain(Goals):
    """Every reading begins at the beginning."""

    async def pull(self, since: str | None) -> Pages:
        async for page in super().pull(None if Mark.read(since).after >= 25 else since):
            yield page


class CountsItsWay(Goals):
    """A list goes on after a count, so that what is deleted meanwhile shifts the rest."""

    async def pull(self, since: str | None) -> Pages:
        mark, more = Mark.read(since), True
        begun = [] if mark.after >= 25 else [mark.after]
        while begun and more:
            body = await self.http.get("/goals", {"after": "0", "size": "1000"})
            there = [each["goal"] for each in body["changes"] if each["goal"]]
            page, more = there[mark.after : mark.after + 10], len(there) > mark.after + 10
            mark = Mark(after=mark.after + len(page) if more else 25)
            yield sdk.Page(self.map(to_goal, page), mark.text())
        if not begun:
            async for each in super().pull(since):
                yield each


class TellsTwice(Goals):
    """A page has its first record twice."""

    async def pull(self, since: str | None) -> Pages:
        async for page in super().pull(since):
            yield replace(page, records=[*page.records[:1], *page.records])


class StopsAfterOnePage(Goals):
    """Only the first page is read."""

    async def pull(self, since: str | None) -> Pages:
        async for page in super().pull(since):
            yield page
            return


class RunsInCircles(Goals):
    """A page that is given again is read again."""

    async def pull(self, since: str | None) -> Pages:
        mark, more = Mark.read(since), True
        while more:
            body = await self.http.get("/goals", {"after": str(mark.after), "size": "10"})
            changes, more = sdk.rows(body, "changes"), body["more"]
            mark = Mark(after=changes[-1]["number"]) if changes else mark
            there = [each["goal"] for each in changes if each["goal"]]
            gone = [each["id"] for each in changes if not each["goal"]]
            yield sdk.Page(self.map(to_goal, there), mark.text(), deleted=gone)


class TakesNonsenseForTheEnd(Goals):
    """What has no list of changes has no changes."""

    async def pull(self, since: str | None) -> Pages:
        mark, more = Mark.read(since), True
        while more:
            answer = await self.http.request(
                "GET", f"/goals?after={mark.after}&size={self.settings.page_size}"
            )
            body = answer.json() if answer.body else {}
            changes, more = body.get("changes", []), body.get("more", False)
            if changes:
                mark = sdk.onward(mark, Mark(after=changes[-1]["number"]))
            there = [each["goal"] for each in changes if each["goal"]]
            gone = [each["id"] for each in changes if not each["goal"]]
            yield sdk.Page(self.map(to_goal, there), mark.text(), deleted=gone)


class SwallowsFaults(Goals):
    """Whatever fails has no records."""

    fault: type[Exception] = sdk.SourceError

    async def pull(self, since: str | None) -> Pages:
        try:
            async for page in super().pull(since):
                yield page
        except self.fault:
            yield sdk.Page([], since or Mark().text())


class SwallowsRefusals(SwallowsFaults):
    fault = sdk.AuthError


class SwallowsTimeouts(SwallowsFaults):
    fault = sdk.TimedOutError


class SwallowsTornAnswers(SwallowsFaults):
    fault = sdk.MappingError


class ForgetsPatience(Goals):
    """Being asked for patience is told as being down."""

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        try:
            return await super().fetch(ids)
        except sdk.ThrottledError as error:
            raise sdk.UnavailableError(str(error)) from error


class SwallowsDeletions(Goals):
    """Nobody hears of what is deleted."""

    async def pull(self, since: str | None) -> Pages:
        async for page in super().pull(since):
            yield replace(page, deleted=())


class AlwaysHalfDone(Goals):
    """Progress is always a half."""

    def map(self, function: Any, items: Any) -> Any:
        return super().map(lambda raw: replace(function(raw), progress=0.5), items)


class FailsOnABadRecord(Goals):
    """One bad record ends everything."""

    def map(self, function: Any, items: Any) -> Any:
        try:
            return sdk.Mapped([function(raw) for raw in items])
        except ValueError as error:
            raise sdk.MappingError(str(error)) from error


class DropsBadRecords(Goals):
    """A bad record is left out without a word."""

    def map(self, function: Any, items: Any) -> Any:
        return list(super().map(function, items))


class FetchesEverything(Goals):
    """A fetch finds all there is, whatever is asked for."""

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        everything = [str(number) for number in range(1, 40)]
        return await super().fetch(everything) if sdk.keys(ids) else []


class MatchesByPosition(Goals):
    """What is found first is taken for what was asked for first."""

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        found = await super().fetch(ids)
        asked = zip(sdk.keys(ids), found, strict=False)
        return [replace(each, id=id_) for id_, each in asked]


class SendsNullKeys(Goals):
    """An empty id goes upstream like any other."""

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        body = await self.http.get("/goals", {"ids": "\n".join(dict.fromkeys(ids))})
        return self.map(to_goal, sdk.rows(body, "goals"))


class TakesTenAtMost(Goals):
    """Of a batch only the first ten are asked for."""

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        return await super().fetch(sdk.keys(ids)[:10])


class FindsTheDead(Goals):
    """What was found once is found for ever."""

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        known = self.__dict__.setdefault("known", {})
        known |= {each.id: each for each in await super().fetch(ids)}
        return [known[id_] for id_ in sdk.keys(ids) if id_ in known]


class ForgetsTheCredential(Goals):
    """A fetch is sent without the credential."""

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        address = f"{self.settings.base_url}/goals?ids={'%0A'.join(sdk.keys(ids))}"
        request = sdk.Request(method="GET", url=address, headers={})
        answer = await self.http._transport.send(request)
        return self.map(to_goal, answer.json()["goals"]) if answer.status == 200 else []


class IgnoresTheKey(Goals):
    """The idempotency key is not sent, and what version was read is not said."""

    async def write(self, change: sdk.Change[PerformanceGoal]) -> PerformanceGoal:
        (now,) = await self.fetch([change.after.id])
        body = change.body(self.writable) | {"origin": change.origin, "version": now.source_version}
        return to_goal(await self.http.send("PATCH", f"/goals/{change.after.id}", body))


class OverwritesOthers(Goals):
    """Whatever version was read, the one of now is replaced."""

    async def write(self, change: sdk.Change[PerformanceGoal]) -> PerformanceGoal:
        (now,) = await self.fetch([change.after.id])
        after = replace(change.after, source_version=now.source_version)
        return await super().write(replace(change, after=after))


class WritesMore(Goals):
    """All that may be written is, whatever is to change."""

    async def write(self, change: sdk.Change[PerformanceGoal]) -> PerformanceGoal:
        return await super().write(replace(change, fields=frozenset(self.writable)))


class WritesWhatItMayNot(Goals):
    """The person is written too."""

    async def write(self, change: sdk.Change[PerformanceGoal]) -> PerformanceGoal:
        body = change.body(self.writable) | {
            "staff_no": change.after.employee.value,
            "origin": change.origin,
            "version": change.after.source_version,
        }
        path = f"/goals/{change.after.id}"
        return to_goal(await self.http.send("PATCH", path, body, idempotency_key=change.key))


class LosesTheMark(Goals):
    """The origin mark is not read back."""

    def map(self, function: Any, items: Any) -> Any:
        return super().map(lambda raw: replace(function(raw), origin=None), items)


class AnswersUnread(Goals):
    """What was to be written is taken for what was, without being sent."""

    async def write(self, change: sdk.Change[PerformanceGoal]) -> PerformanceGoal:
        return replace(change.after, origin=change.origin)


class ShrugsAtConflicts(Goals):
    """A conflict is told as a refusal."""

    async def write(self, change: sdk.Change[PerformanceGoal]) -> PerformanceGoal:
        try:
            return await super().write(change)
        except sdk.ConflictError as error:
            raise sdk.RefusedError(str(error)) from error


class GoesOnUnasked(Goals):
    """A reading that is cancelled goes on by itself."""

    async def fetch(self, ids: Sequence[str]) -> list[PerformanceGoal]:
        return await asyncio.shield(super().fetch(ids))


class Swept(Goals, sdk.Sweeps[PerformanceGoal]):
    """A sound one, whose ids can be listed."""

    async def sweep(self) -> AsyncIterator[list[str]]:
        mark, more = Mark(), True
        while more:
            body = await self.http.get("/goals", {"after": str(mark.after), "size": "10"})
            changes, more = sdk.rows(body, "changes"), body["more"]
            if changes:
                mark = sdk.onward(mark, Mark(after=changes[-1]["number"]))
            yield [each["id"] for each in changes if self.told(each)]

    def told(self, change: dict[str, Any]) -> bool:
        """Return whether the id of a change belongs to the list."""
        return bool(change["goal"])


class SweepsTheFirstPage(Swept):
    """Only the first part of all ids is listed."""

    async def sweep(self) -> AsyncIterator[list[str]]:
        async for ids in super().sweep():
            yield ids
            return


class SweepsBadRecordsAway(Swept):
    """A record that cannot be read is not listed."""

    def told(self, change: dict[str, Any]) -> bool:
        return bool(change["goal"]) and change["goal"]["title"] is not None


class SweepsTheDead(Swept):
    """What was deleted is listed."""

    def told(self, change: dict[str, Any]) -> bool:
        return True


class SweepsInHope(Swept):
    """A part that is given again ends the list."""

    async def sweep(self) -> AsyncIterator[list[str]]:
        try:
            async for ids in super().sweep():
                yield ids
        except sdk.UpstreamError:
            return


def acme(goals: type[Goals]) -> type[AcmeAppraise]:
    """Return the connector with another resource."""
    return type("AcmeAppraise", (AcmeAppraise,), {"resources": (goals,), "__module__": __name__})


class WrongScheme(AcmeAppraise):
    """The credential is sent after another word."""

    def auth(self) -> sdk.Auth:
        return sdk.header("Authorization", "Token", self.settings.token)


class PingsNobody(AcmeAppraise):
    """A ping asks nothing."""

    async def ping(self) -> None:
        pass


class BelievesInItself(AcmeAppraise):
    """A ping succeeds whatever the credential."""

    async def ping(self) -> None:
        await self.http.request("GET", "/whoami", accept=(401, 403))


class LogsTheSecret(AcmeAppraise):
    """A ping logs what it is done with."""

    async def ping(self) -> None:
        log.info("ping with %s", self.settings.token.reveal())
        await super().ping()


class TellsTheSecret(AcmeAppraise):
    """An error tells the credential that is refused."""

    async def ping(self) -> None:
        try:
            await super().ping()
        except sdk.AuthError as error:
            raise sdk.AuthError(f"{self.settings.token.reveal()} is refused") from error


class PressesHard(AcmeAppraise):
    """Its requests have limits of their own."""

    def __init__(self, settings: AcmeSettings, transport: sdk.Transport, *more: Any) -> None:
        super().__init__(settings, transport, *more)
        limits = sdk.Limits(per_second=10_000, concurrent=100)
        self.http = sdk.Http(transport, settings.base_url, self.auth(), limits)


class Impatient(sdk.Http):
    """Asks once."""

    async def request(self, method: str, path: str, **more: Any) -> sdk.Response:
        sent = {**self._auth.headers(), **(more.get("headers") or {})}
        address = sdk.Http._address(self, path)
        if more.get("query"):
            address += "?" + "&".join(f"{name}={value}" for name, value in more["query"].items())
        request = sdk.Request(method=method, url=address, headers=sent, body=more.get("body"))
        return await self._once(request, more.get("accept", ()))


class NeverTriesAgain(AcmeAppraise):
    """Its requests are sent once."""

    def __init__(self, settings: AcmeSettings, transport: sdk.Transport, *more: Any) -> None:
        super().__init__(settings, transport, *more)
        self.http = Impatient(transport, settings.base_url, self.auth(), self.limits)


class AcceptsRedirects(AcmeAppraise):
    """A redirect is an answer."""

    async def ping(self) -> None:
        await self.http.request("GET", "/whoami", accept=(301, 302, 303, 307, 308))
