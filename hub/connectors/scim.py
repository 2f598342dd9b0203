"""SCIM 2.0: the accounts of a directory or personnel system, and who manages whom.

Source: RFC 7643 and RFC 7644, and scim2-server 0.8.3 (read and run 2026-11-24).

- Changes are asked for by `meta.lastModified` and come in its order. The list goes on from the last
  moment met, not by a count, so that what is changed meanwhile shifts nothing; only among users of
  one moment it goes by a count. Clocks differ: each time it begins a little before.
- A deletion is silent: only the list of all ids tells.
- A manager is the `id` of another user, who may come later or never.
- A page may be shorter than asked for and yet not the last; `totalResults` tells.
"""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from scim2_models import EnterpriseUser, ScimPolicy, User

from hub import sdk
from hub.models.kinds import SystemKind
from hub.models.person import Person

TOLERANT = ScimPolicy(unknown=ScimPolicy.Unknown.ignore)
OVERLAP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScimSettings(sdk.Settings):
    """A SCIM service provider."""

    token: sdk.Secret
    page_size: int = 100


def to_person(raw: dict[str, Any]) -> Person:
    user = User[EnterpriseUser].model_validate(raw, scim_policy=TOLERANT)
    work = user[EnterpriseUser] or EnterpriseUser()
    manager = work.manager.value if work.manager else None
    return Person(
        id=sdk.needed(raw, "id"),
        display_name=_name(user),
        employee_number=work.employee_number or None,
        work_email=_work_email(user),
        scim_external_id=user.external_id or None,
        manager=sdk.Ref.external("Person", manager) if manager else None,
        changed_at=_changed_at(user),
    )


def _changed_at(user: User[EnterpriseUser]) -> datetime | None:
    said = user.meta.last_modified if user.meta else None
    return said.astimezone(UTC) if said else None


def _name(user: User[EnterpriseUser]) -> str:
    told = user.name
    parts = (told.given_name, told.family_name) if told else ()
    whole = " ".join(part for part in parts if part)
    name = user.display_name or (told and told.formatted) or whole or user.user_name
    if not name:
        raise sdk.MappingError("displayName, name and userName: missing")
    return name


def _work_email(user: User[EnterpriseUser]) -> str | None:
    """Return the address for work; of several, the primary one; without kinds, the primary one."""
    mails = [mail for mail in user.emails or [] if mail.value and mail.type in ("work", None)]
    mails.sort(key=lambda mail: (mail.type is None, not mail.primary))
    return mails[0].value if mails else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(sdk.Mark):
    """Where the list stands.

    Attributes:
        moment: `lastModified` of the last user met.
        met: How many users of that moment were met.
        ended: Whether that was the end.
    """

    moment: str | None = None
    met: int = 0
    ended: bool = False

    def begun(self) -> "Mark":
        """Return where a new reading begins: where the last one broke off, or before its end."""
        if not self.ended:
            return self
        if self.moment is None:
            return Mark()
        before = datetime.fromisoformat(self.moment) - OVERLAP
        return Mark(moment=before.isoformat())

    def moved(self, users: Sequence[dict[str, Any]], *, ended: bool) -> "Mark":
        """Return the mark after a page."""
        moments = [_moment(user) for user in users]
        last = next((each for each in reversed(moments) if each), self.moment)
        if last == self.moment or None in moments:
            return Mark(moment=self.moment, met=self.met + len(users), ended=ended)
        return Mark(moment=last, met=moments.count(last), ended=ended)


def _moment(raw: dict[str, Any]) -> str | None:
    """Return when a user was last modified, as it is written; None where that cannot be read."""
    try:
        said = str(raw["meta"]["lastModified"])
        sdk.moment(said)
    except (LookupError, TypeError, ValueError, sdk.MappingError):
        return None
    return said


class Accounts(
    sdk.Resource[ScimSettings], sdk.Pulls[Person], sdk.Fetches[Person], sdk.Sweeps[Person]
):
    max_batch = 50

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[Person]]:
        mark = Mark.read(since).begun()
        while not mark.ended:
            query = {"sortBy": "meta.lastModified"}
            if mark.moment is not None:
                query["filter"] = f'meta.lastModified ge "{mark.moment}"'
            users, total = await self._list(mark.met + 1, query)
            mark = mark.moved(users, ended=not users or mark.met + len(users) >= total)
            yield sdk.Page(self.map(to_person, users), mark.text())

    async def fetch(self, ids: Sequence[str]) -> list[Person]:
        sought = " or ".join(f"id eq {json.dumps(id_)}" for id_ in sdk.keys(ids))
        query, found = {"filter": sought, "sortBy": "id"}, sdk.Mapped[Person]()
        if sought:
            async for users in self._pages(query):
                found += self.map(to_person, users)
        return found

    async def sweep(self) -> AsyncIterator[list[str]]:
        async for users in self._pages({"attributes": "id", "sortBy": "id"}):
            yield [user["id"] for user in users]

    async def _pages(self, query: dict[str, str]) -> AsyncIterator[list[dict[str, Any]]]:
        """Yield all users that a query finds; they must be few, or not change meanwhile."""
        met, total = 0, 1
        while met < total:
            users, total = await self._list(met + 1, query)
            met += len(users)
            yield users

    async def _list(self, start: int, query: dict[str, str]) -> tuple[list[dict[str, Any]], int]:
        """Return the users from one on, counted from 1, and how many there are.

        Raises:
            UpstreamError: they are others, or none although there are some.
        """
        paged = {"startIndex": str(start), "count": str(self.settings.page_size), **query}
        body = await self.http.get("/Users", paged)
        total = int(sdk.needed(body, "totalResults"))
        users = sdk.rows(body, "Resources") if total and "Resources" in body else []
        if users and body.get("startIndex", start) != start:
            raise sdk.UpstreamError(f"users from {body['startIndex']} on, and not from {start}")
        if not users and start <= total:
            raise sdk.UpstreamError(f"no users from {start} on, of {total}")
        return users, total


class Scim(sdk.Connector[ScimSettings]):
    name = "scim"
    kind = SystemKind.IDENTITY
    resources = (Accounts,)
    limits = sdk.Limits(per_second=20, concurrent=4)

    def auth(self) -> sdk.Auth:
        return sdk.bearer(self.settings.token)

    async def ping(self) -> None:
        await self.http.get("/Users", {"count": "1", "attributes": "id"})
