"""Certificates that nothing depends on: of people away from the stations, in every state."""

from datetime import datetime

from hub.demo.organisation.competences import operational
from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import CredentialFact
from hub.demo.organisation.moments import midnight
from hub.demo.organisation.routine import OUTSIDE
from hub.demo.organisation.volume import PAPERS_SHARE, some

RANK = 2
ENDS = ((-200, -20), (10, 80), (100, 800), None)
STATUSES = ("VALID", "VALID", "VALID", "REVOKED", "UNVERIFIED")
ISSUERS = (("Licence", "Rail Safety Authority"), ("Diploma", "College of Transport"))


def give(draft: Draft) -> None:
    """Give some people certificates of what their work does not ask."""
    inside = [
        person
        for person in draft.people.values()
        if draft.units[person.unit].kind not in OUTSIDE and person.employed(draft.today)
    ]
    works = operational(tuple(draft.competences.values()))
    fading = [each for each in works if each.decay]
    for person in draft.rng.sample(inside, some(PAPERS_SHARE, len(inside))):
        key = draft.rng.choice(draft.rng.choice((works, fading))).key
        akin = draft.kin[key]
        if akin & draft.asked[person.unit] or any((person.number, k) in draft.shown for k in akin):
            continue
        draft.shown[person.number, key] = RANK
        kind, issuer = draft.rng.choice(ISSUERS)
        draft.credentials.append(
            CredentialFact(
                id=f"CR-{draft.next('credential'):05}",
                holder=person.number,
                name=f"{kind} {draft.competences[key].name}",
                competence=key,
                rank=RANK,
                since=midnight(draft.day(-1500, -900)),
                until=_end(draft),
                kind=kind,
                issuer=issuer,
                status=draft.rng.choice(STATUSES),
            )
        )


def _end(draft: Draft) -> datetime | None:
    between = draft.rng.choice(ENDS)
    return None if between is None else midnight(draft.day(*between))
