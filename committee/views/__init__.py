"""Pages of the committee: who decides, and the plan with its versions."""

from .council import council
from .desk import plan_pdf, plan_preview
from .plan import plan, version_compare, version_data, version_detail, version_list, version_pdf
from .roster import roster

__all__ = [
    "council",
    "plan",
    "plan_pdf",
    "plan_preview",
    "roster",
    "version_compare",
    "version_data",
    "version_detail",
    "version_list",
    "version_pdf",
]
