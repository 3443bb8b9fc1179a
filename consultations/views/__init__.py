"""The public pages of stations, remarks and the log, the sheet to sign in on, and the manifest."""

from .log import log, log_file
from .manifest import site_manifest
from .remarks import remark_card_new
from .stations import (
    sign_in_sheet,
    step_document,
    step_photograph,
    step_photograph_small,
    timeline,
    timeline_calendar,
)

__all__ = [
    "log",
    "log_file",
    "remark_card_new",
    "sign_in_sheet",
    "site_manifest",
    "step_document",
    "step_photograph",
    "step_photograph_small",
    "timeline",
    "timeline_calendar",
]
