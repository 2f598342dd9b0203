"""The public graph: what of the concepts it shows, under which name, and where values come from.

One module per subject declares its types (`declare`), one builder makes the schema of them
(`build`). Sentences, types, owners and privacy classes are those of the models wherever a field
shows a field of a model. What a release cannot answer truly is not declared.
"""

from functools import cache

from hub.models import kinds
from hub.models.kinds import Described
from hub.schema import (
    agreements,
    appraisal,
    competences,
    couplings,
    evidence,
    filters,
    hub_itself,
    learning,
    mutations,
    orders,
    organisation,
    people,
    planning,
    provenance,
    quality,
    queries,
    requirements,
    shared,
)
from hub.schema.build import Schema, build
from hub.schema.declare import Declared

SUBJECTS = (
    shared,
    queries,
    mutations,
    hub_itself,
    people,
    organisation,
    competences,
    requirements,
    evidence,
    learning,
    agreements,
    appraisal,
    quality,
    planning,
    couplings,
    provenance,
    filters,
    orders,
)


def declared() -> tuple[Declared, ...]:
    """Return all that is declared, and the closed lists of the vocabulary."""
    lists = [
        each
        for each in vars(kinds).values()
        if isinstance(each, type) and issubclass(each, Described) and each is not Described
    ]
    return (*lists, *(each for subject in SUBJECTS for each in subject.DECLARED))


@cache
def served() -> Schema:
    """Return the schema that this release serves, built when it is first asked for."""
    return build(declared())


def sdl() -> str:
    """Return how the served schema is written down."""
    return served().sdl
