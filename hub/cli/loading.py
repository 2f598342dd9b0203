"""What `hub demo` does once its systems run: it loads the organisation, shows it, and serves it."""

import socket
from dataclasses import dataclass
from pathlib import Path

from hub import app as hub_app
from hub.app import Hub
from hub.cli.query import answered
from hub.cli.serve import serving
from hub.cli.shared import console
from hub.cli.sync import Bars, summary
from hub.commands.importing import import_folder
from hub.config import Settings
from hub.demo.organisation.model import Organisation
from hub.demo.questions import first_question, sign_ins
from hub.errors import UnauthenticatedError
from hub.sync.run import Order, sync


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """One run of the demo.

    Attributes:
        settings: Settings of its hub.
        folder: Where everything lies.
        organisation: Who works there.
        bound: Where it is served; None: it ends after the first answer.
    """

    settings: Settings
    folder: Path
    organisation: Organisation
    bound: socket.socket | None

    async def run(self) -> None:
        """Load, show, serve."""
        async with hub_app.opened(self.settings) as hub:
            touching = hub.syncing.touching
            await import_folder(hub.store, self.folder / "owned", now=hub.now, touching=touching)
            with Bars() as bars:
                reports = await sync(hub.syncing, Order(), bars)
            console().print(summary(reports))
            await self._show(hub)
            if self.bound is not None:
                await serving(hub, self.bound)

    async def _show(self, hub: Hub) -> None:
        """Print one question over several systems with its answer, and who may sign in."""
        question = first_question(self.organisation)
        out = console()
        out.print(question.query.strip(), highlight=False)
        try:
            answer = await answered(hub, question.query, question.variables, question.authorization)
            out.print_json(data=answer)
        except UnauthenticatedError as error:  # without the system that knows who asks
            out.print(str(error), highlight=False)
        out.print("Sign in as one of these with the header Authorization:")
        for person in sign_ins(self.organisation):
            out.print(f"  {person.authorization}   {person.name}, {person.role}", highlight=False)
