"""How a request proves who sends it: a value, so that the kit can look for it on the wire."""

from base64 import b64encode
from dataclasses import dataclass

from hub.sdk.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """One header with a credential; make it with `bearer`, `basic`, `header` or `anonymous`.

    Attributes:
        name: Name of the header; empty when nothing is sent.
        scheme: Word before the credential; empty when there is none.
        credential: What proves it.
    """

    name: str
    scheme: str
    credential: Secret

    def headers(self) -> dict[str, str]:
        """Return what to send."""
        if not self.name:
            return {}
        return {self.name: f"{self.scheme} {self.credential.reveal()}".strip()}


def bearer(token: Secret) -> Auth:
    """Send `Authorization: Bearer token`."""
    return header("Authorization", "Bearer", token)


def basic(user: str, password: Secret) -> Auth:
    """Send user and password (RFC 7617)."""
    both = b64encode(f"{user}:{password.reveal()}".encode()).decode()
    return header("Authorization", "Basic", Secret(both))


def header(name: str, scheme: str, credential: Secret) -> Auth:
    """Send the credential in a header of that name, after `scheme` where it is not empty."""
    return Auth(name=name, scheme=scheme, credential=credential)


def anonymous() -> Auth:
    """Send no credential."""
    return Auth(name="", scheme="", credential=Secret(""))
