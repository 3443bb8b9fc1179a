"""The remarks the public leaves on the cards of the projects, and the committee's answers."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.actors import FUNCTION_MAX_LENGTH, NAME_MAX_LENGTH, Actor
from consultations.acts import Act
from consultations.receipts import Receipt
from openmuni.canonical import digest, instant

from .log import ActLog, told_of
from .project import Project, RemarkHeading
from .submission import Moderation, Submission
from .timeline import Step
from .version import PlanVersion

ANSWER_MIN_LENGTH = 20


class IllegalAnswer(Exception):
    """The remark is not in a state in which it may be answered, or was answered meanwhile."""


class RemarkCardQuerySet(models.QuerySet):
    """Cards, and the way they come in."""

    def receive(
        self, receipt: Receipt, step: Step, project: Project, remarks, at=None, **submission
    ):
        """Keep the card that came in at `step` on `project`; return (card, created).

        `remarks` are pairs of heading and text; `submission` holds the fields of its Submission and
        its `contact`. The same receipt again gives back the first card.
        """
        receipt.hash_code()  # slow on purpose, so before the transaction
        with transaction.atomic():
            arrived, created = Submission.objects.receive(receipt, step, at, **submission)
            if not created:
                return self.get(submission=arrived), False
            return self._write(project.plan_id, [(arrived, project, remarks)])[0], True

    @transaction.atomic
    def receive_all(self, step: Step, cards):
        """Keep cards that came in together, none of them before: triples of Arrival, project and remarks."""
        arrivals, projects, remarks = zip(*cards, strict=True)
        arrived = Submission.objects.receive_all(step, arrivals)
        return self._write(step.plan_id, list(zip(arrived, projects, remarks, strict=True)))

    def _write(self, plan_id, contents):
        version = PlanVersion.objects.filter(plan=plan_id).public().defer("data").first()
        cards = self.bulk_create(
            [
                RemarkCard(submission=arrived, project=project, version=version)
                for arrived, project, _remarks in contents
            ],
            batch_size=500,
        )
        Remark.objects.bulk_create(
            [
                Remark(card=card, heading=heading, text=text)
                for card, (_arrived, _project, remarks) in zip(cards, contents, strict=True)
                for heading, text in remarks
            ],
            batch_size=500,
        )
        return cards


class RemarkCard(models.Model):
    """A remarks card that came in on one project."""

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="remark_card", verbose_name=_("submission")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="remark_cards", verbose_name=_("openness project")
    )
    version = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="remark_cards",
        verbose_name=_("version of the plan"),
        help_text=_("The version before the public when the card came in, which it speaks of."),
    )

    objects = RemarkCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("remarks card")
        verbose_name_plural = _("remarks cards")
        ordering = ["-pk"]

    def __str__(self):
        return self.reference

    @property
    def reference(self) -> str:
        return self.submission.reference

    @property
    def plan(self):
        return self.project.plan


class RemarkQuerySet(models.QuerySet):
    """Remarks by who may read them and what they wait for."""

    def public(self):
        """Those of published cards."""
        return self.filter(card__submission__moderation=Moderation.PUBLISHED)

    def unanswered(self):
        return self.filter(outcome="")


@told_of(Act.ANSWER, way="card__project__plan", only=~Q(outcome=""))
class Remark(models.Model):
    """One remark of a card, under one heading, and what the committee answered."""

    class Outcome(models.TextChoices):
        """What the committee made of a remark; the order is the order of every table."""

        TAKEN = "taken", pgettext_lazy("remark", "taken up")
        PARTLY = "partly", pgettext_lazy("remark", "partly taken up")
        NOT_TAKEN = "not_taken", pgettext_lazy("remark", "not taken up")
        LATER = "later", pgettext_lazy("remark", "for later")

    card = models.ForeignKey(
        RemarkCard, models.CASCADE, related_name="remarks", verbose_name=_("remarks card")
    )
    heading = models.ForeignKey(
        RemarkHeading, models.PROTECT, related_name="remarks", verbose_name=_("heading")
    )
    text = models.TextField(_("remark"))
    outcome = models.CharField(
        _("what became of it"), max_length=10, choices=Outcome, blank=True, editable=False
    )
    answer = models.TextField(_("answer of the committee"), blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    answered_by_name = models.CharField(
        _("name"), max_length=NAME_MAX_LENGTH, blank=True, editable=False
    )
    answered_by_function = models.CharField(
        _("function"), max_length=FUNCTION_MAX_LENGTH, blank=True, editable=False
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        permissions = [
            ("export_remark", "Can export remarks"),
            ("import_remark", "Can import remarks"),
            ("answer_remark", "Can answer remarks"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "heading"], name="one_remark_a_heading_and_card"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_at=None)
                | ~Q(outcome="") & ~Q(answer="") & Q(answered_at__isnull=False),
                name="remark_answer_is_whole",
            ),
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def reference(self) -> str:
        """The public reference of its card."""
        return self.card.reference

    @property
    def facts(self) -> dict:
        """What the log keeps of its answer."""
        return {
            "id": self.pk,
            "outcome": self.outcome,
            "answer": digest(self.answer),
            "at": instant(self.answered_at),
        }

    @property
    def signed_by(self) -> tuple[str, str]:
        """The name and the function under which it was answered."""
        return self.answered_by_name, self.answered_by_function

    @property
    def is_answered(self) -> bool:
        return bool(self.outcome)

    @property
    def is_final(self) -> bool:
        """Whether its answer no longer changes: the report of its window is published."""
        return self.is_answered and self.card.submission.step.report_published_at is not None

    @transaction.atomic
    def give_answer(self, outcome: str, answer: str, *, by: Actor, at=None):
        """Write what the committee made of the remark and its answer to the author.

        Raises IllegalAnswer when somebody else answered since this row was read, or the state of
        the card, the window or the edition forbids it; ValueError for an unknown outcome or an
        answer under 20 characters.
        """
        if outcome not in self.Outcome.values or len(answer.strip()) < ANSWER_MIN_LENGTH:
            raise ValueError("an answer has a known outcome and at least 20 characters")
        now = self._held_for_answer()
        signature = by.signature(at)
        self.outcome, self.answer = outcome, answer.strip()
        self.answered_by, self.answered_at = signature["by"], signature["at"]
        self.answered_by_name = signature["by_name"]
        self.answered_by_function = signature["by_function"]
        self.save(
            update_fields=[
                "outcome",
                "answer",
                "answered_by",
                "answered_by_name",
                "answered_by_function",
                "answered_at",
            ]
        )
        stood = now.facts if now.is_answered else {"outcome": ""}
        plan = now.card.submission.step.plan
        ActLog.objects.append(plan, Act.ANSWER, now, by=by, before=stood, after=self.facts)

    def _held_for_answer(self):
        """The row as it is now, held with its submission and its station; IllegalAnswer as they are."""
        now = (
            Remark.objects.select_for_update(
                of=("self", "card__submission", "card__submission__step")
            )
            .select_related("card__submission__step__plan")
            .get(pk=self.pk)
        )
        submission = now.card.submission
        if submission.step.plan.is_closed:
            raise IllegalAnswer(_("The edition is closed: nothing is answered in it any more."))
        if not submission.is_public:
            raise IllegalAnswer(_("Only the remarks of a published card are answered."))
        if now.is_final:
            raise IllegalAnswer(
                _("The report of this window is published: its answers no longer change.")
            )
        if now.answered_at != self.answered_at:
            raise IllegalAnswer(_("Somebody answered this remark after you opened it."))
        return now
