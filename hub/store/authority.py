"""Whom to believe: many sources speak of one entity, field by field one of them is heard.

First the kind of system that owns the field, then the one that owns the record, then the hub,
then the others by key. Who says nothing is passed over. Within one system the record changed last
is heard first. Two systems that say different things leave a conflict, whoever is believed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hub.models.kinds import ConflictStatus, SystemKind
from hub.store.concepts import Attribute, Concept
from hub.store.said import Said
from hub.store.values import canonical

OWNS_FIELD, OWNS_RECORD, IS_HUB, OTHER = range(4)
RULES = {
    OWNS_FIELD: "The kind of system that owns the field is believed.",
    OWNS_RECORD: "The kind of system that owns the record is believed.",
    IS_HUB: "The hub is believed before the other systems.",
}
UNSETTLED = "No rule settles it; the first of equal systems stands, by key."
DECIDED = "A person decided, and nothing new was said since."


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Systems that say different things of one field.

    Attributes:
        field: The field.
        chosen: Key of the system that is believed.
        values: What each says, by key of the system.
        rule: Why that one.
        status: Whether a rule settles it.
    """

    field: str
    chosen: str
    values: tuple[tuple[str, Any], ...]
    rule: str
    status: ConflictStatus

    def text(self) -> str:
        """Return the text of the values, as a conflict keeps it."""
        return canonical([list(each) for each in self.values])


def rank(of: Concept, attribute: Attribute, kind: str) -> int:
    """Return the place of a kind of system in the order of belief."""
    if attribute.meaning.owner is not None and kind == attribute.meaning.owner.value:
        return OWNS_FIELD
    if kind == of.description.owner.value:
        return OWNS_RECORD
    return IS_HUB if kind == SystemKind.HUB.value else OTHER


def ordered(records: list[Said]) -> list[Said]:
    """Return records by key of their system; of one system, the last changed first."""
    newest = sorted(
        records,
        key=lambda said: (said.row["changed_at"] or "", said.row["external_id"], said.id),
        reverse=True,
    )
    return sorted(newest, key=lambda said: str(said.row["system"]))


def state(of: Concept, said: Said) -> dict[str, Any]:
    """Return what a record says in the columns of the entity, relations resolved."""
    found: dict[str, Any] = {}
    for name, each in of.attributes.items():
        value = said.told.get(name, each.unsaid)
        if each.relation:
            found[name] = value
            found[f"{name}_id"] = said.targets.get((name, 0, ""))
        elif each.relations:
            found[name] = [
                [item, said.targets.get((name, position, ""))]
                for position, item in enumerate(value or ())
            ]
        elif each.nested and value is not None:
            found[name] = _resolved(each, value, said)
        else:
            found[name] = value
    return found


def _resolved(attribute: Attribute, value: Any, said: Said) -> Any:
    def one(item: dict[str, Any], position: int) -> dict[str, Any]:
        ids = {
            f"{part}_id": said.targets.get((attribute.name, position, part))
            for part in attribute.nested
        }
        return item | ids

    if isinstance(value, list):
        return [one(item, position) for position, item in enumerate(value)]
    return one(value, 0)


Voice = tuple[Said, dict[str, Any]]  # a record, and what it says in the columns of the entity
Decision = tuple[str, str]  # the system that a person chose to believe, when these were the values


def believed(
    of: Concept, records: list[Said], decided: Mapping[str, Decision]
) -> tuple[dict[str, Any], list[Disagreement]]:
    """Return what the entity is according to `records`, and where they disagree.

    Args:
        of: What the entity is.
        records: What is said of it, at least one, by whomever.
        decided: For fields on which a person decided, what; it stands while nothing new is said.
    """
    if len(records) == 1:
        return state(of, records[0]), []
    voices = [(said, state(of, said)) for said in ordered(records)]
    whole: dict[str, Any] = {}
    apart = []
    for each in of.attributes.values():
        heard = _heard(of, each, voices)
        first = heard[0][1] if heard else voices[0][1]
        disagreement = _disagreement(of, each, heard)
        if disagreement:
            disagreement = _settled(disagreement, decided.get(each.name))
            first = next(told for said, told in heard if said.row["system"] == disagreement.chosen)
            apart.append(disagreement)
        for name in (each.name, f"{each.name}_id") if each.relation else (each.name,):
            whole[name] = first[name]
    return whole, apart


def _heard(of: Concept, attribute: Attribute, voices: list[Voice]) -> list[Voice]:
    """Return who says something of a field, whom to believe first; relations that lead first."""
    said = [each for each in voices if each[1][attribute.name] not in (None, [])]

    def place(voice: Voice) -> tuple[bool, int]:
        lost = attribute.relation and voice[1][f"{attribute.name}_id"] is None
        return lost, rank(of, attribute, voice[0].row["kind"])

    return sorted(said, key=place)


def _meant(attribute: Attribute, told: dict[str, Any]) -> Any:
    """Return what two systems must agree on; None where a relation leads nowhere."""
    if attribute.relation:
        return told[f"{attribute.name}_id"]
    if attribute.relations:
        return [target or ref for ref, target in told[attribute.name]]
    return told[attribute.name]


def _shown(attribute: Attribute, told: dict[str, Any]) -> Any:
    value = told[attribute.name]
    return [ref for ref, _ in value] if attribute.relations else value


def _disagreement(of: Concept, attribute: Attribute, heard: list[Voice]) -> Disagreement | None:
    by_system: dict[str, Voice] = {}
    for said, told in heard:
        if _meant(attribute, told) is not None:
            by_system.setdefault(said.row["system"], (said, told))
    if len({canonical(_meant(attribute, told)) for _, told in by_system.values()}) < 2:
        return None
    ranks = [rank(of, attribute, said.row["kind"]) for said, _ in by_system.values()]
    settled = ranks[0] < min(ranks[1:])
    return Disagreement(
        field=attribute.name,
        chosen=next(iter(by_system)),
        values=tuple(
            (system, _shown(attribute, told)) for system, (_, told) in sorted(by_system.items())
        ),
        rule=RULES[ranks[0]] if settled else UNSETTLED,
        status=ConflictStatus.RESOLVED_BY_RULE if settled else ConflictStatus.OPEN,
    )


def _settled(found: Disagreement, decision: Decision | None) -> Disagreement:
    """Return a disagreement as a person settled it, if one did."""
    if decision is None or decision[1] != found.text():
        return found
    return replace(
        found, chosen=decision[0], rule=DECIDED, status=ConflictStatus.RESOLVED_BY_PERSON
    )
