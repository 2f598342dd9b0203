"""The calendars of a CalDAV server: read, followed and written."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from hub import sdk
from hub.connectors.caldav import dav, events
from hub.connectors.caldav.assignment import Place, cancelled, to_assignment, usual_id
from hub.connectors.caldav.mark import Mark
from hub.models.kinds import SystemKind
from hub.models.planning import WorkAssignment

XML = {"Content-Type": "application/xml; charset=utf-8"}
TEXT = {"Content-Type": "text/calendar; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalDavSettings(sdk.Settings):
    """A CalDAV server and who reads it."""

    user: str
    password: sdk.Secret
    time_zone: str = "UTC"
    past_days: int = 400
    future_days: int = 200
    page_size: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What an event of a calendar holds: one assignment, or those of a series."""

    path: str
    assignments: list[WorkAssignment]

    @property
    def ids(self) -> list[str]:
        """Their ids."""
        return [each.id for each in self.assignments]


class WorkAssignments(
    sdk.Resource[CalDavSettings],
    sdk.Pulls[WorkAssignment],
    sdk.Fetches[WorkAssignment],
    sdk.Writes[WorkAssignment],
):
    max_batch = 50
    writable = {"assignees": "ATTENDEE", "comment": "COMMENT"}

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[WorkAssignment]]:
        mark, today = Mark.read(since), str(self._horizon().begins)
        calendars = await self._calendars()
        if not set(mark.tokens) <= set(calendars.values()):
            raise sdk.ExpiredError("a calendar is gone")
        for path in calendars.values():
            async for after, page in self._follow(path, mark, today):
                mark = after
                yield page
        if mark.day != today:
            yield sdk.Page([], replace(mark, day=today).text())

    async def fetch(self, ids: Sequence[str]) -> list[WorkAssignment]:
        wanted: dict[str, set[str]] = {}
        for place in map(Place.parse, sdk.keys(ids)):
            wanted.setdefault(place.calendar, set()).add(place.uid)
        calendars = await self._calendars() if wanted else {}
        found = []
        for name in wanted.keys() & calendars.keys():
            members = await self._named(calendars[name], sorted(wanted[name]))
            found += [each for held in self._held(members) for each in held.assignments]
        return [each for each in found if each.id in ids]

    async def write(self, change: sdk.Change[WorkAssignment]) -> WorkAssignment:
        place, origin = Place.parse(change.after.id), f"hub:{change.key}"
        member = await self._one(place)
        if self._assignment(member, place).origin != origin:
            known = change.after.source_version
            if known not in {None, member.etag}:
                raise sdk.ConflictError(f"{place} was changed meanwhile")
            await self._put(member, place, _edit(change, origin))
            member = await self._one(place)
        return self._assignment(member, place)

    def id_of(self, raw: dav.Member) -> str:
        """Return the id that the assignment of an event has by its path."""
        return usual_id(raw.path)

    async def _follow(
        self, calendar: str, mark: Mark, today: str
    ) -> AsyncIterator[tuple[Mark, sdk.Page[WorkAssignment]]]:
        """Yield pages of what changed in a calendar, with the mark after each."""
        size, partial = self.settings.page_size, True
        while partial:
            until, members, partial = await self._changed(calendar, mark, today)
            while members or mark.tokens.get(calendar) != until:
                chunk, members = members[:size], members[size:]
                held = await self._read(calendar, chunk)
                gone = _gone(mark, held) if calendar in mark.tokens else []
                mark = mark.told({each.path: each.ids for each in held})
                after = (calendar, until, chunk[-1].path) if members else None
                mark = mark.met(*after) if after else mark.ended(calendar, until)
                records = [each for one in held for each in one.assignments]
                aside = sdk.rejected_of(held)
                yield mark, sdk.Page(records, mark.text(), deleted=gone, rejected=aside)

    async def _changed(
        self, calendar: str, mark: Mark, today: str
    ) -> tuple[str, list[dav.Member], bool]:
        """Return where a calendar stands, what changed up to there, and whether there is more.

        On another day the events with parts belong to it: the horizon of series has moved.
        """
        answer = await self._report(calendar, dav.changes(mark.tokens.get(calendar, "")))
        changed = {each.path: each for each in answer.members}
        if mark.day != today:
            for path in mark.parts:
                if path.startswith(calendar):
                    changed.setdefault(path, dav.Member(path=path, etag=""))
        begun = mark.reading == calendar and mark.until is not None
        after = mark.after if begun else ""
        rest = [changed[path] for path in sorted(changed) if path > after]
        return (mark.until or "") if begun else answer.token, rest, answer.partial

    async def _read(self, calendar: str, members: Sequence[dav.Member]) -> list[Held]:
        """Return what events hold by now; nothing if they are gone.

        Raises:
            UpstreamError: the server tells of others.
        """
        there = [each.path for each in members if each.etag is not None]
        told = (await self._report(calendar, dav.members(there))).members if there else ()
        if {each.path for each in told} != {*there}:
            raise sdk.UpstreamError(f"{calendar}: other events than were asked for")
        gone = [each.path for each in (*members, *told) if each.etag is None]
        texts = [each for each in told if each.etag is not None]
        return self._held(texts) + [Held(path=path, assignments=[]) for path in gone]

    def _held(self, members: Sequence[dav.Member]) -> sdk.Mapped[Held]:
        return self.map(self._assignments, members)

    def _assignments(self, member: dav.Member) -> Held:
        calendar, zone = events.read(member.text or ""), ZoneInfo(self.settings.time_zone)
        found = [
            to_assignment(member, event, zone)
            for event in events.occurrences(calendar, self._horizon())
            if not cancelled(event)
        ]
        return Held(path=member.path, assignments=found)

    async def _named(self, calendar: str, uids: Sequence[str]) -> list[dav.Member]:
        """Return the events of a calendar that have these UIDs, wherever in it they are."""
        usual = await self._report(calendar, dav.members(f"{calendar}{uid}.ics" for uid in uids))
        found = [each for each in usual.members if each.etag is not None]
        missing = set(uids) - {events.uid(each.text) for each in found}
        for uid in sorted(missing):
            found += (await self._report(calendar, dav.named(uid))).members
        return found

    async def _one(self, place: Place) -> dav.Member:
        calendars = await self._calendars()
        if place.calendar in calendars:
            for member in await self._named(calendars[place.calendar], [place.uid]):
                return member
        raise sdk.ConflictError(f"{place} is gone")

    def _assignment(self, member: dav.Member, place: Place) -> WorkAssignment:
        for each in self._assignments(member).assignments:
            if each.id == str(place):
                return each
        raise sdk.ConflictError(f"{place} is gone")

    async def _put(self, member: dav.Member, place: Place, edit: events.Edit) -> None:
        calendar = events.read(member.text or "")
        text = events.edited(calendar, place.key, edit, self._horizon())
        headers = {**TEXT, "If-Match": member.etag or ""}
        await self.http.request("PUT", quote(member.path), headers=headers, body=text.encode())

    def _horizon(self) -> events.Horizon:
        today = self.now().date()
        return events.Horizon(
            begins=today - timedelta(days=self.settings.past_days),
            ends=today + timedelta(days=self.settings.future_days),
        )

    async def _calendars(self) -> dict[str, str]:
        """Return the path of each calendar by its name, from the user's home on (RFC 4791, 6.2)."""
        principal = dav.found(await self._find("/", dav.PRINCIPAL), "current-user-principal")
        home = dav.found(await self._find(principal, dav.HOME), "calendar-home-set")
        paths = dav.calendars(await self._find(home, dav.CALENDARS, depth=1))
        return {path.split("/")[-2]: path for path in paths}

    async def _find(self, path: str, body: str, depth: int = 0) -> bytes:
        headers = {**XML, "Depth": str(depth)}
        answer = await self.http.request("PROPFIND", path, headers=headers, body=body.encode())
        return answer.body

    async def _report(self, path: str, body: str) -> dav.Answer:
        headers = {**XML, "Depth": "1"}
        answer = await self.http.request(
            "REPORT", quote(path), headers=headers, body=body.encode(), accept=(403,)
        )
        if answer.status == 403 and b"valid-sync-token" in answer.body:
            raise sdk.ExpiredError(f"{path}: the server no longer takes its sync-token")
        return dav.answer(answer.body)


def _gone(mark: Mark, held: Sequence[Held]) -> list[str]:
    return [id_ for each in held for id_ in mark.ids(each.path) if id_ not in each.ids]


def _edit(change: sdk.Change[WorkAssignment], origin: str) -> events.Edit:
    after, fields = change.after, change.fields
    return events.Edit(
        origin=origin,
        attendees=[each.value for each in after.assignees] if "assignees" in fields else None,
        comment=(after.comment or "") if "comment" in fields else None,
    )


class CalDav(sdk.Connector[CalDavSettings]):
    name = "caldav"
    kind = SystemKind.PLANNING
    resources = (WorkAssignments,)
    limits = sdk.Limits(per_second=20, concurrent=2)

    def auth(self) -> sdk.Auth:
        return sdk.basic(self.settings.user, self.settings.password)

    async def ping(self) -> None:
        headers = {**XML, "Depth": "0"}
        await self.http.request("PROPFIND", "/", headers=headers, body=dav.PRINCIPAL.encode())
