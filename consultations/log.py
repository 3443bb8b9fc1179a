"""The log as everybody may read it: the head of each day, and the file that anyone can check."""

import datetime
import itertools
from dataclasses import dataclass

from django.db.models import Count, Max
from django.db.models.functions import TruncHour

from openmuni import clock
from openmuni.canonical import canonical

from .models import ActionPlan, ActLog


@dataclass
class Day:
    """The acts of one local day; `head` is the last of them, whose hash seals all before it."""

    day: datetime.date
    count: int
    number: int
    head: ActLog | None = None

    @property
    def hash(self) -> str:
        return self.head.hash if self.head else ""


def days_of(acts) -> list[Day]:
    """The days on which there were `acts`, the newest first, without their heads; one query.

    The offset of the commune's clocks is whole hours: the database counts by hours of UTC and is
    not asked for the rules of the zone, which may be old there.
    """
    hours = acts.order_by().annotate(hour=TruncHour("at", tzinfo=datetime.UTC)).values("hour")
    rows = hours.annotate(count=Count("pk"), last=Max("number")).order_by("-hour")
    by_day = itertools.groupby(rows, lambda row: clock.local(row["hour"]).date())
    found = [(day, list(group)) for day, group in by_day]
    return [
        Day(day, sum(row["count"] for row in group), max(row["last"] for row in group))
        for day, group in found
    ]


def with_heads(plan: ActionPlan, days: list[Day]) -> list[Day]:
    """The same days of `plan` with their heads; one query."""
    heads = ActLog.objects.filter(plan=plan, number__in=[day.number for day in days])
    found = {head.number: head for head in heads.only("plan", "number", "hash")}
    for day in days:
        day.head = found.get(day.number)
    return days


def file_of(plan: ActionPlan):
    """The whole log of `plan` as JSON, in pieces; an act a line, nobody named in it."""
    yield f'{{"edition": "{plan.slug}", "acts": [\n'
    before = ""
    for act in plan.log.order_by("number").iterator(chunk_size=1000):
        yield before + canonical(act.told | {"hash": act.hash}).decode()
        before = ",\n"
    yield "\n]}\n"
