"""Until when an edition has promised to read what comes in, and to answer it: data, counted in local days."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from openmuni import clock, dates

from .models import ActionPlan, Moderation, Submission


class Promised(models.TextChoices):
    """What was promised; the value names the days on the edition."""

    ACKNOWLEDGE = "acknowledge_days", _("acknowledge by %(day)s")
    ANSWER = "answer_days", _("answer by %(day)s")


@dataclass(frozen=True)
class Promise:
    """One promise on one thing that came in, kept until the end of the day `due`."""

    promised: Promised
    due: datetime.date

    @classmethod
    def on(cls, submission: Submission, plan: ActionPlan, promised: Promised):
        """What `plan` promised of `submission`, counted from the day it was received."""
        return cls.from_day(clock.local(submission.received_at).date(), plan, promised)

    @classmethod
    def from_day(cls, received: datetime.date, plan: ActionPlan, promised: Promised):
        """What `plan` promises of anything that is received on that day."""
        return cls(promised, received + datetime.timedelta(days=getattr(plan, promised.value)))

    @property
    def days_late(self) -> int:
        """Whole days since the promised day; 0 while the promise can be kept."""
        return max((clock.today() - self.due).days, 0)

    @property
    def words(self) -> str:
        """«answer by 12 July 2026»."""
        return str(self.promised.label) % {"day": dates.day(self.due)}

    @property
    def words_late(self) -> str:
        """«3 days late»; empty in time."""
        late = self.days_late
        text = ngettext("%(count)s day late", "%(count)s days late", late)
        return text % {"count": late} if late else ""


def promised(submission: Submission, plan: ActionPlan, *, waits: bool) -> dict:
    """The promised days that are still to come for its author: for reading, and for an answer while it `waits`."""
    if submission.moderation == Moderation.WITHHELD:
        return {}
    pending = submission.moderation == Moderation.PENDING
    return {
        "read_by": Promise.on(submission, plan, Promised.ACKNOWLEDGE).due if pending else None,
        "answered_by": Promise.on(submission, plan, Promised.ANSWER).due if waits else None,
    }


def overdue(promised: Promised, plan: str, received: str, now: datetime.datetime) -> Q:
    """What came in longer ago than its open edition promised. `plan` and `received` are lookups."""
    late, today = Q(pk__in=[]), clock.local(now).date()
    open_plans = ActionPlan.objects.filter(state=ActionPlan.State.OPEN)
    for pk, days in open_plans.values_list("pk", promised.value):
        first_day = today - datetime.timedelta(days=days)
        late |= Q(**{plan: pk, f"{received}__lt": clock.instant(first_day, datetime.time.min)})
    return late
