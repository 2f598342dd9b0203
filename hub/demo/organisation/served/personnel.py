"""The directory: an account for each employment, as SCIM 2.0 has it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from hub.demo.organisation.model import Account, Employment, Organisation, Person

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def seed(organisation: Organisation) -> dict[str, Any]:
    """Return the users."""
    return {"Users": [*_users(organisation), *_strangers(organisation), _bad(organisation)]}


def _users(organisation: Organisation) -> Iterator[dict[str, Any]]:
    accounts = {each.number: each.accounts[-1].id for each in organisation.people}
    flaws = organisation.flaws
    for person in organisation.people:
        managed = person.manager and person.number not in flaws.alone | flaws.astray
        manager = accounts[person.manager] if managed and person.manager else None
        for employment, account in zip(person.employments, person.accounts, strict=True):
            spelled = f"{person.first[0]}. {person.last}"
            name = spelled if account.id in flaws.spelled else person.name
            more = _employed(person, employment, account, manager)
            yield _user(account, name) | more


def _employed(
    person: Person, employment: Employment, account: Account, manager: str | None
) -> dict[str, Any]:
    said: dict[str, Any] = {"department": employment.unit}
    if manager:
        said["manager"] = {"value": manager}
    more: dict[str, Any] = {
        "name": {"givenName": person.first, "familyName": person.last},
        ENTERPRISE: said,
    }
    if account.numbered:
        said["employeeNumber"] = person.number
        more["externalId"] = employment.document
    return more


def _strangers(organisation: Organisation) -> Iterator[dict[str, Any]]:
    for account in organisation.strangers:
        yield _user(account, account.name or account.email) | {ENTERPRISE: {}}


def _user(account: Account, name: str) -> dict[str, Any]:
    changed = _written(account.changed)
    return {
        "schemas": [CORE, ENTERPRISE],
        "id": account.id,
        "userName": account.email,
        "displayName": name,
        "active": account.active,
        "emails": [{"value": account.email, "type": "work", "primary": True}],
        "meta": {"resourceType": "User", "created": changed, "lastModified": changed},
    }


def _bad(organisation: Organisation) -> Mapping[str, Any]:
    """Return a user whose addresses are no list."""
    like = organisation.people[0].accounts[-1]
    user = _user(like, "Testing Account")
    named = {"id": organisation.flaws.bad["personnel"], "userName": "testing"}
    return {**user, **named, "emails": "none", ENTERPRISE: {}}


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
