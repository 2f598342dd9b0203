"""Which record is which person: by number, SCIM id and mail, never by name."""

from typing import Any

import pytest

from hub.models.competence import Competence
from hub.models.kinds import MatchRule
from hub.models.person import Person
from hub.models.ref import Ref
from hub.store import identifier
from hub.store.identity import LIKELY, SHARED, Candidate, candidates
from tests.store.conftest import Teller

LINKS = "SELECT external_id, person_id, rule, status FROM identity_link ORDER BY external_id"


def person(id_: str, name: str = "Jan Jansen", **said: Any) -> Person:
    return Person(id=id_, display_name=name, **said)


def hub_id(number: str) -> str:
    return identifier("Person", "employee_number", "", number)


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ({"employee_number": "17"}, "EMPLOYEE_NUMBER"),
        ({"scim_external_id": "X1"}, "SCIM_EXTERNAL_ID"),
        ({"work_email": "Jan@X.nl"}, "WORK_EMAIL"),
    ],
    ids=["number", "scim", "mail"],
)
@pytest.mark.parametrize("order", [1, -1], ids=["first", "last"])
async def test_an_account_is_matched_by_its_strongest_key(
    tell: Teller, key: dict[str, str], rule: str, order: int
) -> None:
    known = person("E1", employee_number="17", scim_external_id="X1", work_email="jan@x.nl")
    pages = [("hr", known), ("personnel", person("u1", "Someone", **key))]
    for system, record in pages[::order]:
        await tell(system, record)
    assert ("u1", hub_id("17"), rule, "CONFIRMED") == (await tell.rows(LINKS))[1]
    assert [(hub_id("17"),)] == await tell.rows("SELECT id FROM person")


async def test_namesakes_are_two_people(tell: Teller) -> None:
    await tell("hr", person("E1", employee_number="17"), person("E2", employee_number="18"))
    assert [(2,)] == await tell.rows("SELECT count(*) FROM person")


async def test_an_account_that_matches_nobody_is_no_person(tell: Teller) -> None:
    await tell("personnel", person("u9", work_email="ghost@x.nl"))
    assert [] == await tell.rows("SELECT * FROM person")
    assert [("u9", None, None, "UNMATCHED")] == await tell.rows(LINKS)


async def test_a_key_that_two_people_share_matches_neither(tell: Teller) -> None:
    shared = "info@x.nl"
    await tell("hr", person("E1", employee_number="17", work_email=shared))
    await tell("personnel", person("u9", work_email=shared))
    assert hub_id("17") == (await tell.rows(LINKS))[1][1]
    await tell("hr", person("E2", employee_number="18", work_email=shared))
    assert ("u9", None, None, "UNMATCHED") == (await tell.rows(LINKS))[2]


async def test_a_changed_address_lets_the_account_go(tell: Teller) -> None:
    await tell("hr", person("E1", employee_number="17", work_email="jan@x.nl"))
    await tell("personnel", person("u1", work_email="jan@x.nl", scim_external_id="X9"))
    await tell("hr", person("E1", employee_number="17", work_email="other@x.nl"))
    assert ("u1", None, None, "UNMATCHED") == (await tell.rows(LINKS))[1]
    assert [(None,)] == await tell.rows("SELECT scim_external_id FROM person")


async def test_one_person_may_have_two_numbers_of_mail_after_coming_back(tell: Teller) -> None:
    await tell("hr", person("E1", employee_number="17", work_email="old@x.nl"))
    await tell("hr", person("E9", employee_number="17", work_email="new@x.nl"))
    for mail in ("old@x.nl", "new@x.nl"):
        await tell("planning", person(mail, work_email=mail))
    assert {hub_id("17")} == {person for _, person, _, _ in await tell.rows(LINKS)}


async def test_an_account_matched_by_scim_id_leads_on_by_its_mail(tell: Teller) -> None:
    await tell("learning", person("l1", work_email="jan@x.nl"))
    await tell("personnel", person("u1", scim_external_id="X1", work_email="jan@x.nl"))
    await tell("hr", person("E1", employee_number="17", scim_external_id="X1"))
    assert {hub_id("17")} == {person for _, person, _, _ in await tell.rows(LINKS)}
    await tell("personnel", of=Person, deleted=["u1"])
    assert ("l1", None, None, "UNMATCHED") == (await tell.rows(LINKS))[1]


async def test_an_account_lets_go_of_a_record_that_loses_its_number(tell: Teller) -> None:
    await tell("hr", person("E1", work_email="jan@x.nl"))
    await tell("personnel", person("u1", employee_number="17", work_email="jan@x.nl"))
    assert hub_id("17") == (await tell.rows(LINKS))[0][1]
    await tell("personnel", person("u1", scim_external_id="X1", work_email="jan@x.nl"))
    assert [None, None] == [found for _, found, _, _ in await tell.rows(LINKS)]


async def test_an_account_finds_a_record_that_gains_a_number(tell: Teller) -> None:
    await tell("hr", person("E1", scim_external_id="X1", work_email="jan@x.nl"))
    await tell("personnel", person("u1", scim_external_id="X2", work_email="jan@x.nl"))
    await tell("hr", person("E1", employee_number="17", work_email="jan@x.nl"))
    assert [hub_id("17")] * 2 == [found for _, found, _, _ in await tell.rows(LINKS)]


async def test_a_weaker_key_joins_the_entity_of_a_stronger_one(tell: Teller) -> None:
    await tell("hub", Competence(id="C1", code="C1", name="Brakes"))
    await tell("learning", Competence(id="x", uri="http://x/1", code="C1", name="Brakes"))
    assert [(identifier("Competence", "uri", "", "http://x/1"),)] == await tell.rows(
        "SELECT id FROM competence"
    )
    await tell("learning", of=Competence, deleted=["x"])
    assert [(identifier("Competence", "code", "", "C1"),)] == await tell.rows(
        "SELECT id FROM competence"
    )


class TestCandidates:
    async def found(self, tell: Teller, account: str) -> list[Candidate]:
        ((link,),) = await tell.rows(
            "SELECT id FROM identity_link WHERE external_id = :account", account=account
        )
        async with tell.store.snapshot() as snapshot:
            return (await candidates(snapshot, [link]))[link]

    async def test_who_has_the_same_local_part_is_a_candidate(self, tell: Teller) -> None:
        await tell("hr", person("E1", employee_number="17", work_email="j.jansen@x.nl"))
        await tell("hr", person("E2", employee_number="18", work_email="j.jansens@x.nl"))
        await tell("personnel", person("u9", work_email="J.Jansen@y.nl"))
        wanted = Candidate(person_id=hub_id("17"), rule=MatchRule.WORK_EMAIL, confidence=LIKELY)
        assert [wanted] == await self.found(tell, "u9")

    async def test_who_shares_the_very_address_comes_first(self, tell: Teller) -> None:
        for number, mail in (("17", "a@y.nl"), ("18", "a@x.nl"), ("19", "a@x.nl")):
            await tell("hr", person(number, employee_number=number, work_email=mail))
        await tell("personnel", person("u9", work_email="a@x.nl"))
        found = await self.found(tell, "u9")
        assert [SHARED, SHARED, LIKELY] == [each.confidence for each in found]
        assert hub_id("17") == found[-1].person_id

    async def test_the_same_name_makes_nobody_a_candidate(self, tell: Teller) -> None:
        await tell("hr", person("E1", employee_number="17", work_email="jan@x.nl"))
        await tell("personnel", person("u9", work_email="jansen.j@x.nl"), person("u8"))
        assert [] == await self.found(tell, "u9")
        assert [] == await self.found(tell, "u8")


async def test_a_relation_to_an_unmatched_account_waits_with_it(tell: Teller) -> None:
    await tell("personnel", person("u9", work_email="ghost@x.nl"))
    await tell(
        "hr", person("E1", employee_number="17", manager=Ref("Person", "id", "u9", "personnel"))
    )
    assert [(None,)] == await tell.rows("SELECT manager_id FROM person")
