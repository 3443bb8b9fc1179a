"""System checks of what an installation can get wrong around the portal. Imports none of the apps."""

import ctypes.util
import datetime

from django.conf import settings
from django.core import checks
from django.db import connections

from . import clock

# WeasyPrint opens these when a document is printed; pip cannot install them.
_PRINTING_LIBRARIES = ("pango-1.0", "pangoft2-1.0")
_PRINTING_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# Morocco left +01 for good on 20 September 2026. Older zone data put every deadline an hour off.
_AFTER_THE_CHANGE = datetime.datetime(2026, 10, 1, 12, tzinfo=datetime.UTC)


@checks.register
def zone_data_are_recent(**kwargs):
    """The zone data know the hour of Morocco since September 2026."""
    if not clock.local(_AFTER_THE_CHANGE).utcoffset():
        return []
    return [
        checks.Error(
            "The time zone data are older than September 2026: every deadline is an hour off.",
            hint="Install the locked tzdata package again (2026.6 or newer).",
            id="openmuni.E001",
        )
    ]


@checks.register
def documents_can_be_printed(**kwargs):
    """The system's libraries that the PDF needs are there."""
    missing = [name for name in _PRINTING_LIBRARIES if not ctypes.util.find_library(name)]
    if not missing:
        return []
    return [
        checks.Warning(
            f"The plan cannot be printed: the system lacks {', '.join(missing)}.",
            hint=f"apt-get install --no-install-recommends {_PRINTING_PACKAGES}",
            id="openmuni.W001",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def proxies_are_counted(**kwargs):
    """The site knows how many proxies stand before it: HTTPS is spoken by at least one."""
    if not settings.PRODUCTION or settings.TRUSTED_PROXIES > 0:
        return []
    return [
        checks.Warning(
            "Everybody seems to come from the proxy's own address: whoever guesses at a password"
            " shuts out all new browsers.",
            hint="Set TRUSTED_PROXIES=1, and have the proxy send X-Forwarded-For.",
            id="openmuni.W003",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def second_factor_is_required(**kwargs):
    """On a server a password alone does not open the admin."""
    if not settings.PRODUCTION or settings.REQUIRE_TWO_FACTOR:
        return []
    return [
        checks.Warning(
            "A stolen password opens the admin: no second factor is required.",
            hint="Leave REQUIRE_TWO_FACTOR away.",
            id="openmuni.W004",
        )
    ]


@checks.register(checks.Tags.database)
def database_knows_letters(databases=None, **kwargs):
    """A PostgreSQL database knows letters beyond ASCII; under the locale C it knows no Arabic one."""
    return [
        checks.Warning(
            f"The database has the character type {ctype}, which knows no Arabic letter.",
            hint="Create it anew with --locale=C.UTF-8 or another UTF-8 locale.",
            obj=alias,
            id="openmuni.W002",
        )
        for alias in databases or []
        if (ctype := _character_type(connections[alias])) in {"C", "POSIX"}
    ]


def _character_type(connection):
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        return cursor.fetchone()[0]
