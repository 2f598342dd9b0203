"""Hands in the pretend learning record store."""

from uuid import UUID

from hub.cli.pretending.system import Hands, Pretended, moment
from hub.demo.systems.xapi import STATEMENTS, VOIDED
from hub.models.learning import LearningRecord
from hub.sdk.testing import Hand


def hands(system: Pretended) -> Hands:
    """Return what can be done to statements."""

    def add(number: int) -> str:
        id_, at = str(UUID(int=number, version=4)), moment(number).isoformat()
        statement = {
            "id": id_,
            "actor": {"account": {"homePage": "https://hr.example", "name": f"E-{number:03}"}},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"},
            "object": {"id": "https://lms.example/course/brakes"},
            "timestamp": at,
            "stored": at,
        }
        system.seed({STATEMENTS: [statement]})
        return id_

    async def delete(id_: str) -> None:
        voiding = {
            "actor": {"mbox": "mailto:admin@example.org"},
            "verb": {"id": VOIDED},
            "object": {"objectType": "StatementRef", "id": id_},
        }
        await system.ask("POST", "/statements", voiding)

    return {
        LearningRecord: Hand(
            add=add,
            delete=delete,
            spoil=lambda id_: system.put(STATEMENTS, id_, timestamp="lately"),
        )
    }
