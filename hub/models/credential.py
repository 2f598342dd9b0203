"""Certificates, licences and badges."""

from datetime import datetime

from hub.models.kinds import CredentialStatus, SystemKind
from hub.models.record import Sourced, record, says
from hub.models.ref import Ref


@record(owner=SystemKind.CREDENTIAL)
class Credential(Sourced):
    """A badge, certificate or licence (Open Badges 3.0)."""

    holder: Ref = says("Who.", target="Person", required=True)
    name: str = says("Name.")
    kind: str | None = says("Kind, in the issuer's words.", default=None)
    issuer: str | None = says("Issuer.", default=None)
    valid_from: datetime = says("Beginning.")
    valid_until: datetime | None = says("End; null: none.", default=None)
    status: CredentialStatus = says(
        "Status as its register gives it; the end date decides between valid, expiring "
        "and expired.",
    )
    competences: tuple[Ref, ...] = says(
        "What it attests. Bounded: 50.",
        default=(),
        target="Competence",
    )
    rank: int | None = says(
        "Rank of the level that it certifies, on the scale of its competences.",
        default=None,
        minimum=1,
    )
