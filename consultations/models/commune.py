"""The commune that runs the portal."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Commune(models.Model):
    """The one commune of this portal: a single row with primary key 1."""

    name = models.CharField(_("name of the commune"), max_length=120)
    region = models.CharField(_("region"), max_length=120, blank=True)
    support_programme = models.CharField(_("support programme"), max_length=160, blank=True)
    network = models.CharField(_("network"), max_length=160, blank=True)
    partner = models.CharField(_("partner association"), max_length=160, blank=True)
    header_lines = models.TextField(
        _("official header"),
        blank=True,
        help_text=_("The lines at the head of an official document, one a line."),
    )
    header_source = models.CharField(
        _("source of the header"),
        max_length=250,
        blank=True,
        help_text=_("Where the header lines were read."),
    )
    reference_prefix = models.CharField(
        _("reference prefix"),
        max_length=6,
        validators=[RegexValidator(r"^[A-Z]{2,6}$", _("Two to six Latin capital letters."))],
        help_text=_("Begins the public reference of every idea, as in ABC-2026-0042."),
    )
    contact_post = models.CharField(
        _("post in charge"), max_length=120, blank=True, help_text=_("A post, not a person's name.")
    )
    contact_phone = models.CharField(_("telephone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_address = models.CharField(_("address"), max_length=250, blank=True)
    cndp_number = models.CharField(
        _("CNDP receipt number"),
        max_length=60,
        blank=True,
        help_text=_("Number of the declaration to the CNDP (law 09-08, article 5)."),
    )
    hosting = models.CharField(
        _("hosting"),
        max_length=250,
        blank=True,
        help_text=_("Who keeps the server, and in which country; said in the legal notice."),
    )
    platform_url = models.URLField(
        _("page on the national platform"), blank=True, help_text=_("Shown as the official link.")
    )

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("commune")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="commune_is_one_row")]

    def __str__(self):
        return self.name or self.name_ar


class Holiday(models.Model):
    """A day that is no working day; the law's deadlines skip it."""

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]

    def __str__(self):
        return self.name
