"""The committee's desk, its roster, its meetings and the council's votes in the admin."""

from . import council, editions, meetings, roster, triage, versions

__all__ = ["council", "editions", "meetings", "roster", "triage", "versions"]
