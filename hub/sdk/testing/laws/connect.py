"""Laws about how a connector proves who it is."""

from hub.errors import AuthError
from hub.sdk.testing.bench import Bench
from hub.sdk.testing.law import BrokenError, Chapter, NotShownError, Tier, holds, law
from hub.sdk.testing.trying import everything, raised
from hub.sdk.testing.wire import refusing


@law(Chapter.CONNECT, Tier.BRONZE)
async def ping_proves_the_credential(bench: Bench) -> None:
    """A ping asks for something that is told to nobody without the right credential."""
    await bench.fill_all()
    async with bench.connected() as connector:
        error = await raised(connector.ping())
        holds(error is None, f"the right credential: {error!r}")
        holds(bench.wire.exchanges, "no request was made")
    async with bench.connected(settings=bench.wrong()) as connector:
        error = await raised(connector.ping())
        holds(isinstance(error, AuthError), f"a wrong credential: {error!r}, not AuthError")


@law(Chapter.CONNECT, Tier.BRONZE)
async def the_credential_reaches_the_wire(bench: Bench) -> None:
    """Every request carries the credential, as `auth` says."""
    ids = await bench.fill_all()
    async with bench.connected() as connector:
        sent = {name.lower(): value for name, value in connector.auth().headers().items()}
        if not sent:
            raise NotShownError("it needs no credential")
        for what, step in everything(connector, ids):
            try:
                await step
            except AuthError as error:
                raise BrokenError(f"{what}: the right credential is refused: {error}") from error
    for each in bench.wire.exchanges:
        there = {name: each.headers.get(name) for name in sent}
        holds(sent == there, f"{each.method} {each.path} came without it, or with another")
    holds(bench.wire.exchanges, "no request was made")


@law(Chapter.CONNECT, Tier.BRONZE)
async def a_refusal_is_an_auth_error(bench: Bench) -> None:
    """Status 401 or 403 becomes an AuthError, whatever was asked."""
    ids = await bench.fill_all()
    for status in (401, 403):
        bench.wire.manner = refusing(status)
        async with bench.connected() as connector:
            for what, step in everything(connector, ids):
                error = await raised(step)
                holds(isinstance(error, AuthError), f"{what}, status {status}: {error!r}")


LAWS = (ping_proves_the_credential, the_credential_reaches_the_wire, a_refusal_is_an_auth_error)
