"""The world that is asked, on each of the two databases; who writes begins with an empty one."""

from tests.conftest import database
from tests.engine.conftest import asking

__all__ = ["asking", "database"]
