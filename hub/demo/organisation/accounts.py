"""Stories of who is who: people hired again, and accounts that belong to nobody known."""

from dataclasses import replace
from datetime import timedelta

from hub.demo.organisation.draft import Draft
from hub.demo.organisation.model import Account, Fact, Story
from hub.demo.organisation.moments import midnight
from hub.demo.organisation.names import FIRST, LAST
from hub.demo.organisation.people import change
from hub.demo.organisation.scene import like, rename, take, whose


def rehired(draft: Draft, which: int, miss: bool) -> None:
    """Add somebody who left and came back: two documents, two accounts, one number.

    Near misses: somebody who only has a new mail address; or two people of like name.
    """
    if not miss:
        unit, cast = take(draft, 1)
        facts = _again(draft, cast[0])
    elif which % 2 == 0:
        unit, cast = take(draft, 1)
        facts = _readdressed(draft, cast[0])
    else:
        unit, cast = take(draft, 2)
        facts = _followed(draft, *cast)
    shared = {**whose(draft, cast), "unit": unit, "unit_name": draft.units[unit].name}
    draft.stories.append(Story(kind="rehired", near_miss=miss, facts=shared | facts))


def unmatched_account(draft: Draft, which: int, miss: bool) -> None:
    """Add an account without a number, whose mail address nobody in the personnel system has.

    Every second one may be somebody's: the address is theirs but for the company.

    Near misses: the personnel system knows the address.
    """
    if miss:
        cast = take(draft, 1)[1]
        account = _unnumber(draft, cast[0])
        shared = whose(draft, cast)
    else:
        account = _stranger(draft) if which % 2 == 0 else _visitor(draft)
        shared = {"name": account.name or ""}
    facts = {**shared, "account": account.id, "email": account.email}
    draft.stories.append(Story(kind="unmatched_account", near_miss=miss, facts=facts))


def _again(draft: Draft, number: str) -> dict[str, Fact]:
    person = draft.people[number]
    left, joined = draft.day(-330, -240), draft.day(-120, -70)
    mail = draft.mail(person.first, person.last)
    first = replace(person.employments[-1], left=left, joined=left - timedelta(days=1200))
    document = f"HR-EMP-{draft.next('employee'):05}"
    second = replace(first, document=document, email=mail, joined=joined, left=None)
    closed = midnight(left) + timedelta(hours=18)
    old = replace(person.accounts[-1], active=False, changed=closed)
    opened = midnight(joined) + timedelta(hours=7)
    new = Account(id=draft.uuid(), email=mail, changed=opened)
    draft.people[number] = replace(person, employments=(first, second), accounts=(old, new))
    return {
        "old_email": first.email,
        "new_email": mail,
        "left_on": left.isoformat(),
        "rejoined_on": joined.isoformat(),
        "employees": (first.document, second.document),
        "accounts": (old.id, new.id),
    }


def _readdressed(draft: Draft, number: str) -> dict[str, Fact]:
    person = draft.people[number]
    account = person.accounts[-1]
    new = replace(account, email=draft.mail(person.first[0], person.last))
    draft.people[number] = replace(person, accounts=(new,))
    return {
        "old_email": person.email,
        "new_email": new.email,
        "employees": (person.employments[-1].document,),
        "accounts": (new.id,),
    }


def _followed(draft: Draft, gone: str, came: str) -> dict[str, Fact]:
    left, joined = draft.day(-330, -240), draft.day(-120, -70)
    before = draft.people[gone]
    after = rename(draft, came, before.first, like(draft, before.last, before.first))
    change(draft, gone, left=left, joined=left - timedelta(days=1200))
    change(draft, came, joined=joined)
    closed = replace(before.accounts[-1], active=False, changed=draft.moment(left))
    draft.people[gone] = replace(draft.people[gone], accounts=(closed,))
    return {
        "left_on": left.isoformat(),
        "rejoined_on": joined.isoformat(),
        "employees": (before.employments[-1].document, after.employments[-1].document),
        "accounts": (closed.id, after.accounts[-1].id),
    }


def _unnumber(draft: Draft, number: str) -> Account:
    person = draft.people[number]
    account = replace(person.accounts[-1], numbered=False)
    draft.people[number] = replace(person, accounts=(account,))
    return account


def _stranger(draft: Draft) -> Account:
    taken = {person.name for person in draft.people.values()}
    first, last = draft.rng.choice(FIRST), draft.rng.choice(LAST)
    while f"{first} {last}" in taken:
        first, last = draft.rng.choice(FIRST), draft.rng.choice(LAST)
    return _added(draft, draft.mail(first, last), f"{first} {last}")


def _visitor(draft: Draft) -> Account:
    like = draft.rng.choice(list(draft.people.values()))
    return _added(draft, like.email.replace("@", "@partner."), like.name)


def _added(draft: Draft, email: str, name: str) -> Account:
    account = Account(
        id=draft.uuid(),
        email=email,
        changed=draft.moment(draft.day(-40, -3)),
        numbered=False,
        name=name,
    )
    draft.strangers.append(account)
    return account
