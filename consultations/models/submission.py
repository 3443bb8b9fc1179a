"""What comes in: a submission with its public reference, its private contact, its moderation."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import Act
from consultations.receipts import Receipt, code_digest
from openmuni import clock
from openmuni.canonical import digest, instant

from .commune import Commune
from .log import ActLog, told_of
from .signed import SignedAct
from .timeline import Step


class Channel(models.TextChoices):
    """The way a submission came."""

    DIGITAL = "digital", _("digital participation")
    WORKSHOP = "workshop", _("participatory workshop")
    PAPER = "paper", _("paper card")
    LETTER = "letter", _("letter")
    PHONE = "phone", _("by telephone")


class Moderation(models.TextChoices):
    """Whether the public may read it. It is no outcome: the four statuses are on the proposal."""

    PENDING = "pending", _("received")
    PUBLISHED = "published", _("published")
    WITHHELD = "withheld", _("withheld")


class WithholdingCategory(models.TextChoices):
    """Why a submission is withheld, as the public is told."""

    PERSONAL_DATA = "personal_data", _("personal data")
    INSULT = "insult", _("insult")
    OFF_TOPIC = "off_topic", _("off topic")
    ADVERTISING = "advertising", _("advertising")
    DUPLICATE = "duplicate", _("sent twice")


class IllegalModeration(Exception):
    """The submission is not in a state that allows this act."""


class SubmissionQuerySet(models.QuerySet):
    """Submissions by what may be done with them."""

    def public(self):
        return self.filter(moderation=Moderation.PUBLISHED)

    def pending(self):
        """Those that no moderator has read."""
        return self.filter(moderation=Moderation.PENDING)

    def with_code(self, *codes: str):
        """The submission of that tracking code, in whichever of its readings (see `receipts.parse_codes`)."""
        return self.filter(code_digest__in=[code_digest(code) for code in codes])

    def with_receipt(self, receipt: Receipt):
        """What came in with this key and content: one row or none."""
        return self.filter(key_digest=receipt.key_digest, content_digest=receipt.content_digest)

    def receive(self, receipt: Receipt, step: Step, at=None, contact=None, **fields):
        """Keep what came in and number it; return (submission, created).

        The same key with the same content gives back the row it made the first time. To be called
        in a transaction, with the content's own row, after `receipt.hash_code()`. `contact` holds
        name, association, phone and email.
        """
        prefix = self._lock_numbers()
        if submission := self.with_receipt(receipt).first():
            return submission, False
        arrival = Arrival(receipt, at or clock.now(), contact or {}, fields)
        return self._keep(step, [arrival], prefix)[0], True

    def receive_all(self, step: Step, arrivals: list["Arrival"]) -> list["Submission"]:
        """Keep what came in together, none of it before, and number it in its order.

        To be called in a transaction, with the rows of the contents. Raises IntegrityError when one
        of them had come in.
        """
        return self._keep(step, arrivals, self._lock_numbers())

    def _lock_numbers(self) -> str:
        """The prefix of all references; its row is the lock of the numbering (SQLite's writers wait anyway)."""
        return Commune.objects.select_for_update().only("reference_prefix").get().reference_prefix

    def _keep(self, step, arrivals, prefix):
        series = prefix + ("-R" if step.plan.is_rehearsal else "")
        last, made = {}, []
        for arrival in arrivals:
            name = f"{series}-{clock.local(arrival.at).year}"
            if name not in last:
                last[name] = self.filter(series=name).aggregate(last=Max("number"))["last"] or 0
            last[name] += 1
            made.append(arrival.numbered(step, name, last[name]))
        self.bulk_create(made, batch_size=500)
        Contact.objects.bulk_create(
            [
                Contact(submission=submission, consented_at=arrival.at, **arrival.contact)
                for submission, arrival in zip(made, arrivals, strict=True)
            ],
            batch_size=500,
        )
        return made


@dataclass(frozen=True)
class Arrival:
    """What is known of a submission before it has a number: its contact and its other fields by name."""

    receipt: Receipt
    at: datetime.datetime
    contact: dict
    fields: dict

    def numbered(self, step, series, number) -> "Submission":
        """The submission under its number, not saved yet."""
        return Submission(
            step=step,
            series=series,
            number=number,
            reference=f"{series}-{number:04d}",
            received_at=self.at,
            key_digest=self.receipt.key_digest,
            content_digest=self.receipt.content_digest,
            code_digest=self.receipt.code_digest,
            **self.fields,
        )


class Submission(models.Model):
    """Anything that came in: an idea or a remarks card has exactly one."""

    class ShownAs(models.TextChoices):
        NOBODY = "nobody", _("do not publish my name")
        PERSON = "person", _("publish my name")
        ASSOCIATION = "association", _("publish the name of my association")

    step = models.ForeignKey(
        Step, models.PROTECT, related_name="submissions", verbose_name=_("station")
    )
    series = models.CharField(max_length=20, editable=False)
    number = models.PositiveIntegerField(editable=False)
    reference = models.CharField(_("reference"), max_length=30, unique=True, editable=False)
    channel = models.CharField(
        _("channel"), max_length=10, choices=Channel, default=Channel.DIGITAL
    )
    card_number = models.CharField(
        _("number of the paper card"), max_length=20, blank=True, editable=False
    )
    received_at = models.DateTimeField(_("received at"))
    in_grace = models.BooleanField(
        _("in the minutes of grace"),
        default=False,
        editable=False,
        help_text=_("The form was opened before the window closed and sent shortly after."),
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    shown_as = models.CharField(
        _("how the author appears"), max_length=12, choices=ShownAs, default=ShownAs.NOBODY
    )
    shown_name = models.CharField(_("published name"), max_length=120, blank=True)
    moderation = models.CharField(
        _("moderation"),
        max_length=10,
        choices=Moderation,
        default=Moderation.PENDING,
        editable=False,
    )
    withheld_category = models.CharField(
        _("category"), max_length=15, choices=WithholdingCategory, blank=True, editable=False
    )
    key_digest = models.CharField(max_length=64, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-received_at", "-pk"]
        permissions = [("moderate_submission", "Can publish, withhold and restore submissions")]
        indexes = [
            # Answers, from the index alone, which submissions are public and in what order.
            models.Index(
                F("moderation"),
                F("received_at").desc(),
                F("id").desc(),
                name="submission_public_by_date",
            ),
            # A small one to count them by, with what they are counted by.
            models.Index(
                fields=["id", "step", "channel"],
                condition=Q(moderation="published"),
                name="submission_published",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"], name="submission_number_is_unique"
            ),
            models.UniqueConstraint(
                fields=["key_digest", "content_digest"], name="submission_sent_twice_is_one"
            ),
            models.UniqueConstraint(
                fields=["step", "card_number"],
                condition=~Q(card_number=""),
                name="card_number_once_a_step",
                violation_error_message=_("The card of this number was typed in already."),
            ),
            models.CheckConstraint(
                condition=Q(moderation__in=Moderation.values), name="submission_moderation_known"
            ),
            models.CheckConstraint(
                condition=Q(moderation="withheld") ^ Q(withheld_category=""),
                name="submission_withheld_says_why",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_public(self) -> bool:
        return self.moderation == Moderation.PUBLISHED

    def publish(self, *, by: Actor, at=None):
        """Show it to the public; only from `pending`."""
        return self._moderate(ModerationAct.Act.PUBLISH, by=by, at=at)

    def withhold(self, *, by: Actor, category: str, reason: str, at=None):
        """Take it from the public, with a category and a reason; from `pending` or `published`."""
        return self._moderate(
            ModerationAct.Act.WITHHOLD, by=by, category=category, reason=reason, at=at
        )

    def restore(self, *, by: Actor, reason: str, at=None):
        """Show again what was withheld."""
        return self._moderate(ModerationAct.Act.RESTORE, by=by, reason=reason, at=at)

    @transaction.atomic
    def erase_author(self, *, by: Actor):
        """Forget who sent it: the private contact and the published name. Its text and its trail stay."""
        Contact.objects.filter(submission=self).delete()
        self.shown_as, self.shown_name = self.ShownAs.NOBODY, ""
        self.save(update_fields=["shown_as", "shown_name"])
        ActLog.objects.append(self.step.plan, Act.ERASE_AUTHOR, self, by=by)

    @transaction.atomic
    def _moderate(self, act, *, by, category="", reason="", at=None):
        """Write the act and then the state it leads to; raise IllegalModeration in a wrong state."""
        rows = Submission.objects.select_for_update(of=("self",)).select_related("step__plan")
        locked = rows.get(pk=self.pk)
        if locked.moderation not in ModerationAct.FROM[act]:
            raise IllegalModeration(_("Somebody has already acted on this submission."))
        if category not in (
            WithholdingCategory.values if act == ModerationAct.Act.WITHHOLD else [""]
        ):
            raise ValueError(f"{act} does not go with the category {category!r}")
        row = self.moderation_acts.create(
            act=act,
            category=category,
            reason=reason,
            **by.signature(at),
        )
        self.moderation, self.withheld_category = ModerationAct.TO[act], category
        self.save(update_fields=["moderation", "withheld_category"])
        stood = {"moderation": locked.moderation}
        ActLog.objects.append(
            locked.step.plan, Act.MODERATE, locked, by=by, before=stood, after=row.facts
        )
        return row


class Contact(models.Model):
    """What is private about an author. No public code joins it; erasing a person deletes this row."""

    submission = models.OneToOneField(
        Submission, models.CASCADE, related_name="contact", verbose_name=_("submission")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    association = models.CharField(_("association"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    consented_at = models.DateTimeField(_("consent given at"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.submission.reference


@told_of(Act.MODERATE, way="submission__step__plan")
class ModerationAct(SignedAct):
    """One act of staff on a submission: who, when, why."""

    class Act(models.TextChoices):
        PUBLISH = "publish", _("publication")
        WITHHOLD = "withhold", _("withholding")
        RESTORE = "restore", _("restoration")

    FROM = {
        Act.PUBLISH: {Moderation.PENDING},
        Act.WITHHOLD: {Moderation.PENDING, Moderation.PUBLISHED},
        Act.RESTORE: {Moderation.WITHHELD},
    }
    TO = {
        Act.PUBLISH: Moderation.PUBLISHED,
        Act.WITHHOLD: Moderation.WITHHELD,
        Act.RESTORE: Moderation.PUBLISHED,
    }

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="moderation_acts", verbose_name=_("submission")
    )
    act = models.CharField(_("act"), max_length=10, choices=Act)
    category = models.CharField(
        _("category"), max_length=15, choices=WithholdingCategory, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("act of moderation")
        verbose_name_plural = _("acts of moderation")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_act_display()} · {clock.local(self.at):%d/%m/%Y}"

    @property
    def facts(self) -> dict:
        """What the log keeps of it."""
        return {
            "id": self.pk,
            "submission": self.submission_id,
            "moderation": str(self.TO[self.act]),
            "category": self.category,
            "reason": digest(self.reason),
            "at": instant(self.at),
        }
