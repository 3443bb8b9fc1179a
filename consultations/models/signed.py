"""What every recorded act of staff bears: who, under which name and function, when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.actors import FUNCTION_MAX_LENGTH, NAME_MAX_LENGTH


class SignedAct(models.Model):
    """An act with its signature: the account, and the name and function of that moment as text."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("name"), max_length=NAME_MAX_LENGTH)
    by_function = models.CharField(_("function"), max_length=FUNCTION_MAX_LENGTH, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        abstract = True

    @property
    def signed_by(self) -> tuple[str, str]:
        """The name and the function under which it was done."""
        return self.by_name, self.by_function
