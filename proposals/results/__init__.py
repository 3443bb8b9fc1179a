"""The figures of an edition, whether they are counted now, were reported or are frozen."""

from .counting import Figures, decisions_of, figures_of
from .gathering import decision_table, edition_figures, live_table, reported_table
from .source import Idea, Meeting, Source
from .tables import TOTAL_LABEL, DecisionTable, Row

__all__ = [
    "TOTAL_LABEL",
    "DecisionTable",
    "Figures",
    "Idea",
    "Meeting",
    "Row",
    "Source",
    "decision_table",
    "decisions_of",
    "edition_figures",
    "figures_of",
    "live_table",
    "reported_table",
]
