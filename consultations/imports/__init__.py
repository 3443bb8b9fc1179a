"""What may be sent in as a spreadsheet: what came in at a station, and the sheets of an edition."""

from .arrivals import ArrivalImport, ArrivalRow, RemarkImport
from .sheets import IndicatorImport, ProjectImport, SheetImport
from .targets import EditionRow, EditionTarget, IdeasTarget, RemarksTarget, names_of_axes

__all__ = [
    "ArrivalImport",
    "ArrivalRow",
    "EditionRow",
    "EditionTarget",
    "IdeasTarget",
    "IndicatorImport",
    "ProjectImport",
    "RemarkImport",
    "RemarksTarget",
    "SheetImport",
    "names_of_axes",
]
