"""What a pretend system keeps: documents in collections, in one SQLite file.

A collection holds JSON objects under ids of the vendor's own. Reading never touches the file: the
live documents stand in memory beside it, parsed once (some 10 MB for 500 people; grows with them).
Writing is one transaction, written to the file before it can be read, so that a killed process
loses nothing that it answered for. Every write takes the next number of one sequence: what changed
since a number, deletions included, is a slice.

One process, one thread, one event loop: nothing here waits, nothing here locks.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

Json = dict[str, Any]

TABLES = """
CREATE TABLE IF NOT EXISTS document (
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT,
    sequence INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (collection, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
KEEP = "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One document to write; without a body, one to delete."""

    collection: str
    id: str
    body: Json | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as it stands; a deleted one has an empty body."""

    id: str
    body: Json
    sequence: int
    changed_at: datetime
    deleted: bool


def utc_now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


class Documents:
    """The documents of one pretend system."""

    def __init__(self, path: Path | str, now: Callable[[], datetime] = utc_now) -> None:
        self.now = now
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.executescript(TABLES)
        self._file.execute("INSERT OR IGNORE INTO mark VALUES ('life', ?)", (uuid4().hex,))
        self._held: dict[str, dict[str, Document]] = {}
        self._gone: dict[str, dict[str, Document]] = {}
        self._sequence = 0
        self._read()

    @property
    def life(self) -> str:
        """A name that this file has and no other: what was said of another does not hold here."""
        statement = "SELECT value FROM mark WHERE name = 'life'"
        return str(self._file.execute(statement).fetchone()[0])

    @property
    def seeded(self) -> bool:
        """Whether the seed stands in the file, whole."""
        statement = "SELECT 1 FROM mark WHERE name = 'seeded'"
        return self._file.execute(statement).fetchone() is not None

    def seed(self, changes: Iterable[Change]) -> None:
        """Write the seed with the mark that it stands there, all or nothing."""
        self._write(changes, "INSERT INTO mark VALUES ('seeded', 'whole')")

    def write(self, *changes: Change) -> None:
        """Write these documents, all or none, each under the next number of the sequence."""
        self._write(changes)

    def collections(self) -> list[str]:
        """Return the names of the collections that hold or held a document."""
        return sorted(self._held.keys() | self._gone.keys())

    def all(self, collection: str) -> Iterator[Document]:
        """Return the live documents of a collection, in the order in which they came to be."""
        return iter(self._held.get(collection, {}).values())

    def count(self, collection: str) -> int:
        """Return how many live documents a collection holds."""
        return len(self._held.get(collection, {}))

    def get(self, collection: str, id_: str) -> Document | None:
        """Return one live document."""
        return self._held.get(collection, {}).get(id_)

    def since(self, collection: str, sequence: int) -> list[Document]:
        """Return what was written after a number of the sequence, deletions too, oldest first."""
        both = (*self.all(collection), *self._gone.get(collection, {}).values())
        return sorted((d for d in both if d.sequence > sequence), key=lambda d: d.sequence)

    def sequence(self, collection: str | None = None) -> int:
        """Return the number of the last write, of all or of one collection."""
        if collection is None:
            return self._sequence
        both = (*self.all(collection), *self._gone.get(collection, {}).values())
        return max((document.sequence for document in both), default=0)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _read(self) -> None:
        statement = "SELECT * FROM document ORDER BY sequence"
        for collection, id_, body, sequence, changed_at in self._file.execute(statement):
            self._place(
                collection,
                Document(
                    id=id_,
                    body={} if body is None else json.loads(body),
                    sequence=sequence,
                    changed_at=datetime.fromisoformat(changed_at),
                    deleted=body is None,
                ),
            )

    def _write(self, changes: Iterable[Change], *statements: str) -> None:
        changed_at = self.now()
        documents = [
            (
                change.collection,
                Document(
                    id=change.id,
                    body=change.body or {},
                    sequence=sequence,
                    changed_at=changed_at,
                    deleted=change.body is None,
                ),
            )
            for sequence, change in enumerate(changes, self._sequence + 1)
        ]
        with self._transaction():
            self._file.executemany(KEEP, (_row(name, document) for name, document in documents))
            for statement in statements:
                self._file.execute(statement)
        for name, document in documents:
            self._place(name, document)

    def _place(self, collection: str, document: Document) -> None:
        self._sequence = max(self._sequence, document.sequence)
        held = self._held.setdefault(collection, {})
        gone = self._gone.setdefault(collection, {})
        if document.deleted:
            held.pop(document.id, None)
            gone[document.id] = document
        else:
            gone.pop(document.id, None)
            held[document.id] = document

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")


def _row(collection: str, document: Document) -> tuple[str, str, str | None, int, str]:
    body = None if document.deleted else json.dumps(document.body, ensure_ascii=False)
    return (collection, document.id, body, document.sequence, document.changed_at.isoformat())


Collections = Mapping[str, Any]
"""What a seed file holds for one system: each vendor's module says in which shape."""
