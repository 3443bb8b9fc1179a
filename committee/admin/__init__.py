"""The committee's desk, its roster, its meetings and the council's votes in the admin."""

from . import council, meetings, roster, triage

__all__ = ["council", "meetings", "roster", "triage"]
