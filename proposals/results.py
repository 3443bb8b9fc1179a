"""The figures of an edition. One query set feeds the page, the document and the files."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consultations.models import ActionPlan, Channel

from .models import Proposal, ReportedTally, Status

TOTAL_LABEL = _("Total of ideas")


@dataclass(frozen=True)
class Row:
    """One status with its count in each column."""

    status: str
    label: str
    cells: list[int]

    @property
    def total(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True)
class DecisionTable:
    """Statuses × columns (channels, or the steps of reported figures); always adds up."""

    columns: list[str]
    rows: list[Row]
    reported: bool = False

    @property
    def totals(self) -> list[int]:
        """The sum of each column."""
        return [sum(cells) for cells in zip(*(row.cells for row in self.rows), strict=True)]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


def live_table(plan: ActionPlan) -> DecisionTable:
    """The published proposals of `plan` by status and channel; a channel without any has no column."""
    counts = Proposal.objects.filter(plan=plan).public().tally()
    channels = [channel for channel in Channel if any(key[0] == channel for key in counts)]
    return _table([channel.label for channel in channels], channels, counts)


def reported_table(plan: ActionPlan) -> DecisionTable:
    """The figures published for the steps of `plan` whose cards were never typed in."""
    tallies = (
        ReportedTally.objects.filter(step__plan=plan).select_related("step").order_by("step__order")
    )
    steps = {tally.step_id: tally.step for tally in tallies}
    counts = {(tally.step_id, tally.status): tally.count for tally in tallies}
    labels = [step.tally_label or str(step) for step in steps.values()]
    return _table(labels, list(steps), counts, reported=True)


def decision_table(plan: ActionPlan) -> DecisionTable:
    """What became of the ideas: the live counts, else the reported ones. Never the two added up."""
    live = live_table(plan)
    return live if live.total else reported_table(plan)


def _table(labels, keys, counts, *, reported=False) -> DecisionTable:
    rows = [
        Row(status, status.label, [counts.get((key, status), 0) for key in keys])
        for status in Status
    ]
    return DecisionTable(labels, rows, reported)
