from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CommitteeConfig(AppConfig):
    """Who decides, and what goes to the council."""

    name = "committee"
    verbose_name = _("Committee")

    def ready(self):
        # By now the models can be imported, which the checks of this app need.
        autodiscover_modules("checks")
