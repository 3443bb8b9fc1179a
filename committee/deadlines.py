"""The dates that the law sets around the council's vote, beside the dates on which things were done."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import PlanVersion
from openmuni import clock

from .models import CouncilSession, Deadline, Deliberation, LegalCalendar

_Event = Deadline.Event
# What the passing of time does, without an act of the commune.
_PASSES_BY_ITSELF = {_Event.OBJECTION_OVER, _Event.VISA}
# What no longer runs once the governor objected: the council votes anew.
_ENDED_BY_OBJECTION = {_Event.POSTED, *_PASSES_BY_ITSELF}


class RowState(models.TextChoices):
    """How a deadline stands today; the value names its colour and icon."""

    DONE = "done", pgettext_lazy("deadline", "done in time")
    DONE_LATE = "done_late", pgettext_lazy("deadline", "done late")
    DUE = "due", pgettext_lazy("deadline", "to be done")
    LATE = "late", pgettext_lazy("deadline", "late")
    UNKNOWN = "unknown", pgettext_lazy("deadline", "date not known yet")
    PASSES = "passes", pgettext_lazy("deadline", "passes by itself")


# Where the coordinator writes down the day on which the visa became tacit.
VISA_TO_WRITE_DOWN = _("The time is over: if the governor kept silent, enter the visa as tacit.")

# Until then the delay of the visa has no last day.
VISA_TO_DECIDE = _("Say whether the decision needs a visa.")


@dataclass(frozen=True)
class Row:
    """A deadline of a session or, once the council voted, of one of its votes."""

    deadline: Deadline
    vote: Deliberation | None
    due: datetime.date | None
    done: datetime.date | None
    state: RowState
    note: str = ""

    @property
    def label(self) -> str:
        """The word for the state."""
        passed = self.state == RowState.DONE and self.done is None
        return _("over") if passed else self.state.label

    @property
    def days_left(self) -> int | None:
        """Whole days to the last day; negative when it is past, None while it is not known."""
        return (self.due - clock.today()).days if self.due else None


@dataclass(frozen=True)
class Checklist:
    """The rows of a session and the years whose holidays nobody has entered yet."""

    rows: list[Row]
    years_without_holidays: list[int]

    @property
    def late(self) -> list[Row]:
        return [row for row in self.rows if row.state == RowState.LATE]

    @property
    def next_row(self) -> Row | None:
        """The next date to come, of what is to be done or passes by itself."""
        today = clock.today()
        ahead = [
            row
            for row in self.rows
            if row.state in (RowState.DUE, RowState.PASSES) and row.due >= today
        ]
        return min(ahead, key=lambda row: row.due, default=None)


def checklist(session: CouncilSession, calendar: LegalCalendar | None = None) -> Checklist:
    """The law's deadlines for a session and its votes. The queries are the same for any number of rows."""
    return checklists([session], calendar)[0]


def checklists(sessions: list[CouncilSession], calendar=None) -> list[Checklist]:
    """The deadlines of each of `sessions`, in the same queries as those of one."""
    calendar = calendar or LegalCalendar.load()
    prefetch_related_objects(sessions, "sittings__deliberations__redeliberation")
    endorsed = _endorsed_on({session.plan_id for session in sessions})
    found = []
    for session in sessions:
        votes = votes_of(session, calendar)
        rows = list(_rows(calendar, session, votes, endorsed.get(session.plan_id)))
        found.append(Checklist(rows, _years_without_holidays(calendar, session, rows)))
    return found


def votes_of(session: CouncilSession, calendar: LegalCalendar) -> list[Deliberation]:
    """The votes of a session whose sittings were fetched, in their order, each with its sitting and `calendar`."""
    votes = []
    for sitting in session.sittings.all():
        sitting.session = session
        for vote in sorted(sitting.deliberations.all(), key=lambda vote: vote.pk):
            vote.sitting, vote.calendar = sitting, calendar
            votes.append(vote)
    return votes


def _rows(calendar, session, votes, endorsed_on) -> Iterator[Row]:
    of_session = {
        _Event.SESSION: session.starts_on,
        _Event.ENDORSED: endorsed_on,
        _Event.AGENDA_SENT: session.agenda_sent_on,
        _Event.DOCUMENTS_SENT: session.documents_sent_on,
    }
    for deadline in calendar.deadlines:
        if deadline.done_by in of_session:
            yield _row(calendar, deadline, of_session)
    for vote in votes or [None]:
        events = of_session | (_events_of(vote) if vote else {})
        for deadline in calendar.deadlines:
            if deadline.done_by not in of_session and _concerns(deadline, vote):
                yield _row(calendar, deadline, events, vote)


def _endorsed_on(plans) -> dict:
    """By edition, the day on which the bureau endorsed the newest version that it did."""
    endorsed = PlanVersion.objects.filter(plan__in=plans, kind=PlanVersion.Kind.ENDORSED)
    return dict(endorsed.order_by("number").values_list("plan", "acted_on"))


def _events_of(vote):
    """What happened with a vote and when; None for what has not."""
    return {
        _Event.VOTE: vote.sitting.held_on,
        _Event.POSTED: vote.posted_on,
        _Event.MINUTES_SENT: vote.minutes_sent_on,
        _Event.SENT: vote.sent_on,
        _Event.OBJECTION_OVER: vote.objection_ends_on,
        _Event.VISA: vote.visa_on,
    }


def _concerns(deadline, vote):
    """Whether a deadline has a meaning for this vote: a visa is not always needed."""
    if vote is None:
        return True
    if vote.objected_on and deadline.done_by in _ENDED_BY_OBJECTION:
        return False
    if deadline.done_by == _Event.VISA:
        return vote.is_adopted and vote.visa != Deliberation.Visa.NOT_NEEDED
    return vote.is_adopted or deadline.done_by != _Event.OBJECTION_OVER


def _row(calendar, deadline, events, vote=None) -> Row:
    due = calendar.due(deadline, events.get(deadline.counts_from))
    done = events.get(deadline.done_by)
    if deadline.done_by not in _PASSES_BY_ITSELF:
        return Row(deadline, vote, due, done, _state(due, done))
    today, note = clock.today(), ""
    is_over = done is not None
    if vote and deadline.done_by == _Event.VISA and vote.visa == vote.Visa.UNDECIDED:
        due, note = None, VISA_TO_DECIDE
    elif deadline.done_by == _Event.OBJECTION_OVER:
        done, is_over = None, due is not None and today > due
    elif due and today > due and not is_over:
        note = VISA_TO_WRITE_DOWN
    ahead = RowState.PASSES if due else RowState.UNKNOWN
    return Row(deadline, vote, due, done, RowState.DONE if is_over else ahead, note)


def _state(due, done):
    if done:
        return RowState.DONE_LATE if due and done > due else RowState.DONE
    if due is None:
        return RowState.UNKNOWN
    return RowState.LATE if clock.today() > due else RowState.DUE


def _years_without_holidays(calendar, session, rows):
    """The years in which working days are, or will be, counted without a single holiday known."""
    days = [row.due for row in rows if row.deadline.working_days and row.due]
    years = {session.month.year, *(day.year for day in days)}
    return sorted(year for year in years if not calendar.knows_year(year))
