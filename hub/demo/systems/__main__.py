"""`python -m hub.demo.systems FOLDER`: serve the pretend systems of a folder until told to stop."""

import argparse
import asyncio
import sys
from pathlib import Path

from hub.demo.systems.catalogue import KEYS
from hub.demo.systems.errors import PretendError
from hub.demo.systems.runner import run


def main() -> int:
    """Serve, and return the exit code: 2 when the systems cannot start."""
    parser = argparse.ArgumentParser(prog="python -m hub.demo.systems", description=__doc__)
    parser.add_argument("folder", type=Path, help="where seeds and state are")
    parser.add_argument("--first-port", type=int, default=9100, help="the first of eight ports")
    parser.add_argument("--without", action="append", default=[], choices=KEYS, metavar="KEY")
    parser.add_argument("--parent", type=int, help="end when this process is gone")
    given = parser.parse_args()
    try:
        asyncio.run(run(given.folder, given.first_port, given.without, given.parent))
    except PretendError as error:
        print(error, file=sys.stderr)  # noqa: T201  the message is for who started this
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
