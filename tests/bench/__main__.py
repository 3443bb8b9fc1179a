"""`python -m tests.bench [NAME…]`: each measurement in a process and on a portal of its own.

DATABASE_URL says on which kind of database. Ends with 1 when a promise is missed.
"""

import argparse
import importlib
import os
import subprocess
import sys

import django

from .figures import Figures, say
from .site import Portal

# Name → the most seconds it may take. `run` clones and installs, so it is measured by name only.
MEASUREMENTS = {
    "pages": 600,
    "search": 300,
    "desk": 300,
    "lookalikes": 300,
    "weight": 300,
    "crowd": 300,
    "crash": 300,
    "pdf": 120,
    "export": 300,
    "run": 600,
}
BY_NAME_ONLY = {"run"}
# What does not depend on the database is measured on SQLite alone.
ON_SQLITE_ONLY = {"weight", "run"}


def chosen(names: list[str]) -> list[str]:
    """The measurements to make, in their order."""
    names = names or [name for name in MEASUREMENTS if name not in BY_NAME_ONLY]
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        names = [name for name in names if name not in ON_SQLITE_ONLY]
    return names


def measure_apart(name: str) -> bool:
    """Measure `name` in a child process, on a fresh portal; True when every promise was kept."""
    with Portal() as portal:
        try:
            child = portal.python("-m", "tests.bench", "--here", name, timeout=MEASUREMENTS[name])
        except subprocess.TimeoutExpired:
            say(f"  {name} took more than {MEASUREMENTS[name]} s  MISSED")
            return False
        return child.returncode == 0


def measure_here(name: str) -> bool:
    """Measure `name` in this process, on the portal of the environment."""
    django.setup()
    figures = Figures()
    importlib.import_module(f"tests.bench.{name}").measure(figures)
    return not figures.missed


def main() -> int:
    """Measure what the arguments name, or everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *MEASUREMENTS], metavar="NAME")
    parser.add_argument("--here", choices=MEASUREMENTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        return int(not measure_here(arguments.here))
    missed = []
    for name in chosen(arguments.names):
        say(f"{name} (load of the machine before: {os.getloadavg()[0]:.1f})")
        if not measure_apart(name):
            missed.append(name)
    say(f"missed: {', '.join(missed)}" if missed else "all promises kept")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
