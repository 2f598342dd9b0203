"""How values stand in the rows that facts are read from, and who told of a record."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from hub.store import HUB, Asks, among, moment_of

TELLS = "SELECT entity_id, MIN(system) FROM {table} WHERE {chosen} GROUP BY entity_id"


def parts(text: str | None) -> list[Any]:
    """Return the items of a column that holds many."""
    return list(json.loads(text)) if text else []


def moment(text: str | None) -> datetime | None:
    """Return the moment in a column that may hold none."""
    return moment_of(text) if text else None


def day(text: str | None) -> date | None:
    """Return the day in a column that may hold none."""
    return date.fromisoformat(text) if text else None


async def systems(asks: Asks, ids: Sequence[str]) -> Mapping[str, str]:
    """Return the key of the source of each record; of what is gone, who last told of it.

    Cost: a look-up for each record, and a look through all history where one is gone, as it may be
    when the past is asked for.
    """
    found = dict.fromkeys(ids, HUB.key)
    chosen = among("entity_id", "ids")
    told: dict[str, str] = dict(
        await asks.rows(TELLS.format(table="source_record", chosen=chosen), {"ids": list(found)})
    )
    gone = [id_ for id_ in found if id_ not in told]
    if gone:
        statement = TELLS.format(table="source_record_history", chosen=chosen)
        told |= dict(await asks.rows(statement, {"ids": gone}))
    return found | told
