"""Lists of records for all parents of a level: connections, and lists with a bound of their own."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLNamedType

from hub.engine.listing import Listing, Page, Slice
from hub.engine.origins import Children, Key, table_of
from hub.engine.scope import Scope

ROOT = ""
NOTHING = Page(ids=[], cursors=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a list.

    Attributes:
        children: How it is declared.
        type: Type of its records.
        arguments: Arguments of the field.
        selected: Fields of the connection that are asked for; None for a plain list.
    """

    children: Children
    type: GraphQLNamedType
    arguments: Mapping[str, Any]
    selected: AbstractSet[str] | None


async def listed(asked: Asked, parents: Sequence[str | None], scope: Scope) -> list[Any]:
    """Return the list of each parent.

    Args:
        asked: What is asked.
        parents: Values of the column that the list hangs on; None where it may not be seen.
        scope: With whose eyes.
    """
    table = table_of(asked.type)
    if table is None:
        raise TypeError(f"{asked.type.name} has no records")
    listing = Listing(
        children=asked.children,
        table=table,
        viewer=scope.viewer,
        policy=scope.policy(table),
        arguments=asked.arguments,
        now=scope.moment,
    )
    name, wanted = asked.type.name, sorted({each for each in parents if each is not None})
    asks = scope.about(asked.children.about, wanted)
    if asked.selected is None:
        found = await listing.pages(asks, wanted, None)
        return [[Key(name, id_) for id_ in found.get(each or "", NOTHING).ids] for each in parents]
    part, pages, counts = Slice.read(asked.arguments), {}, {}
    if asked.selected & {"nodes", "edges", "pageInfo"}:
        pages = await listing.pages(asks, wanted, part)
    if "totalCount" in asked.selected:
        counts = await listing.counts(asks, wanted)
    complete = "complete" not in asked.selected or not await scope.missing(table.owner)
    return [
        {
            **_page(name, pages.get(each or "", NOTHING)),
            "totalCount": counts.get(each or "", 0),
            "complete": complete,
        }
        for each in parents
    ]


def _page(name: str, page: Page) -> dict[str, Any]:
    keys = [Key(name, id_) for id_ in page.ids]
    return {
        "nodes": keys,
        "edges": [
            {"cursor": cursor, "node": key} for cursor, key in zip(page.cursors, keys, strict=True)
        ],
        "pageInfo": {
            "hasNextPage": page.begun if page.backwards else page.more,
            "hasPreviousPage": page.more if page.backwards else page.begun,
            "startCursor": page.cursors[0] if page.cursors else None,
            "endCursor": page.cursors[-1] if page.cursors else None,
        },
    }
