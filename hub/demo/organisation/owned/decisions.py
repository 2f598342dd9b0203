"""Processes, what they ask, causes that were decided on, and the register of certificates."""

from typing import Any

from hub.demo.organisation.model import Organisation
from hub.demo.organisation.owned import refs


def processes(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the processes, each after the one it is a step of."""
    return [
        {
            "id": each.code,
            "code": each.code,
            "name": each.name,
            "owner": refs.person(each.owner),
            "unit": refs.code(each.unit),
            "parent": refs.code(each.parent),
            "revision": each.revision,
            "revised_on": each.revised_on.isoformat(),
        }
        for each in organisation.processes
    ]


def requirements(organisation: Organisation) -> list[dict[str, Any]]:
    """Return what is asked."""
    of = {each.key: each.ref for each in organisation.competences}
    return [
        {
            "id": each.id,
            "subject": each.subject,
            "competence": of[each.competence],
            "required_rank": each.rank,
            "criticality": each.criticality,
            "enforcement": each.enforcement,
            "legal_basis": each.legal_basis,
            "min_holders": each.min_holders,
            "credential_required": each.credential_required,
            "derived_from": refs.own(each.derived_from),
            "owner_confirmed_at": refs.written(each.owner_at),
            "practitioner_confirmed_at": refs.written(each.practitioner_at),
            "valid_from": each.valid_from.isoformat(),
            "valid_until": each.valid_until.isoformat() if each.valid_until else None,
        }
        for each in organisation.requirements
    ]


def causes(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the causes."""
    of = {each.key: each.ref for each in organisation.competences}
    return [
        {
            "id": each.id,
            "nonconformity": f"number@quality:{each.alert}",
            "competence": of[each.competence],
            "share": 1.0 if each.status == "CONFIRMED" else 0.5,
            "status": each.status,
            "decided_by": refs.person(each.decided_by),
            "decided_at": refs.written(each.decided_at),
            "note": "Talked over with whoever was there" if each.decided_by else None,
        }
        for each in organisation.causes
    ]


def credentials(organisation: Organisation) -> list[dict[str, Any]]:
    """Return the certificates."""
    of = {each.key: each.ref for each in organisation.competences}
    return [
        {
            "id": each.id,
            "holder": refs.person(each.holder),
            "name": each.name,
            "kind": each.kind,
            "issuer": each.issuer,
            "valid_from": refs.written(each.since),
            "valid_until": refs.written(each.until),
            "status": each.status,
            "competences": of[each.competence],
            "rank": each.rank,
        }
        for each in organisation.credentials
    ]
