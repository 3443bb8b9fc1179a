"""The sheets of an edition in the admin, and what came in, to read."""

from . import commune, edition, log, projects, remarks, submissions, timeline
from .acts import LogsActs
from .sheets import ClosesWithItsEdition, KeepsItsEdition, KeepsWhatHangsOnIt, ReadOnly, yes_or_no

__all__ = [
    "ClosesWithItsEdition",
    "KeepsItsEdition",
    "KeepsWhatHangsOnIt",
    "LogsActs",
    "ReadOnly",
    "commune",
    "edition",
    "log",
    "projects",
    "remarks",
    "submissions",
    "timeline",
    "yes_or_no",
]
