"""The world that is asked, on each of the two databases."""

from tests.engine.conftest import asking

__all__ = ["asking"]
