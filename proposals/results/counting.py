"""All the figures of an edition, worked out of one Source: page, plots, file and document show these."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from consultations.answers import NOT_ANSWERED
from consultations.models import Remark
from proposals.models import Proposal

from . import words
from .delays import Delay, delay
from .flows import Way, way
from .source import Meeting, Source
from .tables import (
    Bar,
    DecisionTable,
    LineTable,
    Part,
    by_channel,
    column_bars,
    line_table,
    reported_decisions,
    row_bars,
)
from .weeks import Span, weeks

# A plot of more bars is no longer looked at; the table beside it has them all.
MOST_BARS = 12
MOST_DOTS = 400


@dataclass(frozen=True)
class Spread:
    """A table of things by outcome with its title, the head of its first column and its sentences."""

    key: str
    title: str
    head: str
    total_label: str
    table: LineTable
    words: list[str]

    @property
    def bars(self) -> list[Bar]:
        return row_bars(self.table, MOST_BARS)

    @property
    def left_out(self) -> int:
        """How many rows of the table the plot leaves out."""
        return len(self.table.rows) - len(self.bars)


@dataclass(frozen=True)
class Participation:
    """The meetings whose figures are known, and their sums. None stands for what no meeting knows."""

    turnouts: list[Meeting]

    @property
    def sums(self) -> dict[str, int | None]:
        return {name: self._sum(name) for name in ("participants", "women", "associations")}

    @property
    def has_dots(self) -> bool:
        """Whether the people are few enough to be drawn one by one."""
        return (self.sums["participants"] or 0) <= MOST_DOTS

    @property
    def rows(self) -> list[tuple[Meeting, Bar]]:
        """Each meeting with its bar, in which the women come first; the fullest fills the width."""
        scale = max((meeting.participants for meeting in self.turnouts), default=0)
        return [(meeting, _people(meeting, scale)) for meeting in self.turnouts]

    @property
    def sources(self) -> list[str]:
        """Who says so; each source once."""
        return list(dict.fromkeys(meeting.source for meeting in self.turnouts if meeting.source))

    @property
    def is_partial(self) -> bool:
        """Whether a sum lacks the figure of a meeting."""
        return any(
            None in (meeting.participants, meeting.women, meeting.associations)
            for meeting in self.turnouts
        )

    def known(self, name) -> int:
        """How many meetings know the figure `name`."""
        return sum(getattr(meeting, name) is not None for meeting in self.turnouts)

    def _sum(self, name):
        known = [value for each in self.turnouts if (value := getattr(each, name)) is not None]
        return sum(known) if known else None


def _people(meeting, scale) -> Bar:
    women = meeting.women or 0
    parts = [
        Part("women", _("Women"), women),
        Part("people", _("Other participants"), meeting.participants - women),
    ]
    return Bar(meeting.title, parts, scale)


@dataclass(frozen=True)
class Figures:
    """The figures. What cannot be known of an edition is None, and never made up."""

    decisions: DecisionTable
    way: Way | None
    axes: Spread | None
    stations: Spread | None
    kinds: Spread | None
    # Empty where it is not known when the ideas came.
    weeks: list[Span]
    delay: Delay | None
    participation: Participation
    remarks: Spread | None
    reported_by: dict = field(default_factory=dict)
    moderated: dict = field(default_factory=dict)

    @property
    def bars(self) -> list[Bar]:
        """The bars of the decisions, on one scale: the total."""
        return column_bars(self.decisions)

    @property
    def most_a_week(self) -> int:
        """The count of the fullest week, whose column is the highest."""
        return max((span.count for span in self.weeks), default=0)

    @property
    def words(self) -> dict[str, list[str]]:
        """The sentences above the plots that are no spreads."""
        return {
            "decisions": [words.summary(self.decisions)],
            "weeks": words.busiest(self.weeks),
            "delay": words.waits(self.delay) if self.delay else [],
            "participation": words.took_part(self.participation),
            "received": words.received(self.moderated),
        }

    @property
    def spreads(self) -> list[Spread]:
        """The tables of ideas by outcome that are known."""
        return [each for each in (self.axes, self.stations, self.kinds) if each]


def figures_of(source: Source) -> Figures:
    """The figures of `source`, in the language that is active."""
    ideas = source.ideas
    decisions = decisions_of(source)
    merged = Counter(idea.project for idea in ideas if idea.project is not None)
    with_delay = ideas and source.answer_days is not None
    return Figures(
        decisions=decisions,
        way=way(decisions, merged, source.projects),
        axes=_axes(source),
        stations=_stations(source),
        kinds=_kinds(source),
        weeks=_weeks(source),
        delay=delay(ideas, source.answer_days, source.counted_on) if with_delay else None,
        participation=Participation(source.turnouts),
        remarks=_remarks(source),
        reported_by=source.reported_by,
        moderated=source.moderated,
    )


def decisions_of(source: Source) -> DecisionTable:
    """Statuses by channel of the ideas, else the figures published elsewhere. Never the two added up."""
    if source.ideas:
        return by_channel(Counter((idea.channel, idea.status) for idea in source.ideas))
    return reported_decisions(source.reported)


def _axes(source):
    counts = Counter((idea.axis, idea.status) for idea in source.ideas)
    names = dict(source.axes)
    if any(axis is None for axis, _status in counts):
        names[None] = _("not set")
    return _spread(
        "axes", _("By priority axis"), _("Priority axis"), names, counts, words.most_axis
    )


def _stations(source):
    counts = Counter((idea.station, idea.status) for idea in source.ideas)
    found = {station for station, _status in counts}
    if None in found:  # frozen before a version kept it
        return None
    names = {
        key: title
        for key, title in source.stations.items()
        if key in found or key in source.windows
    }
    return _spread("stations", _("By station"), _("Station"), names, counts, words.most_station)


def _kinds(source):
    counts = Counter((idea.kind, idea.status) for idea in source.ideas)
    names = dict(Proposal.Kind.choices)
    return _spread("kinds", _("Ideas and new project cards"), _("Kind"), names, counts, words.cards)


def _spread(key, title, head, names, counts, say):
    """The spread of {(key, status): number}, or None when there is no idea."""
    if not counts:
        return None
    table = line_table(names, counts)
    return Spread(key, title, head, _("Total of ideas"), table, say(table))


def _weeks(source):
    if not source.ideas:
        return []
    days = Counter(idea.received_on for idea in source.ideas)
    # What lies ahead is no empty week.
    windows = [
        (first, min(last, source.counted_on))
        for first, last in source.windows.values()
        if first <= source.counted_on
    ]
    return weeks(days, windows)


def _remarks(source):
    """What became of the remarks on each project; None before there are any."""
    if not any(source.remarks.values()):
        return None
    columns = [*Remark.Outcome.choices]
    if any(not outcome for _project, outcome in source.remarks):
        columns.append(("unanswered", NOT_ANSWERED))
    counts = {
        (project, outcome or "unanswered"): number
        for (project, outcome), number in source.remarks.items()
    }
    table = line_table(source.projects, counts, columns)
    return Spread(
        "remarks",
        _("Remarks and what became of them"),
        _("Openness project"),
        _("Total of remarks"),
        table,
        words.answered(table),
    )
