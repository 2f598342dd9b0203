"""Which of two answers about one record is the newer: an old page never overwrites a newer one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """What tells how new an answer is; moments as text.

    Attributes:
        source_version: Version in the source.
        changed_at: Last change, as the source tells it.
        fetched_at: When the fetch began that brought it.
    """

    source_version: str | None
    changed_at: str | None
    fetched_at: str

    def supersedes(self, kept: "Age") -> bool:
        """Return whether this answer replaces `kept`.

        By source version where both are whole numbers, else by time of change, else (and where
        these are equal) by start of the fetch. Of two that tell the same, the later comer stands.
        """
        mine, theirs = self.source_version, kept.source_version
        if mine and theirs and mine != theirs and mine.isdecimal() and theirs.isdecimal():
            return int(mine) > int(theirs)
        if self.changed_at and kept.changed_at and self.changed_at != kept.changed_at:
            return self.changed_at > kept.changed_at
        return self.fetched_at >= kept.fetched_at
