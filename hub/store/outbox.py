"""What waits to be written to outside systems, until it is done or given up.

A letter is posted in the transaction of the decision it carries out. Whoever delivers takes what
is due, writes it with the letter's id as idempotency key, and says how it went; a process that
dies in between leaves the letter due, and the key makes a second delivery harmless.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub.store.statements import insert
from hub.store.values import canonical
from hub.store.writer import Writer

TABLE = "outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One write that waits.

    Attributes:
        id: Its idempotency key.
        system: Key of the system written to; None for a notice by the hub itself.
        action_id: The action it carries out.
        body: What to write; whatever JSON can say.
        attempts: Times tried.
    """

    id: str
    system: str | None
    action_id: str
    body: Mapping[str, Any]
    attempts: int = 0


async def post(writer: Writer, letter: Letter) -> None:
    """Post a letter, due at once; one posted before is left as it is."""
    row = {
        "id": letter.id,
        "system": letter.system,
        "action_id": letter.action_id,
        "body": canonical(letter.body),
        "attempts": letter.attempts,
        "created_at": writer.now,
        "due_at": writer.now,
        "done_at": None,
        "error": None,
    }
    await writer.write_all(TABLE, insert(TABLE, otherwise="ON CONFLICT DO NOTHING"), [row])


async def due(writer: Writer, most: int = 50) -> list[Letter]:
    """Return up to `most` letters that are due, the oldest first."""
    rows = await writer.rows(
        f"SELECT id, system, action_id, body, attempts FROM {TABLE}"
        " WHERE due_at <= :now ORDER BY due_at, id LIMIT :most",
        {"now": writer.now, "most": most},
    )
    return [
        Letter(id=id_, system=system, action_id=action, body=json.loads(body), attempts=attempts)
        for id_, system, action, body, attempts in rows
    ]


async def delivered(writer: Writer, id_: str) -> None:
    """Say that a letter was delivered."""
    await writer.write(
        TABLE,
        f"UPDATE {TABLE} SET attempts = attempts + 1, due_at = NULL, done_at = :now, error = NULL"
        " WHERE id = :id",
        {"id": id_, "now": writer.now},
    )


async def failed(writer: Writer, id_: str, error: str, again: datetime | None) -> None:
    """Say that a letter was not delivered, and when to try again; None gives it up."""
    await writer.write(
        TABLE,
        f"UPDATE {TABLE} SET attempts = attempts + 1, due_at = :again, error = :error"
        " WHERE id = :id",
        {"id": id_, "error": error, "again": again},
    )
