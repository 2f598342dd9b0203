"""Coverage counts people: all of them, and shows what may be shown."""

from collections.abc import Mapping
from typing import Any

import pytest

from hub.engine.ids import global_id
from hub.engine.origins import Key
from hub.models.kinds import Disclosure
from hub.policy.disclosure import disclosure, shown
from tests.engine.world import Asking
from tests.policy.oracle import Facts, facts

SEES = "DIRECTOR of all"
FIELDS = (
    "disclosure required qualified missing openGaps singlePointOfFailure"
    " derivation { ruleVersion complete missingSources { key } }"
)


@pytest.fixture(scope="module")
def known(asking: Asking) -> Facts:
    async def read() -> Facts:
        async with asking.store.snapshot() as snapshot:
            return await facts(snapshot)

    return asking.run(read())


def subject(known: Facts, of: str, row: Mapping[str, Any]) -> Any:
    """Return what a fulfilment is counted under."""
    if of == "CompetenceRequirement":
        return row["requirement_id"]
    if of == "Competence":
        return row["competence_id"]
    return known.rows["Competence"][row["competence_id"]]["area_id"]


def rows_of(known: Facts, of: str, id_: str) -> list[Mapping[str, Any]]:
    return [row for row in known.rows["Fulfilment"].values() if subject(known, of, row) == id_]


def covered(asking: Asking, of: str, viewer: str, said: str = "") -> dict[str, Any]:
    """Return the coverage of every record of a type, by hub id."""
    ids = asking.world.ids[of]
    answer = asking.ask(
        f"query Q($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {of}"
        f" {{ coverage{said} {{ {FIELDS} }} }} }} }}",
        asking.world.viewers[viewer],
        ids=[global_id(Key(of, id_), None) for id_ in ids],
    )
    assert answer.errors == ()
    assert answer.data is not None
    return {id_: each["coverage"] for id_, each in zip(ids, answer.data["nodes"], strict=True)}


@pytest.mark.parametrize("of", ["CompetenceRequirement", "Competence", "CompetenceArea"])
def test_it_counts_those_who_are_asked_and_those_who_meet_all_or_nothing(
    asking: Asking, known: Facts, of: str
) -> None:
    for id_, told in covered(asking, of, SEES).items():
        by_person: dict[str, list[int]] = {}
        met: dict[str, int] = {}
        rows = rows_of(known, of, id_)
        for row in rows:
            by_person.setdefault(row["person_id"], []).append(row["met"])
            met[row["requirement_id"]] = met.get(row["requirement_id"], 0) + row["met"]
        assert told["disclosure"] == "EXACT"
        assert told["required"] == len(by_person)
        assert told["qualified"] == sum(all(each) for each in by_person.values())
        assert told["missing"] == sum(not any(each) for each in by_person.values())
        assert told["openGaps"] == sum(not (r["met"] or r["covered_by_id"]) for r in rows)
        assert told["singlePointOfFailure"] is (1 in met.values())
        silent = {each["key"] for each in told["derivation"]["missingSources"]}
        assert told["derivation"]["complete"] is False
        assert "credential" in silent


@pytest.mark.parametrize("viewer", ["employee", "manager", "director in the line"])
@pytest.mark.parametrize("of", ["CompetenceRequirement", "Competence", "CompetenceArea"])
def test_it_is_withheld_where_it_would_single_people_out(
    asking: Asking, known: Facts, of: str, viewer: str
) -> None:
    who = asking.world.viewers[viewer]
    for id_, told in covered(asking, of, viewer).items():
        rows = rows_of(known, of, id_)
        people = {row["person_id"] for row in rows}
        hidden = {row["person_id"] for row in rows if not known.sees(who, "Fulfilment", row)}
        how = disclosure(len(people), len(hidden))
        assert told["disclosure"] == how.value
        assert told["required"] == shown(len(people), how)
        if how is Disclosure.SUPPRESSED:
            assert {told[name] for name in told if name not in ("disclosure", "derivation")} == {
                None
            }
        if how is not Disclosure.EXACT:
            assert told["singlePointOfFailure"] is None


def test_a_unit_narrows_it_to_those_who_work_there_or_below(asking: Asking, known: Facts) -> None:
    units = known.rows["OrganisationUnit"]
    top = next(id_ for id_, row in units.items() if row["code"] == "Orga1")
    below = {top}
    while more := {id_ for id_, row in units.items() if row["parent_id"] in below} - below:
        below |= more
    there = {
        row["person_id"] for row in known.rows["Employment"].values() if row["unit_id"] in below
    }
    told = covered(asking, "Competence", SEES, said='(unit: {code: "Orga1"})')
    for id_, each in told.items():
        people = {row["person_id"] for row in rows_of(known, "Competence", id_)}
        assert each["required"] == len(people & there)


def test_the_complement_of_a_unit_is_not_shown_by_difference(asking: Asking, known: Facts) -> None:
    viewer = asking.world.viewers["employee"]
    told = covered(asking, "CompetenceArea", "employee", said='(unit: {code: "Orga0"})')
    everyone = {row["person_id"] for row in known.rows["Employment"].values()}
    for id_, each in told.items():
        people = {row["person_id"] for row in rows_of(known, "CompetenceArea", id_)} & everyone
        assert each["disclosure"] != "EXACT" or people <= {viewer.person_id}
