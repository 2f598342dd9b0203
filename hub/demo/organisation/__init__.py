"""The organisation of the demo: made up from a seed, then published as its systems have it."""

from hub.demo.organisation.generating import generate
from hub.demo.organisation.publishing import publish

__all__ = ["generate", "publish"]
