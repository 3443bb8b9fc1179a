"""Pages of the committee: who decides, and the plan with its versions."""

from .desk import plan_pdf, plan_preview
from .roster import roster

__all__ = ["plan_pdf", "plan_preview", "roster"]
