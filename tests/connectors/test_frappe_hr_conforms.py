"""The connector `frappe-hr` keeps every law of its contract."""

from hub.connectors.frappe.hr import FrappeHr
from hub.sdk.testing import conformance
from tests.connectors.upstreams import upstream

TestFrappeHr = conformance(FrappeHr, upstream("frappe-hr"))
