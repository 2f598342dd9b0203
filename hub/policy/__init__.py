"""Who may see what: pure rules that become conditions of statements.

What a viewer may not see is left out by the statement that reads it, so that it never leaves the
store. A record that may not be seen is as one that does not exist; a field that may not be seen is
null, a list that may not be seen is empty.

The classes (see `PrivacyClass`):

- OPEN: all staff
- TEAM: oneself, one's managers, and roles for the people of their units
- PERSONAL: oneself, and whom one names
- SENSITIVE: oneself, one's managers and the advisers of one's unit, with a purpose
"""

from hub.policy.condition import ALWAYS, NEVER, Condition
from hub.policy.rules import class_of_evidence, mask, rows
from hub.policy.viewer import ANONYMOUS, Grant, Viewer

__all__ = [
    "ALWAYS",
    "ANONYMOUS",
    "NEVER",
    "Condition",
    "Grant",
    "Viewer",
    "class_of_evidence",
    "mask",
    "rows",
]
