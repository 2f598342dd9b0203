"""Competences: frameworks, areas, scales and what time does to them."""

from decimal import Decimal

from hub.models.kinds import AlignmentType, CompetenceKind, CompetenceScope, DecayKind, SystemKind
from hub.models.record import Nature, Sourced, record, says
from hub.models.ref import Ref


@record(owner=SystemKind.FRAMEWORK, keys=("uri",))
class CompetenceFramework(Sourced):
    """A published set of competences, e.g. ESCO (CASE CFDocument)."""

    uri: str | None = says("Its URI.", default=None)
    name: str = says("Name.")
    release: str | None = says("Published version.", default=None)
    publisher: str | None = says("Publisher.", default=None)
    licence: str | None = says("Terms of use, to be shown with its texts.", default=None)


@record(keys=("code",))
class CompetenceArea(Sourced):
    """A field of competences that matters to the organisation."""

    code: str = says("Code.")
    name: str = says("Name.")


@record(Nature.VALUE)
class CompetenceAlignment:
    """A relation to a competence elsewhere."""

    type: AlignmentType = says("The relation.")
    target_uri: str = says("The other's URI.")
    target_name: str | None = says("The other's name.", default=None)
    framework: str | None = says("The other's framework.", default=None)
    confidence: float | None = says("0 to 1; null when published, not derived.", default=None)


@record(Nature.VALUE)
class DecayPolicy:
    """How a competence fades."""

    kind: DecayKind = says("How.")
    half_life: str | None = says(
        "Time in which confidence halves without use.",
        default=None,
        unit="ISO 8601 duration",
    )
    validity: str | None = says(
        "Time after which it expires.",
        default=None,
        unit="ISO 8601 duration",
    )
    refresh_on_use: bool = says("Whether use in work starts the clock again.")


@record(
    owner=SystemKind.FRAMEWORK,
    keys=(
        "uri",
        "code",
    ),
)
class Competence(Sourced):
    """Something people can do, know or show (CASE CFItem, ESCO skill)."""

    uri: str | None = says("URI in its framework.", default=None)
    code: str | None = says("Code in the organisation.", default=None, owner=SystemKind.HUB)
    name: str = says("Name.")
    description: str | None = says("What it means.", default=None)
    kind: CompetenceKind | None = says("What kind.", default=None, owner=SystemKind.HUB)
    scope: CompetenceScope | None = says(
        "Derived from the units that require it, unless set.",
        default=None,
        owner=SystemKind.HUB,
    )
    core: bool | None = says("Named by a strategic goal.", default=None, owner=SystemKind.HUB)
    framework: Ref | None = says(
        "Where it was published.",
        default=None,
        target="CompetenceFramework",
    )
    area: Ref | None = says(
        "Its area.",
        default=None,
        target="CompetenceArea",
        owner=SystemKind.HUB,
    )
    broader: tuple[Ref, ...] = says(
        "More general ones. Bounded: 20.",
        default=(),
        target="Competence",
    )
    alignments: tuple[CompetenceAlignment, ...] = says(
        "Relations to other frameworks. Bounded: 50.",
        default=(),
    )
    scale: Ref | None = says(
        "Levels it is measured on.",
        default=None,
        target="ProficiencyScale",
        owner=SystemKind.HUB,
    )
    decay: DecayPolicy | None = says(
        "How it fades without use.",
        default=None,
        owner=SystemKind.HUB,
    )
    retired: bool | None = says(
        "Whether its framework has withdrawn it; kept for what refers to it.",
        default=None,
    )


@record(Nature.VALUE)
class ProficiencyLevel:
    """One level of a scale."""

    rank: int = says("Place on its scale, from 1.")
    label: str = says("Name.")
    descriptor: str | None = says("How it shows in work.", default=None)
    normalised: float = says("Place on the common axis, 0 to 1.", minimum=0, maximum=1)


@record(Nature.VALUE)
class ScaleMapping:
    """How a source's raw rating lands on a scale."""

    system: str = says("Key of the source whose scores it reads.")
    raw_scale: str = says("Its scale, e.g. stars-5.")
    raw_from: Decimal = says("Lowest raw value.")
    raw_until: Decimal = says("First raw value above.")
    rank: int = says("Rank of the level that the score stands for.")


@record(keys=("key",))
class ProficiencyScale(Sourced):
    """An ordinal scale.

    Levels of different scales are compared by `normalised`, never averaged.
    """

    key: str = says("Key.")
    name: str = says("Name.")
    levels: tuple[ProficiencyLevel, ...] = says("Lowest first. Bounded: 10.", default=())
    mappings: tuple[ScaleMapping, ...] = says(
        "How sources' ratings land on it. Bounded: 20 per source.",
        default=(),
    )
