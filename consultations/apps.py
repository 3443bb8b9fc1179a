from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from . import checks  # noqa: F401 - the checks register themselves


class ConsultationsConfig(AppConfig):
    """What is being prepared, when, what came in, and what the public says of the draft."""

    name = "consultations"
    verbose_name = _("Consultations")
