"""Decisions on who is who go before the rules, and can be taken back."""

import json
from datetime import date
from typing import Any

import pytest

from hub.errors import UsageError
from hub.models.person import Employment, Person
from hub.models.ref import Ref
from hub.store import Folded, Store, identifier
from hub.store.identity import By, decide, link, merge, split, unlink
from tests.store.conftest import Teller

ME = By(actor_id="me", note="checked by telephone")
WHO = "SELECT external_id, person_id FROM identity_link ORDER BY external_id"


def person(id_: str, number: str | None = None, **said: Any) -> Person:
    return Person(id=id_, display_name=f"P {number}", employee_number=number, **said)


def hub_id(number: str) -> str:
    return identifier("Person", "employee_number", "", number)


A, B, C = hub_id("1"), hub_id("2"), hub_id("3")


@pytest.fixture
async def people(tell: Teller) -> Teller:
    """Three people with an employment each; accounts of the first two; an unmatched one."""
    numbers = ("1", "2", "3")
    await tell("hr", *(person(f"E{n}", n, work_email=f"{n}@x.nl") for n in numbers))
    refs = {n: Ref("Person", "employee_number", n) for n in numbers}
    day = date(2020, 1, 1)
    await tell("hr", *(Employment(id=n, person=refs[n], valid_from=day) for n in numbers))
    accounts = (person("u1", work_email="1@x.nl"), person("u2", work_email="2@x.nl"))
    await tell("personnel", *accounts, person("u9", work_email="1@y.nl"))
    return tell


async def link_of(tell: Teller, external_id: str) -> str:
    found = "SELECT id FROM identity_link WHERE external_id = :external_id"
    ((id_,),) = await tell.rows(found, external_id=external_id)
    return str(id_)


async def who(tell: Teller) -> dict[str, str]:
    return dict(await tell.rows(WHO))


async def state(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    statements = {
        "people": "SELECT id, display_name, work_email, manager_id FROM person ORDER BY id",
        "work": "SELECT id, person_id FROM employment ORDER BY id",
        "links": "SELECT id, person_id, rule, status FROM identity_link ORDER BY id",
        "relations": "SELECT record_id, lookup, target_id FROM reference ORDER BY 1, 2",
        "conflicts": "SELECT id, chosen FROM data_conflict ORDER BY id",
        "aliases": "SELECT merged_id, kept_id FROM alias ORDER BY 1",
    }
    async with store.snapshot() as snapshot:
        return {name: await snapshot.rows(text) for name, text in statements.items()}


async def do(tell: Teller, what: Any, *args: Any, **options: Any) -> Folded:
    async with tell.store.transaction() as tx:
        folded: Folded = await what(tx, *args, **options)
        return folded


class TestLinking:
    async def test_an_unmatched_account_becomes_whom_a_person_says(self, people: Teller) -> None:
        await do(people, link, await link_of(people, "u9"), C, ME)
        assert C == (await who(people))["u9"]
        told = "SELECT rule, status, confidence FROM identity_link WHERE external_id = 'u9'"
        assert [("MANUAL", "CONFIRMED", 1.0)] == await people.rows(told)

    async def test_it_stays_so_whatever_is_read_later(self, people: Teller) -> None:
        await do(people, link, await link_of(people, "u9"), C, ME)
        await people("personnel", person("u9", work_email="2@x.nl"))
        assert C == (await who(people))["u9"]

    async def test_taken_back_it_is_what_the_rules_find(self, people: Teller) -> None:
        before = await state(people.store)
        id_ = await link_of(people, "u1")
        await do(people, link, id_, C, ME)
        await do(people, unlink, id_, ME)
        assert before == await state(people.store)

    async def test_a_rejected_match_is_not_found_again(self, people: Teller) -> None:
        await do(people, decide, await link_of(people, "u1"), ME, confirm=False)
        await people("personnel", person("u1", work_email="1@x.nl", scim_external_id="X"))
        told = "SELECT person_id, status FROM identity_link WHERE external_id = 'u1'"
        assert [(A, "REJECTED")] == await people.rows(told)
        assert [(None,)] == await people.rows("SELECT DISTINCT scim_external_id FROM person")

    async def test_the_only_candidate_can_be_confirmed(self, people: Teller) -> None:
        await do(people, decide, await link_of(people, "u9"), ME, confirm=True)
        assert A == (await who(people))["u9"]

    async def test_without_a_candidate_there_is_nothing_to_confirm(self, people: Teller) -> None:
        await people("personnel", person("u8"))
        with pytest.raises(UsageError, match="0 candidates"):
            await do(people, decide, await link_of(people, "u8"), ME, confirm=True)

    async def test_every_decision_is_written_down(self, people: Teller) -> None:
        id_ = await link_of(people, "u9")
        await do(people, link, id_, C, ME)
        await do(people, unlink, id_, ME)
        told = "SELECT action, actor_id, subject_id, note FROM audit ORDER BY id"
        assert [
            ("LINKED", "me", id_, "checked by telephone"),
            ("UNLINKED", "me", id_, "checked by telephone"),
        ] == await people.rows(told)
        ((history,),) = await people.rows("SELECT history FROM identity_link WHERE id = :i", i=id_)
        assert ["UNLINKED", "LINKED"] == [entry["action"] for entry in json.loads(history)]

    @pytest.mark.parametrize("what", [unlink, link])
    async def test_a_link_that_is_not_there_is_refused(self, people: Teller, what: Any) -> None:
        whom = [] if what is unlink else [A]
        with pytest.raises(UsageError, match="no identity link"):
            await do(people, what, "nowhere", *whom, ME)

    async def test_nobody_is_no_one_to_link_to(self, people: Teller) -> None:
        with pytest.raises(UsageError, match="no person nobody"):
            await do(people, link, await link_of(people, "u9"), "nobody", ME)


class TestMerging:
    async def test_two_become_one_and_all_follows(self, people: Teller) -> None:
        await do(people, merge, A, B, ME)
        assert {"E1": A, "E2": A, "E3": C, "u1": A, "u2": A, "u9": None} == await who(people)
        assert {(A,), (C,)} == set(await people.rows("SELECT person_id FROM employment"))
        assert [(B, A)] == await people.rows("SELECT merged_id, kept_id FROM alias")

    async def test_the_merged_id_goes_on_leading_to_the_one_that_stays(
        self, people: Teller
    ) -> None:
        await do(people, merge, A, B, ME)
        ref = Ref("Person", "id", B, "hub")
        await people("hub", Employment(id="new", person=ref, valid_from=date(2026, 1, 1)))
        told = "SELECT person_id FROM employment WHERE valid_from = '2026-01-01'"
        assert [(A,)] == await people.rows(told)

    async def test_what_is_read_later_of_the_merged_one_is_of_the_one_that_stays(
        self, people: Teller
    ) -> None:
        await do(people, merge, A, B, ME)
        await people("learning", person("l2", "2"))
        assert A == (await who(people))["l2"]

    async def test_nobody_is_merged_twice(self, people: Teller) -> None:
        await do(people, merge, A, B, ME)
        with pytest.raises(UsageError, match="one person already"):
            await do(people, merge, A, B, ME)

    async def test_the_past_still_knows_two(self, people: Teller, clock: Any) -> None:
        before = clock.wait(days=1)
        await do(people, merge, A, B, ME)
        assert [(3,)] == await people.rows("SELECT count(*) FROM person", before)
        assert [(2,)] == await people.rows("SELECT count(*) FROM person")


class TestSplitting:
    async def test_a_split_undoes_a_merge(self, people: Teller) -> None:
        before = await state(people.store)
        await do(people, merge, A, B, ME)
        links = [await link_of(people, each) for each in ("E2", "u2")]
        await do(people, split, A, links, ME)
        assert before == await state(people.store)

    async def test_the_outer_of_two_merges_is_undone_whole(self, people: Teller) -> None:
        await do(people, merge, B, C, ME)
        before = await state(people.store)
        await do(people, merge, A, B, ME)
        links = [await link_of(people, each) for each in ("E2", "u2", "E3")]
        await do(people, split, A, links, ME)
        assert before == await state(people.store)

    async def test_the_inner_of_two_merges_can_be_undone_alone(self, people: Teller) -> None:
        await do(people, merge, B, C, ME)
        await do(people, merge, A, B, ME)
        await do(people, split, A, [await link_of(people, "E3")], ME)
        assert {"E1": A, "E2": A, "E3": C} == {
            name: id_ for name, id_ in (await who(people)).items() if name.startswith("E")
        }

    async def test_records_can_become_someone_new(self, people: Teller) -> None:
        await people("hr", person("E1b", "1", work_email="late@x.nl"))
        await do(people, split, A, [await link_of(people, "E1b")], ME)
        new = (await who(people))["E1b"]
        assert new not in {A, B, C}
        assert [("late@x.nl",)] == await people.rows(
            "SELECT work_email FROM person WHERE id = :new", new=new
        )

    async def test_the_number_goes_on_leading_to_whom_it_named(self, people: Teller) -> None:
        await people("hr", person("E1b", "1"))
        await do(people, split, A, [await link_of(people, "E1b")], ME)
        told = "SELECT count(*) FROM employment WHERE person_id = :a"
        assert [(1,)] == await people.rows(told, a=A)

    async def test_a_merge_undoes_a_split(self, people: Teller) -> None:
        await people("hr", person("E1b", "1"))
        before = (await state(people.store))["people"]
        await do(people, split, A, [await link_of(people, "E1b")], ME)
        await do(people, merge, A, (await who(people))["E1b"], ME)
        assert before == (await state(people.store))["people"]

    async def test_records_can_go_to_someone_known(self, people: Teller) -> None:
        await do(people, split, A, [await link_of(people, "u1")], ME, to=C)
        assert C == (await who(people))["u1"]

    @pytest.mark.parametrize("names", [(), ("E1", "u1"), ("E1", "E2")], ids=str)
    async def test_a_split_takes_some_of_the_links(
        self, people: Teller, names: tuple[str, ...]
    ) -> None:
        links = [await link_of(people, each) for each in names]
        with pytest.raises(UsageError, match="some of the person's links"):
            await do(people, split, A, links, ME)
