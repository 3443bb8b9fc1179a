"""What is being prepared, when, what came in, and what the public says of the draft."""

from .attendance import Association, StepAttendance
from .commune import Commune, Holiday
from .document import StepDocument
from .importing import ImportDraft
from .log import ActLog, told_of
from .plan import SLUG_PATTERN, ActionPlan, IllegalState, PriorityAxis, Statement
from .project import Project, RemarkHeading
from .remark import IllegalAnswer, Remark, RemarkCard
from .report import ReportNotReady
from .sheet import FundingLine, Indicator, Milestone, ProjectPrinciple
from .signed import SignedAct
from .submission import (
    Arrival,
    Channel,
    Contact,
    IllegalModeration,
    Moderation,
    ModerationAct,
    Submission,
    WithholdingCategory,
)
from .timeline import Step, StepMove
from .version import Erratum, IllegalCorrection, PlanPdf, PlanVersion
from .windows import Accepts

__all__ = [
    "SLUG_PATTERN",
    "Accepts",
    "ActLog",
    "ActionPlan",
    "Arrival",
    "Association",
    "Channel",
    "Commune",
    "Contact",
    "Erratum",
    "FundingLine",
    "Holiday",
    "IllegalAnswer",
    "IllegalCorrection",
    "IllegalModeration",
    "IllegalState",
    "ImportDraft",
    "Indicator",
    "Milestone",
    "Moderation",
    "ModerationAct",
    "PlanPdf",
    "PlanVersion",
    "PriorityAxis",
    "Project",
    "ProjectPrinciple",
    "Remark",
    "RemarkCard",
    "RemarkHeading",
    "ReportNotReady",
    "SignedAct",
    "Statement",
    "Step",
    "StepAttendance",
    "StepDocument",
    "StepMove",
    "Submission",
    "WithholdingCategory",
    "told_of",
]
