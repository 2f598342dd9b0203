"""The pretend systems as upstreams of the conformance kit: what can be done to their records.

The systems themselves know nothing of the hub; here stands what joins the two.
"""

from collections.abc import Callable
from functools import partial

from hub.cli.pretending import caldav, esco, frappe, scim, tryton, xapi
from hub.cli.pretending.system import Hands, Pretended
from hub.demo.home import CONNECTORS
from hub.registry import connector
from hub.sdk import settings_of
from hub.sdk.testing import Upstream

HANDS: dict[str, Callable[[Pretended], Hands]] = {
    "personnel": scim.hands,
    "hr": frappe.personnel,
    "quality": tryton.hands,
    "planning": caldav.hands,
    "appraisal": frappe.appraisal,
    "learning": xapi.hands,
    "frameworks": esco.hands,
}


def upstream(name: str) -> Callable[[], Upstream] | None:
    """Return what makes the pretend system of a connector; None where there is none."""
    keys = {connector_name: key for key, (connector_name, _) in CONNECTORS.items()}
    return partial(_made, keys[name], name) if name in keys else None


def _made(key: str, name: str) -> Upstream:
    system = Pretended.begun(key)
    return Upstream(
        application=system.application,
        settings=settings_of(connector(name))(**system.options()),
        hands=HANDS[key](system),
        close=system.documents.close,
    )
