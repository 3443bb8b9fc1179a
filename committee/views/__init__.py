"""Pages of the committee: who decides, and the plan with its versions."""

from .cards import idea_card_pdf, new_project_card_pdf, remarks_card_pdf, work_file
from .council import council
from .desk import plan_pdf, plan_preview
from .documents import documents
from .plan import plan, version_compare, version_data, version_detail, version_list, version_pdf
from .roster import roster

__all__ = [
    "council",
    "documents",
    "idea_card_pdf",
    "new_project_card_pdf",
    "plan",
    "plan_pdf",
    "plan_preview",
    "remarks_card_pdf",
    "roster",
    "version_compare",
    "version_data",
    "version_detail",
    "version_list",
    "version_pdf",
    "work_file",
]
