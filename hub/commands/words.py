"""What the words of systems mean, taken in from a file of term links.

What the file last said of each word is kept, so that a decision taken since stands until the file
says something new.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.commands.cells import headed, known_only
from hub.commands.folders import Faults, File, Node, Row
from hub.commands.importable import TERMS
from hub.commands.pointing import clip, pointed
from hub.models.provenance import TermLink
from hub.models.record import described
from hub.models.ref import LONGEST, SYSTEM, UNREADABLE, Ref
from hub.store import HUB, Change, Transaction, canonical, concept, identifier, terms
from hub.store.identity import By
from hub.store.lookups import SPOKEN, of_ref, term_id
from hub.store.resolving import resolve
from hub.store.values import digest

COLUMNS = ("system", "term_kind", "external_id", "term", "target", "levels")
OPTIONAL = frozenset({"term", "levels"})
TARGET = (
    next(meaning.target for field, meaning in described(TermLink) if field.name == "target_id")
    or ""
)
LONGEST_TERM = 200
RENAME = "UPDATE term_link SET term = :term, version = version + 1 WHERE id = :id AND term <> :term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one line says of a word.

    Attributes:
        line: Where it stands.
        system: System whose word it is.
        kind: What kind of word it is there.
        key: Its own id there.
        term: The word as shown there.
        target: What it stands for.
        levels: Raw scores and the ranks they stand for.
    """

    line: int
    system: str
    kind: str
    key: str
    term: str
    target: Ref
    levels: Mapping[str, int]

    @property
    def id(self) -> str:
        """Id of the link."""
        return term_id(self.target.type, self.system, self.kind, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What taking the words in did."""

    created: int = 0
    changed: int = 0
    deleted: int = 0
    changes: tuple[Change, ...] = ()


def words(file: File, faults: Faults) -> list[Word]:
    """Return what a file says of words; what is wrong with it goes to `faults`."""
    found: list[Word] = []
    first: dict[str, int] = {}
    needed = (name for name in COLUMNS if name not in OPTIONAL)
    if not headed(file, COLUMNS, needed, faults):
        return []
    for line, row in file.rows:
        before = faults.count
        known_only(file, row, COLUMNS, faults)
        told = {name: _said(file, line, row, name, faults) for name in COLUMNS if name != "levels"}
        levels = _levels(file, row.get("levels"), faults)
        target = _target(file, line, told["target"], faults)
        if faults.count > before or target is None:
            continue
        word = Word(
            line=line,
            system=told["system"],
            kind=told["term_kind"],
            key=told["external_id"],
            term=told["term"] or told["external_id"],
            target=target,
            levels=levels,
        )
        if word.id in first:
            said = f"line {first[word.id]} says what this word means as a {target.type}"
            faults.add(file.name, line, f"{said}; keep one")
        first.setdefault(word.id, line)
        found.append(word)
    return found


def _said(file: File, line: int, row: Row, name: str, faults: Faults) -> str:
    node = row.get(name)
    said = node.value if node else None
    if said is None:
        if name not in OPTIONAL:
            faults.add(file.name, line, f"{name}: is empty; fill it in")
        return ""
    if not isinstance(said, str):
        faults.add(file.name, line, f"{name}: one value is expected")
        return ""
    if len(said) > LONGEST or UNREADABLE.search(said):
        faults.add(file.name, line, f"{name}: give at most {LONGEST} characters, all plain")
    if name == "system" and not SYSTEM.fullmatch(said):
        faults.add(file.name, line, f"{name}: {clip(said)} is no key of a system")
    if name == "term_kind" and ("|" in said or len(said) > LONGEST_TERM):
        faults.add(file.name, line, f"{name}: give at most {LONGEST_TERM} characters, no |")
    return said


def _target(file: File, line: int, said: str, faults: Faults) -> Ref | None:
    try:
        return pointed(said, TARGET) if said else None
    except ValueError as error:
        faults.add(file.name, line, f"target: {error}")
        return None


def _levels(file: File, node: Node | None, faults: Faults) -> dict[str, int]:
    if node is None or node.value is None:
        return {}
    if not isinstance(node.value, dict):
        faults.add(
            file.name, node.line, "levels: a mapping from score to rank is expected, in YAML"
        )
        return {}
    found = {}
    for score, rank in node.value.items():
        if not isinstance(rank.value, str) or not rank.value.isdecimal() or len(rank.value) > 2:
            faults.add(file.name, rank.line, f"levels: the rank of {clip(score)} is no number")
            continue
        found[score] = int(rank.value)
    return found


async def take_in(tx: Transaction, file: File, said: list[Word], faults: Faults) -> Taken:
    """Make the words of systems mean what a file says.

    Args:
        tx: The transaction; the records that the words stand for are folded.
        file: The file.
        said: What it says.
        faults: Takes the words that stand for nothing known.
    """
    before: dict[str, str] = json.loads(await tx.position(HUB.key, TERMS) or "{}")
    targets = await _targets(tx, file, said, faults)
    after = {
        word.id: identifier(
            TERMS, word.term, targets[word.id], str(word.target), canonical(dict(word.levels))
        )
        for word in said
        if word.id in targets
    }
    new = [word for word in said if word.id in after and before.get(word.id) != after[word.id]]
    changes = await _mean(tx, new, targets)
    gone = [id_ for id_ in before if id_ not in after]
    there = [row["id"] for row in await tx.mappings(TERMS, gone)]
    unknown = dict.fromkeys(there, terms.Meaning(target_id=None))
    changes += (await terms.save_all(tx, unknown, By())).changes
    if before != after:
        await tx.checkpoint(HUB.key, TERMS, canonical(after))
    created = len(after.keys() - before.keys())
    moved = sum(before.get(id_) != told for id_, told in after.items())
    return Taken(
        created=created, changed=moved - created, deleted=len(gone), changes=tuple(changes)
    )


async def _targets(tx: Transaction, file: File, said: list[Word], faults: Faults) -> dict[str, str]:
    """Return the hub id of what each word stands for.

    What is named by the strongest key of its type may come later: its id is known already.
    """
    lookups = {word.id: of_ref(word.target, HUB.key) for word in said}
    known = await resolve(tx, lookups.values())
    found: dict[str, str] = {}
    for word in said:
        lookup, ref = lookups[word.id], word.target
        strongest = concept(ref.type).description.keys[:1]
        if lookup in known:
            found[word.id] = known[lookup]
        elif strongest == (SPOKEN.get(ref.by, ref.by),):
            found[word.id] = digest(lookup)
        else:
            said_of = f"no {ref.type} is known by {ref.by}:{clip(ref.value)}"
            faults.add(file.name, word.line, f"target: {said_of}; take it in first, or here")
    return found


async def _mean(tx: Transaction, words: Sequence[Word], targets: Mapping[str, str]) -> list[Change]:
    """Let words mean what they are said to. Costs a few statements, however many there are."""
    await terms.add_all(
        tx, [(each.system, each.kind, each.key, each.target.type) for each in words]
    )
    await tx.write_all(TERMS, RENAME, [{"id": each.id, "term": each.term} for each in words])
    meanings = {
        each.id: terms.Meaning(target_id=targets[each.id], levels=each.levels) for each in words
    }
    return list((await terms.save_all(tx, meanings, By())).changes)
