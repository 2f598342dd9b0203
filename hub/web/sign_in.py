"""Who asks: the viewer that a request's credentials stand for."""

from datetime import datetime

from hub.commands.viewers import person_of, remembered
from hub.engine.memory import Memory
from hub.errors import UnauthenticatedError
from hub.models.kinds import ViewerKind
from hub.policy import Viewer
from hub.policy.viewer import ANONYMOUS
from hub.store import Asks, Snapshot

DEMO = "demo:"
CURE = "send Authorization: Bearer demo:<employee number>"
LONGEST = 100  # characters of an employee number
EXAMPLE = """
SELECT p.employee_number FROM role_assignment r JOIN person p ON p.id = r.person_id
WHERE r.role = 'DIRECTOR' AND p.employee_number IS NOT NULL ORDER BY r.id LIMIT 1
"""


async def viewer_of(
    snapshot: Snapshot, authorization: str | None, now: datetime, memory: Memory, *, demo: bool
) -> Viewer:
    """Return who asks; nobody when no credential is sent.

    Args:
        snapshot: Where people and their roles are looked up.
        authorization: The request's header.
        now: This moment; roles count that are held today.
        memory: What was read of viewers before.
        demo: Whether the demo's sign-in holds; otherwise no credential does.

    Raises:
        UnauthenticatedError: the credential does not hold.
    """
    if authorization is None:
        return ANONYMOUS
    scheme, _, token = authorization.partition(" ")
    number = token.strip().removeprefix(DEMO)
    if not demo:
        raise UnauthenticatedError("No sign-in is set up; ask without the header Authorization.")
    if scheme.lower() != "bearer" or not token.strip().startswith(DEMO) or len(number) > LONGEST:
        raise UnauthenticatedError(f"This sign-in is not known; {CURE}.")
    person = await person_of(snapshot, number)
    if person is None:
        raise UnauthenticatedError(f"Nobody has the employee number that was sent; {CURE}.")
    return await remembered(memory, snapshot, person, now, kind=ViewerKind.DEMO)


async def example(asks: Asks) -> str:
    """Return an employee number to sign in to the demo with: a director's, where there is one."""
    rows = await asks.rows(EXAMPLE)
    return str(rows[0][0]) if rows else "EMPLOYEE_NUMBER"
