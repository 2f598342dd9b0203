"""The tables of the mirror, derived from the models; no column list is written by hand.

- A *sourced* concept has the table of its name: `id`, a column per field, `{field}_id` beside
  each relation, `version` and `recorded_at`. Its past is in `{table}_history`, with
  `recorded_until`. A field of many relations is the table `{table}__{field}`.
- A *derived* concept has `id` and a column per field, a *kept* one `version` as well.
- Truth is 0 or 1, moments and days are text, whatever has parts is canonical JSON text.

All text compares by code point in both databases.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, Double, Index, Integer, MetaData, SmallInteger, Table
from sqlalchemy.types import TypeEngine

from hub.models.record import Nature
from hub.store.bookkeeping import additions, bookkeeping
from hub.store.columns import TEXT, Utc
from hub.store.concepts import Attribute, Concept, concepts

NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}


def _type(attribute: Attribute) -> TypeEngine[Any]:
    kinds: dict[type, TypeEngine[Any]] = {
        int: BigInteger(),
        float: Double(),
        bool: SmallInteger(),
    }
    if attribute.codec.base is datetime:
        return Utc()
    return kinds.get(attribute.codec.kind, TEXT)


def _columns(of: Concept) -> Iterator[Column[Any]]:
    """Yield a column per field, and what a relation resolves to."""
    for name, each in of.attributes.items():
        if each.relations and of.description.nature is Nature.SOURCED:
            continue
        yield Column(name, _type(each), nullable=each.codec.optional)
        if each.relation:
            yield Column(f"{name}_id", TEXT, nullable=True)


def _indices(of: Concept, table: str) -> Iterator[Index]:
    """Yield an index on each relation, and on each key by which a thing is asked for."""
    for name, each in of.attributes.items():
        column = f"{name}_id" if each.relation else name
        if each.relation or name.endswith("_id") or name in of.points:
            yield Index(f"ix_{table}_{column}", column)


def _tracked(metadata: MetaData, of: Concept) -> None:
    """Add the table of a sourced concept, its history, and those of its many relations."""
    name = of.table
    track = [
        Column("version", Integer, nullable=False),
        Column("recorded_at", Utc(), nullable=False),
    ]
    Table(
        name,
        metadata,
        Column("id", TEXT, primary_key=True),
        *_columns(of),
        *track,
        *_indices(of, name),
    )
    Table(
        f"{name}_history",
        metadata,
        Column("id", TEXT, primary_key=True),
        *_columns(of),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("recorded_at", Utc(), nullable=False),
        Column("recorded_until", Utc(), nullable=False),
    )
    for each in of.tables():
        _joined(metadata, f"{name}__{each.name}")


def _joined(metadata: MetaData, name: str) -> None:
    def columns() -> list[Column[Any]]:
        return [
            Column("ref", TEXT, nullable=False),
            Column("target_id", TEXT, nullable=True),
            Column("recorded_at", Utc(), nullable=False),
        ]

    Table(
        name,
        metadata,
        Column("owner_id", TEXT, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns(),
        Index(f"ix_{name}_target_id", "target_id"),
    )
    Table(
        f"{name}_history",
        metadata,
        Column("owner_id", TEXT, nullable=False),
        Column("position", Integer, nullable=False),
        *columns(),
        Column("recorded_until", Utc(), nullable=False),
        Index(f"ix_{name}_history_owner_id", "owner_id"),
    )


def _plain(metadata: MetaData, of: Concept) -> None:
    """Add the table of a derived or kept concept."""
    version = (
        [Column("version", Integer, nullable=False)] if of.description.nature is Nature.KEPT else []
    )
    Table(
        of.table,
        metadata,
        Column("id", TEXT, primary_key=True),
        *_columns(of),
        *version,
        *additions(of.table),
        *_indices(of, of.table),
    )


@cache
def metadata() -> MetaData:
    """Return every table of the mirror."""
    made = MetaData(naming_convention=NAMES)
    for each in concepts().values():
        if each.description.nature is Nature.SOURCED:
            _tracked(made, each)
        else:
            _plain(made, each)
    bookkeeping(made)
    return made


WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def tables_in(statement: str) -> frozenset[str]:
    """Return the tables whose names occur in a statement; it may be one too many, never too few."""
    return frozenset(metadata().tables.keys() & set(WORD.findall(statement)))
