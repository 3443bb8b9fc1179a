"""The committee's desks, its roster, its meetings and the council's votes in the admin."""

from . import accounts, council, editions, meetings, remarks, roster, triage, typing, versions

__all__ = [
    "accounts",
    "council",
    "editions",
    "meetings",
    "remarks",
    "roster",
    "triage",
    "typing",
    "versions",
]
