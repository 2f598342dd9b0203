"""Hands in the pretend identity provider."""

from hub.cli.pretending.system import Hands, Pretended, moment
from hub.demo.systems.scim.application import USERS
from hub.models.person import Person
from hub.sdk.testing import Hand

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def hands(system: Pretended) -> Hands:
    """Return what can be done to people."""

    def add(number: int) -> str:
        id_, said = f"id-{number:03}", moment(number).strftime("%Y-%m-%dT%H:%M:%SZ")
        user = {
            "schemas": [CORE, ENTERPRISE],
            "id": id_,
            "userName": f"person{number}",
            "displayName": f"Person {number}",
            "externalId": f"X-{number}",
            "emails": [{"value": f"person{number}@example.org", "type": "work"}],
            "meta": {"resourceType": "User", "created": said, "lastModified": said},
            ENTERPRISE: {"employeeNumber": f"E-{number:03}", "manager": {"value": "id-000"}},
        }
        system.seed({USERS: [user]})
        return id_

    async def update(id_: str) -> None:
        change = {"op": "replace", "path": "displayName", "value": "Renamed"}
        await system.ask("PATCH", f"/Users/{id_}", {"schemas": [PATCH], "Operations": [change]})

    return {
        Person: Hand(
            add=add,
            update=update,
            delete=lambda id_: system.ask("DELETE", f"/Users/{id_}"),
            spoil=lambda id_: system.put(USERS, id_, emails="none"),
        )
    }
