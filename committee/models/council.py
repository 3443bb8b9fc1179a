"""The council's session, its sittings, and its deliberation on the plan with what follows it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import ActionPlan, PlanVersion, SignedAct


class CouncilSession(models.Model):
    """A session (دورة) of the communal council; it may have several sittings."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary session")
        EXTRAORDINARY = "extraordinary", _("extraordinary session")

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="sessions", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.ORDINARY)
    month = models.DateField(_("month"), help_text=_("Any day of the month of the session."))
    starts_on = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("Empty while only the month is known."),
    )
    members_in_office = models.PositiveSmallIntegerField(
        _("members in office"), null=True, blank=True
    )
    agenda_number = models.PositiveSmallIntegerField(_("agenda item"), null=True, blank=True)
    agenda_sent_on = models.DateField(_("agenda sent to the governor on"), null=True, blank=True)
    documents_sent_on = models.DateField(
        _("agenda and documents sent to the members on"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("council session")
        verbose_name_plural = _("council sessions")
        ordering = ["-month"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.month:%m/%Y}"


class SessionMove(SignedAct):
    """A session was postponed or brought forward: what stood there before, and the public reason."""

    session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="moves", verbose_name=_("council session")
    )
    month = models.DateField(_("month before"))
    starts_on = models.DateField(_("first day before"), null=True, blank=True)
    reason = models.TextField(_("reason"), help_text=_("It is published beside the old date."))

    class Meta:
        verbose_name = _("move of a session")
        verbose_name_plural = _("moves of sessions")
        ordering = ["session", "pk"]

    def __str__(self):
        return f"{self.session} · {self.at:%d/%m/%Y}"


class CouncilSitting(models.Model):
    """A sitting (جلسة) of a session: one day, with its call and who was there."""

    class Call(models.IntegerChoices):
        FIRST = 1, pgettext_lazy("call to a sitting", "first call")
        SECOND = 2, pgettext_lazy("call to a sitting", "second call")
        THIRD = 3, pgettext_lazy("call to a sitting", "third call")

    session = models.ForeignKey(
        CouncilSession, models.PROTECT, related_name="sittings", verbose_name=_("council session")
    )
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    call = models.PositiveSmallIntegerField(
        _("call"),
        choices=Call,
        default=Call.FIRST,
        help_text=_("Of the quorum (law 113-14, article 42)."),
    )
    present = models.PositiveSmallIntegerField(_("members present"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(
        _("quorum"),
        null=True,
        blank=True,
        help_text=_(
            "Members who must be present. Empty at the first call: more than half of those in office."
        ),
    )

    class Meta:
        verbose_name = _("council sitting")
        verbose_name_plural = _("council sittings")
        ordering = ["session", "held_on", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "held_on", "call"], name="one_sitting_a_day_and_call"
            )
        ]

    def __str__(self):
        return f"{self.session} · {self.held_on:%d/%m/%Y}"


class Deliberation(models.Model):
    """The council's vote on a version of the plan, the decision (مقرر) it gave and the governor's control.

    Organic law 113-14: quorum and majority 42-43, control 115-118, copies and posting 47, 116, 273.
    """

    class Majority(models.TextChoices):
        VOTES_CAST = "votes_cast", _("absolute majority of the votes cast")
        IN_OFFICE = "in_office", _("absolute majority of the members in office")

    class Visa(models.TextChoices):
        NOT_NEEDED = "not_needed", pgettext_lazy("visa", "not needed")
        PENDING = "pending", pgettext_lazy("visa", "pending")
        GIVEN = "given", pgettext_lazy("visa", "given")
        TACIT = "tacit", pgettext_lazy("visa", "tacit")

    sitting = models.ForeignKey(
        CouncilSitting,
        models.PROTECT,
        related_name="deliberations",
        verbose_name=_("council sitting"),
    )
    version = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        related_name="deliberations",
        verbose_name=_("version of the plan"),
    )
    number = models.CharField(_("number of the council decision"), max_length=40, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"))
    abstentions = models.PositiveSmallIntegerField(_("abstentions"))
    majority = models.CharField(
        _("majority asked for"), max_length=10, choices=Majority, default=Majority.VOTES_CAST
    )
    casting_vote_for = models.BooleanField(
        _("casting vote of the president"),
        null=True,
        blank=True,
        help_text=_("Only when the votes are equal: for or against."),
    )
    redeliberates = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="redeliberation",
        verbose_name=_("new deliberation on"),
        help_text=_("The vote to which the governor objected."),
    )
    sent_on = models.DateField(_("sent to the governor on"), null=True, blank=True)
    objected_on = models.DateField(_("objected to on"), null=True, blank=True)
    objection = models.TextField(_("reasons of the objection"), blank=True)
    visa = models.CharField(_("visa"), max_length=10, choices=Visa, default=Visa.NOT_NEEDED)
    visa_on = models.DateField(_("date of the visa"), null=True, blank=True)
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    minutes_sent_on = models.DateField(_("minutes sent to the members on"), null=True, blank=True)

    class Meta:
        verbose_name = _("deliberation")
        verbose_name_plural = _("deliberations")
        ordering = ["-sitting__held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(objected_on=None)
                | Q(sent_on__isnull=False, objected_on__gte=F("sent_on")),
                name="objection_follows_sending",
                violation_error_message=_("An objection comes after the decision was sent."),
            ),
            models.CheckConstraint(
                condition=Q(visa__in=["not_needed", "pending"], visa_on=None)
                | Q(visa__in=["given", "tacit"], visa_on__isnull=False),
                name="visa_given_has_its_date",
                violation_error_message=_("A visa that was given has its date, and no other has."),
            ),
        ]

    def __str__(self):
        return self.number or f"{self.sitting.held_on:%d/%m/%Y}"

    @property
    def ballots(self) -> int:
        """The members who took part in the vote; those who abstained cast no vote, and count here."""
        return self.votes_for + self.votes_against + self.abstentions

    @property
    def is_tied(self) -> bool:
        """Whether votes were cast, equally for and against, so that the president's side prevails."""
        return self.votes_for == self.votes_against > 0

    @property
    def is_adopted(self) -> bool:
        """Whether the version was adopted, by the majority asked for (article 43).

        Among the members in office, half of them is a majority with the casting vote only.
        """
        carried = self.is_tied and bool(self.casting_vote_for)
        if self.majority == self.Majority.VOTES_CAST:
            return self.votes_for > self.votes_against or carried
        in_office = self.sitting.session.members_in_office
        if in_office is None:
            return False
        return 2 * self.votes_for > in_office or (carried and 2 * self.votes_for == in_office)


class Deadline(models.Model):
    """A deadline of the law around the vote, as data: from which event, how many days, for what.

    `days` is negative before the event. Working days leave out Saturdays, Sundays and holidays.
    """

    class Event(models.TextChoices):
        """A dated event of the way to the governor; see `committee/deadlines.py` for where each is kept."""

        ENDORSED = "endorsed", _("endorsement by the bureau")
        AGENDA_SENT = "agenda_sent", _("agenda sent to the governor")
        DOCUMENTS_SENT = "documents_sent", _("documents sent to the members")
        SESSION = "session", _("opening of the session")
        VOTE = "vote", _("vote of the council")
        POSTED = "posted", _("posting of the decision")
        MINUTES_SENT = "minutes_sent", _("minutes sent to the members")
        SENT = "sent", _("decision sent to the governor")
        OBJECTION_OVER = "objection_over", _("end of the time to object")
        VISA = "visa", _("visa")

    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    done_by = models.CharField(_("what is due"), max_length=15, choices=Event)
    counts_from = models.CharField(_("counts from"), max_length=15, choices=Event)
    days = models.SmallIntegerField(
        _("days"), help_text=_("Negative: so many days before the event.")
    )
    working_days = models.BooleanField(_("working days"), default=False)
    source = models.CharField(_("source"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("deadline of the law")
        verbose_name_plural = _("deadlines of the law")
        ordering = ["order"]

    def __str__(self):
        return self.title or self.title_ar
