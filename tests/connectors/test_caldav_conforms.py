"""The connector `caldav` keeps every law of its contract."""

from hub.connectors.caldav import CalDav
from hub.sdk.testing import conformance
from tests.connectors.upstreams import upstream

TestCalDav = conformance(CalDav, upstream("caldav"))
