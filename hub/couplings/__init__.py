"""Reinforcement: rules that carry an event in one system to a proposal in another.

Pure functions: no input, no output, no clock. A rule looks at facts as they are, never at what an
event says of them; so events that come twice, late or in another order lead to the same proposals.
"""

from typing import Any

from hub.couplings import c13
from hub.couplings.rule import Proposal, Rule

RULES: tuple[Rule[Any], ...] = (c13.RULE,)
"""Every rule there is."""

__all__ = ["RULES", "Proposal", "Rule"]
