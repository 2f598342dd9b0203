"""Takes in what the organisation itself decides, from a folder of files: all of it, or nothing.

A file says the whole of its type, and speaks only of what files brought: what was decided in the
hub stays, and a change that was decided there stands until the file says something new of it.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hub.commands.cells import Line, records
from hub.commands.deciding import Touching, nothing
from hub.commands.folders import Faults, File, read_folder
from hub.commands.importable import NAMES, TERMS, TYPES
from hub.commands.words import Word, take_in, words
from hub.errors import UsageError
from hub.models.record import Sourced
from hub.models.ref import Ref
from hub.store import HUB, Change, Store, Transaction, canonical, concept
from hub.store.lookups import pointers
from hub.store.values import digest

KNOWN = """
SELECT external_id, source_version FROM source_record
WHERE system = :system AND stream = :stream AND type = :type AND deleted_at IS NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What taking in one file did.

    Attributes:
        file: Its name.
        read: Records in it.
        created: Records that are new.
        changed: Records that say something else than before.
        deleted: Records that it no longer holds.
    """

    file: str
    read: int
    created: int
    changed: int
    deleted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder that was read and found right.

    Attributes:
        lines: The records of each file.
        words: What the file of words says, where there is one.
    """

    lines: dict[str, tuple[File, list[Line]]]
    words: tuple[File, list[Word]] | None


async def import_folder(
    store: Store, folder: Path, *, now: Callable[[], datetime], touching: Touching = nothing
) -> list[FileReport]:
    """Take in a folder, in one transaction; the same folder again changes nothing.

    It costs memory and statements in step with the records, of which a file holds 100 000 at most.

    Args:
        store: Where it is taken in.
        folder: The folder.
        now: Tells the time.
        touching: Says, in the transaction, what is to be derived anew.

    Raises:
        UsageError: something is wrong with it; the text tells every fault with file and line.
    """
    found = await asyncio.to_thread(read, folder)
    async with store.transaction() as tx:
        reports, changes = await _take_in(tx, found, now())
        if any(each.created or each.changed or each.deleted for each in reports):
            told = {each.file: [each.created, each.changed, each.deleted] for each in reports}
            await tx.audit("IMPORTED", detail=told)
        await touching(tx, changes)
    return sorted(reports, key=lambda each: each.file)


def read(folder: Path) -> Folder:
    """Read a folder.

    Raises:
        UsageError: something is wrong with it; the text tells every fault with file and line.
    """
    faults = Faults()
    lines: dict[str, tuple[File, list[Line]]] = {}
    said = None
    for file in read_folder(folder, NAMES, faults):
        if file.stem == TERMS:
            said = (file, words(file, faults))
        else:
            lines[file.stem] = (file, records(file, TYPES[file.stem], faults))
    _within(lines, faults)
    faults.settle()
    return Folder(lines=lines, words=said)


def _within(lines: dict[str, tuple[File, list[Line]]], faults: Faults) -> None:
    """Tell of relations to a record of a file that the file does not hold."""
    ids = {
        concept(TYPES[stem]).name: (file.name, {each.record.id for each in found})
        for stem, (file, found) in lines.items()
    }
    for file, found in lines.values():
        for each in found:
            for name, ref in _relations(each.record):
                other, known = ids.get(ref.type, ("", {ref.value}))
                if ref.by == "id" and ref.system is None and ref.value not in known:
                    said = f"{other} has no record with the id {ref.value!r}"
                    faults.add(file.name, each.line, f"{name}: {said}; add it there")


def _relations(record: Sourced) -> Iterable[tuple[str, Ref]]:
    of = concept(type(record))
    return ((each.field, each.ref) for each in pointers(of, of.form(record)))


async def _take_in(
    tx: Transaction, folder: Folder, at: datetime
) -> tuple[list[FileReport], list[Change]]:
    reports: list[FileReport] = []
    touched: list[str] = []
    for stem, (file, lines) in folder.lines.items():
        report, more = await _keep(tx, file, TYPES[stem], lines, at)
        reports.append(report)
        touched += more
    changes = list((await tx.fold(touched)).changes)
    if folder.words:
        file, said = folder.words
        faults = Faults()
        taken = await take_in(tx, file, said, faults)
        faults.settle()
        changes += taken.changes
        reports.append(
            FileReport(
                file=file.name,
                read=len(said),
                created=taken.created,
                changed=taken.changed,
                deleted=taken.deleted,
            )
        )
    return reports, changes


async def _keep(
    tx: Transaction, file: File, of: type[Sourced], lines: list[Line], at: datetime
) -> tuple[FileReport, tuple[str, ...]]:
    """Keep what a file says that it did not say last time."""
    about = concept(of)
    rows = await tx.rows(KNOWN, {"system": HUB.key, "stream": about.table, "type": about.name})
    before: dict[str, str | None] = dict(rows)
    said = {
        each.record.id: replace(each.record, source_version=_version(each.record)) for each in lines
    }
    fresh = [each for id_, each in said.items() if before.get(id_) != each.source_version]
    gone = [id_ for id_, version in before.items() if version and id_ not in said]
    kept = await tx.keep(HUB, about.table, of, fresh, deleted=gone, fetched_at=at)
    if kept.stale or kept.quarantined:
        raise UsageError(
            f"{file.name}: {kept.stale + kept.quarantined} records were refused; is the clock of"
            " this machine right?"
        )
    created = sum(each.id not in before for each in fresh)
    report = FileReport(
        file=file.name,
        read=len(lines),
        created=created,
        changed=kept.created + kept.changed - created,
        deleted=kept.deleted,
    )
    return report, kept.touched


def _version(record: Sourced) -> str:
    """Return the version of a record: what it says, in short."""
    return f"file-{digest(canonical(concept(type(record)).form(record)))}"
