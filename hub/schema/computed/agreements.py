"""What follows of agreements from their dates and sides."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.engine.loading import Row
from hub.engine.scope import Scope
from hub.store import among


async def label(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[str]:
    """Return what each agreement is called: with whom, and when it is reviewed."""
    ids = [row[name] for row in rows for name in ("employee_id", "team_id") if row[name]]
    names: dict[str, str] = dict(
        await scope.asks.rows(
            f"SELECT p.id, p.display_name FROM person p WHERE {among('p.id', 'ids')}"
            f" UNION ALL SELECT u.id, u.name FROM organisation_unit u WHERE {among('u.id', 'ids')}",
            {"ids": ids},
        )
    )
    return [
        f"{names.get(row['employee_id'] or row['team_id'], 'Agreement')}, review {row['review_on']}"
        for row in rows
    ]


async def overdue(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[bool]:
    """Return whether each facility should have been there before the day asked for."""
    today = scope.times["today"]
    return [
        row["delivered_on"] is None and row["due_on"] is not None and row["due_on"] < today
        for row in rows
    ]
