"""The plan as a document: its data, its pages in a language, its frozen versions.

    plan_data(plan) → PlanVersion (data, fingerprint) → HTML in a language → PlanPdf (bytes)

The same HTML is the preview on screen and what the PDF is made from.
"""

from .freezing import current_version, export_plan, latest_pdf
from .gathering import plan_data
from .printing import STYLESHEET, DocumentError, page_count
from .rendering import document_context

__all__ = [
    "STYLESHEET",
    "DocumentError",
    "current_version",
    "document_context",
    "export_plan",
    "latest_pdf",
    "page_count",
    "plan_data",
]
