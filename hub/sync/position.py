"""Where a stream's reading stands: the text kept as its checkpoint.

A *pass* reads a stream from its beginning to its end, under a number of its own (the generation).
Every record met carries that number, so what a finished pass did not meet has vanished. A pass
that is interrupted goes on from its cursor; after it, changes alone are read from there.
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the reading of a stream stands.

    Attributes:
        cursor: The connector's own checkpoint; None before the first page.
        generation: Number of the last pass begun.
        passing: Whether that pass has not met its end yet.
    """

    cursor: str | None = None
    generation: int = 0
    passing: bool = False

    @classmethod
    def read(cls, text: str | None) -> Self:
        """Return the position that `text` tells; the very beginning when there is none."""
        return cls(**json.loads(text)) if text else cls()

    def text(self) -> str:
        """Return the text to keep."""
        return json.dumps(asdict(self), sort_keys=True)

    def begun(self, *, full: bool) -> Self:
        """Return where a sync begins: an open pass goes on, a new one begins when asked for."""
        if self.passing or (self.generation and not full):
            return self
        return self.afresh()

    def afresh(self) -> Self:
        """Return where another pass begins, whatever became of this one."""
        return replace(self, cursor=None, generation=self.generation + 1, passing=True)

    def moved(self, cursor: str | None) -> Self:
        """Return the position after a page."""
        return replace(self, cursor=cursor if cursor is not None else self.cursor)

    def ended(self) -> Self:
        """Return the position after the end of the stream."""
        return replace(self, passing=False)
