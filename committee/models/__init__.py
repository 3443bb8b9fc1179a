"""Who decides, and what goes to the council."""

from .council import CouncilSession, Deliberation
from .meeting import AgendaItem, Attendance, CommitteeMeeting
from .member import CommitteeMember, Opinion

__all__ = [
    "AgendaItem",
    "Attendance",
    "CommitteeMeeting",
    "CommitteeMember",
    "CouncilSession",
    "Deliberation",
    "Opinion",
]
