"""Who decides, and what goes to the council."""

from .agenda import AgendaItem, NotRecorded, Recusal
from .council import CouncilSession, CouncilSitting, SessionMove
from .deadline import Deadline, LegalCalendar
from .deliberation import Deliberation
from .draft import DraftDecision
from .guesses import Guesses
from .meeting import AGENDA_LIMIT, Attendance, CommitteeMeeting
from .member import CommitteeMember, IllegalSeat, Opinion
from .typing import TypingDraft

__all__ = [
    "AGENDA_LIMIT",
    "AgendaItem",
    "Attendance",
    "CommitteeMeeting",
    "CommitteeMember",
    "CouncilSession",
    "CouncilSitting",
    "Deadline",
    "Deliberation",
    "DraftDecision",
    "Guesses",
    "IllegalSeat",
    "LegalCalendar",
    "NotRecorded",
    "Opinion",
    "Recusal",
    "SessionMove",
    "TypingDraft",
]
