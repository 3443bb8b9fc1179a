"""The documents of a station: staff files, public."""

import secrets
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from openmuni import uploads

from .timeline import Step


def random_name(document, name):
    """A name that tells nothing and that nobody guesses; the ending is the one `clean` gave."""
    return f"documents/{secrets.token_hex(16)}{Path(name).suffix}"


class StepDocument(models.Model):
    """A document of a station, such as minutes or a photograph."""

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
        upload_to=random_name,
        help_text=_(
            "A PDF document or a picture (JPEG, PNG, WebP), up to 10 MB. What is hidden in it is removed."
        ),
    )

    class Meta:
        verbose_name = _("document of a station")
        verbose_name_plural = _("documents of stations")
        ordering = ["step", "date"]

    def __str__(self):
        return self.title or self.title_ar

    def clean(self):
        """Put in the place of a new file what is remade of it; refuse what is none of the formats."""
        if self.file and not self.file._committed:
            try:
                remade = uploads.remade(self.file)
            except ValidationError as refusal:
                raise ValidationError({"file": refusal}) from refusal
            self.file, self.size = remade, remade.size
        if self.kind == self.Kind.PHOTOGRAPH and self.file and not self.is_picture:
            raise ValidationError({"kind": _("A photograph is a picture, this file is none.")})

    def delete(self, **kwargs):
        """Delete the file as well, once the row is gone for certain."""
        storage, name = self.file.storage, self.file.name
        transaction.on_commit(lambda: storage.delete(name))
        return super().delete(**kwargs)

    @property
    def extension(self) -> str:
        """`pdf`, `jpg` or `webp`: a key of `uploads.CONTENT_TYPES`."""
        return Path(self.file.name).suffix.removeprefix(".").lower()

    @property
    def format(self) -> str:
        """What people call its format: `PDF`, `JPEG` or `WebP`."""
        return uploads.FORMATS.get(self.extension, self.extension.upper())

    @property
    def is_picture(self) -> bool:
        return self.extension in uploads.PICTURES

    @property
    def is_photograph(self) -> bool:
        """Whether it is shown on the page; a scanned paper is a picture too, but no photograph."""
        return self.kind == self.Kind.PHOTOGRAPH and self.is_picture

    @property
    def download_name(self) -> str:
        """What the file is called where somebody keeps it."""
        title = slugify(str(self), allow_unicode=True)[:60].strip("-")
        return f"{self.date}-{title or self.pk}.{self.extension}"
