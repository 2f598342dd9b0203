"""What a folder may hold: types that no outside system knows, each with the name of its file."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass
from typing import Any

from hub.models.agreement import AgreedFacility, AgreedResult, Ambition, DevelopmentAgreement
from hub.models.competence import Competence, CompetenceArea, ProficiencyScale
from hub.models.credential import Credential
from hub.models.evidence import Contest
from hub.models.learning import Intervention
from hub.models.organisation import CompetenceCentre, OrganisationUnit, RoleAssignment
from hub.models.process import WorkProcess
from hub.models.quality import CompetenceCause
from hub.models.record import Meaning, Sourced, described
from hub.models.requirement import CompetenceRequirement
from hub.store import concept
from hub.store.values import Codec, codecs_of

TERMS = "term_link"
ID = "id"
TYPES: Mapping[str, type[Sourced]] = {
    concept(of).table: of
    for of in (
        ProficiencyScale,
        CompetenceArea,
        OrganisationUnit,
        CompetenceCentre,
        Competence,
        WorkProcess,
        CompetenceRequirement,
        RoleAssignment,
        Intervention,
        CompetenceCause,
        DevelopmentAgreement,
        AgreedResult,
        AgreedFacility,
        Ambition,
        Credential,
        Contest,
    )
}
NAMES = (*TYPES, TERMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file.

    Attributes:
        name: Its name.
        codec: How its values become records' values.
        meaning: What it says.
        required: Whether it must not be empty.
    """

    name: str
    codec: Codec
    meaning: Meaning
    required: bool

    @property
    def listed(self) -> bool:
        """Whether it holds several values."""
        return "[]" in self.codec.parts

    @property
    def composed(self) -> bool:
        """Whether its values have parts, so that only YAML can hold them."""
        item = self.codec.parts.get("[]", self.codec)
        return item.kind is dict


def columns(of: type) -> dict[str, Column]:
    """Return the columns of a type of record, or the parts of a value, in order; `id` aside."""
    codecs = codecs_of(of)
    known = concept(of).attributes if issubclass(of, Sourced) else codecs
    return {
        field.name: Column(
            name=field.name,
            codec=codecs[field.name],
            meaning=meaning,
            required=meaning.required or _bare(field),
        )
        for field, meaning in described(of)
        if field.name in known
    }


def _bare(field: Field[Any]) -> bool:
    return field.default is MISSING
