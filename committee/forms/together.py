"""One act on several proposals at once: one form for all, a result for each."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from committee.models import CommitteeMember, NotRecorded
from consultations.models import IllegalModeration
from proposals.models import MOVES, IllegalMove, Proposal, StaleVersion, Status

from .acting import ActForm
from .deciding import DecisionForm
from .moderating import PublishForm, WithholdForm
from .signing import ConfirmForm

# What fits on one screen, and what one person reads.
TOGETHER_LIMIT = 100
_REFUSALS = (StaleVersion, IllegalMove, IllegalModeration, NotRecorded)


class DecisionForAll(DecisionForm):
    """One decision on all of `statuses`: what is legal for one of them at least is offered."""

    # A script would fill in one language where every idea is to be answered in its own.
    fills_in = False

    def __init__(self, data=None, *, statuses, **kwargs):
        self.statuses = statuses
        super().__init__(data, **kwargs)

    def moves(self):
        return [to for to in Status if any((status, to) in MOVES for status in self.statuses)]

    def text_of(self, reason):
        """The text in any language: each idea takes the one in its own."""
        return reason.text_ar or reason.text_fr or ""


@dataclass(frozen=True)
class ActTogether:
    """An act on several: its form on one, its words, and the field of a row that it stands on."""

    form: type[ActForm]
    title: str
    button: str
    stands_on: str = ""

    @property
    def name(self) -> str:
        """Its address."""
        return self.form.name

    def on_all(self, data, proposals, user) -> ActForm:
        """The form that is shown once for all `proposals`."""
        one = {"subject": proposals[0], "user": user}
        if self.form is not DecisionForm:
            return self.form(data, **one)
        return DecisionForAll(data, statuses={each.status for each in proposals}, **one)

    def value_of(self, proposal) -> int:
        """What of `proposal` the act stands on, as it is now."""
        if self.stands_on == "version":
            return proposal.version
        draft = getattr(proposal, "draft_decision", None)
        return draft.pk if draft else 0


ACTS_TOGETHER = {
    act.name: act
    for act in (
        ActTogether(
            DecisionForm, _("Decide on several"), _("Decide on the ticked ones"), "version"
        ),
        ActTogether(ConfirmForm, _("Decisions that wait"), _("Publish the ticked ones"), "draft"),
        ActTogether(PublishForm, _("Publish several"), _("Publish the ticked ones")),
        ActTogether(WithholdForm, _("Withhold several"), _("Withhold the ticked ones")),
    )
}


@dataclass
class Row:
    """One of the proposals; `done` or `fault` are the words for what came of it."""

    proposal: Proposal
    act: ActTogether
    is_ticked: bool
    done: str = ""
    fault: str = ""
    sent: str = ""
    views: list = field(default_factory=list)

    @property
    def draft(self):
        return getattr(self.proposal, "draft_decision", None)

    @property
    def field(self) -> str:
        """The name of the hidden field that says what was read."""
        return self.act.stands_on and f"{self.act.stands_on}-{self.proposal.pk}"

    @property
    def stands_on(self):
        """What was read; after a refusal what is read now."""
        return self.act.value_of(self.proposal) if self.fault or not self.sent else self.sent

    def do(self, data, user, actor):
        """Do the act here, in a transaction of its own."""
        data = data.dict() | {self.act.stands_on: self.sent}
        form = self.act.form(data, subject=self.proposal, user=user)
        if not form.is_valid():
            self.fault = " ".join(error for errors in form.errors.values() for error in errors)
            return
        try:
            form.act(actor)
        except _REFUSALS as refusal:
            self.fault = str(refusal)
        else:
            self.done, self.is_ticked = form.done, False


class Together:
    """`proposals` (some, of one edition) on one screen, with what was sent in `data`."""

    def __init__(self, act: ActTogether, proposals, user, data=None):
        self.act, self.proposals, self.user, self.data = act, proposals, user, data
        ticked = None if data is None else set(data.getlist("pk"))
        found = list(proposals)
        self.rows = [Row(each, act, ticked is None or str(each.pk) in ticked) for each in found]
        if data is None:
            self.form = act.on_all(None, found, user)
            return
        for row in self.rows:
            row.sent = data.get(row.field, "")
        # What a row stands on is no matter of the form for all.
        self.form = act.on_all(data.dict() | {act.stands_on: 0}, found, user)

    def do(self):
        """Do the act on each of the ticked ones, once the form for all is complete."""
        if not self.form.is_valid():
            return
        plan = self.rows[0].proposal.plan
        actor = CommitteeMember.objects.actor(self.user, plan)
        for row in self.rows:
            if row.is_ticked:
                row.do(self.data, self.user, actor)
        now = {each.pk: each for each in self.proposals.all()}
        for row in self.rows:
            row.proposal = now.get(row.proposal.pk, row.proposal)

    @property
    def is_faulty(self) -> bool:
        """Whether the form for all was not complete: nothing was done."""
        return self.form.is_bound and not self.form.is_valid()

    @cached_property
    def done(self) -> list[Row]:
        return [row for row in self.rows if row.done]

    @cached_property
    def faults(self) -> list[Row]:
        return [row for row in self.rows if row.fault]
