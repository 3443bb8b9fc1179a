"""The associations that came to a station held in a room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .timeline import Step


class Association(models.Model):
    """An association (جمعية), by the name it gives itself."""

    name = models.CharField(_("name"), max_length=160, unique=True)

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        ordering = ["name"]

    def __str__(self):
        return self.name


class StepAttendance(models.Model):
    """An association took part in a station."""

    step = models.ForeignKey(
        Step, models.PROTECT, related_name="attendance", verbose_name=_("station")
    )
    association = models.ForeignKey(
        Association, models.PROTECT, related_name="attendance", verbose_name=_("association")
    )

    class Meta:
        verbose_name = _("association at a station")
        verbose_name_plural = _("associations at a station")
        ordering = ["step", "association__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "association"], name="one_attendance_an_association_and_step"
            )
        ]

    def __str__(self):
        return str(self.association)
