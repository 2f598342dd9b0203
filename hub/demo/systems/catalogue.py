"""The seven systems of the demo organisation: the vendor each pretends to be, and its port."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from starlette.types import ASGIApp

from hub.demo.systems import esco, xapi
from hub.demo.systems.caldav import application as caldav
from hub.demo.systems.frappe import application as frappe
from hub.demo.systems.scim import application as scim
from hub.demo.systems.state import Change, Collections, Documents
from hub.demo.systems.tryton import application as tryton
from hub.demo.systems.wire import Credentials

HOST = "127.0.0.1"


def _bearer(credentials: Credentials) -> dict[str, str]:
    return {"Authorization": credentials.bearer}


def _token(credentials: Credentials) -> dict[str, str]:
    return {"Authorization": f"token {credentials.user}:{credentials.secret}"}


def _basic(credentials: Credentials) -> dict[str, str]:
    return {"Authorization": credentials.basic}


def _xapi(credentials: Credentials) -> dict[str, str]:
    return {"Authorization": credentials.basic, xapi.VERSION_HEADER: xapi.VERSION}


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One pretend system.

    Attributes:
        kind: the kind of system it is to the hub.
        vendor: the protocol or product it speaks like.
        name: what its answers say of themselves in `X-Pretend-System`.
        user: the account it lets in.
        path: where its base address ends.
        seeded: the documents of its seed.
        application: the service itself.
        headers: what a client must send to be let in.
    """

    key: str
    kind: str
    vendor: str
    name: str
    user: str
    path: str
    seeded: Callable[[Collections], Iterable[Change]]
    application: Callable[[Documents, Credentials], ASGIApp]
    headers: Callable[[Credentials], dict[str, str]]

    def credentials(self, folder: Path) -> Credentials:
        """Return the account of this system in a folder: the same each time, another elsewhere."""
        given = f"{folder.resolve()} {self.key}".encode()
        return Credentials(user=self.user, secret=blake2b(given, digest_size=16).hexdigest())


SYSTEMS = (
    System(
        key="personnel",
        kind="IDENTITY",
        vendor="SCIM 2.0",
        name="scim",
        user="hub",
        path=scim.BASE,
        seeded=scim.seeded,
        application=scim.application,
        headers=_bearer,
    ),
    System(
        key="hr",
        kind="HRIS",
        vendor="Frappe HR",
        name="frappe-hr",
        user="hub",
        path="",
        seeded=frappe.seeded,
        application=frappe.application,
        headers=_token,
    ),
    System(
        key="quality",
        kind="QMS",
        vendor="Tryton",
        name="tryton",
        user="hub",
        path=tryton.BASE,
        seeded=tryton.seeded,
        application=tryton.application,
        headers=_bearer,
    ),
    System(
        key="planning",
        kind="PLANNING",
        vendor="CalDAV",
        name="caldav",
        user="planner",
        path="",
        seeded=caldav.seeded,
        application=caldav.application,
        headers=_basic,
    ),
    System(
        key="appraisal",
        kind="APPRAISAL",
        vendor="Frappe HR",
        name="frappe-appraisal",
        user="hub",
        path="",
        seeded=frappe.seeded,
        application=frappe.application,
        headers=_token,
    ),
    System(
        key="learning",
        kind="LRS",
        vendor="xAPI 1.0.3",
        name="xapi",
        user="hub",
        path=xapi.BASE,
        seeded=xapi.seeded,
        application=xapi.application,
        headers=_xapi,
    ),
    System(
        key="frameworks",
        kind="FRAMEWORK",
        vendor="ESCO",
        name="esco",
        user="hub",
        path="",
        seeded=esco.seeded,
        application=esco.application,
        headers=lambda _: {},
    ),
)
KEYS = tuple(system.key for system in SYSTEMS)
"""The keys in the order of their ports."""
