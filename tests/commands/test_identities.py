"""Deciding who is who."""

from typing import Any

import pytest

from hub.models.person import Person
from tests.commands.conftest import World, gid, person

WHO_MAY = [
    ("integrator", []),
    ("HR adviser of A", []),
    ("HR adviser of B", ["NOT_FOUND"]),
    ("competence manager", ["NOT_ALLOWED"]),
    ("line manager", ["NOT_ALLOWED"]),
    ("stranger", ["NOT_FOUND"]),
]
"""Who may decide on the account of somebody in A; who cannot see it does not learn of it."""


async def link_of(world: World, external_id: str) -> tuple[str, int]:
    found = "SELECT id, version FROM identity_link WHERE external_id = :external_id"
    ((id_, version),) = await world.rows(found, external_id=external_id)
    return str(id_), int(version)


async def whom(world: World, external_id: str) -> tuple[str | None, str]:
    found = "SELECT person_id, status FROM identity_link WHERE external_id = :external_id"
    ((id_, status),) = await world.rows(found, external_id=external_id)
    return id_, status


def linking(external_id: str, number: str, **said: Any) -> dict[str, Any]:
    return {
        "person": {"employeeNumber": number},
        "external": {"system": "personnel", "externalId": external_id, **said},
        "reason": "Checked by telephone.",
    }


async def deciding(world: World, external_id: str, *, confirm: bool) -> dict[str, Any]:
    id_, version = await link_of(world, external_id)
    return {
        "linkId": gid("IdentityLink", id_),
        "confirm": confirm,
        "reason": "Asked her.",
        "expectedVersion": version,
    }


async def merging(world: World, keep: str, gone: str) -> dict[str, Any]:
    return {
        "keepId": gid("Person", person(keep)),
        "mergeId": gid("Person", person(gone)),
        "expectedKeepVersion": await world.version("person", person(keep)),
        "expectedMergeVersion": await world.version("person", person(gone)),
        "reason": "Hired again.",
    }


async def splitting(world: World, number: str, *external_ids: str, **said: Any) -> dict[str, Any]:
    links = [await link_of(world, each) for each in external_ids]
    return {
        "personId": gid("Person", person(number)),
        "linkIds": [gid("IdentityLink", id_) for id_, _ in links],
        "expectedVersion": await world.version("person", person(number)),
        "reason": "Two people after all.",
        **said,
    }


class TestLinking:
    async def test_an_unmatched_account_becomes_whom_somebody_says(self, world: World) -> None:
        row = await world.done("linkIdentity", "integrator", **linking("u9", "3"))
        assert (person("3"), "CONFIRMED") == await whom(world, "u9")
        assert (await link_of(world, "u9"))[0] == row["link"].id
        assert [person("3")] == [key.id for key in row["people"]]
        happened = "SELECT type FROM domain_event"
        assert [("hub.identity.linked",)] == await world.rows(happened)

    async def test_both_people_concerned_are_told(self, world: World) -> None:
        row = await world.done("linkIdentity", "integrator", **linking("u8", "3"))
        assert [person("3"), person("8")] == [key.id for key in row["people"]]

    @pytest.mark.parametrize(("who", "codes"), WHO_MAY)
    async def test_integrators_and_hr_advisers_may(
        self, world: World, who: str, codes: list[str]
    ) -> None:
        row = await world.decide("linkIdentity", who, **linking("u8", "3"))
        assert codes == [each["code"] for each in row["errors"]]

    async def test_an_hr_adviser_needs_to_advise_everybody_concerned(self, world: World) -> None:
        assert [("NOT_ALLOWED", "")] == await world.refused(
            "linkIdentity", "HR adviser of A", **linking("u8", "10")
        )

    async def test_the_same_link_stands_already(self, world: World) -> None:
        await world.done("linkIdentity", "integrator", **linking("u9", "3"))
        assert [("ALREADY_DONE", "")] == await world.refused(
            "linkIdentity", "integrator", key="k2", **linking("u9", "3")
        )

    async def test_what_was_never_read_is_not_found(self, world: World) -> None:
        assert [("NOT_FOUND", "external")] == await world.refused(
            "linkIdentity", "integrator", **linking("u10", "3")
        )

    async def test_an_id_of_several_streams_needs_one_of_them(self, world: World) -> None:
        await world.tell("personnel", Person(id="u9", display_name="P"), stream="guests")
        assert [("INVALID", "external.stream")] == await world.refused(
            "linkIdentity", "integrator", **linking("u9", "3")
        )
        await world.done("linkIdentity", "integrator", **linking("u9", "3", stream="guests"))


class TestDecidingOnALink:
    async def test_a_rejected_link_is_no_more(self, world: World) -> None:
        said = await deciding(world, "u8", confirm=False)
        row = await world.done("decideIdentityLink", "integrator", **said)
        assert (person("8"), "REJECTED") == await whom(world, "u8")
        assert [person("8")] == [key.id for key in row["people"]]

    async def test_a_likely_candidate_is_confirmed(self, world: World) -> None:
        said = await deciding(world, "u9", confirm=True)
        await world.done("decideIdentityLink", "integrator", **said)
        assert (person("9"), "CONFIRMED") == await whom(world, "u9")

    @pytest.mark.parametrize(("who", "codes"), WHO_MAY)
    async def test_integrators_and_hr_advisers_may(
        self, world: World, who: str, codes: list[str]
    ) -> None:
        said = await deciding(world, "u8", confirm=True)
        row = await world.decide("decideIdentityLink", who, **said)
        assert codes == [each["code"] for each in row["errors"]]

    async def test_another_version_is_a_conflict(self, world: World) -> None:
        said = await deciding(world, "u8", confirm=False)
        told = {**said, "expectedVersion": said["expectedVersion"] + 1}
        row = await world.decide("decideIdentityLink", "integrator", **told)
        (error,) = row["errors"]
        assert ("VERSION_CONFLICT", "IdentityLink") == (error["code"], error["current"].type)

    @pytest.mark.parametrize("confirm", [True, False])
    async def test_what_was_decided_so_is_done(self, world: World, confirm: bool) -> None:
        said = await deciding(world, "u8", confirm=confirm)
        await world.done("decideIdentityLink", "integrator", **said)
        assert [("ALREADY_DONE", "")] == await world.refused(
            "decideIdentityLink",
            "integrator",
            key="k2",
            **await deciding(world, "u8", confirm=confirm),
        )

    async def test_without_a_candidate_it_must_be_linked(self, world: World) -> None:
        await world.tell("personnel", Person(id="u0", display_name="P 0"))
        said = await deciding(world, "u0", confirm=True)
        assert [("WRONG_STATE", "linkId")] == await world.refused(
            "decideIdentityLink", "integrator", **said
        )


class TestMergingAndSplitting:
    async def test_a_merged_id_leads_to_who_stays(self, world: World) -> None:
        row = await world.done("mergePeople", "integrator", **await merging(world, "8", "6"))
        assert [person("8")] == [key.id for key in row["people"]]
        assert [] == await world.rows("SELECT id FROM person WHERE id = :id", id=person("6"))
        assert [("hub.people.merged",)] == await world.rows("SELECT type FROM domain_event")

    async def test_a_split_undoes_a_merge(self, world: World) -> None:
        kept = (
            "SELECT id, display_name, work_email, manager_id FROM person ORDER BY id",
            "SELECT id, person_id FROM employment ORDER BY id",
            "SELECT id, person_id, rule, status FROM identity_link ORDER BY id",
            "SELECT merged_id FROM alias",
        )
        before = [await world.rows(each) for each in kept]
        await world.done("mergePeople", "integrator", **await merging(world, "8", "6"))
        assert before != [await world.rows(each) for each in kept]
        said = await splitting(world, "8", "6")
        row = await world.done("splitPerson", "integrator", "k2", **said)
        assert before == [await world.rows(each) for each in kept]
        assert {person("8"), person("6")} == {key.id for key in row["people"]}

    async def test_a_record_can_go_to_somebody_who_is_there(self, world: World) -> None:
        said = await splitting(world, "8", "u8", to={"employeeNumber": "3"})
        await world.done("splitPerson", "integrator", **said)
        assert (person("3"), "CONFIRMED") == await whom(world, "u8")

    @pytest.mark.parametrize(
        ("who", "codes"),
        [
            ("integrator", []),
            ("HR adviser of A", []),
            ("HR adviser of B", ["NOT_ALLOWED"]),
            ("stranger", ["NOT_ALLOWED"]),
        ],
    )
    async def test_integrators_and_hr_advisers_may(
        self, world: World, who: str, codes: list[str]
    ) -> None:
        row = await world.decide("mergePeople", who, **await merging(world, "8", "6"))
        assert codes == [each["code"] for each in row["errors"]]

    async def test_whoever_may_not_see_the_links_cannot_split(self, world: World) -> None:
        said = await splitting(world, "8", "u8")
        for who in ("stranger", "HR adviser of B", "employee"):
            row = await world.decide("splitPerson", who, **said)
            assert ["NOT_ALLOWED"] == [each["code"] for each in row["errors"]]

    @pytest.mark.parametrize("which", ["expectedKeepVersion", "expectedMergeVersion"])
    async def test_either_may_have_changed_meanwhile(self, world: World, which: str) -> None:
        said = {**await merging(world, "8", "6"), which: 99}
        assert [("VERSION_CONFLICT", which)] == await world.refused(
            "mergePeople", "integrator", **said
        )

    async def test_one_person_cannot_be_merged(self, world: World) -> None:
        await world.done("mergePeople", "integrator", **await merging(world, "8", "6"))
        version = await world.version("person", person("8"))
        said = {
            "keepId": gid("Person", person("8")),
            "mergeId": gid("Person", person("6")),
            "expectedKeepVersion": version,
            "expectedMergeVersion": version,
            "reason": "Again.",
        }
        assert [("ALREADY_DONE", "")] == await world.refused(
            "mergePeople", "integrator", key="k2", **said
        )

    async def test_a_split_leaves_something(self, world: World) -> None:
        for links, path in ((("8", "u8"), "linkIds"), ((), "linkIds"), (("6",), "linkIds.0")):
            said = await splitting(world, "8", *links)
            assert [("INVALID", path)] == await world.refused("splitPerson", "integrator", **said)

    async def test_a_link_is_named_once(self, world: World) -> None:
        said = await splitting(world, "8", "u8", "u8")
        assert [("INVALID", "linkIds.1")] == await world.refused(
            "splitPerson", "integrator", **said
        )

    async def test_the_other_is_somebody_else(self, world: World) -> None:
        said = await splitting(world, "8", "u8", to={"employeeNumber": "8"})
        assert [("INVALID", "to")] == await world.refused("splitPerson", "integrator", **said)
