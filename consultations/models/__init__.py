"""What is being prepared, when, what came in, and what the public says of the draft."""

from .commune import Commune, Holiday
from .plan import SLUG_PATTERN, ActionPlan, PlanPdf, PlanVersion, PriorityAxis, Statement
from .project import Project, Remark, RemarkCard, RemarkHeading
from .signed import SignedAct
from .submission import (
    Channel,
    Contact,
    IllegalModeration,
    Moderation,
    ModerationAct,
    Submission,
    WithholdingCategory,
)
from .timeline import Accepts, Step, StepDocument

__all__ = [
    "SLUG_PATTERN",
    "Accepts",
    "ActionPlan",
    "Channel",
    "Commune",
    "Contact",
    "Holiday",
    "IllegalModeration",
    "Moderation",
    "ModerationAct",
    "PlanPdf",
    "PlanVersion",
    "PriorityAxis",
    "Project",
    "Remark",
    "RemarkCard",
    "RemarkHeading",
    "SignedAct",
    "Statement",
    "Step",
    "StepDocument",
    "Submission",
    "WithholdingCategory",
]
