"""What the committee writes to act on one proposal. The forms check; the models act."""

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from committee.models import CommitteeMember, DraftDecision, Opinion
from consultations.acts import Act
from consultations.models import ActLog, PriorityAxis, Project
from openmuni import clock
from proposals.models import (
    MOVES,
    REASON_MIN_LENGTH,
    Decision,
    IllegalMove,
    Proposal,
    ReasonText,
    Status,
)

from .acting import ActForm, text_field


class ReadyReasons(forms.Select):
    """A list of reusable reasons. For a script an entry also bears its whole text and its decision."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.whole = {}  # by key: (text, decision)

    def create_option(self, name, value, *args, **kwargs):
        """The entry, with what the script fills in."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.whole:
            text, decision = self.whole[str(value)]
            option["attrs"] |= {"data-text": text, "data-decision": decision}
        return option


class ProposalForm(ActForm):
    """An act on a proposal."""

    @property
    def proposal(self) -> Proposal:
        return self.subject


class DecisionForm(ProposalForm):
    """Decide: one of the moves that the present status allows, and why."""

    name, permission = "decide", "proposals.decide_proposal"
    label, done = _("Save the decision"), _("The decision is saved and published.")
    label_on = _("Save the decision and go to the next")
    undone_by = "decide", _("Reopen it")

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    decision = forms.ChoiceField(
        label=_("decision"), choices=Status.choices, widget=forms.RadioSelect
    )
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=_("Openness project"),
        required=False,
        help_text=_("Only when the idea is merged."),
    )
    kept_part = text_field(Decision, "kept_part", rows=2)
    ready = forms.ChoiceField(
        label=Decision._meta.get_field("reason_text").verbose_name,
        required=False,
        widget=ReadyReasons,
        help_text=_("It is taken when no other reason is written."),
    )
    reason = text_field(
        Decision,
        "reason",
        required=False,
        min_length=REASON_MIN_LENGTH,
        help_text=_("At least 20 characters, written for the author of the idea; it is published."),
    )

    # The meeting that decides; whether its decisions wait to be published together.
    meeting, is_held_back = None, False
    # Whether a script puts a reusable reason that is chosen into the field of the reason.
    fills_in = True

    def __init__(self, data=None, *, subject, initial=None, reasons=None, **kwargs):
        kept = (initial or {}) | {"version": subject.version}
        super().__init__(data, subject=subject, initial=kept, **kwargs)
        moves = self.moves()
        # Any known status is taken: the verb, which knows what was read, says what is illegal.
        self.fields["decision"].widget.choices = [(to, DECISION_WORDS[to]) for to in moves]
        reasons = subject.plan.reason_texts.all() if reasons is None else reasons
        self.reasons = {str(one.pk): one for one in reasons if self.text_of(one)}
        self._offer_reasons(moves)
        self.fields["project"].queryset = subject.plan.projects.all()
        self.fields["project"].label_from_instance = lambda project: f"{project.number}. {project}"
        if Status.MERGED not in moves and data is None and not initial:
            del self.fields["project"], self.fields["kept_part"]

    def moves(self) -> list[Status]:
        """The decisions that the present status allows."""
        return [to for to in Status if (self.proposal.status, to) in MOVES]

    def text_of(self, reason: ReasonText) -> str:
        """A reusable reason in the language of the idea; empty when it is not written in it."""
        return getattr(reason, f"text_{self.proposal.submission.language}") or ""

    def _offer_reasons(self, moves):
        """Offer the reusable reasons that go with `moves`, by decision; none, and no field."""
        self.kept_reasons, groups = {}, []
        for to in moves:
            own = [one for one in self.reasons.values() if one.outcome == to]
            if own:
                self.kept_reasons[DECISION_WORDS[to]] = [self.text_of(one) for one in own]
                lines = [(one.pk, Truncator(self.text_of(one)).chars(90)) for one in own]
                groups.append((DECISION_WORDS[to], lines))
        self.fields["ready"].choices = [("", "—"), *groups]
        if self.fills_in:
            self.fields["ready"].widget.whole = {
                key: (self.text_of(one), one.outcome) for key, one in self.reasons.items()
            }
        if not groups and not self.is_bound:
            del self.fields["ready"]

    @property
    def is_possible(self):
        waits = hasattr(self.proposal, "draft_decision")
        is_public = self.proposal.submission.is_public
        return is_public and not waits and not self.proposal.plan.is_closed

    @property
    def waits(self) -> bool:
        """Whether the decision waits before it is published."""
        return self.proposal.plan.four_eyes or self.is_held_back

    @property
    def reason_text(self) -> ReasonText | None:
        """The reusable reason that the reason was taken from, if it was: whole, words added or not."""
        ready = self.reasons.get(self.cleaned_data.get("ready"))
        taken = ready and " ".join(self.text_of(ready).split())
        return ready if taken and taken in " ".join(self.cleaned_data["reason"].split()) else None

    def clean_reason(self):
        """What was typed, else the reusable reason that was chosen."""
        ready = self.reasons.get(self.cleaned_data.get("ready"))
        return self.cleaned_data["reason"] or (self.text_of(ready) if ready else "")

    def _check_reason(self, sent):
        ready = self.reasons.get(sent.get("ready"))
        if ready and "decision" in sent and ready.outcome != sent["decision"]:
            self.add_error("ready", _("This reason is kept for another decision."))
        if "reason" in self.errors:
            return
        if not sent.get("reason"):
            self.add_error("reason", _("Write the reason, or choose one."))
        elif len(sent["reason"]) < REASON_MIN_LENGTH:
            self.add_error("ready", _("This reason has fewer than 20 characters: write one."))

    def clean(self):
        """A decision has its reason; a merge names its project, and nothing else does."""
        sent = self.cleaned_data
        self._check_reason(sent)
        if sent.get("decision") == Status.MERGED:
            if not sent.get("project") and "project" not in self.errors:
                self.add_error("project", _("Choose the project the idea is merged into."))
        else:
            for name in ("project", "kept_part"):
                if sent.get(name):
                    self.add_error(name, _("This goes with a merge only: empty it or merge."))
        return sent

    def act(self, actor, at=None):
        """Decide what was chosen, `at` or now; where a decision waits, prepare it instead."""
        sent = self.cleaned_data
        names = ("reason", "version", "project", "kept_part")
        how = {name: sent[name] for name in names if name in sent}
        how |= {"by": actor, "reason_text": self.reason_text}
        # At a meeting it is the meeting that decides, whoever types it in.
        if not self.meeting:
            DraftDecision.objects.refuse_who_takes_no_part(self.proposal, actor.user)
        if self.waits:
            self.done = _("The decision waits to be confirmed.")
            prepare = DraftDecision.objects.prepare
            return prepare(self.proposal, sent["decision"], meeting=self.meeting, **how)
        DraftDecision.objects.refuse_where_one_waits(self.proposal)
        return self.proposal.decide(sent["decision"], at=at, **how)


DECISION_WORDS = {
    Status.ACCEPTED: Status.ACCEPTED.label,
    Status.MERGED: Status.MERGED.label,
    Status.REJECTED: Status.REJECTED.label,
    Status.IN_PROGRESS: _("reopen the examination"),
}


class OpinionForm(ProposalForm):
    """The acting member's own opinion, given or changed before the decision."""

    name, permission = "opinion", "committee.add_opinion"
    label, done = _("Save my opinion"), _("Your opinion is saved.")
    label_on = _("Save my opinion and go to the next")
    undone_by = "opinion", _("Change it")

    view = forms.ChoiceField(
        label=_("my opinion"), choices=Status.choices, widget=forms.RadioSelect
    )
    comment = text_field(Opinion, "comment", rows=3)

    def __init__(self, data=None, *, subject, user, initial=None, **kwargs):
        super().__init__(data, subject=subject, user=user, initial=initial, **kwargs)
        mine = Opinion.objects.filter(proposal=subject, member=self.seat).first()
        if mine and not initial:
            self.initial = {"view": mine.view, "comment": mine.comment}

    @cached_property
    def seat(self) -> CommitteeMember | None:
        """The seat of the acting person in the committee of the edition."""
        seats = CommitteeMember.objects.sitting(clock.today())
        return seats.filter(plan=self.proposal.plan, user=self.user).first()

    @property
    def is_possible(self):
        proposal = self.proposal
        waits = proposal.status == Status.IN_PROGRESS and proposal.submission.is_public
        may = waits and not proposal.plan.is_closed and bool(self.seat)
        # Who takes no part in an item of an agenda says nothing on it beforehand either.
        return may and not self.seat.recusals.filter(item__proposal=proposal).exists()

    @transaction.atomic
    def act(self, actor):
        """Keep the one opinion of this member."""
        # Read anew and held: a decision may have come since the proposal was read.
        locked = Proposal.objects.select_for_update(of=("self", "submission"))
        self.subject = locked.select_related("submission", "plan").get(pk=self.proposal.pk)
        if not self.is_possible:
            raise IllegalMove(
                _(
                    "A sitting member gives an opinion on a published idea of an open edition,"
                    " before the decision."
                )
            )
        opinion, _created = Opinion.objects.update_or_create(
            proposal=self.proposal,
            member=self.seat,
            defaults=self.cleaned_data | {"at": clock.now()},
        )
        # What it says is the committee's own.
        ActLog.objects.append(self.proposal.plan, Act.OPINION, self.proposal, by=actor)
        return opinion


class AxisForm(ProposalForm):
    """File the idea under an axis: its author may have left that to the committee."""

    name, permission = "axis", "proposals.change_proposal"
    label, done = _("Save the axis"), _("The axis is saved.")

    axis = forms.ModelChoiceField(
        PriorityAxis.objects.none(),
        label=_("Priority axis"),
        required=False,
        empty_label=_("no axis"),
    )

    def __init__(self, data=None, *, subject, **kwargs):
        super().__init__(data, subject=subject, **kwargs)
        self.fields["axis"].queryset = subject.plan.axes.all()
        self.initial.setdefault("axis", subject.axis_id)

    @property
    def is_possible(self):
        return not self.proposal.plan.is_closed

    @transaction.atomic
    def act(self, actor):
        """Change the axis and nothing else."""
        if not self.is_possible:
            raise IllegalMove(_("The edition is closed: nothing is filed in it any more."))
        held = Proposal.objects.select_for_update(of=("self",)).select_related("submission", "plan")
        now, axis = held.get(pk=self.proposal.pk), self.cleaned_data["axis"]
        Proposal.objects.filter(pk=now.pk).update(axis=axis)
        axes = {"before": {"axis": now.axis_id}, "after": {"axis": axis and axis.pk}}
        ActLog.objects.append(now.plan, Act.FILE, now, by=actor, **axes)
