"""Pages of the committee: who decides, and the plan with its versions."""

from .council import council
from .desk import plan_pdf, plan_preview
from .roster import roster

__all__ = ["council", "plan_pdf", "plan_preview", "roster"]
