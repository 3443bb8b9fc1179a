"""What the committee writes to act on one proposal. The forms check; the models act."""

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from committee.models import CommitteeMember, Opinion
from consultations.models import PriorityAxis, Project
from openmuni import clock
from proposals.models import MOVES, REASON_MIN_LENGTH, Decision, IllegalMove, Proposal, Status

from .acting import ActForm, text_field


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
    reason = text_field(
        Decision,
        "reason",
        min_length=REASON_MIN_LENGTH,
        help_text=_("At least 20 characters, written for the author of the idea; it is published."),
    )

    def __init__(self, data=None, *, subject, initial=None, **kwargs):
        kept = (initial or {}) | {"version": subject.version}
        super().__init__(data, subject=subject, initial=kept, **kwargs)
        moves = [to for to in Status if (subject.status, to) in MOVES]
        # Any known status is taken: the verb, which knows what was read, says what is illegal.
        self.fields["decision"].widget.choices = [(to, DECISION_WORDS[to]) for to in moves]
        self.fields["project"].queryset = subject.plan.projects.all()
        self.fields["project"].label_from_instance = lambda project: f"{project.number}. {project}"
        if Status.MERGED not in moves and data is None and not initial:
            del self.fields["project"], self.fields["kept_part"]

    @property
    def is_possible(self):
        return self.proposal.submission.is_public and not self.proposal.plan.is_closed

    @cached_property
    def kept_reasons(self) -> dict:
        """The coordinator's reusable reasons for the moves offered, in the language of the idea."""
        groups = {}
        text = f"text_{self.proposal.submission.language}"
        words = dict(self.fields["decision"].widget.choices)
        for reason in self.proposal.plan.reason_texts.filter(outcome__in=words):
            if getattr(reason, text):
                groups.setdefault(words[reason.outcome], []).append(getattr(reason, text))
        return groups

    def clean(self):
        """A merge names its project; nothing else does."""
        sent = self.cleaned_data
        if sent.get("decision") == Status.MERGED:
            if not sent.get("project") and "project" not in self.errors:
                self.add_error("project", _("Choose the project the idea is merged into."))
        else:
            for name in ("project", "kept_part"):
                if sent.get(name):
                    self.add_error(name, _("This goes with a merge only: empty it or merge."))
        return sent

    def act(self, actor, at=None):
        """Ask the verb of the chosen decision, taken `at` or now."""
        sent = self.cleaned_data
        why = {"by": actor, "reason": sent["reason"], "version": sent["version"], "at": at}
        if sent["decision"] == Status.MERGED:
            return self.proposal.merge_into(sent["project"], kept_part=sent["kept_part"], **why)
        verbs = {
            Status.ACCEPTED: self.proposal.accept,
            Status.REJECTED: self.proposal.reject,
            Status.IN_PROGRESS: self.proposal.reopen,
        }
        return verbs[sent["decision"]](**why)


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

    def act(self, actor):
        """Change the axis and nothing else."""
        if not self.is_possible:
            raise IllegalMove(_("The edition is closed: nothing is filed in it any more."))
        Proposal.objects.filter(pk=self.proposal.pk).update(axis=self.cleaned_data["axis"])
