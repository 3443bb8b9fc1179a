"""Who decides, and what goes to the council."""

from .council import CouncilSession, CouncilSitting, SessionMove
from .deadline import Deadline, LegalCalendar
from .deliberation import Deliberation
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
    "LegalCalendar",
    "Opinion",
    "Recusal",
    "SessionMove",
]
