"""What a decision is about, looked up with the eyes of whoever decides.

What is not there, what may not be seen and an id that was never given out all look the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.commands.decision import Decision
from hub.engine.ids import read_id
from hub.engine.keys import keyed
from hub.engine.origins import Bind, Key
from hub.errors import DecisionError, InvalidError, MissingError, VersionConflictError
from hub.models.record import Nature
from hub.policy import rows
from hub.store import among, canonical_ids, concept, concepts

FEW = 3  # enough to know that several answer to a key


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record that the viewer may see.

    Attributes:
        key: Its type and hub id.
        row: Its whole row, in stored form.
    """

    key: Key
    row: dict[str, Any]

    @property
    def id(self) -> str:
        """Its hub id."""
        return self.key.id

    @property
    def record(self) -> Any:
        """The record that the row tells."""
        return concept(self.key.type).decode(self.row)

    @property
    def current(self) -> tuple[str, str]:
        """What an error says of it."""
        return self.key.type, self.key.id


async def by_id(of: Decision, text: str, path: Sequence[str], *types: str) -> Found:
    """Return the record that a global id names; the one that stands, if it was merged away.

    Args:
        of: The decision.
        text: The id.
        path: Where in the input it stands.
        types: What it may be.

    Raises:
        MissingError: there is none that the viewer may see.
        InvalidError: it is of another type, or an id of the past.
    """
    key, moment = read_id(text) or (None, None)
    if key is None or key.type not in concepts():
        raise missing(path)
    stands = (await canonical_ids(of.tx, [key.id])).get(key.id, key.id)
    found = await _seen(of, key.type, [stands])
    if not found:
        raise missing(path)
    if moment is not None:
        raise InvalidError(
            "This id is of a moment in the past; read the object without asOf and give that id.",
            path=path,
        )
    if key.type not in types:
        raise InvalidError(
            f"This is the id of a {key.type}; give that of a {' or '.join(types)}.", path=path
        )
    return found[0]


async def by_key(of: Decision, type_: str, key: Mapping[str, Any], path: Sequence[str]) -> Found:
    """Return the record of a type that a `...Key` input names.

    Raises:
        MissingError: there is none that the viewer may see.
        InvalidError: several answer to it, or it is not exactly one key.
    """
    given = [name for name, value in key.items() if value is not None]
    if len(given) != 1:
        raise InvalidError("Give exactly one of these keys.", path=path)
    path = (*path, *given)
    if given == ["id"]:
        return await by_id(of, key["id"], path, type_)
    bind = Bind(of.at)
    condition = keyed(key, bind)
    found = await of.tx.rows(
        f"SELECT k.id FROM {concept(type_).table} k WHERE {condition} ORDER BY k.id LIMIT {FEW}",
        bind.values,
    )
    seen = await _seen(of, type_, [id_ for (id_,) in found])
    if not seen:
        raise missing(path)
    if len(seen) > 1:
        raise InvalidError("Several answer to this key; give the id of one.", path=path)
    return seen[0]


async def _seen(of: Decision, type_: str, ids: list[str]) -> list[Found]:
    """Return those of some records that exist for the viewer."""
    about = concept(type_)
    if about.description.nature is Nature.DERIVED:
        return []
    policy = rows(about.name, about.description.privacy, of.viewer)
    shown = await of.tx.rows(
        f"SELECT r.id FROM {about.table} r WHERE {among('r.id', 'ids')} AND {policy.on('r')}",
        {**policy.parameters, "ids": ids},
    )
    found = await of.tx.mappings(about.table, [id_ for (id_,) in shown])
    return [Found(key=Key(type_, row["id"]), row=row) for row in found]


def missing(path: Sequence[str]) -> MissingError:
    """Return the one error for what is not there and for what may not be seen."""
    return MissingError(
        "Nothing that you may see is known by this; take it from what a query shows you.", path=path
    )


def moved(found: Found, expected: int | None, path: Sequence[str]) -> DecisionError | None:
    """Return why a record is not as it was when it was looked at; None when it is."""
    if expected is None:
        return InvalidError("Give the version that you last read.", path=path)
    if found.row["version"] == expected:
        return None
    return VersionConflictError(
        "It was changed meanwhile; look at it as it is now, then decide with its new version.",
        path=path,
        current=found.current,
    )


def unchanged(found: Found, expected: int | None, path: Sequence[str]) -> None:
    """Refuse a decision on a record that is not as it was when it was looked at.

    Raises:
        VersionConflictError: it has another version than expected.
        InvalidError: no version is given.
    """
    error = moved(found, expected, path)
    if error is not None:
        raise error
