"""What the words of the demo organisation's systems mean.

The key of a term is what the system's records bear: the name of a control, a category, the name of
a criterion, the address of an activity. One word of each kind is linked to nothing.
"""

from collections.abc import Iterator
from typing import Any

from hub.demo.organisation.model import Organisation
from hub.demo.organisation.served.appraisal import kra

Link = tuple[str, str, str, str, str]


def links(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the meaning of each word; one that means two things has two lines."""
    names = ("system", "term_kind", "external_id", "term", "target")
    return [
        dict(zip(names, each, strict=True))
        for found in (_controls, _categories, _criteria, _activities)
        for each in found(organisation)
    ]


def _controls(organisation: Organisation) -> Iterator[Link]:
    for each in organisation.processes:
        if each.control:
            word = ("quality", "control", each.control, each.control)
            yield *word, f"WorkProcess:code:{each.code}"
            yield *word, f"OrganisationUnit:code:{each.unit}"


def _categories(organisation: Organisation) -> Iterator[Link]:
    planned = {each.process for each in organisation.shifts}
    for each in organisation.processes:
        if each.code in planned:
            word = ("planning", "category", each.category, each.category)
            yield *word, f"WorkProcess:code:{each.code}"


def _criteria(organisation: Organisation) -> Iterator[Link]:
    for each in organisation.competences:
        yield "appraisal", "kra", kra(each), kra(each), f"Competence:{each.ref}"


def _activities(organisation: Organisation) -> Iterator[Link]:
    of = {each.key: each.ref for each in organisation.competences}
    for each in organisation.courses:
        if each.activity:
            word = ("learning", "activity", each.activity, each.title)
            yield *word, f"Intervention:id:{each.id}"
            yield *word, f"Competence:{of[each.competence]}"
