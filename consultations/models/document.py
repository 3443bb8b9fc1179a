"""The documents of a station: staff files, public."""

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .timeline import Step


def document_is_pdf(file):
    """Refuse a file that does not begin as a PDF does, whatever its name says."""
    head = file.read(5)
    file.seek(0)
    if head != b"%PDF-":
        raise ValidationError(_("This file is not a PDF document."))


class StepDocument(models.Model):
    """A document of a station, such as minutes or a presentation."""

    class Kind(models.TextChoices):
        AGENDA = "agenda", _("agenda")
        MINUTES = "minutes", _("minutes")
        PRESENTATION = "presentation", _("presentation")
        PHOTOGRAPH = "photograph", _("photograph")
        OTHER = "other", _("other document")

    step = models.ForeignKey(
        Step, models.PROTECT, related_name="documents", verbose_name=_("station")
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    date = models.DateField(_("date"))
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    file = models.FileField(
        _("file"),
        upload_to="documents/",
        validators=[FileExtensionValidator(["pdf"]), document_is_pdf],
        help_text=_("A PDF document."),
    )

    class Meta:
        verbose_name = _("document of a station")
        verbose_name_plural = _("documents of stations")
        ordering = ["step", "date"]

    def __str__(self):
        return self.title or self.title_ar
