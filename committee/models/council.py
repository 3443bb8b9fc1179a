"""The council's session, its moves and its sittings."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.actors import Actor
from consultations.acts import Act
from consultations.models import ActionPlan, ActLog, SignedAct, told_of
from openmuni import clock, dates
from openmuni.canonical import digests, instant
from openmuni.text import clean as clean_text

NOT_COME_YET = _("This day has not come yet.")


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
        constraints = [
            models.CheckConstraint(
                condition=Q(members_in_office=None) | Q(members_in_office__gt=0),
                name="council_has_members",
                violation_error_message=_("A council has members in office."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.month:%m/%Y}"

    def clean(self):
        """Refuse a first day outside its month, and papers sent in the future or after the session opened."""
        faults = {}
        if self.starts_on and self.month and not _same_month(self.starts_on, self.month):
            faults["starts_on"] = _("This day is not in the month of the session.")
        for name in ("agenda_sent_on", "documents_sent_on"):
            day = getattr(self, name)
            if day and day > clock.today():
                faults[name] = NOT_COME_YET
            elif day and self.starts_on and day > self.starts_on:
                faults[name] = _("The session opens on %(day)s: this is later.") % {
                    "day": dates.day(self.starts_on)
                }
        if faults:
            raise ValidationError(faults)

    def is_moved_by(self, month, starts_on) -> bool:
        """Whether these would be another date; the first day in a known month is news, not a move."""
        if self.starts_on and starts_on != self.starts_on:
            return True
        return not _same_month(month, self.month)

    @transaction.atomic
    def move(self, *, by: Actor, reason_ar, reason_fr="", month, starts_on=None, at=None):
        """Give the session another date and keep the old one with the reason, which is public.

        Returns the SessionMove, or None when the date is the same. Raises ValidationError in a
        closed edition, and in a public one without a reason; in one that is being prepared there
        is nobody to tell, and nothing is kept.
        """
        if self.plan.is_closed:
            raise ValidationError(_("This edition is closed."))
        locked = CouncilSession.objects.select_for_update().get(pk=self.pk)
        row = None
        if locked.is_moved_by(month, starts_on) and self.plan.is_public:
            reason_ar, reason_fr = clean_text(reason_ar), clean_text(reason_fr)
            if not reason_ar:
                raise ValidationError(
                    {"reason_ar": _("Say why: it is published beside the old date.")}
                )
            row = self.moves.create(
                month=locked.month,
                starts_on=locked.starts_on,
                reason_ar=reason_ar,
                reason_fr=reason_fr,
                **by.signature(at),
            )
        stood = plain_dates(locked)
        self.month, self.starts_on = month, starts_on
        self.save(update_fields=["month", "starts_on"])
        if stood != plain_dates(self):
            after = plain_dates(self) | (row.facts if row else {})
            ActLog.objects.append(
                self.plan, Act.MOVE_SESSION, self, by=by, before=stood, after=after
            )
        return row


def plain_dates(thing) -> dict:
    """When a session is, or was where `thing` is a move, as JSON holds it."""
    return {name: str(day) if (day := getattr(thing, name)) else None for name in _WHEN}


_WHEN = ("month", "starts_on")


def _same_month(day, other) -> bool:
    return (day.year, day.month) == (other.year, other.month)


@told_of(Act.MOVE_SESSION, way="session__plan")
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

    @property
    def facts(self) -> dict:
        """What the log keeps of it."""
        return {
            "id": self.pk,
            "session": self.session_id,
            "stood": plain_dates(self),
            **digests(self, "reason_ar", "reason_fr"),
            "at": instant(self.at),
        }


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
            ),
            models.CheckConstraint(
                condition=Q(call=1, quorum=None)
                | Q(call__in=[2, 3]) & (Q(quorum=None) | Q(quorum__gt=0)),
                name="quorum_of_a_later_call",
                violation_error_message=_("The quorum is entered for a second or third call only."),
            ),
        ]

    def __str__(self):
        return f"{self.session} · {self.held_on:%d/%m/%Y}"

    @property
    def quorum_needed(self) -> int | None:
        """The members who must be present (article 42); None while that is not known."""
        if self.call != self.Call.FIRST:
            return self.quorum
        members = self.session.members_in_office
        return members // 2 + 1 if members else None

    @property
    def is_quorate(self) -> bool | None:
        """Whether enough members were present; None while that is not known."""
        needed = self.quorum_needed
        if needed is None or self.present is None:
            return None
        return self.present >= needed

    def clean(self):
        """Refuse figures and days that contradict each other; each fault beside its field."""
        faults = {}
        for field, message in [*self._date_faults(), *self._count_faults()]:
            faults.setdefault(field, message)
        if faults:
            raise ValidationError(faults)

    def _date_faults(self):
        opens = self.session.starts_on
        if self.held_on and opens and self.held_on < opens:
            day = dates.day(opens)
            yield "held_on", _("The session opens on %(day)s: this is earlier.") % {"day": day}
        if self._leaves_its_day():
            yield "held_on", _("The adopted version bears it: it does not change any more.")
        if self.held_on and self.present is not None and self.held_on > clock.today():
            yield "present", _("This sitting has not been held yet.")

    def _leaves_its_day(self) -> bool:
        """Whether the day changes under a vote that an adopted version bears."""
        kept = CouncilSitting.objects.filter(pk=self.pk).exclude(held_on=self.held_on).first()
        if kept is None or self.held_on is None:
            return False
        votes = kept.deliberations.select_related("version").defer("version__data")
        return any(vote.is_borne for vote in votes)

    def _count_faults(self):
        members, first = self.session.members_in_office, self.call == self.Call.FIRST
        for name in ("present", "quorum"):
            figure = getattr(self, name)
            if figure is not None and members is not None and figure > members:
                yield (
                    name,
                    _("%(figure)s, but %(members)s members in office.")
                    % {
                        "figure": figure,
                        "members": members,
                    },
                )
        if first and self.quorum is not None:
            yield "quorum", _("Empty at the first call: more than half of those in office.")
        if not first and self.present is not None and not self.quorum:
            yield "quorum", _("How many had to be present at this call?")
        votes = self.deliberations.all() if self.pk else []
        if most := max((vote.ballots for vote in votes), default=0):
            if self.present is None or self.present < most:
                yield "present", _("%(most)s members voted at this sitting.") % {"most": most}
            elif not self.is_quorate:
                yield "present", _("The council voted at this sitting: the quorum was reached.")
