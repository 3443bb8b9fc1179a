"""The plan as a document: its data, its pages in a language, its frozen versions.

    plan_data(plan) → PlanVersion (data, fingerprint) → HTML in a language → PlanPdf (bytes)

The same HTML is the preview on screen and what the PDF is made from. The acts (`acts.py`) freeze
the versions that come before the public.
"""

from .acts import adopt, endorse, mark_consulted, put_to_consultation
from .comparing import compare_versions
from .freezing import current_version, export_plan, latest_pdf
from .gathering import plan_data
from .printing import STYLESHEET, DocumentError, page_count
from .readiness import IllegalAct, newest_public, unfinished
from .rendering import document_context
from .standing import standing_versions, with_objections
from .withheld import holds_any, withheld_references

__all__ = [
    "STYLESHEET",
    "DocumentError",
    "IllegalAct",
    "adopt",
    "compare_versions",
    "current_version",
    "document_context",
    "endorse",
    "export_plan",
    "holds_any",
    "latest_pdf",
    "mark_consulted",
    "newest_public",
    "page_count",
    "plan_data",
    "put_to_consultation",
    "standing_versions",
    "unfinished",
    "with_objections",
    "withheld_references",
]
