"""How long the authors of ideas waited for the first answer."""

import datetime
from collections import Counter
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from .source import Idea
from .tables import Bar, Part


@dataclass(frozen=True)
class Delay:
    """Ideas by whether their answer came, or can still come, within the days promised.

    `days` are those from receipt to the first decision, the shortest first; an answer on the last
    promised day is in time.
    """

    promised: int
    days: list[int]
    waiting: int
    waiting_late: int

    @property
    def late(self) -> int:
        return sum(days > self.promised for days in self.days)

    @property
    def bar(self) -> Bar:
        """All the ideas, in four parts."""
        parts = [
            Part("in_time", _("answered within the promised days"), len(self.days) - self.late),
            Part("late", _("answered later than promised"), self.late),
            Part(
                "waiting", _("waiting, within the promised days"), self.waiting - self.waiting_late
            ),
            Part("overdue", _("waiting for longer than promised"), self.waiting_late),
        ]
        return Bar(_("All the ideas"), parts, len(self.days) + self.waiting)

    @property
    def spread(self) -> list[tuple[str, int]]:
        """The days that a quarter, a half and three quarters of the answers took, and the longest."""
        if not self.days:
            return []
        return [
            (_("A quarter of the answers within"), self.within(0.25)),
            (_("Half of the answers within"), self.within(0.5)),
            (_("Three quarters of the answers within"), self.within(0.75)),
            (_("The longest wait for an answer"), self.days[-1]),
        ]

    def within(self, share: float) -> int:
        """The days within which that share of the answers came. There is at least one."""
        return self.days[ceil(share * len(self.days)) - 1]


def delay(ideas: list[Idea], promised: int, today: datetime.date) -> Delay:
    """The delays of `ideas` as they stand on the day `today`."""
    spans = Counter((idea.received_on, idea.decided_on) for idea in ideas)
    days, waiting, late = [], 0, 0
    for (received, decided), number in spans.items():
        if decided:
            # Kept paper may be typed in under the day it bears, after a decision was dated.
            days += [max((decided - received).days, 0)] * number
        else:
            waiting += number
            late += number if (today - received).days > promised else 0
    return Delay(promised, sorted(days), waiting, late)
