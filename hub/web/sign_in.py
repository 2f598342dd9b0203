"""Who asks: the viewer that a request's credentials stand for."""

from hub.commands.viewers import load_viewer
from hub.errors import UnauthenticatedError
from hub.policy.viewer import ANONYMOUS, Viewer
from hub.store import Asks

DEMO = "demo:"
CURE = "send Authorization: Bearer demo:<employee number>"


async def viewer_of(
    asks: Asks, authorization: str | None, purpose: str | None, *, demo: bool
) -> Viewer:
    """Return who asks; nobody when no credential is sent.

    Args:
        asks: Where people and their roles are looked up.
        authorization: The request's header.
        purpose: What sensitive data is read for, if the request says so.
        demo: Whether the demo's sign-in holds; otherwise no credential does.

    Raises:
        UnauthenticatedError: the credential does not hold.
    """
    if authorization is None:
        return ANONYMOUS
    scheme, _, token = authorization.partition(" ")
    if not demo:
        raise UnauthenticatedError("No sign-in is set up; ask without the header Authorization.")
    if scheme.lower() != "bearer" or not token.strip().startswith(DEMO):
        raise UnauthenticatedError(f"This sign-in is not known; {CURE}.")
    number = token.strip().removeprefix(DEMO)
    rows = await asks.rows(
        "SELECT id FROM person WHERE employee_number = :number", {"number": number}
    )
    if not rows:
        raise UnauthenticatedError(f"Nobody has the employee number that was sent; {CURE}.")
    return await load_viewer(asks, rows[0][0], purpose)
