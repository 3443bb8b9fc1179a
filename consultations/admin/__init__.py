"""The sheets of an edition in the admin, and what came in, to read."""

from . import commune, edition, log, projects, remarks, submissions, timeline
from .acts import LogsActs
from .imports import ImportAdmin
from .sheets import (
    ClosesWithItsEdition,
    GivesRefusalsBack,
    KeepsItsEdition,
    KeepsWhatHangsOnIt,
    ReadOnly,
    RefusableForm,
    yes_or_no,
)

__all__ = [
    "ClosesWithItsEdition",
    "GivesRefusalsBack",
    "ImportAdmin",
    "KeepsItsEdition",
    "KeepsWhatHangsOnIt",
    "LogsActs",
    "ReadOnly",
    "RefusableForm",
    "commune",
    "edition",
    "log",
    "projects",
    "remarks",
    "submissions",
    "timeline",
    "yes_or_no",
]
