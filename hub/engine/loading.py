"""Records by their ids: one statement for all of a type, with what the viewer may see of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphql import GraphQLObjectType

from hub.engine.collect import Fields
from hub.engine.origins import Answered, Children, Column, Computed, Reference, Table, answered
from hub.engine.scope import Scope
from hub.models.kinds import PrivacyClass
from hub.policy import ALWAYS
from hub.store import among

Row = Mapping[str, Any]


def flag(class_: PrivacyClass) -> str:
    """Return the column that says whether what is of a class may be seen of a row."""
    return f"may_{class_.value.lower()}"


def needed(of: GraphQLObjectType, fields: Fields) -> dict[str, PrivacyClass | None]:
    """Return the columns that fields read, each with the class that masks it."""
    found: dict[str, PrivacyClass | None] = {}
    for nodes in fields.values():
        asked = of.fields.get(nodes[0].name.value)
        if asked is not None:
            found.update(_columns(answered(asked)))
    return found


def _columns(how: Answered) -> dict[str, PrivacyClass | None]:
    match how.origin:
        case Column(name):
            return {name: how.mask}
        case Reference(column=column, type_column=type_column):
            return dict.fromkeys((column, type_column) if type_column else (column,), how.mask)
        case Children(of=column):
            names: tuple[str, ...] = (column,) if column else ()
        case Computed(needs=columns):
            names = columns
        case _:
            names = ()
    found: dict[str, PrivacyClass | None] = dict.fromkeys(names)
    if how.mask is not None:
        found[flag(how.mask)] = how.mask
    return found


async def load(
    scope: Scope, table: Table, columns: Mapping[str, PrivacyClass | None], ids: Iterable[str]
) -> dict[str, Row]:
    """Return the rows that exist for the viewer, by id, with a column null where it is masked."""
    policy = scope.policy(table)
    parameters: dict[str, Any] = {**policy.parameters, **scope.times}
    wanted = sorted(set(ids))
    selected, names = ["r.id"], ["id"]
    for name, class_ in columns.items():
        if name == "id":
            continue
        mask = scope.mask(table, class_)
        parameters |= mask.parameters
        selected.append(_selected(name, class_, mask.on("r") if mask != ALWAYS else None))
        names.append(name)
    statement = (
        f"SELECT {', '.join(selected)} FROM {table.name} r WHERE {among('r.id', 'ids')}"
        f" AND {table.condition} AND {policy.on('r')}"
    )
    asks = scope.about(table.concept, wanted)
    rows: Sequence[Sequence[Any]] = await asks.rows(statement, {**parameters, "ids": wanted})
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def _selected(name: str, class_: PrivacyClass | None, mask: str | None) -> str:
    if class_ is not None and name == flag(class_):
        return f"CASE WHEN {mask or '1 = 1'} THEN 1 ELSE 0 END"
    return f'CASE WHEN {mask} THEN r."{name}" END' if mask else f'r."{name}"'
