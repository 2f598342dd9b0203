"""ESCO: the European classification of skills, from the files of its CSV download.

Source: https://esco.ec.europa.eu/en/use-esco/download (read 2026-11-24), version 1.2. The files of
the download are served over HTTP from one folder: `skills_en.csv` and
`broaderRelationsSkillPillar_en.csv`, UTF-8, and beside them `dataset.json`, which names their
version and licence. A concept is told by its URI, which a browser opens too.

- Files are published whole. One whose ETag is another than before is read from its beginning: what
  it no longer holds is gone. A withdrawn concept usually stays, with the status `obsolete`.
- What a skill is part of may be a group, which stands in another file; only skills are named.
- ESCO has no levels of proficiency. Occupations are known to the hub by their URIs alone.
"""

import csv
from abc import abstractmethod
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Any, TypeVar

from hub import sdk
from hub.models.competence import Competence, CompetenceFramework
from hub.models.kinds import CompetenceKind, SystemKind
from hub.models.record import Sourced

SKILLS = "http://data.europa.eu/esco/concept-scheme/skills"
KINDS = {"skill/competence": CompetenceKind.SKILL, "knowledge": CompetenceKind.KNOWLEDGE}
RETIRED = {"released": False, "obsolete": True}
DATASET = "dataset.json"

Raw = dict[str, Any]
R = TypeVar("R", bound=Sourced)


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoSettings(sdk.Settings):
    """A folder of ESCO's files."""

    language: str = "en"
    page_size: int = 500


def to_framework(dataset: Raw) -> CompetenceFramework:
    terms = (dataset.get("licence"), dataset.get("attribution"))
    return CompetenceFramework(
        id=SKILLS,
        uri=SKILLS,
        name="ESCO",
        release=sdk.needed(dataset, "version"),
        publisher="European Commission",
        licence=". ".join(each for each in terms if each) or None,
        external_url=SKILLS,
    )


def to_competence(row: Raw) -> Competence:
    """Map a line of the file, with the URIs of its broader skills under `broader`."""
    uri = sdk.needed(row, "conceptUri")
    return Competence(
        id=uri,
        uri=uri,
        name=sdk.needed(row, "preferredLabel"),
        description=row["description"] or None,
        kind=sdk.word(row, "skillType", KINDS),
        framework=sdk.Ref.uri("CompetenceFramework", SKILLS),
        broader=tuple(sdk.Ref.uri("Competence", each) for each in row["broader"]),
        retired=sdk.word(row, "status", RETIRED),
        changed_at=sdk.moment(row["modifiedDate"]),
        external_url=uri,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(sdk.Mark):
    """Where a reading stands.

    Attributes:
        versions: ETag of each file that is read.
        rows: How many rows were read.
        ended: Whether those were all.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    ended: bool = False


class Published(sdk.Resource[EscoSettings], sdk.Pulls[R]):
    """Records of files that are published whole."""

    @abstractmethod
    def files(self) -> tuple[str, ...]:
        """Return the names of the files."""

    @abstractmethod
    def rows(self, files: Mapping[str, sdk.Response]) -> list[Raw]:
        """Return what the files hold, each row for a record."""

    @abstractmethod
    def mapped(self, row: Raw) -> R:
        """Return what a row says."""

    async def pull(self, since: str | None) -> AsyncIterator[sdk.Page[R]]:
        mark = Mark.read(since)
        if mark.ended and mark.versions == _versions(await self._asked("HEAD")):
            yield sdk.Page([], mark.text())
            return
        files = await self._asked("GET")
        versions, rows = _versions(files), self.rows(files)
        if mark.versions not in ({}, versions):
            raise sdk.ExpiredError(f"{', '.join(files)}: published anew")
        while not mark.ended:
            until = mark.rows + self.settings.page_size
            page = rows[mark.rows : until]
            mark = Mark(versions=versions, rows=mark.rows + len(page), ended=until >= len(rows))
            yield sdk.Page(self.map(self.mapped, page), mark.text())

    async def _asked(self, method: str) -> dict[str, sdk.Response]:
        return {name: await self.http.request(method, f"/{name}") for name in self.files()}


def _versions(files: Mapping[str, sdk.Response]) -> dict[str, str]:
    return {name: answer.headers.get("etag", "") for name, answer in files.items()}


def _lines(file: sdk.Response, key: str) -> list[Raw]:
    """Return the lines of a file.

    Raises:
        MappingError: it is no such file, or breaks off; what it lacks would be taken for gone.
    """
    reader = csv.DictReader(StringIO(file.body.decode("utf-8-sig"), newline=""), strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise sdk.MappingError(f"the file breaks off: {error}") from error
    if key not in (reader.fieldnames or ()):
        raise sdk.MappingError(f"{key}: missing in the head of the file")
    if lines and None in lines[-1].values():
        raise sdk.MappingError(f"the file breaks off in line {reader.line_num}")
    return lines


class Frameworks(Published[CompetenceFramework]):
    never = {
        "pages": "a download is of one framework",
        "delete": "a download is of one framework, which is never withdrawn",
    }

    def files(self) -> tuple[str, ...]:
        return (DATASET,)

    def rows(self, files: Mapping[str, sdk.Response]) -> list[Raw]:
        (said,) = sdk.rows([files[DATASET].json()])
        if "version" not in said:
            raise sdk.MappingError(f"{DATASET}: no version of a data set")
        return [said]

    def mapped(self, row: Raw) -> CompetenceFramework:
        return to_framework(row)

    def id_of(self, _: Raw) -> str:
        """Return the one id that there is."""
        return SKILLS


class Skills(Published[Competence]):
    def files(self) -> tuple[str, ...]:
        language = self.settings.language
        return f"skills_{language}.csv", f"broaderRelationsSkillPillar_{language}.csv"

    def rows(self, files: Mapping[str, sdk.Response]) -> list[Raw]:
        skills, relations = (_lines(files[name], "conceptUri") for name in self.files())
        known = {row["conceptUri"] for row in skills}
        broader: dict[str, list[str]] = {}
        for each in relations:
            if each["broaderUri"] in known:
                broader.setdefault(each["conceptUri"], []).append(each["broaderUri"])
        return [{**row, "broader": broader.get(row["conceptUri"], [])} for row in skills]

    def mapped(self, row: Raw) -> Competence:
        return to_competence(row)


class Esco(sdk.Connector[EscoSettings]):
    name = "esco"
    kind = SystemKind.FRAMEWORK
    resources = (Frameworks, Skills)
    limits = sdk.Limits(per_second=20, concurrent=2)

    def auth(self) -> sdk.Auth:
        return sdk.anonymous()

    async def ping(self) -> None:
        await self.http.request("HEAD", f"/{DATASET}")
