"""System checks of what an installation can get wrong around the portal. Imports none of the apps."""

import ctypes.util
import datetime

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
