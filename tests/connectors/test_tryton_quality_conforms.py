"""The connector `tryton-quality` keeps every law of its contract."""

from hub.connectors.tryton_quality import TrytonQuality
from hub.sdk.testing import conformance
from tests.connectors.upstreams import upstream

TestTrytonQuality = conformance(TrytonQuality, upstream("tryton-quality"))
