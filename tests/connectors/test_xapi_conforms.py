"""The connector `xapi` keeps every law of its contract."""

from hub.connectors.xapi import Xapi
from hub.sdk.testing import conformance
from tests.connectors.upstreams import upstream

TestXapi = conformance(Xapi, upstream("xapi"))
