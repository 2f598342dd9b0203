"""The connector `frappe-appraisal` keeps every law of its contract."""

from hub.connectors.frappe.appraisal import FrappeAppraisal
from hub.sdk.testing import conformance
from tests.connectors.upstreams import upstream

TestFrappeAppraisal = conformance(FrappeAppraisal, upstream("frappe-appraisal"))
