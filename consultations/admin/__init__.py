"""The sheets of an edition in the admin, and what came in, to read."""

from . import commune, edition, projects, remarks, submissions, timeline
from .sheets import ClosesWithItsEdition, KeepsItsEdition, KeepsWhatHangsOnIt, ReadOnly, yes_or_no

__all__ = [
    "ClosesWithItsEdition",
    "KeepsItsEdition",
    "KeepsWhatHangsOnIt",
    "ReadOnly",
    "commune",
    "edition",
    "projects",
    "remarks",
    "submissions",
    "timeline",
    "yes_or_no",
]
