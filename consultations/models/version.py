"""The frozen versions of the plan, their documents, and the errata of the adopted one."""

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from consultations.actors import FUNCTION_MAX_LENGTH, NAME_MAX_LENGTH, Actor
from consultations.acts import Act
from openmuni.canonical import digests, instant

from .log import ActLog, told_of
from .plan import ActionPlan
from .signed import SignedAct


class PlanVersionQuerySet(models.QuerySet):
    """Versions by who may see them."""

    def public(self):
        """Those that were put before the public, the newest first; drafts made for the desk are not."""
        return self.exclude(published_at=None).order_by("-number")


class IllegalCorrection(Exception):
    """The version takes no erratum; the message says why."""


@told_of(Act.FREEZE, way="plan", only=Q(published_at__isnull=False), defer=("data",))
class PlanVersion(models.Model):
    """A frozen version of the plan: its data, its fingerprint and its documents, byte for byte.

    Guarded by the database: see `consultations/guards.py`.
    """

    class Kind(models.TextChoices):
        DRAFT = "draft", _("draft")
        CONSULTED = "consulted", _("consulted")
        ENDORSED = "endorsed", _("endorsed")
        ADOPTED = "adopted", _("adopted")

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="versions", verbose_name=_("edition")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DRAFT)
    data = models.JSONField(_("data"))
    data_sha256 = models.CharField(_("fingerprint of the data"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen at"))
    published_at = models.DateTimeField(
        _("put before the public at"), null=True, blank=True, help_text=_("Empty: for staff alone.")
    )
    acted_on = models.DateField(
        _("day of the act"),
        null=True,
        blank=True,
        help_text=_("The day on which the bureau endorsed it or the council adopted it."),
    )
    note = models.TextField(
        _("what changed"), blank=True, help_text=_("In one or two sentences; it is published.")
    )
    frozen_by_name = models.CharField(_("frozen by"), max_length=NAME_MAX_LENGTH, blank=True)
    frozen_by_function = models.CharField(_("function"), max_length=FUNCTION_MAX_LENGTH, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the plan")
        verbose_name_plural = _("versions of the plan")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="version_number_is_unique_in_its_plan"
            )
        ]

    def __str__(self):
        return f"{self.plan} · {self.number}"

    @property
    def is_adopted(self) -> bool:
        return self.kind == self.Kind.ADOPTED

    @property
    def facts(self) -> dict:
        """What the log keeps of it."""
        return {
            "id": self.pk,
            "number": self.number,
            "kind": str(self.kind),
            "data": self.data_sha256,
            "acted_on": self.acted_on and self.acted_on.isoformat(),
            "published_at": instant(self.published_at),
            **digests(self, "note_ar", "note_fr"),
        }

    @property
    def signed_by(self) -> tuple[str, str]:
        """The name and the function of who froze it."""
        return self.frozen_by_name, self.frozen_by_function

    @transaction.atomic
    def correct(self, *, by: Actor, place_ar, text_ar, place_fr="", text_fr=""):
        """Add the next erratum to the adopted version, which stays as it was; return it.

        Raises IllegalCorrection for a version that the council has not adopted, or adopted anew.
        """
        if not self.is_adopted:
            raise IllegalCorrection(
                _("Only the adopted version has errata: before it, make another version.")
            )
        adopted = PlanVersion.objects.filter(plan=self.plan_id, kind=self.Kind.ADOPTED)
        if adopted.filter(number__gt=self.number).exists():
            raise IllegalCorrection(_("The council has adopted a later version: correct that one."))
        # Two corrections at once wait for each other here, and get two numbers.
        PlanVersion.objects.select_for_update().only("pk").get(pk=self.pk)
        last = self.errata.aggregate(Max("number"))["number__max"] or 0
        erratum = self.errata.create(
            number=last + 1,
            place_ar=place_ar,
            text_ar=text_ar,
            place_fr=place_fr,
            text_fr=text_fr,
            **by.signature(),
        )
        ActLog.objects.append(self.plan, Act.CORRECT, erratum, by=by, after=erratum.facts)
        return erratum


@told_of(Act.CORRECT, way="version__plan")
class Erratum(SignedAct):
    """A correction of an adopted version. The version stays as it was adopted; the errata are numbered."""

    version = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="errata", verbose_name=_("version")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    place = models.CharField(
        _("place"), max_length=200, help_text=_("The project and the heading, or the page.")
    )
    text = models.TextField(
        _("correction"), help_text=_("What stands there, and what is to be read instead.")
    )

    class Meta:
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="erratum_number_is_unique_in_its_version"
            )
        ]

    def __str__(self):
        return f"{self.version} · {self.number}"

    @property
    def facts(self) -> dict:
        """What the log keeps of it."""
        return {
            "id": self.pk,
            "version": self.version_id,
            "number": self.number,
            **digests(self, "place_ar", "place_fr", "text_ar", "text_fr"),
            "at": instant(self.at),
        }


class PlanPdf(models.Model):
    """The printed document of a version, in one language. Kept as bytes, so it never changes."""

    version = models.ForeignKey(
        PlanVersion, models.CASCADE, related_name="pdfs", verbose_name=_("version")
    )
    language = models.CharField(_("language"), max_length=5)
    content = models.BinaryField(_("document"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    replaced_characters = models.PositiveIntegerField(
        _("replaced characters"),
        default=0,
        help_text=_("Characters outside the font, printed as a bullet."),
    )

    class Meta:
        verbose_name = _("document of a version")
        verbose_name_plural = _("documents of versions")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"], name="one_pdf_a_language_and_version"
            )
        ]

    def __str__(self):
        return f"{self.version} · {get_language_info(self.language)['name_local']}"
