"""The figures of an edition: one table, whether it is counted now, was reported or is frozen."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consultations.models import ActionPlan, Channel
from openmuni.tables import CountRow, CountTable

from .models import Proposal, ReportedTally, Status

TOTAL_LABEL = _("Total of ideas")


@dataclass(frozen=True)
class Row(CountRow):
    """One status with its count in each column."""

    status: str
    label: str
    cells: list[int]


@dataclass(frozen=True)
class DecisionTable(CountTable):
    """Statuses × columns (channels, or the steps of reported figures); always adds up."""

    columns: list[str]
    rows: list[Row]
    reported: bool = False


def live_table(plan: ActionPlan) -> DecisionTable:
    """The published proposals of `plan` by status and channel."""
    return by_channel(Proposal.objects.filter(plan=plan).public().tally())


def reported_table(plan: ActionPlan) -> DecisionTable:
    """The figures published for the steps of `plan` whose cards were never typed in."""
    columns = {}
    tallies = ReportedTally.objects.filter(step__plan=plan)
    for tally in tallies.select_related("step").order_by("step__order"):
        columns.setdefault(tally.step, {})[tally.status] = tally.count
    labels = [step.tally_label or str(step) for step in columns]
    return cross_table(labels, columns.values(), reported=True)


def decision_table(plan: ActionPlan) -> DecisionTable:
    """What became of the ideas: the live counts, else the reported ones. Never the two added up."""
    live = live_table(plan)
    return live if live.total else reported_table(plan)


def by_channel(counts) -> DecisionTable:
    """Statuses × channels from {(channel, status): number}; a channel without any has no column."""
    columns = {}
    for (channel, status), number in counts.items():
        columns.setdefault(channel, {})[status] = number
    channels = [channel for channel in Channel if channel in columns]
    return cross_table([channel.label for channel in channels], [columns[key] for key in channels])


def cross_table(labels, columns, *, reported=False) -> DecisionTable:
    """The table of `columns`, each {status: number} and named by the label at its place."""
    rows = [
        Row(status, status.label, [counts.get(status, 0) for counts in columns])
        for status in Status
    ]
    return DecisionTable([str(label) for label in labels], rows, reported)
