"""A mirror full of random records, the same for the same seed, and a way to ask it.

Every text in it is unique and tells which record and field it stands in, so that whatever turns up
in an answer or in a row of the store can be traced to where it came from.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from random import Random
from threading import Thread
from typing import Any, TypeVar, cast

from hub.commands.viewers import load_viewer
from hub.engine.execute import Answer, Engine
from hub.engine.ids import global_id
from hub.engine.origins import Key
from hub.engine.prepare import Question
from hub.models.coupling import CouplingAction, CouplingRule, DomainEvent
from hub.models.evidence import (
    AssignmentEligibility,
    CompetenceEvidence,
    CompetenceState,
    Fulfilment,
)
from hub.models.kinds import (
    CauseStatus,
    ConnectorTier,
    CredentialStatus,
    QuarantineReason,
    Role,
    SyncTrigger,
    SystemKind,
    ViewerKind,
)
from hub.models.provenance import (
    DataConflict,
    SourceSystem,
    SyncRun,
)
from hub.models.record import Meaning, Nature, described
from hub.models.ref import Ref
from hub.policy import Grant, Viewer
from hub.policy.viewer import ADVISING, MANAGING
from hub.schema import served
from hub.store import Asks, Origin, Rejected, Rows, Snapshot, Store, concept, concepts, identifier
from hub.store.concepts import Concept
from hub.store.identity import By
from hub.store.terms import add, save
from hub.store.values import Codec, codecs_of

T = TypeVar("T")
NOW = datetime(2026, 5, 4, 8, 0, 0, 1000, tzinfo=UTC)
SOURCES = {kind: Origin(key=kind.value.lower().replace("_", "-"), kind=kind) for kind in SystemKind}
PEOPLE = 14
RECORDS = 10
MANY = {"Person": PEOPLE, "Employment": PEOPLE, "WorkAssignment": 16, "Nonconformity": 16}
DERIVED = 40
FAILED = SystemKind.CREDENTIAL
WITHIN = (CompetenceState, Fulfilment, CompetenceEvidence, AssignmentEligibility)
KEPT = (
    CouplingRule,
    DomainEvent,
    CouplingAction,
    DataConflict,
)
POINTED = ("LearningRecord", "Appraisal", "Nonconformity", "WorkAssignment", "Credential")


def now() -> datetime:
    """Return the one moment of every world."""
    return NOW


async def nothing_derived(*_: object) -> dict[str, list[list[Any]]]:
    """Return nothing derived for any other moment."""
    return {}


async def no_decision(_: str, __: Mapping[str, Any], ___: Viewer) -> Mapping[str, Any]:
    """Decide nothing."""
    return {"errors": [], "replayed": False}


@dataclass
class Maker:
    """Makes random records.

    Attributes:
        random: Where chance comes from.
        known: External ids of what was announced, by type.
        ids: Hub ids of what is there, by type.
    """

    random: Random
    known: dict[str, list[str]] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)

    def record(self, of: Concept, number: int, **given: Any) -> Any:
        """Return a random record of a concept; its texts name it by its number."""
        told: dict[str, Any] = {}
        for name, each in of.attributes.items():
            marker = f"{of.name}.{name}.{number}"
            told[name] = self._value(each.codec, each.meaning, marker, name)
        for name in [each for each in told if each.endswith("_type") and f"{each[:-5]}_id" in told]:
            told[name] = self.random.choice(POINTED)
            told[f"{name[:-5]}_id"] = self.random.choice(self.ids[told[name]])
        if of.name == "DataConflict":
            fields = concept_of(told["subject_type"]).attributes
            told["field"] = self.random.choice(sorted(fields))
        return of.type(**{**told, **given})

    def _value(self, codec: Codec, meaning: Meaning | None, marker: str, name: str) -> Any:
        required = meaning is not None and meaning.required
        if codec.optional and not required and self.random.random() < 0.2:
            return None
        parts = codec.parts.get("[]")
        if parts is not None:
            many = self.random.randint(0, 3)
            values = [self._one(parts, meaning, f"{marker}.{n}", name) for n in range(many)]
            return tuple(dict.fromkeys(values)) if parts.base is Ref else tuple(values)
        if codec.kind is list:
            return tuple(
                self._plain(each, f"{marker}.{n}") for n, each in enumerate(codec.base.__args__)
            )
        return self._one(codec, meaning, marker, name)

    def _one(self, codec: Codec, meaning: Meaning | None, marker: str, name: str) -> Any:
        base = codec.base
        if base is Ref:
            return self._ref(meaning.target if meaning and meaning.target else "Person")
        if meaning is not None and meaning.target and base is str:
            return self._id(meaning.target)
        if meaning is not None and meaning.unit == "ISO 8601 duration":
            return "P30D"
        if is_dataclass(base):
            meanings = {each.name: said for each, said in described(base)}  # type: ignore[arg-type]
            inner = codecs_of(base)  # type: ignore[arg-type]
            made = {
                each: self._value(inner[each], said, f"{marker}.{each}", each)
                for each, said in meanings.items()
            }
            return base(**made)  # type: ignore[operator]
        if codec.kind is list:
            return tuple(self._plain(each, f"{marker}.{n}") for n, each in enumerate(base.__args__))
        low = int(meaning.minimum) if meaning and meaning.minimum is not None else 0
        high = meaning.maximum if meaning and meaning.maximum is not None else None
        return self._plain(base, marker, low=low, high=high, name=name)

    def _plain(  # noqa: PLR0911, one value for each base
        self, base: Any, marker: str, *, low: int = 0, high: float | None = None, name: str = ""
    ) -> Any:
        if isinstance(base, type) and issubclass(base, Enum):
            return self.random.choice(list(base))
        if base is str and name in ("system", "missing_systems", "chosen"):
            return self.random.choice(list(SOURCES.values())).key
        if base is str:
            return f"http://x.test/{marker}" if name.endswith(("uri", "uris", "url")) else marker
        if base is bool:
            return self.random.random() < 0.5
        if base is int:
            return self.random.randint(low, 4 if high is None else int(high))
        if base is float:
            return round(self.random.uniform(low, 1.0 if high is None else high), 3)
        if base is Decimal:
            return Decimal(self.random.randint(0, 99999)) / 100
        if base is datetime:
            return NOW + timedelta(hours=self.random.randint(-9000, 3000))
        if base is date:
            return NOW.date() + timedelta(days=self.random.randint(-300, 90))
        return {"text": marker}

    def _ref(self, target: str) -> Ref:
        type_ = self.random.choice([each for each in target.split("|") if each in self.known])
        owner = concept_of(type_)
        return Ref.external(type_, self.random.choice(self.known[type_]), source_of(owner).key)

    def _id(self, target: str) -> str:
        types = [each for each in target.split("|") if self.ids.get(each)]
        return self.random.choice(self.ids[self.random.choice(types or ["Person"])])


def concept_of(name: str) -> Concept:
    """Return a concept by its name."""
    return {each.name: each for each in concepts().values()}[name]


def source_of(of: Concept) -> Origin:
    """Return the source of a concept's records."""
    return SOURCES[of.description.owner]


@dataclass(frozen=True, kw_only=True)
class World:
    """What was made.

    Attributes:
        ids: Hub ids of all records, by concept.
        viewers: Some who may ask, by what they are.
    """

    ids: Mapping[str, Sequence[str]]
    viewers: Mapping[str, Viewer]

    def global_ids(self) -> list[str]:
        """Return the global id of every record that the graph serves."""
        graph = served().graph
        found = []
        for type_ in graph.type_map.values():
            table = type_.extensions.get("hub")
            if table is not None and not type_.name.startswith("__"):
                found += [
                    global_id(Key(type_.name, id_), None) for id_ in self.ids.get(table.concept, ())
                ]
        return found


def special(  # noqa: PLR0911, one answer for each concept
    of: Concept, number: int, maker: Maker
) -> dict[str, Any]:
    """Return what is not left to chance of a record: trees without loops, and what holds now."""

    def ref(type_: str, other: int) -> Ref:
        return Ref.external(type_, str(other), source_of(concept_of(type_)).key)

    match of.name:
        case "Person":
            manager = ref("Person", (number - 1) // 3) if number else None
            return {"manager": manager, "employee_number": f"N{number}"}
        case "Employment":
            return {
                "person": ref("Person", number),
                "unit": ref("OrganisationUnit", number % RECORDS),
                "valid_from": date(2020, 1, 1),
                "valid_until": None,
            }
        case "OrganisationUnit" | "WorkProcess":
            parent = ref(of.name, (number - 1) // 2) if number else None
            return {"parent": parent, "code": f"{of.name[:4]}{number}"}
        case "Competence":
            return {"broader": (ref("Competence", number // 2),) if number else ()}
        case "ProficiencyScale":
            return {}
        case "Credential":
            return {
                "status": maker.random.choice([CredentialStatus.VALID, CredentialStatus.REVOKED])
            }
        case "CompetenceCause":
            return {"status": maker.random.choice(list(CauseStatus))}
        case "CompetenceRequirement":
            asks = ref("WorkProcess", number) if number % 2 else ref("JobProfile", number)
            return {"subject": asks, "valid_from": date(2020, 1, 1), "valid_until": None}
        case _:
            return {}


def unreadable(of: Concept) -> Rejected:
    """Return a record of a concept that could not be read."""
    return Rejected(
        external_id=f"QuarantinedRecord.external_id.{of.name}",
        reason=QuarantineReason.MAPPING,
        message=f"QuarantinedRecord.message.{of.name}",
        raw={"text": f"QuarantinedRecord.raw.{of.name}"},
    )


async def make(store: Store, seed: int) -> World:
    """Fill an empty mirror."""
    maker = Maker(Random(seed))
    sourced = [each for each in concepts().values() if each.description.nature is Nature.SOURCED]
    for each in sourced:
        maker.known[each.name] = [str(n) for n in range(MANY.get(each.name, RECORDS))]
    await _introduce(store)
    async with store.transaction() as tx:
        touched: set[str] = set()
        for each in sourced:
            records = [
                maker.record(each, int(n), id=n, **special(each, int(n), maker))
                for n in maker.known[each.name]
            ]
            kept = await tx.keep(
                source_of(each),
                each.table,
                each.type,
                records,
                rejected=[unreadable(each)],
                fetched_at=NOW,
            )
            touched |= set(kept.touched)
        await tx.fold(touched)
        for each in sourced:
            rows = await tx.rows(f"SELECT id FROM {each.table} ORDER BY id")
            maker.ids[each.name] = [id_ for (id_,) in rows]
    await _derive(store, maker)
    await _keep(store, maker)
    async with store.snapshot() as snapshot:
        for each in concepts().values():
            rows = await snapshot.rows(f"SELECT id FROM {each.table} ORDER BY id")
            maker.ids[each.name] = [id_ for (id_,) in rows]
        viewers = await _viewers(snapshot, maker)
    return World(ids=maker.ids, viewers=viewers)


async def _introduce(store: Store) -> None:
    """Keep that there are sources, of which one has last failed and one was never read."""
    async with store.transaction() as tx:
        for place, (kind, source) in enumerate(SOURCES.items()):
            system = SourceSystem(
                key=source.key,
                name=f"SourceSystem.name.{place}",
                kind=kind,
                connector="world 1.0",
                tier=ConnectorTier.UNRATED,
            )
            await tx.put({identifier("SourceSystem", source.key): system})
            if kind not in (SystemKind.HUB, SystemKind.ITSM):
                error = "UPSTREAM_TIMEOUT: it hangs" if kind is FAILED else None
                await tx.put({identifier("SyncRun", source.key, "0"): run(source.key, error)})


def run(system: str, error: str | None) -> SyncRun:
    """Return a whole reading of a source that ended an hour ago."""
    return SyncRun(
        system=system,
        trigger=SyncTrigger.SCHEDULE,
        full=True,
        started_at=NOW - timedelta(hours=2),
        finished_at=NOW - timedelta(hours=1),
        read=RECORDS,
        created=RECORDS,
        changed=0,
        deleted=0,
        quarantined=0,
        error=error,
    )


async def _derive(store: Store, maker: Maker) -> None:
    people = maker.ids["Person"]
    made: dict[type, dict[str, Any]] = {each: {} for each in WITHIN}
    async with store.transaction() as tx:
        asked = await tx.rows("SELECT id, competence_id FROM competence_requirement ORDER BY id")
        on = await tx.rows(
            "SELECT DISTINCT owner_id, target_id FROM work_assignment__assignees"
            " WHERE target_id IS NOT NULL ORDER BY owner_id, target_id"
        )
        lacking: dict[str, tuple[str, ...]] = {}
        for assignment, requirement in await tx.rows(
            "SELECT w.id, q.id FROM work_assignment w JOIN competence_requirement q"
            " ON q.subject_id = w.process_id ORDER BY w.id, q.id"
        ):
            lacking[assignment] = (*lacking.get(assignment, ()), requirement)
        for number in range(DERIVED):
            person = maker.random.choice(people)
            requirement, competence = maker.random.choice(asked)
            for of, key in (
                (CompetenceState, competence),
                (Fulfilment, requirement),
                (CompetenceEvidence, str(number)),
            ):
                given = {"requirement_id": requirement} if of is Fulfilment else {}
                made[of][identifier(of.__name__, person, key)] = maker.record(
                    concept(of), number, person_id=person, competence_id=competence, **given
                )
        for number, (assignment, person) in enumerate(on):
            made[AssignmentEligibility][identifier("AssignmentEligibility", assignment, person)] = (
                maker.record(
                    concept(AssignmentEligibility),
                    number,
                    person_id=person,
                    assignment_id=assignment,
                    missing_ids=lacking.get(assignment, ()),
                )
            )
        for kind, records in made.items():
            await tx.replace(kind, records, within="person_id", ids=people)


async def _keep(store: Store, maker: Maker) -> None:
    for of in KEPT:
        keys = [f"{of.__name__}.key.{number}" for number in range(RECORDS)]
        keyed = any(each.name == "key" for each, _ in described(of))
        made = {
            identifier(of.__name__, key): maker.record(
                concept(of), number, **({"key": key} if keyed else {}), **_of_rule(of, maker)
            )
            for number, key in enumerate(keys)
        }
        async with store.transaction() as tx:
            await tx.put(made)
        maker.ids[of.__name__] = sorted(made)
    async with store.transaction() as tx:
        for number in range(RECORDS):
            target = maker.random.choice(("Competence", "WorkProcess", "OrganisationUnit"))
            key = f"TermLink.term.{number}"
            link = await add(tx, SOURCES[SystemKind.QMS].key, "category", key, target)
            if number % 2:
                by = By(actor_id=maker.ids["Person"][0], note=f"TermLink.note.{number}")
                await save(tx, link, maker.random.choice(maker.ids[target]), by)


def _of_rule(of: type, maker: Maker) -> dict[str, Any]:
    if of is not CouplingAction:
        return {}
    return {"rule": f"CouplingRule.key.{maker.random.randrange(RECORDS)}"}


async def _viewers(asks: Asks, maker: Maker) -> dict[str, Viewer]:
    """Return an employee, managers, and holders of roles for a unit and for all."""
    numbers: dict[str, str] = dict(await asks.rows("SELECT employee_number, id FROM person"))

    async def person(number: int, **more: Any) -> Viewer:
        found = await load_viewer(asks, numbers[f"N{number}"], NOW, kind=ViewerKind.DEMO)
        return replace(found, grants=(), team=frozenset(), advised=frozenset(), **more)

    employed = await asks.rows(
        "SELECT person_id FROM employment WHERE unit_id = :unit ORDER BY person_id",
        {"unit": maker.ids["OrganisationUnit"][0]},
    )
    unit = frozenset({maker.ids["OrganisationUnit"][0]})
    people = frozenset(id_ for (id_,) in employed)
    found = {
        "employee": await person(13),
        "manager": await person(1),
        "director in the line": await person(0),
    }
    for role in Role:
        found[f"{role.value} of a unit"] = replace(
            await person(13),
            grants=(Grant(role=role, unit_ids=unit),),
            team=people if role in MANAGING else frozenset(),
            advised=people if role in ADVISING else frozenset(),
        )
        found[f"{role.value} of all"] = replace(
            await person(13),
            grants=(Grant(role=role),),
            team=None if role in MANAGING else frozenset(),
            advised=None if role in ADVISING else frozenset(),
        )
    return found


class Asking:
    """A world that is asked, in a loop in a thread of its own, so that a law can ask many times.

    Attributes:
        world: What is there.
        rows: The statements that the mirror was asked since the last question, and their rows.
    """

    def __init__(self, address: str, seed: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._thread.start()
        self.rows: list[tuple[str, Sequence[Sequence[Any]]]] = []
        self.world = self.run(self._open(address, seed))

    async def _open(self, address: str, seed: int) -> World:
        self.store = await Store.open(address, now=now)
        world = await make(self.store, seed)
        self.engine = Engine(
            schema=served().graph,
            store=cast("Store", Watched(self.store, self.rows)),
            now=now,
            derive=nothing_derived,
            decide=no_decision,
        )
        return world

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what comes of some work."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def ask(self, text: str, viewer: Viewer, **variables: Any) -> Answer:
        """Return the engine's answer to a viewer."""
        self.rows.clear()
        return self.run(self.engine.answer(Question(text=text, variables=variables), viewer))

    def close(self) -> None:
        """Close it."""
        self.run(self.store.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Watched:
    """A mirror whose snapshots note down what leaves it."""

    def __init__(self, store: Store, rows: list[tuple[str, Sequence[Sequence[Any]]]]) -> None:
        self._store = store
        self._rows = rows

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Any]:
        async with self._store.snapshot() as snapshot:
            yield Noted(snapshot, self._rows)


class Noted:
    """A snapshot that notes down what leaves it."""

    def __init__(self, snapshot: Snapshot, rows: list[tuple[str, Sequence[Sequence[Any]]]]) -> None:
        self._snapshot = snapshot
        self._rows = rows

    def at(self, as_of: datetime | None) -> "Noted":
        """Return the same at another moment."""
        return Noted(self._snapshot.at(as_of), self._rows)

    def epoch(self, *tables: str) -> int:
        """Return the epoch of tables."""
        return self._snapshot.epoch(*tables)

    async def rows(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a statement."""
        found = await self._snapshot.rows(statement, parameters)
        self._rows.append((statement, found))
        return found
