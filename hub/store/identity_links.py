"""The crosswalk of people: which record of which source is which person, and by which rule."""

from typing import Any

from hub.models.kinds import LinkStatus, MatchRule
from hub.store.matching import CONFIDENCE, PERSON, Links, link_id
from hub.store.said import Said
from hub.store.statements import upsert
from hub.store.values import canonical
from hub.store.writer import Writer

TABLE = "identity_link"


async def link_people(writer: Writer, records: list[Said], links: Links) -> None:
    """Write the link of each record of a person, where it changed; `links` are as they stood."""
    people = [said for said in records if said.concept.name == PERSON]
    gone = [link_id(said) for said in people if not said.live and link_id(said) in links]
    await writer.delete(TABLE, gone)
    rows = [_link(said, links.get(link_id(said))) for said in people if said.live]
    told = ("person_id", "rule", "confidence", "status", "attributes")
    await writer.write_all(
        TABLE,
        upsert(TABLE, keeping=("history",), counting=True),
        [
            row
            for row in rows
            if row["id"] not in links or any(row[name] != links[row["id"]][name] for name in told)
        ],
    )


def _link(said: Said, old: dict[str, Any] | None) -> dict[str, Any]:
    rule: MatchRule | None = said.rule if said.entity_id else None
    status = LinkStatus.CONFIRMED if said.entity_id else LinkStatus.UNMATCHED
    person = said.entity_id
    if old and old["status"] == LinkStatus.REJECTED and person is None:
        status, person = LinkStatus.REJECTED, old["person_id"]
    return {
        "id": link_id(said),
        "system": said.row["system"],
        "stream": said.row["stream"],
        "external_id": said.row["external_id"],
        "person_id": person,
        "rule": rule and rule.value,
        "confidence": rule and CONFIDENCE[rule],
        "status": status.value,
        "attributes": canonical({k: v for k, v in said.told.items() if v is not None}),
        "history": "[]",
        "version": 1,
        "pinned_id": old["pinned_id"] if old else None,
    }
