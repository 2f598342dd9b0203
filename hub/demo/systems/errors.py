"""What can go wrong with the pretend systems themselves, in words for who runs the demo.

PretendError
├── StartError        they cannot start here: a port is taken, a seed is missing
└── NotRunningError   nothing answers for this folder
"""


class PretendError(Exception):
    """A fault of the pretend systems; the text names the cure."""


class StartError(PretendError):
    """The systems cannot start."""


class NotRunningError(PretendError):
    """No systems run for this folder."""
