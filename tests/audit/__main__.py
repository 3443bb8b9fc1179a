"""`python -m tests.audit [PART…] [--only PART OF A NAME OR ADDRESS]`, on a portal of its own.

Served as production does: files collected, hashed, compressed. Ends with 1 when something failed.
"""

import argparse
import importlib
import sys
import time

import django
from django.core.management import call_command
from django.db import connection

from tests.bench.figures import say
from tests.bench.site import Portal, Server

PARTS = ("pages", "lighthouse", "weight")
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "tests.audit.settings",
    "PRODUCTION": "1",
    "ALLOWED_HOSTS": "127.0.0.1",
    "TRUSTED_PROXIES": "1",
}
SECONDS = 3600


def audit_here(parts, only) -> bool:
    """Audit the portal of the environment; True when nothing failed."""
    django.setup()
    # Models can be imported from here on.
    samples, seed = (importlib.import_module(f"tests.audit.{name}") for name in ("samples", "seed"))
    call_command("collectstatic", verbosity=0, interactive=False)
    found = samples.scenes(seed.editions())
    connection.close()
    if missing := samples.unsampled(found):
        say(f"  without a sample in tests/audit/samples.py: {', '.join(sorted(missing))}")
    passed = not missing
    found = [scene for scene in found if only in f"{scene.name} {scene.address}"]
    with Server() as server:
        for part in parts:
            say(part)
            begun = time.monotonic()
            passed &= importlib.import_module(f"tests.audit.{part}").audit(server.url, found)
            say(f"  ({time.monotonic() - begun:.0f} s)")
    return passed


def main() -> int:
    """Make a portal, and audit it in a process of its settings."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--only", default="", metavar="TEXT")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        return int(not audit_here(arguments.parts or PARTS, arguments.only))
    with Portal() as portal:
        portal.environment |= PRODUCTION
        child = portal.python("-m", "tests.audit", "--here", *sys.argv[1:], timeout=SECONDS)
    say("the audit failed" if child.returncode else "nothing failed")
    return int(bool(child.returncode))


if __name__ == "__main__":
    sys.exit(main())
