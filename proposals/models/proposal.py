"""A proposal (مقترح): an idea as its author wrote it, and the verbs that decide on it."""

from django.db import models, transaction
from django.db.models import Count, F, Min, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import Act
from consultations.models import (
    ActionPlan,
    ActLog,
    Moderation,
    PriorityAxis,
    Project,
    RemarkHeading,
    Step,
    Submission,
)
from consultations.promises import Promised, overdue
from consultations.receipts import Receipt
from openmuni.arabic import fold
from proposals import search
from proposals.status import MOVES, REASON_MIN_LENGTH, IllegalMove, StaleVersion, Status

TITLE_MAX_LENGTH = 120
BODY_MAX_LENGTH = 5000
NEIGHBOURHOOD_MAX_LENGTH = 80


class ProposalQuerySet(models.QuerySet):
    """Proposals by who may see them and what may be done with them."""

    def public(self):
        """Those the public may read, with what a list shows of each."""
        return self.filter(submission__moderation=Moderation.PUBLISHED).select_related(
            "submission", "axis", "project"
        )

    def decidable(self):
        """Those a decision may be taken on: published ones, whatever their status."""
        return self.filter(submission__moderation=Moderation.PUBLISHED)

    def awaiting_moderation(self):
        """Those of open editions that no moderator has read."""
        return self.filter(
            submission__moderation=Moderation.PENDING, plan__state=ActionPlan.State.OPEN
        )

    def awaiting_decision(self):
        """Those of open editions that are published and not decided on."""
        return self.decidable().filter(status=Status.IN_PROGRESS, plan__state=ActionPlan.State.OPEN)

    def late(self, now):
        """Those that wait, at the instant `now`, for longer than their edition promised."""
        paths = {"plan": "plan", "received": "submission__received_at", "now": now}
        unread = Q(submission__moderation=Moderation.PENDING) & overdue(
            Promised.ACKNOWLEDGE, **paths
        )
        unanswered = Q(
            submission__moderation=Moderation.PUBLISHED, status=Status.IN_PROGRESS
        ) & overdue(Promised.ANSWER, **paths)
        return self.filter(unread | unanswered)

    def newest_first(self):
        return self.order_by("-submission__received_at", "-submission_id")

    def search(self, text: str):
        """Those whose title, text, neighbourhood or reference holds every word of `text`.

        Deaf to spelling variants; a reference is known in any form.
        """
        return self.filter(search.condition(text))

    def in_neighbourhood(self, name: str):
        """Those of the neighbourhood of that name, however it is spelled."""
        return self.filter(neighbourhood_folded=_folded_neighbourhood(name))

    def by_neighbourhood(self) -> list[tuple[str, int, int]]:
        """(folded name, how many, the key of the first submission) of each, most first; "" stands for none."""
        named = self.order_by().values_list("neighbourhood_folded")
        counted = named.annotate(number=Count("submission_id"), first=Min("submission_id"))
        return list(counted.order_by("-number", "neighbourhood_folded"))

    def tally(self):
        """Counts as {(channel, status): number}; channels and statuses without a proposal are absent."""
        rows = self.order_by().values_list("submission__channel", "status").annotate(Count("pk"))
        return {(channel, status): number for channel, status, number in rows}

    def receive(self, receipt: Receipt, step: Step, idea: dict, at=None, parts=(), **submission):
        """Keep what came in at `step`; return (proposal, created).

        `idea` holds title, body, axis and neighbourhood of an idea; a new project card has `parts`
        (pairs of heading and text) in place of the body. `submission` holds the fields of its
        Submission and its `contact`. The same receipt again gives back the first proposal.
        """
        # The slow hash comes before the transaction, which on SQLite holds the one write lock from
        # its first moment: otherwise everybody would wait for everybody's hash.
        receipt.hash_code()
        with transaction.atomic():
            arrived, created = Submission.objects.receive(receipt, step, at, **submission)
            if not created:
                return self.get(submission=arrived), False
            kind = Proposal.Kind.NEW_PROJECT if parts else Proposal.Kind.IDEA
            proposal = self.create(plan=step.plan, submission=arrived, kind=kind, **idea)
            if parts:
                proposal.write_parts(parts)
            return proposal, True

    @transaction.atomic
    def receive_all(self, step: Step, ideas):
        """Keep ideas that came in together, none of them before: pairs of Arrival and the fields of an idea."""
        arrivals, contents = zip(*ideas, strict=True)
        arrived = Submission.objects.receive_all(step, arrivals)
        proposals = [
            Proposal(plan=step.plan, submission=submission, **idea)
            for submission, idea in zip(arrived, contents, strict=True)
        ]
        for proposal in proposals:
            proposal.refold()
        return self.bulk_create(proposals, batch_size=500)


def _folded_neighbourhood(name: str) -> str:
    # Some letters are folded to several.
    return fold(name)[:NEIGHBOURHOOD_MAX_LENGTH]


class Proposal(models.Model):
    """An idea, or a new project card. Born `in_progress`; only a Decision moves it."""

    class Kind(models.TextChoices):
        IDEA = "idea", _("idea")
        NEW_PROJECT = "new_project", _("new project card")

    plan = models.ForeignKey(
        ActionPlan, models.PROTECT, related_name="proposals", verbose_name=_("edition")
    )
    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="proposal", verbose_name=_("submission")
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind, default=Kind.IDEA, editable=False
    )
    title = models.CharField(
        _("title of the idea"),
        max_length=TITLE_MAX_LENGTH,
        help_text=_("A short sentence that says what you propose."),
    )
    body = models.TextField(
        _("the idea"),
        max_length=BODY_MAX_LENGTH,
        help_text=_("What is the problem? What is the solution? Who benefits?"),
    )
    axis = models.ForeignKey(
        PriorityAxis,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("priority axis"),
    )
    neighbourhood = models.CharField(
        _("neighbourhood"), max_length=NEIGHBOURHOOD_MAX_LENGTH, blank=True
    )
    neighbourhood_folded = models.CharField(
        max_length=NEIGHBOURHOOD_MAX_LENGTH, editable=False, default=""
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.IN_PROGRESS, editable=False
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="proposals",
        verbose_name=_("openness project"),
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    folded = models.TextField(editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-pk"]
        permissions = [
            ("decide_proposal", "Can decide on proposals"),
            ("export_proposal", "Can export proposals"),
            ("import_proposal", "Can import proposals"),
        ]
        # With the submission in it the public ones are counted without reading their texts.
        indexes = [
            models.Index(fields=["plan", "status", "submission"], name="proposal_plan_status"),
            models.Index(
                fields=["plan", "neighbourhood_folded", "submission"], name="proposal_plan_place"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="proposal_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="merged", project__isnull=False)
                | ~Q(status="merged") & Q(project__isnull=True),
                name="proposal_merged_means_project",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        """Keep the folded text that search compares, beside the text."""
        self.refold()
        super().save(**kwargs)

    def refold(self):
        """Work out the folded text and the folded neighbourhood anew."""
        # The parts of a card point to it: before its first saving there are none.
        texts = [text for _heading, text in self.passages()] if self.pk else [self.body]
        self.folded = fold("\n".join([self.reference, self.title, *texts, self.neighbourhood]))
        self.neighbourhood_folded = _folded_neighbourhood(self.neighbourhood)

    @property
    def reference(self) -> str:
        return self.submission.reference

    def passages(self) -> list[tuple[str, str]]:
        """Its text as it is shown: pairs of heading and text; an idea has one, without a heading."""
        if self.kind == self.Kind.IDEA:
            return [("", self.body)]
        return [(str(part.heading), part.text) for part in self.parts.all()]

    @property
    def whole_text(self) -> str:
        """All of it as one text, the same for every reader: its headings are in its own language."""
        if self.kind == self.Kind.IDEA:
            return self.body
        with translation.override(self.submission.language):
            return "\n\n".join("\n".join(filter(None, passage)) for passage in self.passages())

    def write_parts(self, parts):
        """Write the card's `parts` (pairs of heading and text), once, and let search find them."""
        CardPart.objects.bulk_create(
            CardPart(proposal=self, heading=heading, text=text) for heading, text in parts
        )
        self.save(update_fields=["folded"])

    def accept(self, *, by: Actor, reason: str, **how):
        """Accept the idea; return the Decision. For `how` see `_decide`."""
        return self._decide(Status.ACCEPTED, by=by, reason=reason, **how)

    def merge_into(self, project: Project, *, kept_part="", by: Actor, reason: str, **how):
        """Merge the idea into `project` of the same edition; return the Decision."""
        words = {"project": project, "kept_part": kept_part.strip()}
        return self._decide(Status.MERGED, by=by, reason=reason, **words, **how)

    def reject(self, *, by: Actor, reason: str, **how):
        """Do not accept the idea; return the Decision."""
        return self._decide(Status.REJECTED, by=by, reason=reason, **how)

    def reopen(self, *, by: Actor, reason: str, **how):
        """Take the idea back into examination; return the Decision."""
        return self._decide(Status.IN_PROGRESS, by=by, reason=reason, **how)

    def decide(self, to: Status, *, project=None, kept_part="", **how):
        """Ask the verb that leads `to` that status; return the Decision."""
        if to == Status.MERGED:
            return self.merge_into(project, kept_part=kept_part, **how)
        verbs = {
            Status.ACCEPTED: self.accept,
            Status.REJECTED: self.reject,
            Status.IN_PROGRESS: self.reopen,
        }
        return verbs[to](**how)

    def hold_for(self, to, *, reason, project=None, version=None):
        """This proposal as it is now, its row held until the transaction ends, for a decision `to`.

        `version` is the version the deciding person had read. Raises StaleVersion when another
        decision came between, IllegalMove when the table of moves does not hold the move, and
        ValueError for a reason under 20 characters.
        """
        now = (
            Proposal.objects.select_for_update(of=("self",))
            .select_related("submission", "plan")
            .get(pk=self.pk)
        )
        if version is not None and version != now.version:
            raise StaleVersion(_("Somebody decided on this proposal after you opened it."))
        if now.plan.is_closed:
            raise IllegalMove(_("The edition is closed: nothing is decided in it any more."))
        if not now.submission.is_public:
            raise IllegalMove(_("Only a published proposal can be decided on."))
        if (now.status, to) not in MOVES:
            raise IllegalMove(_("This decision does not follow from the present status."))
        if project is not None and project.plan_id != now.plan_id:
            raise IllegalMove(_("The project belongs to another edition."))
        if len(reason.strip()) < REASON_MIN_LENGTH:
            raise ValueError("a reason has at least 20 characters")
        return now

    @transaction.atomic
    def _decide(self, to, *, by, reason, version=None, at=None, prepared_by=None, **words):
        """The only writer of status: the decision first, then the status it says.

        `version` is as in `hold_for`, which says what is raised. `prepared_by` is who signed first,
        where another person confirms; `words` are further fields of the Decision: project,
        kept_part, reason_text.
        """
        project = words.get("project")
        now = self.hold_for(to, reason=reason, project=project, version=version)
        if prepared_by and prepared_by.user == by.user:
            prepared_by = None
        if now.plan.four_eyes and not prepared_by:
            raise IllegalMove(_("In this edition a decision bears the signatures of two people."))
        if prepared_by:
            signature = prepared_by.signature()
            words |= {"prepared_by": signature["by"], "prepared_by_name": signature["by_name"]}
        decision = self.decisions.create(
            from_status=now.status,
            to_status=to,
            reason=reason.strip(),
            **words,
            **by.signature(at),
        )
        Proposal.objects.filter(pk=self.pk).update(
            status=to, project=project, version=F("version") + 1
        )
        self.refresh_from_db(fields=["status", "project", "version"])
        stood = {"status": now.status, "project": now.project_id}
        ActLog.objects.append(now.plan, Act.DECIDE, now, by=by, before=stood, after=decision.facts)
        return decision


class CardPartManager(models.Manager):
    """The parts, each with its heading: one is never shown without the other."""

    def get_queryset(self):
        return super().get_queryset().select_related("heading")


class CardPart(models.Model):
    """What a new project card says under one heading; the `body` of its proposal stays empty."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="parts", verbose_name=_("proposal")
    )
    heading = models.ForeignKey(
        RemarkHeading, models.PROTECT, related_name="+", verbose_name=_("heading")
    )
    text = models.TextField(_("text"))

    objects = CardPartManager()

    class Meta:
        verbose_name = _("part of a new project card")
        verbose_name_plural = _("parts of new project cards")
        ordering = ["proposal", "heading__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "heading"], name="one_part_a_heading_and_proposal"
            )
        ]

    def __str__(self):
        return str(self.heading)
