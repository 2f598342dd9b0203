"""The conformance kit: one test for each law that a connector must keep, in one line.

```python
TestAcmeAppraise = conformance(AcmeAppraise, upstream)
```

`upstream` makes an `Upstream`: a pretend system in this process, and a `Hand` for each type of
record. Each law gets one of its own. `docs/connectors.md` shows a whole example.
"""

from hub.sdk.testing.conformance import DeviationWarning, conformance
from hub.sdk.testing.judge import Finding, Verdict, examine, tier
from hub.sdk.testing.law import Chapter, Grade, Tier, UnfitError
from hub.sdk.testing.upstream import Hand, Upstream

__all__ = [
    "Chapter",
    "DeviationWarning",
    "Finding",
    "Grade",
    "Hand",
    "Tier",
    "UnfitError",
    "Upstream",
    "Verdict",
    "conformance",
    "examine",
    "tier",
]
