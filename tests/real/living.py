"""What happens in the course of days: people decide, systems fail, and somebody is gone.

Nothing of it is there when an organisation was just read, so it is done before it is looked for.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.real.crawling import Graph, Record, Seen, Walk
from tests.real.demo import Demo

PATIENCE_S = 20
ACTIONS = """{ couplingActions(where: { statuses: [PROPOSED] }, first: 9) { nodes {
    id version viewerCanDecide subject { ... on WorkAssignment { provenance { externalId } } }
} } }"""
STANDS = "query($id: ID!) { node(id: $id) { ... on CouplingAction { status error } } }"
VERSION = "query($id: ID!) { node(id: $id) { ... on IdentityLink { version } } }"
GROUPS = (
    'nonconformityGroups(groupBy: {by}, where: {{raised: {{from: "{since}"}}}})'
    " {{ __typename {values} keys {{ {keys} }} items(first: 9) {{ __typename nodes {{ id }} }} }}"
)


class Living:
    """Those who decide, and what they decide about."""

    def __init__(self, demo: Demo, graph: Graph, seen: Seen, walks: Sequence[Walk]) -> None:
        """Take who met what; the first walk is of somebody who may decide most."""
        self.demo, self.graph, self.seen, self.walks = demo, graph, seen, walks
        self.walk = walks[0]

    def decide(self, name: str, given: Record, who: str | None = None) -> Record:
        """Make a decision; return what is answered, also when it is refused."""
        field = self.graph.type("Mutation").fields[name]
        payload = self.graph.selection(field.type.of_type)
        told = self.graph.data(
            f"mutation($input: {field.args['input'].type}) {{ __typename {name}(input: $input)"
            f" {{ {payload} }} }}",
            who or self.walk.who,
            input={"idempotencyKey": str(uuid4())} | given,
        )
        self.seen.take(told)
        answer: Record = told[name]
        return answer

    def decide_twice(self, name: str, given: Record, version: int) -> None:
        """Make a decision about what was seen as it was once, which is refused; then as it is."""
        refused = self.decide(name, given | {"expectedVersion": version - 1})
        assert ["VERSION_CONFLICT"] == [each["code"] for each in refused["errors"]]
        assert [] == self.decide(name, given | {"expectedVersion": version})["errors"]

    def requirement(self) -> None:
        """Save a requirement as it is."""
        id_, known = next(iter(self.walk.of_type("CompetenceRequirement").items()))
        same = ("criticality", "enforcement", "legalBasis", "validFrom", "validUntil")
        given = {
            "id": id_,
            "subjectId": known["subject"],
            "competence": {"id": known["competence"]},
            "rank": known["required"]["rank"],
            **{name: known[name] for name in same},
        }
        self.decide_twice("saveRequirement", given, known["version"])

    def cause(self) -> None:
        """Decide that lacking competence was no cause."""
        id_, known, cause = next(
            (id_, each, cause)
            for id_, each in self.walk.of_type("Nonconformity").items()
            for cause in each["competenceCauses"]
            if cause["status"] == "SUGGESTED"
        )
        given = {
            "nonconformityId": id_,
            "competence": {"id": cause["competence"]["id"]},
            "confirmed": False,
            "note": "It was the tool.",
        }
        self.decide_twice("decideCause", given, known["version"])

    def identity(self) -> None:
        """Say whose an account is, and then that it is not; merge and split nobody."""
        id_, known = next(
            (id_, each)
            for id_, each in self.walk.of_type("IdentityLink").items()
            if each["candidates"]
        )
        person = known["candidates"][0]["person"]["id"]
        system = self.walk.records[known["system"]]["key"]
        external = {"system": system, "externalId": known["externalId"]}
        given = {"person": {"id": person}, "external": external, "reason": "They told me."}
        assert [] == self.decide("linkIdentity", given)["errors"]
        now = self.graph.data(VERSION, self.walk.who, id=id_)["node"]["version"]
        wrong = {"linkId": id_, "confirm": False, "reason": "I was wrong."}
        self.decide_twice("decideIdentityLink", wrong, now)
        other = next(each for each in self.walk.of_type("Person") if each != person)
        versions = {"expectedKeepVersion": -1, "expectedMergeVersion": -1}
        both = {"keepId": person, "mergeId": other, "reason": "Never."}
        assert self.decide("mergePeople", both | versions)["errors"]
        links = self.walk.records[other]["identityLinks"][:1]
        parts = {"personId": other, "linkIds": links, "reason": "Never.", "expectedVersion": -1}
        assert self.decide("splitPerson", parts)["errors"]

    def word(self) -> None:
        """Say that a word means what it may mean."""
        id_, known = next(
            (id_, each)
            for id_, each in self.walk.of_type("TermLink").items()
            if each["suggestions"]
        )
        given = {"termLinkId": id_, "targetId": known["suggestions"][0], "reason": "It does."}
        self.decide_twice("saveTermLink", given, known["version"])

    def actions(self) -> None:
        """Approve an action; let another be overtaken by one that meets a system that is down."""
        one, other = self._proposed()
        assert "EXECUTED" == self._approved(*one)["status"]
        where, title = other[1]["subject"]["provenance"][0]["externalId"], "Planned anew"
        self._rename(where, title)
        self.demo.json("sync", "planning")
        newer = next(
            (who, each)
            for who, each in self._proposed()
            if each["subject"]["provenance"][0]["externalId"] == where
        )
        assert newer[1]["id"] != other[1]["id"]
        self.demo.hub("demo", "fault", "planning", "down")
        assert self._approved(*newer)["error"]
        self.demo.hub("demo", "fault", "planning", "ok")

    def _proposed(self) -> list[tuple[str, Record]]:
        """Return the actions that wait, each with who may decide."""
        found: dict[str, tuple[str, Record]] = {}
        for walk in self.walks:
            nodes = self.graph.data(ACTIONS, walk.who)["couplingActions"]["nodes"]
            found |= {each["id"]: (walk.who, each) for each in nodes if each["viewerCanDecide"]}
        return list(found.values())

    def _approved(self, who: str, action: Record) -> Record:
        given: Record = {"approve": True, "note": "Go ahead."}
        for version, refused in ((action["version"] - 1, True), (action["version"], False)):
            seen = [{"id": action["id"], "expectedVersion": version}]
            answer = self.decide("decideActions", given | {"actions": seen}, who)
            assert refused is bool(answer["errors"])
        until = time.monotonic() + PATIENCE_S
        while True:
            said: Record = self.graph.data(STANDS, who, id=action["id"])["node"]
            if said["status"] != "APPROVED" or said["error"]:
                return said
            assert time.monotonic() < until, said
            time.sleep(0.2)

    def _rename(self, where: str, title: str) -> None:
        calendar, uid = where.split("/", 1)
        path = f"/calendars/planner/{calendar}/{uid}.ics"
        with self.demo.client("planning") as planning:
            lines = planning.get(path).text.splitlines()
            text = "\r\n".join(
                f"SUMMARY:{title}" if line.startswith("SUMMARY") else line for line in lines
            )
            said = planning.put(path, content=text, headers={"Content-Type": "text/calendar"})
            assert said.is_success, said.text

    def departure(self) -> None:
        """Delete the account of somebody whom another system knows too."""
        systems = self.walk.of_type("SourceSystem")
        account = next(
            each["externalId"]
            for each in self.walk.of_type("IdentityLink").values()
            if systems[each["system"]]["key"] == "personnel"
            and each["person"]
            and len(self.walk.records[each["person"]]["provenance"]) > 1
        )
        with self.demo.client("personnel") as personnel:
            assert personnel.delete(f"/Users/{account}").is_success
        self.demo.json("sync", "personnel")

    def failure(self) -> None:
        """Let a system be down while it is to be read."""
        self.demo.hub("demo", "fault", "learning", "down")
        self.demo.hub("sync", "learning", check=False)

    def groups(self) -> Iterator[str]:
        """Yield questions about groups of what went wrong, lately and ever."""
        of = self.graph.type("NonconformityGroup")
        keys = self.graph.selection(self.graph.type("GroupKey"))
        for by in ("COMPETENCE", "UNIT", "SEVERITY"):
            for since in (timedelta(days=30), timedelta(days=45), timedelta(days=2000)):
                yield GROUPS.format(
                    by=by,
                    since=datetime.now(UTC).date() - since,
                    values=" ".join(self.graph.values(of)),
                    keys=keys,
                )

    def look_ups(self) -> Iterator[str]:
        """Yield questions for one thing by what names it."""
        id_, known = next(iter(self.walk.of_type("Employment").items()))
        said = known["provenance"][0]
        system = self.walk.records[said["system"]["id"]]["key"]
        yield f'node(id: "{id_}") {{ __typename id }}'
        yield f'nodes(ids: ["{id_}"]) {{ __typename id }}'
        yield (
            f'sourced(by: {{system: "{system}", externalId: "{said["externalId"]}"}})'
            " { __typename id }"
        )


def live(demo: Demo, graph: Graph, seen: Seen, walks: Sequence[Walk]) -> None:
    """Let what happens happen, and look at everything again."""
    living = Living(demo, graph, seen, walks)
    for asked in (*living.groups(), *living.look_ups()):
        seen.take(graph.data(f"query @purpose(is: AUDIT) {{ __typename {asked} }}", walks[0].who))
    living.requirement()
    living.cause()
    living.identity()
    living.word()
    living.departure()
    living.actions()
    living.failure()
    Walk(graph, walks[0].who, seen).everything()
