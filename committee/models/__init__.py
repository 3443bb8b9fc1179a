"""Who decides, and what goes to the council."""

from .council import CouncilSession, CouncilSitting, Deadline, Deliberation, SessionMove
from .meeting import AgendaItem, Attendance, CommitteeMeeting, Recusal
from .member import CommitteeMember, Opinion

__all__ = [
    "AgendaItem",
    "Attendance",
    "CommitteeMeeting",
    "CommitteeMember",
    "CouncilSession",
    "CouncilSitting",
    "Deadline",
    "Deliberation",
    "Opinion",
    "Recusal",
    "SessionMove",
]
