"""What the figures are made of: plain values, whether counted now or frozen in a version."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple


class Idea(NamedTuple):
    """What the figures know of one published idea. Axis, station and project are keys of a Source."""

    channel: str
    status: str
    kind: str
    axis: object
    station: object
    project: object
    received_on: datetime.date
    decided_on: datetime.date | None  # of the first decision


@dataclass(frozen=True)
class Meeting:
    """Who took part in a station. What is not known of the women and the associations is None."""

    title: str
    days: str
    participants: int
    women: int | None
    associations: int | None
    source: str


@dataclass(frozen=True)
class Source:
    """An edition as its figures need it; names are in the reader's language, in their order."""

    ideas: list[Idea]
    axes: dict = field(default_factory=dict)
    stations: dict = field(default_factory=dict)
    projects: dict = field(default_factory=dict)
    # Of the stations that take ideas: their keys, and from the first to the last day.
    windows: dict = field(default_factory=dict)
    # Figures published elsewhere: pairs of a name and {status: number}.
    reported: list = field(default_factory=list)
    # Who published those, {name: words}, where it is known.
    reported_by: dict = field(default_factory=dict)
    # All that came in, published or not: {(moderation, category): number}. Empty where it is not known.
    moderated: dict = field(default_factory=dict)
    turnouts: list[Meeting] = field(default_factory=list)
    # {(project, outcome): number}; the outcome of what is not answered is "".
    remarks: dict = field(default_factory=dict)
    # None where the promise is not known, nor when each idea had its first answer.
    answer_days: int | None = None
    counted_on: datetime.date | None = None
