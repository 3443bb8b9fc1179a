"""What the committee and its moderators write to act on one proposal. They check; the models act."""

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    Contact,
    Moderation,
    ModerationAct,
    PriorityAxis,
    Project,
    Submission,
)
from openmuni import clock
from openmuni.fields import CleanCharField
from proposals.models import MOVES, REASON_MIN_LENGTH, Decision, IllegalMove, Proposal, Status

from .models import CommitteeMember, Opinion

TEXT_MAX_LENGTH = 5000
MODERATION_REASON = {
    "required": True,
    "min_length": REASON_MIN_LENGTH,
    "help_text": _("At least 20 characters; the author of the idea reads it when tracking it."),
}


def text_field(model, name, rows=4, **kwargs) -> CleanCharField:
    """A text of several lines in the words of the field `name` of `model`."""
    field = model._meta.get_field(name)
    options = {"required": not field.blank, "help_text": field.help_text} | kwargs
    box = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return CleanCharField(
        label=field.verbose_name, lines=True, max_length=TEXT_MAX_LENGTH, widget=box, **options
    )


class ActForm(forms.Form):
    """One act on one proposal. `name` is its address, `permission` what it asks for.

    Each form has a method `act(actor)`, to be called when it is valid, which writes the act and
    raises IllegalMove, StaleVersion or IllegalModeration when the proposal is no longer what the
    person had read.
    """

    name = permission = label = done = None

    def __init__(self, data=None, *, proposal, user, **kwargs):
        super().__init__(data, auto_id=f"id_{self.name}_%s", **kwargs)
        self.proposal, self.user = proposal, user
        for field in self.fields.values():
            # A browser's own limit would cut a pasted text without a word.
            field.widget.attrs.pop("maxlength", None)

    @property
    def is_possible(self) -> bool:
        """Whether the proposal is in a state that allows the act."""
        return True

    @property
    def queue(self):
        """The proposals of the edition that wait for this same act, the present one among them."""
        return Proposal.objects.none()

    def again(self, proposal):
        """The same form for `proposal` as it is now, with all that was typed."""
        return type(self)(proposal=proposal, user=self.user, initial=self.cleaned_data)


def waiting(proposals, plan):
    """The undecided ones of `plan` among `proposals`, the oldest first."""
    undecided = proposals.filter(plan=plan, status=Status.IN_PROGRESS)
    return undecided.order_by("submission__received_at", "pk")


class DecisionForm(ActForm):
    """Decide: one of the moves that the present status allows, and why."""

    name, permission = "decide", "proposals.decide_proposal"
    label, done = _("Save the decision"), _("The decision is saved and published.")

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

    def __init__(self, data=None, *, proposal, initial=None, **kwargs):
        kept = (initial or {}) | {"version": proposal.version}
        super().__init__(data, proposal=proposal, initial=kept, **kwargs)
        moves = [to for to in Status if (proposal.status, to) in MOVES]
        # Any known status is taken: the verb, which knows what was read, says what is illegal.
        self.fields["decision"].widget.choices = [(to, DECISION_WORDS[to]) for to in moves]
        self.fields["project"].queryset = proposal.plan.projects.all()
        self.fields["project"].label_from_instance = lambda project: f"{project.number}. {project}"
        if Status.MERGED not in moves and data is None and not initial:
            del self.fields["project"], self.fields["kept_part"]

    @property
    def is_possible(self):
        return self.proposal.submission.is_public and not self.proposal.plan.is_closed

    @property
    def queue(self):
        return waiting(Proposal.objects.decidable(), self.proposal.plan)

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

    def act(self, actor):
        """Ask the verb of the chosen decision."""
        sent = self.cleaned_data
        why = {"by": actor, "reason": sent["reason"], "version": sent["version"]}
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


class ModerationForm(ActForm):
    """What the three acts of moderation share."""

    permission = "consultations.moderate_submission"
    which = None

    @property
    def is_possible(self):
        return self.proposal.submission.moderation in ModerationAct.FROM[self.which]

    @property
    def queue(self):
        pending = Proposal.objects.filter(submission__moderation=Moderation.PENDING)
        return waiting(pending, self.proposal.plan)


class PublishForm(ModerationForm):
    """Show the idea to the public."""

    name, which = "publish", ModerationAct.Act.PUBLISH
    label, done = _("Publish the idea"), _("The idea is published.")

    def act(self, actor):
        """Publish it."""
        return self.proposal.submission.publish(by=actor)


class WithholdForm(ModerationForm):
    """Take the idea from the public, with a category and a reason."""

    name, which = "withhold", ModerationAct.Act.WITHHOLD
    label, done = _("Withhold the idea"), _("The idea is withheld.")

    category = forms.ChoiceField(
        label=ModerationAct._meta.get_field("category").verbose_name,
        choices=[("", "—"), *Submission._meta.get_field("withheld_category").choices],
    )
    reason = text_field(ModerationAct, "reason", **MODERATION_REASON)

    def act(self, actor):
        """Withhold it."""
        return self.proposal.submission.withhold(by=actor, **self.cleaned_data)


class RestoreForm(ModerationForm):
    """Show again what was withheld."""

    name, which = "restore", ModerationAct.Act.RESTORE
    label, done = _("Publish the idea again"), _("The idea is published again.")

    reason = text_field(ModerationAct, "reason", **MODERATION_REASON)

    def act(self, actor):
        """Restore it."""
        return self.proposal.submission.restore(by=actor, **self.cleaned_data)


class OpinionForm(ActForm):
    """The acting member's own opinion, given or changed before the decision."""

    name, permission = "opinion", "committee.add_opinion"
    label, done = _("Save my opinion"), _("Your opinion is saved.")

    view = forms.ChoiceField(
        label=_("my opinion"), choices=Status.choices, widget=forms.RadioSelect
    )
    comment = text_field(Opinion, "comment", rows=3)

    def __init__(self, data=None, *, proposal, user, initial=None, **kwargs):
        super().__init__(data, proposal=proposal, user=user, initial=initial, **kwargs)
        mine = Opinion.objects.filter(proposal=proposal, member=self.seat).first()
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
        return waits and not proposal.plan.is_closed and bool(self.seat)

    @property
    def queue(self):
        queue = waiting(Proposal.objects.decidable(), self.proposal.plan)
        return queue.exclude(opinions__member=self.seat)

    @transaction.atomic
    def act(self, actor):
        """Keep the one opinion of this member."""
        # Read anew and held: a decision may have come since the proposal was read.
        locked = Proposal.objects.select_for_update(of=("self", "submission"))
        self.proposal = locked.select_related("submission", "plan").get(pk=self.proposal.pk)
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


class AxisForm(ActForm):
    """File the idea under an axis: its author may have left that to the committee."""

    name, permission = "axis", "proposals.change_proposal"
    label, done = _("Save the axis"), _("The axis is saved.")

    axis = forms.ModelChoiceField(
        PriorityAxis.objects.none(),
        label=_("Priority axis"),
        required=False,
        empty_label=_("no axis"),
    )

    def __init__(self, data=None, *, proposal, **kwargs):
        super().__init__(data, proposal=proposal, **kwargs)
        self.fields["axis"].queryset = proposal.plan.axes.all()
        self.initial.setdefault("axis", proposal.axis_id)

    @property
    def is_possible(self):
        return not self.proposal.plan.is_closed

    def act(self, actor):
        """Change the axis and nothing else."""
        if not self.is_possible:
            raise IllegalMove(_("The edition is closed: nothing is filed in it any more."))
        Proposal.objects.filter(pk=self.proposal.pk).update(axis=self.cleaned_data["axis"])


class EraseForm(ActForm):
    """Forget who sent the idea, at the person's wish: the private contact and the published name."""

    name, permission = "erase", "consultations.delete_contact"
    label, done = _("Erase the author’s data"), _("The author’s data is erased.")

    sure = forms.BooleanField(label=_("I know that this cannot be undone."))

    @property
    def is_possible(self):
        submission = self.proposal.submission
        return bool(submission.shown_name) or Contact.objects.filter(submission=submission).exists()

    def act(self, actor):
        """Erase it."""
        self.proposal.submission.erase_author()


ACTS = {
    form.name: form
    for form in (
        PublishForm,
        WithholdForm,
        RestoreForm,
        OpinionForm,
        DecisionForm,
        AxisForm,
        EraseForm,
    )
}
