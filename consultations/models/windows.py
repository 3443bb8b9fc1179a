"""What the windows of the stations accept, and which of them are open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openmuni import clock

from .plan import ActionPlan


class Accepts(models.TextChoices):
    """What the public may send while a step is open."""

    NOTHING = "nothing", _("nothing")
    IDEAS = "ideas", _("ideas")
    REMARKS = "remarks", _("remarks")
    BOTH = "both", _("ideas and remarks")

    @classmethod
    def with_ideas(cls):
        return [cls.IDEAS, cls.BOTH]

    @classmethod
    def with_remarks(cls):
        return [cls.REMARKS, cls.BOTH]

    @classmethod
    def shuts(cls, stood, accepts) -> bool:
        """Whether something that `stood` takes in would be taken in no more."""
        groups = (cls.with_ideas(), cls.with_remarks())
        return any(stood in group and accepts not in group for group in groups)

    @classmethod
    def sharing(cls, accepts):
        """Those that take in something which `accepts` takes in too."""
        groups = (cls.with_ideas(), cls.with_remarks())
        return {one for group in groups if accepts in group for one in group}


class StepQuerySet(models.QuerySet):
    """Steps by the commune's clock. Windows are local days and hours, so they are compared as such."""

    def with_windows(self):
        """Steps of current editions that accept something at some time."""
        return self.exclude(accepts=Accepts.NOTHING).filter(plan__state=ActionPlan.State.OPEN)

    def open(self, now):
        """Steps whose window holds the instant `now` and that accept something; the end is inclusive."""
        here = clock.local(now)
        day, minute = here.date(), here.time().replace(second=0, microsecond=0)
        begun = Q(starts_on__lt=day) | Q(starts_on=day) & (
            Q(opens_at=None) | Q(opens_at__lte=minute)
        )
        unfinished = Q(ends_on__gt=day) | Q(ends_on=day) & (
            Q(closes_at=None) | Q(closes_at__gte=minute)
        )
        return self.with_windows().filter(begun, unfinished)

    def upcoming(self, now):
        """Steps with a window that has yet to open, the nearest first."""
        here = clock.local(now)
        day, minute = here.date(), here.time().replace(second=0, microsecond=0)
        later = Q(starts_on__gt=day) | Q(starts_on=day, opens_at__gt=minute)
        return self.with_windows().filter(later).order_by("starts_on", "opens_at")

    def accepting_ideas(self, now):
        """Steps at which an idea may be sent at the instant `now`."""
        return self.open(now).filter(accepts__in=Accepts.with_ideas())

    def accepting_remarks(self, now):
        """Steps at which a remarks card may be sent at the instant `now`."""
        return self.open(now).filter(accepts__in=Accepts.with_remarks())
