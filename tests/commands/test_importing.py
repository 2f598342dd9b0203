"""Taking in a folder: all of it or nothing, the same again for nothing."""

import csv
import io
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from hub.commands import folders
from hub.commands.importing import FileReport, import_folder, read
from hub.errors import UsageError
from hub.models.kinds import LearningStatus, UnitKind
from hub.models.learning import LearningRecord
from hub.models.organisation import OrganisationUnit
from hub.models.person import Person
from hub.models.ref import Ref
from hub.store import Change, Store, Transaction, identifier
from hub.store.identity import By
from hub.store.terms import save
from tests.commands.conftest import World, a_requirement, gid, hub_id, person
from tests.conftest import Clock
from tests.store.conftest import Teller

FILES = {
    "proficiency_scale.yaml": """
- id: work-3
  key: work-3
  name: At work
  levels:
    - {rank: 1, label: Starter, normalised: 0.3}
    - {rank: 2, label: Worker, normalised: 0.6}
    - {rank: 3, label: Master, normalised: 1}
  mappings:
    - {system: appraisal, raw_scale: stars, raw_from: 1, raw_until: 2.5, rank: 1}
""",
    "competence_area.csv": "id,code,name\na,TECH,Technique\n",
    "competence.yaml": """
- id: brake
  code: BRAKE
  uri: http://example.org/brake
  name: Test brakes
  area: code:TECH
  kind: SKILL
  scale: key:work-3
  decay: {kind: HALF_LIFE, half_life: P1Y, refresh_on_use: true}
- {id: doors, code: DOORS, name: "Mend doors, quickly", scale: key:work-3, core: true}
""",
    "work_process.csv": (
        "id,code,name,owner,unit\n"
        "P,PB,Brakes,employee_number:1,code:A\n"
        'Q,PD,"Doors, and\nhatches",,code:B\n'
    ),
    "competence_requirement.csv": (
        "id,subject,competence,required_rank,criticality,enforcement,legal_basis,"
        "credential_required,derived_from,valid_from,valid_until\n"
        "R-1,WorkProcess:code:PB,code:BRAKE,3,HIGH,BLOCK,Rail Act 12,true,,2026-01-01,\n"
        "R-2,WorkProcess:code:PD,id:doors,2,LOW,INFORM,,false,id:R-1,2026-01-01,2027-01-01\n"
    ),
    "role_assignment.csv": (
        "id,role,person,unit,share,valid_from\n1,PLANNER,email:1@X.nl,code:A,0.5,2026-01-01\n"
    ),
    "intervention.yaml": """
- id: walk
  title: Walk along
  form: COLLABORATION
  locus: IN_WORK
  formality: INFORMAL
  provider: BUSINESS_UNIT
  hours: 8
  targets:
    - {competence: "code:BRAKE", rank: 2}
  facilitators: ["employee_number:1", "id@hr:2"]
""",
    "term_link.yaml": """
- system: learning
  term_kind: activity
  external_id: x
  term: Brake course
  target: Competence:code:BRAKE
  levels: {4: 2, "5.0": 3}
- {system: quality, term_kind: control, external_id: "12", target: "WorkProcess:code:PB"}
- {system: quality, term_kind: control, external_id: "12", target: "OrganisationUnit:code:A"}
""",
}
READ = {
    "competence.yaml": 2,
    "competence_area.csv": 1,
    "competence_requirement.csv": 2,
    "intervention.yaml": 1,
    "proficiency_scale.yaml": 1,
    "role_assignment.csv": 1,
    "term_link.yaml": 3,
    "work_process.csv": 2,
}
KEPT = (
    "SELECT * FROM source_record",
    "SELECT * FROM source_record_history",
    "SELECT * FROM competence",
    "SELECT * FROM competence_requirement",
    "SELECT * FROM competence_requirement_history",
    "SELECT * FROM work_process",
    "SELECT * FROM term_link",
    "SELECT * FROM quarantined_record",
    "SELECT * FROM audit",
    "SELECT * FROM checkpoint",
    "SELECT * FROM epoch WHERE name <> 'touched'",
)


@dataclass
class Papers:
    """A folder of decisions."""

    folder: Path

    def write(self, **files: str) -> None:
        """Write some files; the name says the type, and the text of which kind it is."""
        for name, text in files.items():
            suffix = "yaml" if text.lstrip()[:1] in {"-", "["} else "csv"
            (self.folder / f"{name}.{suffix}").write_text(text, encoding="utf-8")

    def write_all(self) -> None:
        for name, text in FILES.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def read(self) -> list[str]:
        """Read a folder with faults; return them."""
        with pytest.raises(UsageError) as caught:
            read(self.folder)
        return str(caught.value).splitlines()[1:]


@dataclass
class Office(Papers):
    """A folder of decisions, and the store that takes it in."""

    tell: Teller
    clock: Clock

    async def take(self, **more: Any) -> dict[str, tuple[int, int, int]]:
        """Take the folder in; return what was created, changed and deleted of each file."""
        reports = await import_folder(self.tell.store, self.folder, now=self.clock, **more)
        return {each.file: (each.created, each.changed, each.deleted) for each in reports}

    async def faults(self) -> list[str]:
        """Take in a folder with faults, which leaves nothing behind; return them."""
        before = await self.everything()
        with pytest.raises(UsageError) as caught:
            await self.take()
        assert before == await self.everything()
        return str(caught.value).splitlines()[1:]

    async def everything(self) -> list[list[tuple[Any, ...]]]:
        return [sorted(await self.tell.rows(each), key=repr) for each in KEPT]

    async def meaning(self) -> list[list[tuple[Any, ...]]]:
        """Return what holds, without when and how often it was told."""
        found = (
            "SELECT id, uri, code, name, area_id, kind, scale_id, decay, core FROM competence",
            (
                "SELECT id, subject_id, competence_id, required_rank, enforcement, derived_from_id,"
                " valid_until FROM competence_requirement"
            ),
            "SELECT id, code, name, owner_id, unit_id FROM work_process",
            "SELECT id, levels, mappings FROM proficiency_scale",
            "SELECT id, role, person_id, unit_id, share FROM role_assignment",
            "SELECT id, targets, hours FROM intervention",
            "SELECT owner_id, target_id FROM intervention__facilitators",
            "SELECT id, term, target_id, levels, status FROM term_link",
            "SELECT id, competence_id FROM learning_record",
        )
        return [sorted(await self.tell.rows(each), key=repr) for each in found]


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    folder = tmp_path / "owned"
    folder.mkdir()
    return Papers(folder=folder)


@pytest.fixture
async def office(store: Store, clock: Clock, papers: Papers) -> Office:
    return Office(tell=Teller(store), clock=clock, folder=papers.folder)


async def systems(tell: Teller) -> None:
    """Tell what the systems know that the folder points at."""
    await tell(
        "hr",
        *(
            Person(id=n, display_name=n, employee_number=n, work_email=f"{n}@x.nl")
            for n in ("1", "2")
        ),
    )
    await tell(
        "hr",
        *(OrganisationUnit(id=c, code=c, name=c, kind=UnitKind.TEAM) for c in ("A", "B")),
    )
    await tell(
        "learning",
        LearningRecord(
            id="L",
            person=Ref.employee_number("1"),
            competence=Ref.term("Competence", "activity", "x"),
            status=LearningStatus.COMPLETED,
        ),
    )


def turned(text: str) -> str:
    """Return a file with its records in the opposite order."""
    if text.startswith("id,"):
        header, *rows = csv.reader(io.StringIO(text))
        written = io.StringIO()
        csv.writer(written).writerows([header, *reversed(rows)])
        return written.getvalue()
    told = yaml.load(text, yaml.BaseLoader)  # noqa: S506, it makes nothing but texts
    return yaml.safe_dump(told[::-1])


BRAKE = hub_id("Competence", "uri", "http://example.org/brake")


class TestTakingIn:
    async def test_each_file_is_taken_in_whole(self, office: Office) -> None:
        office.write_all()
        reports = await import_folder(office.tell.store, office.folder, now=office.clock)
        assert [
            FileReport(file=name, read=count, created=count, changed=0, deleted=0)
            for name, count in READ.items()
        ] == reports

    async def test_what_it_says_is_what_holds(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        asked = "SELECT competence_id, required_rank, legal_basis FROM competence_requirement"
        assert (BRAKE, 3, "Rail Act 12") in await office.tell.rows(asked)
        held = "SELECT person_id, share FROM role_assignment"
        assert [(person("1"), 0.5)] == await office.tell.rows(held)
        facilitating = "SELECT target_id FROM intervention__facilitators ORDER BY position"
        assert [(person("1"),), (person("2"),)] == await office.tell.rows(facilitating)
        assert [("Doors, and\nhatches",)] == await office.tell.rows(
            "SELECT name FROM work_process WHERE code = 'PD'"
        )

    async def test_words_mean_what_it_says_and_records_follow(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        assert [(BRAKE,)] == await office.tell.rows("SELECT competence_id FROM learning_record")
        meant = "SELECT term, levels FROM term_link WHERE system = 'learning'"
        assert [("Brake course", '[["4",2],["5.0",3]]')] == await office.tell.rows(meant)

    async def test_whoever_derives_hears_of_it_in_the_same_transaction(
        self, office: Office
    ) -> None:
        heard: list[Change] = []

        async def note(_: Transaction, changes: Any) -> None:
            heard.extend(changes)

        office.write_all()
        await office.take(touching=note)
        assert {"CompetenceRequirement", "Competence"} <= {each.type for each in heard}

    async def test_a_fault_before_the_commit_leaves_nothing(self, office: Office) -> None:
        async def note(_: Transaction, __: Any) -> None:
            raise RuntimeError("the machine is unplugged")

        before = await office.everything()
        office.write_all()
        with pytest.raises(RuntimeError):
            await office.take(touching=note)
        assert before == await office.everything()


class TestLaws:
    async def test_the_same_folder_again_changes_nothing(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        before = await office.everything()
        office.clock.wait(days=1)
        assert {(0, 0, 0)} == set((await office.take()).values())
        assert before == await office.everything()

    async def test_it_does_not_matter_which_comes_first(self, office: Office) -> None:
        office.write_all()
        await office.take()
        await systems(office.tell)
        late = await office.meaning()
        await office.take()
        assert late == await office.meaning()

    @pytest.mark.parametrize("seed", [1, 2])
    async def test_the_order_of_rows_and_files_does_not_matter(
        self, office: Office, seed: int
    ) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        whole = await office.meaning()
        for name, text in FILES.items():
            path = office.folder / name
            path.write_text(text.splitlines()[0] if path.suffix == ".csv" else "[]")
        await office.take()
        assert whole != await office.meaning()
        for name in random.Random(seed).sample(sorted(FILES), len(FILES)):
            (office.folder / name).write_text(turned(FILES[name]), encoding="utf-8")
        await office.take()
        assert whole == await office.meaning()

    async def test_what_a_later_version_leaves_out_is_deleted(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        rows = FILES["competence_requirement.csv"].splitlines(keepends=True)
        office.write(competence_requirement="".join(rows[:2]))
        taken = await office.take()
        assert (0, 0, 1) == taken["competence_requirement.csv"]
        assert [("R-1",)] == await office.tell.rows(
            "SELECT external_id FROM source_record WHERE stream = 'competence_requirement'"
            " AND deleted_at IS NULL"
        )

    async def test_a_word_left_out_means_nothing_again(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        office.write(term_link="[]")
        assert (0, 0, 3) == (await office.take())["term_link.yaml"]
        assert [(None,)] == await office.tell.rows("SELECT competence_id FROM learning_record")

    async def test_a_word_follows_what_it_stands_for(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        said = "- {id: brake, code: BRAKE, name: Test brakes}"
        office.write(competence=f"{said}\n- {{id: doors, code: DOORS, name: Doors}}")
        await office.take()
        meant = "SELECT competence_id FROM learning_record"
        assert [(hub_id("Competence", "code", "BRAKE"),)] == await office.tell.rows(meant)
        office.write_all()
        await office.take()
        assert [(BRAKE,)] == await office.tell.rows(meant)

    async def test_a_file_that_is_not_there_leaves_its_type_as_it_is(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        whole = await office.meaning()
        for name in FILES:
            if name != "competence_area.csv":
                (office.folder / name).unlink()
        await office.take()
        assert whole == await office.meaning()

    async def test_what_comes_back_is_there_again(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        whole = await office.meaning()
        office.write(competence_requirement=FILES["competence_requirement.csv"].splitlines()[0])
        await office.take()
        office.write_all()
        assert (2, 0, 0) == (await office.take())["competence_requirement.csv"]
        assert whole == await office.meaning()


class TestBesideDecisions:
    """What is decided in the hub, and what a folder says, live beside each other."""

    @pytest.fixture
    def asks(self, world: World, tmp_path: Path) -> Office:
        """A folder that says what process P asks, in the organisation of the decisions."""
        folder = tmp_path / "owned"
        folder.mkdir()
        office = Office(tell=world.tell, clock=world.clock, folder=folder)
        office.write(competence_requirement=self.file(2))
        return office

    @staticmethod
    def file(rank: int) -> str:
        return (
            "id,subject,competence,required_rank,criticality,enforcement,credential_required,"
            "valid_from\n"
            f"R-1,WorkProcess:code:P,code:BRAKE,{rank},HIGH,WARN,false,2020-01-01\n"
        )

    async def decided(self, world: World, rank: int) -> None:
        rows = await world.rows(
            "SELECT id, version FROM competence_requirement WHERE competence_id = :id",
            id=hub_id("Competence", "code", "BRAKE"),
        )
        ((id_, version),) = rows
        told = a_requirement(
            id=gid("CompetenceRequirement", id_), expectedVersion=version, rank=rank
        )
        await world.done("saveRequirement", "owner", f"rank {rank}", **told)

    async def ranks(self, world: World) -> list[int]:
        rows = await world.rows("SELECT required_rank FROM competence_requirement ORDER BY 1")
        return [rank for (rank,) in rows]

    async def test_what_was_decided_is_not_deleted_by_a_folder(
        self, world: World, asks: Office
    ) -> None:
        await world.done("saveRequirement", "owner", **a_requirement(competence={"code": "DOORS"}))
        await asks.take()
        await asks.take()
        assert [2, 2] == await self.ranks(world)

    async def test_a_decision_stands_until_the_folder_says_something_new(
        self, world: World, asks: Office
    ) -> None:
        await asks.take()
        await self.decided(world, 3)
        assert {(0, 0, 0)} == set((await asks.take()).values())
        assert [3] == await self.ranks(world)
        asks.write(competence_requirement=self.file(1))
        assert {(0, 1, 0)} == set((await asks.take()).values())
        assert [1] == await self.ranks(world)

    async def test_what_the_folder_leaves_out_goes_even_so(
        self, world: World, asks: Office
    ) -> None:
        await asks.take()
        await self.decided(world, 3)
        asks.write(competence_requirement=self.file(1).splitlines()[0])
        await asks.take()
        assert [] == await self.ranks(world)

    async def test_so_it_is_with_words(self, office: Office) -> None:
        await systems(office.tell)
        office.write_all()
        await office.take()
        doors = hub_id("Competence", "code", "DOORS")
        link = identifier("TermLink", "learning", "activity", "x", "Competence")
        async with office.tell.store.transaction() as tx:
            await save(tx, link, doors, By(actor_id="me"))
        await office.take()
        meant = "SELECT competence_id FROM learning_record"
        assert [(doors,)] == await office.tell.rows(meant)
        said = FILES["term_link.yaml"].replace("Brake course", "Course on brakes")
        office.write(term_link=said)
        await office.take()
        assert [(BRAKE,)] == await office.tell.rows(meant)


HEADER = (
    "id,subject,competence,required_rank,criticality,enforcement,credential_required,valid_from"
)


def line(**said: str) -> str:
    good = {
        "id": "R",
        "subject": "WorkProcess:code:P",
        "competence": "code:C",
        "required_rank": "1",
        "criticality": "LOW",
        "enforcement": "WARN",
        "credential_required": "false",
        "valid_from": "2026-01-01",
    }
    return ",".join({**good, **said}.values())


class TestFaults:
    async def test_every_fault_is_told_at_once_with_file_and_line(self, office: Office) -> None:
        office.write_all()
        office.write(
            competence_area="id,code,name\n1,,One\n1,TWO,Two\n",
            competence_requirement="\n".join(
                (HEADER, line(required_rank="high"), line(id="S", criticality="BAD"), line(id=""))
            ),
        )
        assert [
            "competence_area.csv:2: code: is empty; fill it in",
            "competence_requirement.csv:2: required_rank: 'high' is no whole number",
            (
                "competence_requirement.csv:3: criticality: 'BAD' is none of LOW, MEDIUM, HIGH,"
                " CRITICAL"
            ),
            (
                "competence_requirement.csv:4: id: is empty; give the record an id of its own, for"
                " ever"
            ),
        ] == await office.faults()

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"subject": "code:P"}, "put the type before it"),
            ({"subject": "Person:id:1"}, "points at a Person"),
            ({"subject": "WorkProcess:name:P"}, "does not say how it points"),
            ({"competence": "C"}, "write one of id:…, uri:…, code:…"),
            ({"competence": "code@hr:C"}, "leave out @hr"),
            ({"competence": "code:"}, "nothing is said"),
            ({"competence": "id@HR:1"}, "is not the key of a system"),
            ({"competence": "id:" + "x" * 513}, "longer than 512"),
            ({"required_rank": "0"}, "outside 1 to"),
            ({"required_rank": "9" * 30}, "is no whole number"),
            ({"credential_required": "no"}, "is neither true nor false"),
            ({"valid_from": "1-2-2026"}, "is no day such as 2026-03-01"),
            ({"valid_from": "2026-02-30"}, "is no day such as 2026-03-01"),
            ({"enforcement": "BLOCK"}, "legal_basis: Only a law or rule can block"),
            ({"id": "x" * 513}, "at most 512 characters"),
            ({"id": "a\x00b"}, "all of them plain"),
        ],
    )
    def test_a_wrong_value_says_what_to_write(
        self, papers: Papers, said: dict[str, str], expected: str
    ) -> None:
        papers.write(competence_requirement=f"{HEADER}\n{line(**said)}")
        (fault,) = papers.read()
        assert fault.startswith("competence_requirement.csv:2: ")
        assert expected in fault

    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            ("competence_area", "id,code,nam\n", ":1: there is no column 'nam'; is it name?"),
            ("competence_area", "id,code\n1,A\n", ":1: the column 'name' is missing; add it"),
            ("competence_area", "- {id: 1, code: A, nam: B}", ":1: there is no column 'nam'"),
            ("competence_area", "id,code,name\n1,A\n", ":2: has 2 cells, not 3"),
            ("competence_area", "id,code,code\n1,A,B\n", ":1: names the column 'code' twice"),
            ("competence_area", 'id,code,name\n1,A,"B\n', "is no CSV"),
            ("competence_area", "", ":1: has no header"),
            ("competence_area", "id,code,name\n1,A,x\n2,A,y\n", ":3: code: 'A' is not unique;"),
            ("competence_area", "id,code,name\n1,A,x\n1,B,y\n", ":3: id: '1' is not unique;"),
            ("competence_area", "- {id: 1, code: A, name: B, name: C}", ":1: says 'name' twice"),
            ("competence_area", "- id: 1\n  code: A\n  name: [B]\n", ":3: name: one value"),
            ("competence_area", "- &a {id: 1}\n- *a\n", ":2: refers to an anchor"),
            ("competence_area", "- !!python/name:os.system {id: 1}\n", ":1: has the tag"),
            ("competence_area", "- id: 1\n---\n- id: 2\n", ":2: holds a second document"),
            ("competence_area", "- id: {[a]: 1}\n", ":1: a name is expected"),
            ("competence_area", "- " * 9 + "a", ":1: is nested too deeply"),
            ("competence_area", "- " * 5000 + "a", ":1: is nested too deeply"),
            ("competence_area", "- a: b: c\n", ":1: is no YAML"),
            ("competence_area", "- a\n", ":1: every record is a mapping"),
            ("proficiency_scale", "id,key,name,levels\ns,s,S,1\n", "put this type in a YAML file"),
            (
                "proficiency_scale",
                "- {id: s, key: s, name: S, levels: [{rank: 2, label: A, normalised: 1}]}",
                ":1: levels: List the levels lowest first",
            ),
            (
                "proficiency_scale",
                "- {id: s, key: s, name: S, levels: [{rank: 1, label: A, normalised: 2}]}",
                ":1: levels: 2.0 is outside 0 to 1",
            ),
            (
                "proficiency_scale",
                "- {id: s, key: s, name: S, levels: [{rank: 1, name: A, normalised: 1}]}",
                ":1: levels: there is no column 'name'",
            ),
            ("term_link", "system,term_kind,external_id,target\nHR,a,b,Competence:code:C\n", ":2:"),
            ("term_link", "system,term_kind,external_id,target\nhr,a,b,code:C\n", "put the type"),
            ("term_link", "system,term_kind,external_id,target\nhr,a|b,c,x\n", "no |"),
            (
                "term_link",
                (
                    "- {system: hr, term_kind: a, external_id: b, target: 'Competence:uri:u',"
                    " levels: {1: a}}"
                ),
                "the rank of '1' is no number",
            ),
        ],
    )
    def test_a_wrong_file_says_what_to_mend(
        self, papers: Papers, name: str, text: str, expected: str
    ) -> None:
        papers.write(**{name: text})
        faults = papers.read()
        assert expected in faults[0]
        assert all(each.startswith(name) for each in faults)

    async def test_a_word_of_what_nobody_knows_is_a_fault(self, office: Office) -> None:
        words = "system,term_kind,external_id,target\nhr,a,b,Competence:code:NONE\n"
        office.write(term_link=words, competence_area="id,code,name\n1,A,B\n")
        assert [
            (
                "term_link.csv:2: target: no Competence is known by code:'NONE'; take it in first,"
                " or here"
            )
        ] == await office.faults()

    def test_a_word_has_one_meaning_of_each_type(self, papers: Papers) -> None:
        row = "hr,a,b,OrganisationUnit:code:A\n"
        papers.write(term_link=f"system,term_kind,external_id,target\n{row}{row}")
        (fault,) = papers.read()
        assert fault.startswith("term_link.csv:3: line 2 says what this word means")

    def test_a_relation_to_a_file_is_to_what_it_holds(self, papers: Papers) -> None:
        papers.write(
            competence_area="id,code,name\na,A,A\n",
            competence="id,code,name,area\nc,C,C,id:b\n",
        )
        assert [
            (
                "competence.csv:2: area: competence_area.csv has no record with the id 'b'; add it"
                " there"
            )
        ] == papers.read()

    async def test_what_no_system_told_yet_is_waited_for(self, office: Office) -> None:
        office.write(
            role_assignment="id,role,person,valid_from\n1,PLANNER,employee_number:1,2026-01-01\n"
        )
        assert {"role_assignment.csv": (1, 0, 0)} == await office.take()
        assert [] == await office.tell.rows("SELECT id FROM role_assignment")
        await systems(office.tell)
        assert [(person("1"),)] == await office.tell.rows("SELECT person_id FROM role_assignment")

    def test_names_are_those_of_types(self, papers: Papers) -> None:
        for name in ("roles.csv", "competence_area.yml", "role_assignmnt.yaml", "README.md"):
            (papers.folder / name).write_text("x")
        faults = papers.read()
        assert "competence_area.yml: call it competence_area.yaml" == faults[0]
        assert (
            "role_assignmnt.yaml: there is no type of that name; is it role_assignment?"
            == (faults[1])
        )
        assert faults[2].startswith("roles.csv: there is no type of that name; ")

    def test_a_type_has_one_file(self, papers: Papers) -> None:
        for suffix in ("csv", "yaml"):
            (papers.folder / f"competence_area.{suffix}").write_text("id,code,name\n")
        assert ["competence_area.yaml: competence_area.csv holds this type too; keep one"] == (
            papers.read()
        )

    async def test_there_must_be_something(self, office: Office) -> None:
        with pytest.raises(UsageError, match="holds no CSV or YAML file"):
            await office.take()
        office.folder.rmdir()
        with pytest.raises(UsageError, match="is no folder"):
            await office.take()


class TestBounds:
    def test_a_file_is_not_too_large(self, papers: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folders, "MOST_BYTES", 1_000_000)
        papers.write(competence_area="id,code,name\n" + "x" * 1_000_000)
        assert ["competence_area.csv: is larger than 1 MB"] == papers.read()

    def test_it_does_not_hold_too_many_records(
        self, papers: Papers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(folders, "MOST_RECORDS", 2)
        papers.write(competence_area="id,code,name\n1,A,A\n2,B,B\n3,C,C\n")
        assert ["competence_area.csv:4: holds more than 2 records"] == papers.read()

    def test_a_thousand_faults_are_enough(self, papers: Papers) -> None:
        rows = "\n".join(f"{number},,x" for number in range(1_500))
        papers.write(competence_area=f"id,code,name\n{rows}\n")
        faults = papers.read()
        assert 1_001 == len(faults)
        assert "and 500 more" == faults[-1]

    @pytest.mark.parametrize(
        "data",
        [
            b"\xff\xfe\x00",
            b"id,code,name\n1,A,\xc3\x28\n",
            b"id,code,name\n1,A,\x00\n",
            b"id,code,name\n1,A," + b"x" * 200_000 + b"\n",
            b"id,code,name\n1,A," + b"x" * 30_000 + b"\n",
            b"\x00" * 1000,
        ],
        ids=["utf-16", "broken utf-8", "zero", "long cell", "long text", "zeros"],
    )
    def test_hostile_bytes_are_faults(self, papers: Papers, data: bytes) -> None:
        (papers.folder / "competence_area.csv").write_bytes(data)
        assert papers.read()

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\xff\xfe\x00",
            b"[" * 100_000,
            b'- {id: 1, code: A, name: "\\ud800"}\n',
            b'- {id: 1, code: A, name: "a\\0b"}\n',
            b"- {id: 1, code: A, name: \x00}\n",
            b"- {id: 1, code: A, name: " + b"x" * 1_000_000 + b"}\n",
            b"a: &a [x]\nb: &b [*a, *a]\n",
        ],
        ids=["empty", "utf-16", "deep", "surrogate", "zero", "raw zero", "long", "laughs"],
    )
    def test_hostile_yaml_is_a_fault(self, papers: Papers, data: bytes) -> None:
        (papers.folder / "competence_area.yaml").write_bytes(data)
        assert papers.read()

    async def test_a_mark_of_utf_8_is_no_part_of_the_header(self, office: Office) -> None:
        path = office.folder / "competence_area.csv"
        path.write_bytes(b"\xef\xbb\xbfid,code,name\r\n1,A,B\r\n")
        assert {"competence_area.csv": (1, 0, 0)} == await office.take()
