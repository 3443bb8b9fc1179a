"""The council's session and its deliberation on the plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models import ActionPlan, PlanVersion


class CouncilSession(models.Model):
    """A session of the communal council (دورة)."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary session")
        EXTRAORDINARY = "extraordinary", _("extraordinary session")

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="sessions", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.ORDINARY)
    month = models.DateField(_("month"), help_text=_("Any day of the month of the session."))
    agenda_number = models.PositiveSmallIntegerField(_("agenda item"), null=True, blank=True)

    class Meta:
        verbose_name = _("council session")
        verbose_name_plural = _("council sessions")
        ordering = ["-month"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.month:%m/%Y}"


class Deliberation(models.Model):
    """The council's vote on a version of the plan and the decision (مقرر) it gave."""

    session = models.ForeignKey(
        CouncilSession,
        models.PROTECT,
        related_name="deliberations",
        verbose_name=_("council session"),
    )
    version = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        related_name="deliberations",
        verbose_name=_("version of the plan"),
    )
    held_on = models.DateField(_("date"))
    number = models.CharField(_("number of the council decision"), max_length=40, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"))
    abstentions = models.PositiveSmallIntegerField(_("abstentions"))

    class Meta:
        verbose_name = _("deliberation")
        verbose_name_plural = _("deliberations")
        ordering = ["-held_on"]

    def __str__(self):
        return self.number or f"{self.held_on:%d/%m/%Y}"
