from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteeConfig(AppConfig):
    """Who decides, and what goes to the council."""

    name = "committee"
    verbose_name = _("Committee")
