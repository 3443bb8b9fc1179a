"""The council's deliberation on the plan, and what follows it before it can be carried out."""

import datetime
from functools import cached_property
from itertools import chain

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import PlanVersion
from openmuni import clock, dates

from .council import NOT_COME_YET, CouncilSitting
from .deadline import Deadline, LegalCalendar

_ONE_DAY = datetime.timedelta(days=1)


class Deliberation(models.Model):
    """The council's vote on a version of the plan, the decision (مقرر) it gave and the governor's control.

    Organic law 113-14: quorum and majority 42-43, control 115-118, copies and posting 47, 116, 273.
    """

    class Majority(models.TextChoices):
        VOTES_CAST = "votes_cast", _("absolute majority of the votes cast")
        IN_OFFICE = "in_office", _("absolute majority of the members in office")

    class Visa(models.TextChoices):
        UNDECIDED = "undecided", pgettext_lazy("visa", "not decided yet whether it is needed")
        NOT_NEEDED = "not_needed", pgettext_lazy("visa", "not needed")
        PENDING = "pending", pgettext_lazy("visa", "pending")
        GIVEN = "given", pgettext_lazy("visa", "given")
        TACIT = "tacit", pgettext_lazy("visa", "tacit")

    class State(models.TextChoices):
        """What the vote has come to. Adopted is not in force: the governor's control comes first."""

        NOT_ADOPTED = "not_adopted", pgettext_lazy("deliberation", "not adopted")
        TO_BE_SENT = "to_be_sent", _("adopted, to be sent to the governor")
        SENT = "sent", _("sent to the governor, who may still object")
        OBJECTED = "objected", _("objected to by the governor")
        REDELIBERATED = "redeliberated", _("deliberated upon anew after an objection")
        VISA_UNDECIDED = "visa_undecided", _("to be decided whether it needs the governor’s visa")
        VISA_PENDING = "visa_pending", _("waiting for the governor’s visa")
        TO_BE_POSTED = "to_be_posted", _("past the governor’s control, to be posted")
        ENFORCEABLE = "enforceable", _("enforceable")

    # What the adopted version says of its vote.
    BORNE = (
        "sitting_id",
        "version_id",
        "number",
        "votes_for",
        "votes_against",
        "abstentions",
        "majority",
        "casting_vote_for",
    )

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
    visa = models.CharField(_("visa"), max_length=10, choices=Visa, default=Visa.UNDECIDED)
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
                condition=Q(objected_on=None, objection="")
                | Q(objected_on__isnull=False) & ~Q(objection=""),
                name="objection_has_its_reasons",
                violation_error_message=_("An objection has its day and its reasons."),
            ),
            models.CheckConstraint(
                condition=Q(visa__in=["undecided", "not_needed", "pending"], visa_on=None)
                | Q(visa__in=["given", "tacit"], visa_on__isnull=False),
                name="visa_given_has_its_date",
                violation_error_message=_("A visa that was given has its date, and no other has."),
            ),
            models.CheckConstraint(
                condition=Q(visa_on=None) | Q(sent_on__isnull=False, visa_on__gte=F("sent_on")),
                name="visa_follows_sending",
                violation_error_message=_("A visa comes after the decision was sent."),
            ),
            models.CheckConstraint(
                condition=Q(casting_vote_for=None)
                | Q(votes_for=F("votes_against"), votes_for__gt=0),
                name="casting_vote_on_a_tie",
                violation_error_message=_("A casting vote decides equal votes only."),
            ),
            models.CheckConstraint(
                condition=Q(majority__in=["votes_cast", "in_office"]), name="majority_is_known"
            ),
        ]

    def __str__(self):
        return self.number or f"{self.sitting.held_on:%d/%m/%Y}"

    # --- The vote -----------------------------------------------------------------------------

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

    @property
    def is_borne(self) -> bool:
        """Whether the adopted version was frozen after this vote and bears it."""
        adopted = PlanVersion.objects.filter(
            plan=self.version.plan_id,
            kind=PlanVersion.Kind.ADOPTED,
            data_sha256=self.version.data_sha256,
            acted_on=self.sitting.held_on,
        )
        return adopted.exists()

    # --- What follows it ----------------------------------------------------------------------

    @cached_property
    def calendar(self) -> LegalCalendar:
        """The law's deadlines; whoever shows several votes gives them one."""
        return LegalCalendar.load()

    @property
    def objection_ends_on(self) -> datetime.date | None:
        """The last day on which the governor may object; None until it is sent."""
        event = Deadline.Event
        return self.calendar.last_day(
            event.OBJECTION_OVER, counts_from=event.SENT, start=self.sent_on
        )

    @property
    def visa_is_tacit_on(self) -> datetime.date | None:
        """The day from which silence counts as a visa, the first after its delay; None until it is sent."""
        event = Deadline.Event
        ends = self.calendar.last_day(event.VISA, counts_from=event.SENT, start=self.sent_on)
        return ends + _ONE_DAY if ends else None

    @property
    def awaits_visa(self) -> bool:
        """Whether the visa is not given yet, or nobody has said whether one is needed."""
        return self.visa in (self.Visa.UNDECIDED, self.Visa.PENDING)

    @property
    def was_redeliberated(self) -> bool:
        """Whether the council voted anew after the objection."""
        try:
            return self.redeliberation is not None
        except ObjectDoesNotExist:
            return False

    @property
    def enforceable_on(self) -> datetime.date | None:
        """The day from which it may be carried out, perhaps yet to come; None while that is not known.

        It takes all of: adopted, sent, the time to object over without an objection, the visa said
        not to be needed or given or tacit, and posted.
        """
        waits = self.objected_on or self.awaits_visa
        ends = self.objection_ends_on
        if not self.is_adopted or waits or ends is None or self.posted_on is None:
            return None
        return max(ends + _ONE_DAY, self.posted_on, self.visa_on or self.posted_on)

    @property
    def state(self) -> "Deliberation.State":
        """What the vote has come to today."""
        today, state = clock.today(), self.State
        if not self.is_adopted:
            return state.NOT_ADOPTED
        if self.sent_on is None:
            return state.TO_BE_SENT
        if self.objected_on:
            return state.REDELIBERATED if self.was_redeliberated else state.OBJECTED
        ends = self.objection_ends_on
        if ends is None or today <= ends:
            return state.SENT
        if self.awaits_visa:
            is_decided = self.visa != self.Visa.UNDECIDED
            return state.VISA_PENDING if is_decided else state.VISA_UNDECIDED
        enforceable_on = self.enforceable_on
        is_due = enforceable_on is not None and today >= enforceable_on
        return state.ENFORCEABLE if is_due else state.TO_BE_POSTED

    # --- What cannot be -----------------------------------------------------------------------

    def clean(self):
        """Refuse figures and days that contradict each other or the law; each fault beside its field."""
        faults = chain(self._borne_faults(), self._vote_faults(), self._following_faults())
        found = {}
        for field, message in faults:
            found.setdefault(field, message)
        if found:
            raise ValidationError(found)

    def _borne_faults(self):
        kept = Deliberation.objects.select_related("sitting", "version").filter(pk=self.pk).first()
        if kept is None or not kept.is_borne:
            return
        for name in self.BORNE:
            if getattr(self, name) != getattr(kept, name):
                yield (
                    name.removesuffix("_id"),
                    _("The adopted version bears it: it does not change any more."),
                )

    def _vote_faults(self):
        if self.sitting_id:
            yield from self._sitting_faults()
            if self.version_id:
                yield from self._version_faults()
            if self.redeliberates_id:
                yield from self._redeliberation_faults()
        if None in (self.votes_for, self.votes_against, self.abstentions):
            return
        if self.sitting_id and self.ballots > (present := self.sitting.present or 0):
            figures = {"ballots": self.ballots, "present": present}
            yield (
                "votes_for",
                _("%(ballots)s votes and abstentions, but %(present)s members present.") % figures,
            )
        if self.is_tied and self.casting_vote_for is None:
            yield "casting_vote_for", _("The votes are equal: which side did the president take?")
        if not self.is_tied and self.casting_vote_for is not None:
            figures = {"votes_for": self.votes_for, "votes_against": self.votes_against}
            yield (
                "casting_vote_for",
                _("%(votes_for)s for and %(votes_against)s against: no casting vote.") % figures,
            )

    def _sitting_faults(self):
        sitting = self.sitting
        needed, present = sitting.quorum_needed, sitting.present
        if sitting.held_on > clock.today():
            yield "sitting", _("This sitting has not been held yet.")
        elif None in (needed, present, sitting.session.members_in_office):
            yield (
                "sitting",
                _(
                    "Enter the members in office, those present and the quorum of the sitting first."
                ),
            )
        elif present < needed:
            yield (
                "sitting",
                _("No quorum at this sitting: %(present)s present, %(needed)s needed.")
                % {"present": present, "needed": needed},
            )

    def _version_faults(self):
        version, held_on = self.version, self.sitting.held_on
        if version.plan_id != self.sitting.session.plan_id:
            yield "version", _("This version belongs to another edition.")
        elif version.kind != PlanVersion.Kind.ENDORSED:
            yield "version", _("Only a version that the bureau endorsed is put to the vote.")
        elif version.acted_on and version.acted_on > held_on:
            day = dates.day(version.acted_on)
            yield "version", _("The bureau endorsed this version later, on %(day)s.") % {"day": day}

    def _redeliberation_faults(self):
        first = self.redeliberates
        if first.pk == self.pk or first.sitting.session.plan_id != self.sitting.session.plan_id:
            yield "redeliberates", _("Choose another vote of this edition.")
        elif first.objected_on is None:
            yield "redeliberates", _("The governor did not object to this vote.")
        elif self.sitting.held_on < first.objected_on:
            day = dates.day(first.objected_on)
            yield "redeliberates", _("The governor objected later, on %(day)s.") % {"day": day}

    def _following_faults(self):
        today = clock.today()
        voted_on = self.sitting.held_on if self.sitting_id else None
        for name in ("sent_on", "objected_on", "visa_on", "posted_on", "minutes_sent_on"):
            day = getattr(self, name)
            if day and day > today:
                yield name, NOT_COME_YET
            elif day and voted_on and day < voted_on:
                voted = {"day": dates.day(voted_on)}
                yield name, _("The council voted on %(day)s: this is earlier.") % voted
        yield from self._objection_faults()
        yield from self._visa_faults()

    def _objection_faults(self):
        if self.objected_on is None:
            if self.objection:
                yield "objected_on", _("When was it objected to?")
            elif self.pk and self.was_redeliberated:
                yield "objected_on", _("The council deliberated anew: the objection stays.")
            return
        if not self.objection:
            yield "objection", _("An objection has its reasons.")
        ends = self.objection_ends_on
        if self.sent_on is None or self.objected_on < self.sent_on:
            yield "objected_on", _("An objection comes after the decision was sent.")
        elif ends and self.objected_on > ends:
            yield (
                "objected_on",
                _("The time to object ended on %(day)s.") % {"day": dates.day(ends)},
            )

    def _visa_faults(self):
        given = self.visa in (self.Visa.GIVEN, self.Visa.TACIT)
        if given != bool(self.visa_on):
            yield "visa_on", _("A visa that was given has its date, and no other has.")
        elif given and (self.sent_on is None or self.visa_on < self.sent_on):
            yield "visa_on", _("A visa comes after the decision was sent.")
        elif self.visa == self.Visa.TACIT:
            tacit_on = self.visa_is_tacit_on
            if tacit_on and self.visa_on < tacit_on:
                day = {"day": dates.day(tacit_on)}
                yield "visa_on", _("Silence counts as a visa from %(day)s.") % day
