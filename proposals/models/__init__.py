"""Which ideas came, and what became of each."""

from proposals.status import MOVES, REASON_MIN_LENGTH, IllegalMove, StaleVersion, Status

from .decision import Decision, ReasonText, ReportedTally, StaffNote
from .proposal import (
    BODY_MAX_LENGTH,
    NEIGHBOURHOOD_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    CardPart,
    Proposal,
)

__all__ = [
    "BODY_MAX_LENGTH",
    "MOVES",
    "NEIGHBOURHOOD_MAX_LENGTH",
    "REASON_MIN_LENGTH",
    "TITLE_MAX_LENGTH",
    "CardPart",
    "Decision",
    "IllegalMove",
    "Proposal",
    "ReasonText",
    "ReportedTally",
    "StaffNote",
    "StaleVersion",
    "Status",
]
