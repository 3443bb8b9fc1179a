"""The law's deadlines around the council's vote, as data, and the calendar they are counted in."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Holiday
from openmuni.working_days import add_working_days


class DeadlineManager(models.Manager):
    """Deadlines, named by their order in a fixture."""

    def get_by_natural_key(self, order):
        return self.get(order=order)


class Deadline(models.Model):
    """A deadline of the law around the vote, as data: from which event, how many days, for what.

    `days` is negative before the event. Working days leave out Saturdays, Sundays and holidays.
    """

    class Event(models.TextChoices):
        """A dated event of the way to the governor; see `committee/deadlines.py` for where each is kept."""

        ENDORSED = "endorsed", _("endorsement by the bureau")
        AGENDA_SENT = "agenda_sent", _("agenda sent to the governor")
        DOCUMENTS_SENT = "documents_sent", _("documents sent to the members")
        SESSION = "session", _("opening of the session")
        VOTE = "vote", _("vote of the council")
        POSTED = "posted", _("posting of the decision")
        MINUTES_SENT = "minutes_sent", _("minutes sent to the members")
        SENT = "sent", _("decision sent to the governor")
        OBJECTION_OVER = "objection_over", _("end of the time to object")
        VISA = "visa", _("visa")

    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    done_by = models.CharField(_("what is due"), max_length=15, choices=Event)
    counts_from = models.CharField(_("counts from"), max_length=15, choices=Event)
    days = models.SmallIntegerField(
        _("days"), help_text=_("Negative: so many days before the event.")
    )
    working_days = models.BooleanField(_("working days"), default=False)
    source = models.CharField(_("source"), max_length=160, blank=True)

    objects = DeadlineManager()

    class Meta:
        verbose_name = _("deadline of the law")
        verbose_name_plural = _("deadlines of the law")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(done_by=F("counts_from")),
                name="deadline_counts_from_another_event",
                violation_error_message=_("A deadline counts from another event."),
            )
        ]

    def __str__(self):
        return self.title or self.title_ar

    def natural_key(self):
        return (self.order,)


@dataclass(frozen=True)
class LegalCalendar:
    """The deadlines and the holidays, read once: two queries, whatever is counted with them."""

    deadlines: tuple[Deadline, ...]
    holidays: frozenset[datetime.date]

    @classmethod
    def load(cls):
        """The calendar as the database has it now."""
        holidays = Holiday.objects.values_list("date", flat=True)
        return cls(tuple(Deadline.objects.all()), frozenset(holidays))

    def due(self, deadline: Deadline, start: datetime.date | None) -> datetime.date | None:
        """The last day of `deadline`, counted from `start`; None while that is not known."""
        if start is None:
            return None
        if deadline.working_days:
            return add_working_days(start, deadline.days, self.holidays)
        return start + datetime.timedelta(days=deadline.days)

    def last_day(
        self, event: str, *, counts_from: str, start: datetime.date | None
    ) -> datetime.date | None:
        """The last day of the first deadline for `event` that counts from another that was on `start`."""
        for deadline in self.deadlines:
            if (deadline.done_by, deadline.counts_from) == (event, counts_from):
                return self.due(deadline, start)
        return None

    def knows_year(self, year: int) -> bool:
        """Whether any holiday of that year was entered."""
        return any(day.year == year for day in self.holidays)
