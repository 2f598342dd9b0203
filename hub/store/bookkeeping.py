"""The tables that no model describes: what the hub keeps to do its work."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, SmallInteger, Table

from hub.store.columns import TEXT, Utc


def _text(name: str, *, null: bool = False, key: bool = False, index: bool = False) -> Column[str]:
    return Column(name, TEXT, nullable=null, primary_key=key, index=index)


def _moment(name: str, *, null: bool = False) -> Column[object]:
    return Column(name, Utc(), nullable=null)


def _said() -> list[Column[object]]:
    """Return the columns of what a source says about one thing, keys aside."""
    return [
        Column("system", TEXT, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("stream", TEXT, nullable=False),
        Column("type", TEXT, nullable=False),
        Column("external_id", TEXT, nullable=False),
        Column("entity_id", TEXT, nullable=True),
        Column("payload", TEXT, nullable=False),
        Column("hash", TEXT, nullable=False),
        Column("source_version", TEXT, nullable=True),
        Column("changed_at", Utc(), nullable=True),
        Column("fetched_at", Utc(), nullable=False),
        Column("external_url", TEXT, nullable=True),
        Column("origin", TEXT, nullable=True),
        Column("deleted_at", Utc(), nullable=True),
        Column("generation", BigInteger, nullable=False),
        Column("recorded_at", Utc(), nullable=False),
    ]


def bookkeeping(metadata: MetaData) -> None:
    """Add the tables to `metadata`; each comment says what one row is."""
    _records(metadata)
    _crosswalk(metadata)
    _work(metadata)
    _decisions(metadata)


def _records(metadata: MetaData) -> None:
    Table(
        "source_record",
        metadata,
        _text("id", key=True),
        *_said(),
        # how others point at it by its own id: see hub.store.lookups
        Column("lookup", TEXT, nullable=False, index=True),
        Index("ix_source_record_entity_id", "entity_id"),
        Index("ix_source_record_stream", "system", "stream", "type", "generation"),
        comment="What one source says about one thing, or that it no longer does.",
    )
    Table(
        "source_record_history",
        metadata,
        _text("id"),
        *_said(),
        _moment("recorded_until"),
        Index("ix_source_record_history_id", "id"),
        Index("ix_source_record_history_entity_id", "entity_id"),
        comment="What a source said before.",
    )
    Table(
        "checkpoint",
        metadata,
        _text("system", key=True),
        _text("stream", key=True),
        _text("position"),
        _moment("moved_at"),
        comment="Where the reading of a stream stands.",
    )


def _crosswalk(metadata: MetaData) -> None:
    Table(
        "claim",
        metadata,
        _text("record_id", key=True),
        _text("lookup", key=True),
        Column("level", Integer, nullable=False),
        Index("ix_claim_lookup", "lookup"),
        comment="A key by which a live record can be found; level 0 is its type's strongest.",
    )
    Table(
        "reference",
        metadata,
        _text("record_id", key=True),
        _text("field", key=True),
        Column("position", Integer, primary_key=True),
        _text("part", key=True),
        _text("lookup", index=True),
        _text("target_id", null=True, index=True),
        comment="A relation of a live record and the entity that it resolves to.",
    )
    Table(
        "alias",
        metadata,
        _text("merged_id", key=True),
        _text("kept_id", index=True),
        _text("type"),
        _moment("merged_at"),
        comment="An entity that was merged into another.",
    )


def _work(metadata: MetaData) -> None:
    Table(
        "touched",
        metadata,
        _text("kind", key=True),
        _text("key", key=True),
        comment="Something whose derived values may have changed.",
    )
    Table(
        "inbox",
        metadata,
        _text("id", key=True),
        _text("system"),
        _text("headers"),
        _text("body"),
        _moment("received_at"),
        Column("done_at", Utc(), nullable=True, index=True),
        _text("error", null=True),
        comment="A delivery from a source, as received.",
    )
    Table(
        "outbox",
        metadata,
        _text("id", key=True),
        _text("system", null=True),
        _text("action_id", index=True),
        _text("body"),
        Column("attempts", Integer, nullable=False),
        _moment("created_at"),
        Column("due_at", Utc(), nullable=True, index=True),
        _moment("done_at", null=True),
        _text("error", null=True),
        comment="A write that waits for its turn; done or given up when nothing is due.",
    )
    Table(
        "epoch",
        metadata,
        _text("name", key=True),
        Column("value", BigInteger, nullable=False),
        comment="How often a table was changed.",
    )


def _decisions(metadata: MetaData) -> None:
    Table(
        "audit",
        metadata,
        Column(
            "id",
            BigInteger().with_variant(Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        _moment("at"),
        _text("actor_id", null=True, index=True),
        _text("action"),
        _text("subject_type", null=True),
        _text("subject_id", null=True, index=True),
        _text("purpose", null=True),
        _text("note", null=True),
        _text("detail"),
        comment="A decision, or a read that must be accounted for.",
    )
    Table(
        "idempotency",
        metadata,
        _text("key", key=True),
        _text("input_hash"),
        _text("payload"),
        _moment("at"),
        comment="An input that had its effect, with its answer.",
    )


def additions(table: str) -> list[Column[object]]:
    """Return what the store keeps in a model's table beside its fields."""
    if table == "identity_link":
        return [Column("pinned_id", TEXT, nullable=True)]  # whom a person chose, merged or not
    if table == "quarantined_record":
        return [
            Column("generation", BigInteger, nullable=False),
            Column("parked", SmallInteger, nullable=False),  # waits for its target, not mending
        ]
    return []
