"""The connector `esco` keeps every law of its contract."""

from hub.connectors.esco import Esco
from hub.sdk.testing import conformance
from tests.connectors.upstreams import upstream

TestEsco = conformance(Esco, upstream("esco"))
