"""The public pages of stations and remarks, and the sheet to sign in on."""

from .remarks import remark_card_new
from .stations import (
    sign_in_sheet,
    step_document,
    step_photograph,
    step_photograph_small,
    timeline,
)

__all__ = [
    "remark_card_new",
    "sign_in_sheet",
    "step_document",
    "step_photograph",
    "step_photograph_small",
    "timeline",
]
