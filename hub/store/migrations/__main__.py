"""Write the next migration from the difference between models and migrations.

Usage: `python -m hub.store.migrations "Add the grade of a position"`; then read what it wrote.
"""

import sys

from hub.store.migrations.tool import write

if __name__ == "__main__":
    write(sys.argv[1])
