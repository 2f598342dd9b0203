"""The connector `scim` keeps every law of its contract."""

from hub.connectors.scim import Scim
from hub.sdk.testing import conformance
from tests.connectors.upstreams import upstream

TestScim = conformance(Scim, upstream("scim"))
