"""Where a demo lives: one folder per seed and size, with everything that it writes.

- `organisation.json`: what was generated: seed, people, the day that its dates hang on, and by what
- `seeds/`, `owned/`: what the generator published, for the systems and for `hub import`
- `systems/`: state of the pretend systems
- `secrets/`: the accounts with which the hub is let in there
- `hub.toml`: settings of the hub
- `hub.sqlite`: what the hub keeps
"""

import json
import shutil
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Self

from hub.demo import organisation
from hub.demo.systems.catalogue import SYSTEMS, System
from hub.demo.systems.runner import described

PLACE = Path(".demo")
CURRENT = "current"
SAID = "organisation.json"
TIME_ZONE = "Europe/Amsterdam"
CONNECTORS = {
    "personnel": ("scim", "Directory"),
    "hr": ("frappe-hr", "Personnel administration"),
    "quality": ("tryton-quality", "Quality control"),
    "planning": ("caldav", "Rosters"),
    "appraisal": ("frappe-appraisal", "Appraisals"),
    "learning": ("xapi", "Learning records"),
    "frameworks": ("esco", "Competence frameworks"),
}


def generator() -> str:
    """Return a name that the code which generates organisations has while nobody changes it."""
    told = blake2b(digest_size=8)
    for source in sorted(Path(organisation.__path__[0]).rglob("*.py")):
        told.update(source.read_bytes())
    return told.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an organisation is generated from: the same basis, the same organisation.

    Attributes:
        seed: Decides who they are and what happens where.
        people: How many work there.
        today: The day that its dates hang on.
        generator: What generates it; another version may make another organisation.
    """

    seed: int
    people: int
    today: date
    generator: str = field(default_factory=generator)

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Return the basis of what a folder holds; None when it holds nothing whole."""
        try:
            said = json.loads((folder / SAID).read_text(encoding="utf-8"))
            return cls(
                seed=int(said["seed"]),
                people=int(said["people"]),
                today=date.fromisoformat(said["today"]),
                generator=str(said["generator"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        """Say what the folder holds; done last, so that half a folder says nothing."""
        half = folder / f"{SAID}.half"
        half.write_text(json.dumps(asdict(self), default=str), encoding="utf-8")
        half.replace(folder / SAID)


def folder_of(place: Path, basis: Basis) -> Path:
    """Return the folder of an organisation; the day is not in its name, a new day replaces it."""
    return place / f"seed-{basis.seed}-people-{basis.people}"


def emptied(folder: Path) -> None:
    """Make the folder anew, readable by its owner alone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)


def make_current(folder: Path) -> None:
    """Let `.demo/current`, where every command looks, lead to this folder."""
    link = folder.parent / CURRENT
    half = folder.parent / f"{CURRENT}.half"
    half.unlink(missing_ok=True)
    half.symlink_to(folder.name)
    half.replace(link)


def write_settings(folder: Path, *, port: int, first_port: int) -> Path:
    """Write the hub's settings for the systems of the folder, and the accounts they name."""
    (folder / "secrets").mkdir(mode=0o700, exist_ok=True)
    lines = [
        "# Settings of the demo; written anew each time it starts.",
        "[hub]",
        'database = "sqlite+aiosqlite:///hub.sqlite"',
        f"port = {port}",
        "demo = true",
    ]
    for system in SYSTEMS:
        lines += ["", *_source(folder, system, first_port)]
    path = folder / "hub.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _source(folder: Path, system: System, first_port: int) -> list[str]:
    connector, name = CONNECTORS[system.key]
    address = described(system, folder / "systems", first_port)["base_url"]
    return [
        f"[sources.{system.key}]",
        f'connector = "{connector}"',
        f'name = "{name}"',
        f'base_url = "{address}"',
        "allow_private = true",
        *_account(folder, system),
    ]


def _account(folder: Path, system: System) -> list[str]:
    """Return the options with which the hub is let in; the secret goes to a file of its own."""
    account = system.credentials(folder / "systems")
    match system.vendor:
        case "SCIM 2.0" | "Tryton":
            return [_secret(folder, system, "token", account.secret)]
        case "Frappe HR":
            secret = f"{account.user}:{account.secret}"
            return [_secret(folder, system, "token", secret), f'time_zone = "{TIME_ZONE}"']
        case "CalDAV" | "xAPI 1.0.3":
            secret = _secret(folder, system, "password", account.secret)
            zone = [f'time_zone = "{TIME_ZONE}"'] if system.vendor == "CalDAV" else []
            return [f'user = "{account.user}"', secret, *zone]
        case _:
            return []


def _secret(folder: Path, system: System, option: str, secret: str) -> str:
    path = folder / "secrets" / system.key
    path.touch(mode=0o600)
    path.write_text(secret, encoding="utf-8")
    return f'{option}_file = "secrets/{system.key}"'
