"""An organisation written down: as its systems have it, and as its decisions stand in files."""

from pathlib import Path

from hub.demo.organisation import owned
from hub.demo.organisation.model import Organisation
from hub.demo.organisation.served import seeds
from hub.demo.systems.seeds import write


def publish(organisation: Organisation, folder: Path) -> None:
    """Write the seeds of the systems (`systems/seeds/`) and the files for `hub import` (`owned/`).

    Cost: grows with the organisation; 500 people are some 3 MB.
    """
    write(folder / "systems", seeds(organisation))
    owned.write(organisation, folder / "owned")
