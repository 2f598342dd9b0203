"""The ESCO connector against the pretend download site."""

import csv
from io import StringIO
from typing import Any

import pytest

from hub import sdk
from hub.connectors.esco import SKILLS, Esco, EscoSettings
from hub.demo.systems.wire import Credentials
from hub.errors import ExpiredError
from hub.models.competence import Competence, CompetenceFramework
from hub.models.kinds import CompetenceKind
from tests.connectors.conftest import Connect, Connected, Reading, read

URI = "http://data.europa.eu/esco/skill/{}"


def skill(number: int, **more: Any) -> dict[str, Any]:
    return {
        "conceptType": "KnowledgeSkillCompetence",
        "conceptUri": URI.format(number),
        "skillType": "skill/competence",
        "reuseLevel": "cross-sector",
        "preferredLabel": f"skill {number}",
        "altLabels": "one\ntwo",
        "status": "released",
        "modifiedDate": "2024-01-11T12:18:39.061Z",
        "description": f"About {number}.",
        **more,
    }


def broader(number: int, of: str) -> dict[str, Any]:
    return {"conceptUri": URI.format(number), "broaderUri": of}


SEED = {
    "skills_en.csv": [skill(number) for number in range(25)],
    "broaderRelationsSkillPillar_en.csv": [
        broader(2, URI.format(1)),
        broader(2, "http://data.europa.eu/esco/isced-f/07"),
    ],
    "dataset": {"version": "v1.2.0", "licence": "CC BY 4.0", "attribution": "Uses ESCO"},
}


def settings(address: str, _: Credentials) -> EscoSettings:
    return EscoSettings(base_url=address, page_size=10)


@pytest.fixture
async def esco(connect: Connect) -> Any:
    async with connect("frameworks", SEED, Esco, settings) as connected:
        yield connected


async def publish(esco: Connected, *without: int) -> None:
    """Publish the skills anew, some left out."""
    old = csv.DictReader(StringIO((await esco.vendor.get("/skills_en.csv")).text))
    new = StringIO()
    writer = csv.DictWriter(new, list(skill(0)))
    writer.writeheader()
    gone = {URI.format(number) for number in without}
    writer.writerows(row for row in old if row["conceptUri"] not in gone)
    await esco.vendor.put("/skills_en.csv", content=new.getvalue())


async def test_three_pages_are_read(esco: Connected) -> None:
    reading = await read(esco[Competence])
    assert (3, {URI.format(number) for number in range(25)}) == (reading.pages, reading.ids)


async def test_a_row_is_a_competence(esco: Connected) -> None:
    said = (await read(esco[Competence])).records[URI.format(2)]
    assert ("skill 2", "About 2.", CompetenceKind.SKILL, False) == (
        said.name,
        said.description,
        said.kind,
        said.retired,
    )
    assert sdk.Ref.uri("CompetenceFramework", SKILLS) == said.framework
    assert said.uri == said.external_url


async def test_only_skills_are_broader_than_skills(esco: Connected) -> None:
    said = (await read(esco[Competence])).records[URI.format(2)]
    assert (sdk.Ref.uri("Competence", URI.format(1)),) == said.broader


async def test_the_framework_tells_its_release_and_terms(esco: Connected) -> None:
    (said,) = (await read(esco[CompetenceFramework])).records.values()
    assert ("ESCO", "v1.2.0", "CC BY 4.0. Uses ESCO") == (said.name, said.release, said.licence)


async def test_files_that_are_as_before_are_not_read_again(esco: Connected) -> None:
    first = await read(esco[Competence])
    assert set() == (await read(esco[Competence], first.checkpoint)).ids


async def test_files_published_anew_are_read_from_their_beginning(esco: Connected) -> None:
    first = await read(esco[Competence])
    await publish(esco, 3)
    with pytest.raises(ExpiredError):
        await read(esco[Competence], first.checkpoint)
    assert {URI.format(number) for number in range(25) if number != 3} == (
        await read(esco[Competence])
    ).ids


async def test_files_published_anew_between_pages_are_read_from_their_beginning(
    esco: Connected,
) -> None:
    reading = Reading()
    async for page in esco[Competence].pull(None):
        reading.checkpoint = page.checkpoint
        break
    await publish(esco, 3)
    with pytest.raises(ExpiredError):
        await read(esco[Competence], reading.checkpoint)


async def test_a_bad_row_is_set_aside_and_the_others_stand(connect: Connect) -> None:
    bad = skill(3, status="approved")
    seed = {**SEED, "skills_en.csv": [skill(1), skill(2), bad, skill(4, status="obsolete")]}
    async with connect("frameworks", seed, Esco, settings) as esco:
        reading = await read(esco[Competence])
    assert {URI.format(number): number == 4 for number in (1, 2, 4)} == {
        id_: said.retired for id_, said in reading.records.items()
    }
    assert [URI.format(3)] == list(reading.rejected)
