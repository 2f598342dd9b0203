"""The hub's own records, written one at a time by decisions.

They are kept beside those that a folder brought, and a folder leaves them alone: it speaks of its
own records only. What a decision makes of a record of a folder stands until the folder says
something new of it; so such a record keeps, as its version, what the folder last said.
"""

from dataclasses import dataclass, replace

from hub.commands.decision import Decision
from hub.commands.looking import Found
from hub.errors import WrongStateError
from hub.models.record import Sourced
from hub.models.ref import Ref
from hub.store import HUB, Folded, concept, identifier

KEPT = """
SELECT external_id, source_version FROM source_record
WHERE entity_id = :id AND type = :type AND system = :system AND deleted_at IS NULL
ORDER BY external_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """How a record of the hub's own is known.

    Attributes:
        id: Its own id.
        source_version: What the folder last said of it; None when no folder brought it.
    """

    id: str
    source_version: str | None = None


async def own(of: Decision, found: Found) -> Own:
    """Return how a record is known that a decision is about to change.

    Raises:
        WrongStateError: it is not the hub's own.
    """
    rows = await of.tx.rows(KEPT, {"id": found.id, "type": found.key.type, "system": HUB.key})
    if not rows:
        raise WrongStateError(
            "It belongs to the system that it comes from; change it there.", current=found.current
        )
    return Own(id=rows[0][0], source_version=rows[0][1])


async def keep(of: Decision, record: Sourced, known: Own) -> Folded:
    """Keep one record of the hub's own, under the id by which it is known."""
    told = replace(record, id=known.id, source_version=known.source_version)
    about = concept(type(record))
    kept = await of.tx.keep(HUB, about.table, about.type, [told], fetched_at=of.tx.moment)
    return await of.tx.fold(kept.touched)


def hub_id(of: type[Sourced], known: Own) -> str:
    """Return the hub id of a record without natural keys."""
    about = concept(of)
    return identifier(about.name, HUB.key, about.table, known.id)


def to(type_: str, id_: str) -> Ref:
    """Return a relation to what has a hub id."""
    return Ref(type_, "id", id_, HUB.key)
