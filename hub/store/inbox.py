"""Deliveries from outside systems, kept as received and worked off once.

A delivery is only a hint: it names what to fetch. It is kept before it is acknowledged, so that
nothing that was acknowledged is lost; the same delivery again is known by its id.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hub.store.statements import insert
from hub.store.values import canonical
from hub.store.writer import Writer

TABLE = "inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery as received.

    Attributes:
        id: What its sender calls it, with the key of the system.
        system: Key of the system it came from.
        headers: Its headers, lower case.
        body: Its body, as text.
    """

    id: str
    system: str
    headers: Mapping[str, str]
    body: str


async def receive(writer: Writer, delivery: Delivery) -> bool:
    """Keep a delivery; return whether it is new."""
    known = await writer.rows(f"SELECT id FROM {TABLE} WHERE id = :id", {"id": delivery.id})
    row = {
        "id": delivery.id,
        "system": delivery.system,
        "headers": canonical(dict(delivery.headers)),
        "body": delivery.body,
        "received_at": writer.now,
        "done_at": None,
        "error": None,
    }
    await writer.write_all(TABLE, insert(TABLE), [] if known else [row])
    return not known


async def waiting(writer: Writer, most: int = 50) -> list[Delivery]:
    """Return up to `most` deliveries that wait, the oldest first."""
    rows = await writer.rows(
        f"SELECT id, system, headers, body FROM {TABLE} WHERE done_at IS NULL"
        " ORDER BY received_at, id LIMIT :most",
        {"most": most},
    )
    return [
        Delivery(id=id_, system=system, headers=json.loads(headers), body=body)
        for id_, system, headers, body in rows
    ]


async def done(writer: Writer, id_: str, error: str | None = None) -> None:
    """Say that a delivery was worked off, or why it never can be."""
    await writer.write(
        TABLE,
        f"UPDATE {TABLE} SET done_at = :now, error = :error WHERE id = :id",
        {"id": id_, "now": writer.now, "error": error},
    )
