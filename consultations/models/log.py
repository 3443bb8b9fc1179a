"""The log of what staff did, chained so that anyone can check it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .plan import ActionPlan
from .signed import SignedAct


class ActLog(SignedAct):
    """One act of staff in an edition: what it was done to, before and after, and the hash of it all.

    `hash` is SHA-256 over the hash of the act before and the act itself; `manage.py verify_log`
    works it out again. No personal data of citizens.
    """

    plan = models.ForeignKey(
        ActionPlan, models.PROTECT, related_name="log", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(_("number"))
    act = models.CharField(_("act"), max_length=40)
    model = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=40)
    label = models.CharField(_("name of the object"), max_length=200, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("act in the log")
        verbose_name_plural = _("log of acts")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="log_number_once_a_plan")
        ]

    def __str__(self):
        return f"{self.plan} · {self.number}"
