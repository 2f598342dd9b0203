"""Every field that is served says something true, and everything that is asked is answered."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
from graphql import GraphQLObjectType

from hub import errors
from tests.docs import ROOT, codes
from tests.real.crawling import Graph, Record, Seen, Walk
from tests.real.demo import Demo, running
from tests.real.hostile import Case, Hostile
from tests.real.living import live

pytestmark = pytest.mark.real

SIGN_IN = re.compile(r"Bearer demo:\d+")
LATER = re.compile(r"^\| `(\w+)\.(\w+)` \|", re.MULTILINE)
AT_ONCE = 50  # ids in one question
ALLOWED = {*codes(errors.RequestError, errors.SourceError)} - {"INTERNAL"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(Demo(tmp_path_factory.mktemp("fields"))) as started:
        yield started


@pytest.fixture(scope="module")
def graph(demo: Demo) -> Iterator[Graph]:
    with httpx.Client(base_url=demo.url, timeout=60) as client:
        yield Graph(client)


@pytest.fixture(scope="module")
def seen() -> Seen:
    return Seen()


@pytest.fixture(scope="module")
def walks(demo: Demo, graph: Graph, seen: Seen) -> list[Walk]:
    """What those meet whom the demo names as it starts; who sees most comes first."""
    named = sorted(set(SIGN_IN.findall(demo.log())))
    found = [Walk(graph, who, seen).everything().look_up() for who in named]
    return sorted(found, key=lambda walk: -len(walk.records))


def signed_in(walk: Walk) -> Iterator[str]:
    """Yield the header that signs in each person who works here."""
    for person in walk.of_type("Person").values():
        if person["active"] and person["employeeNumber"]:
            yield f"Bearer demo:{person['employeeNumber']}"


def valid(record: Record) -> bool:
    today = datetime.now(UTC).date().isoformat()
    until = record["validUntil"]
    return bool(record["validFrom"] <= today and (until is None or until > today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """An edge and its reverse.

    Attributes:
        of: The type that has the edge.
        edge: The field.
        to: The type that has the reverse; empty: any.
        back: The field.
        only: Of which records the reverse tells.
        guarded: Whether the reverse is shown of fewer people than the edge.
    """

    of: str
    edge: str
    to: str
    back: str
    only: Callable[[Record], bool] = bool
    guarded: bool = False

    def __str__(self) -> str:
        return f"{self.of}.{self.edge} and {self.to}.{self.back}"


BOTH = (
    Both(
        of="Person", edge="manager", to="Person", back="directReports", only=lambda r: r["active"]
    ),
    Both(of="OrganisationUnit", edge="parent", to="OrganisationUnit", back="children"),
    Both(of="WorkProcess", edge="unit", to="OrganisationUnit", back="processes"),
    Both(of="WorkProcess", edge="parent", to="WorkProcess", back="steps"),
    Both(
        of="CompetenceRequirement",
        edge="subject",
        to="WorkProcess",
        back="requirements",
        only=valid,
    ),
    Both(
        of="CompetenceRequirement", edge="subject", to="JobProfile", back="requirements", only=valid
    ),
    Both(of="CompetenceRequirement", edge="competence", to="Competence", back="requirements"),
    Both(of="Employment", edge="person", to="Person", back="employments"),
    Both(of="RoleAssignment", edge="person", to="Person", back="roles"),
    Both(of="RoleAssignment", edge="unit", to="OrganisationUnit", back="roles"),
    Both(of="IdentityLink", edge="person", to="Person", back="identityLinks"),
    Both(of="CompetenceState", edge="person", to="Person", back="competences"),
    Both(
        of="CompetenceState",
        edge="competence",
        to="Competence",
        back="holders",
        only=lambda r: r["level"] is not None,
    ),
    Both(of="CompetenceGap", edge="person", to="Person", back="gaps"),
    Both(of="CompetenceEvidence", edge="person", to="Person", back="evidence"),
    Both(of="Credential", edge="holder", to="Person", back="credentials"),
    Both(of="Ambition", edge="person", to="Person", back="ambitions"),
    Both(of="DevelopmentAgreement", edge="employee", to="Person", back="agreements"),
    Both(of="AgreedResult", edge="agreement", to="DevelopmentAgreement", back="results"),
    Both(of="AgreedFacility", edge="agreement", to="DevelopmentAgreement", back="facilities"),
    Both(of="LearningRecord", edge="person", to="Person", back="learning"),
    Both(of="Appraisal", edge="employee", to="Person", back="appraisals"),
    Both(of="Appraisal", edge="cycle", to="AppraisalCycle", back="appraisals"),
    Both(of="WorkAssignment", edge="assignees", to="Person", back="assignments", guarded=True),
    Both(of="Competence", edge="broader", to="Competence", back="narrower"),
    Both(of="Competence", edge="area", to="CompetenceArea", back="competences"),
    Both(of="Nonconformity", edge="process", to="WorkProcess", back="nonconformities"),
    Both(of="CouplingAction", edge="rule", to="CouplingRule", back="actions"),
    Both(of="CouplingAction", edge="event", to="DomainEvent", back="actions"),
    Both(of="SyncRun", edge="system", to="SourceSystem", back="runs"),
    Both(of="DataConflict", edge="subject", to="", back="conflicts"),
)


def pairs(both: Both, walk: Walk) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return what is told by an edge, and what by its reverse: of whom, and to whom."""
    ends = {
        id_: each[both.back]
        for id_, each in walk.records.items()
        if both.back in each and both.to in ("", each["__typename"])
    }
    there = {
        (id_, end)
        for id_, each in walk.of_type(both.of).items()
        if both.only(each)
        for end in (each[both.edge] if isinstance(each[both.edge], list) else [each[both.edge]])
        if end in ends and (ends[end] or not both.guarded)
    }
    return there, {(id_, end) for end, ids in ends.items() for id_ in ids}


@pytest.mark.parametrize("both", BOTH, ids=str)
def test_an_edge_and_its_reverse_agree(walks: list[Walk], both: Both) -> None:
    found = [pairs(both, walk) for walk in walks]
    assert any(there for there, _ in found)
    for there, back in found:
        assert there == back


def test_a_state_has_all_evidence_of_its_person_and_competence(walks: list[Walk]) -> None:
    for walk in walks:
        states = walk.of_type("CompetenceState")
        of = {
            (each["person"], each["competence"]): set(each["evidence"]) for each in states.values()
        }
        evidence = walk.of_type("CompetenceEvidence")
        assert evidence
        for id_, each in evidence.items():
            pair = (each["person"], each["competence"])
            assert id_ in of.get(pair, {id_})
        people = {id_: each["person"] for id_, each in evidence.items()}
        assert all({people[id_] for id_ in ids} <= {person} for (person, _), ids in of.items())


def test_what_stands_in_a_list_is_what_its_id_leads_to(walks: list[Walk]) -> None:
    for walk in walks:
        assert walk.listed
        for id_, told in walk.listed.items():
            known = walk.records[id_]
            assert told == {name: known[name] for name in told}


def test_an_id_leads_to_what_bears_it(graph: Graph, walks: list[Walk]) -> None:
    for walk in (walks[0], walks[-1]):
        for name in {each["__typename"] for each in walk.records.values()}:
            values = graph.values(graph.type(name))
            ids = list(walk.of_type(name))
            for at in range(0, len(ids), AT_ONCE):
                told = by_id(graph, walk.who, name, values, ids[at : at + AT_ONCE])
                for id_, each in zip(ids[at : at + AT_ONCE], told, strict=True):
                    assert each == {value: walk.records[id_][value] for value in values}


def test_an_id_that_carries_a_moment_leads_to_what_it_says(graph: Graph, walks: list[Walk]) -> None:
    walk = walks[0]
    for name in sorted(set(walk.moments.values())):
        id_ = next(id_ for id_, type_ in walk.moments.items() if type_ == name)
        (told,) = by_id(graph, walk.who, name, ["id"], [id_])
        assert {"id": id_} == told


def by_id(
    graph: Graph, who: str, name: str, values: Sequence[str], ids: Sequence[str]
) -> list[Record]:
    """Ask for records, each by `node`."""
    head = ", ".join(f"$i{at}: ID!" for at in range(len(ids)))
    asked = " ".join(f"a{at}: node(id: $i{at}) {{ ...Values }}" for at in range(len(ids)))
    fragment = f"fragment Values on {name} {{ {' '.join(values)} }}"
    told = graph.data(
        f"query({head}) @purpose(is: AUDIT) {{ {asked} }} {fragment}",
        who,
        **{f"i{at}": id_ for at, id_ in enumerate(ids)},
    )
    return list(told.values())


def answered(graph: Graph, who: str, case: Case) -> bool:
    """Ask a question; return whether there was an answer, if only in part."""
    said = graph.ask(case.text, who, **case.variables)
    assert said.status_code < 500, (case.name, said.text)
    told = said.json()
    for each in told.get("errors", ()):
        assert each.get("extensions", {}).get("code") in ALLOWED, (case.name, each)
    assert told.get("data") or told.get("errors"), (case.name, told)
    return bool(told.get("data"))


def test_whatever_is_asked_is_answered_or_refused_with_a_code(
    graph: Graph, walks: list[Walk]
) -> None:
    real = {each["__typename"]: each for each in walks[0].records.values()}
    hostile = Hostile(graph, real)
    cases = [*hostile.cases(), *hostile.fragments()]
    some = sum(answered(graph, walks[0].who, case) for case in cases)
    assert len(cases) / 2 < some < len(cases)


def test_every_field_says_something_or_waits_for_a_connector_that_is_named(
    demo: Demo, graph: Graph, seen: Seen, walks: list[Walk]
) -> None:
    for who in signed_in(walks[0]):
        Walk(graph, who, seen).own()
    live(demo, graph, seen, walks)
    every = {
        (each.name, name)
        for each in graph.schema.type_map.values()
        if isinstance(each, GraphQLObjectType) and not each.name.startswith("__")
        for name in each.fields
    }
    later = set(LATER.findall((ROOT / "docs" / "later.md").read_text(encoding="utf-8")))
    assert sorted(later) == sorted(every - seen.fields)
