"""The sheet of a meeting's decisions (ورقة القرارات): as it is printed, and as it is typed in afterwards."""

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import IllegalAnswer, Remark
from consultations.models.remark import ANSWER_MIN_LENGTH
from proposals.models import IllegalMove, StaleVersion, Status

from .forms import DecisionForm
from .forms.acting import text_field
from .forms.deciding import DECISION_WORDS
from .models import AgendaItem, CommitteeMember, NotRecorded, Opinion

FOR_LATER = ("", pgettext_lazy("agenda item", "left for later"))
NOT_CHOSEN = _("Choose what was decided, or empty the row.")

# --- On paper --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrintedItem:
    """An item with its boxes as (word, is ticked), and what members thought as (word, how many)."""

    item: AgendaItem
    boxes: list[tuple[str, bool]]
    opinions: list[tuple[str, int]]


def printed_items(meeting) -> list[PrintedItem]:
    """The agenda in its order; what was decided is ticked. A fixed number of queries."""
    opinions = Opinion.objects.filter(proposal__agenda_items__meeting=meeting)
    given = list(opinions.values_list("proposal", "view", "member"))
    return [
        PrintedItem(item, _boxes(item), _opinions_on(item, given))
        for item in meeting.agenda.whole()
    ]


def _boxes(item):
    if item.proposal:
        taken = item.decision and item.decision.to_status
        offered = [*Status.outcomes(), *([taken] if taken == Status.IN_PROGRESS else [])]
        return [(DECISION_WORDS[to], to == taken) for to in offered]
    if item.remark:
        taken = item.remark.outcome if item.is_answered_here else ""
        return [(to.label, to == taken) for to in Remark.Outcome]
    return []


def _opinions_on(item, given):
    recused = {recusal.member_id for recusal in item.recusals.all()}
    views = Counter(
        view
        for proposal, view, member in given
        if proposal == item.proposal_id and member not in recused
    )
    return [(DECISION_WORDS[view], views[view]) for view in Status if views[view]]


# --- On the screen ---------------------------------------------------------------------------------


class RowForm(forms.Form):
    """What the forms of a row share: a row in which nothing was typed is left for later."""

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was sent, as (label, words)."""
        found = []
        for field in self.visible_fields():
            text = str(field.data or "").strip()
            words = dict(getattr(field.field.widget, "choices", ()))
            if text:
                found.append((field.label, words.get(text, text)))
        return found


class DecisionRow(RowForm, DecisionForm):
    """The decision on a proposal, as an act of the meeting."""

    # A hundred rows need the room, and each of them would bear every text.
    fills_in = False

    def __init__(self, data=None, *, item, sheet, **kwargs):
        kwargs |= {"subject": item.proposal, "user": sheet.user, "reasons": sheet.reasons}
        super().__init__(data, **kwargs)
        self.meeting, self.is_held_back = item.meeting, sheet.is_held_back
        decision, reason = self.fields["decision"].widget, self.fields["reason"]
        decision.choices = [FOR_LATER, *decision.choices]
        for field in self.fields.values():
            # Said once in the guide.
            field.help_text = ""
        self.fields["decision"].error_messages["required"] = NOT_CHOSEN
        if "project" in self.fields:
            # Fetched once, not for every row.
            self.fields["project"].choices = sheet.project_choices
        reason.widget.attrs["rows"] = 2

    def is_in(self, item) -> bool:
        """Whether this very decision is recorded in `item`, or waits in it."""
        made, sent = item.decision or item.draft, self.cleaned_data
        return bool(made) and (made.to_status, made.project, made.kept_part, made.reason) == (
            sent.get("decision"),
            sent.get("project"),
            sent.get("kept_part", ""),
            sent.get("reason"),
        )


class AnswerRow(RowForm):
    """The answer to a remark."""

    outcome = forms.ChoiceField(
        label=Remark._meta.get_field("outcome").verbose_name,
        choices=Remark.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": NOT_CHOSEN},
    )
    answer = text_field(Remark, "answer", rows=2, required=True, min_length=ANSWER_MIN_LENGTH)

    def __init__(self, data=None, *, item, sheet, **kwargs):
        super().__init__(data, auto_id="id_answer_%s", **kwargs)
        self.remark = item.remark
        self.fields["outcome"].widget.choices = [FOR_LATER, *Remark.Outcome.choices]

    def act(self, actor, at):
        """Answer it."""
        sent = self.cleaned_data
        self.remark.give_answer(sent["outcome"], sent["answer"], by=actor, at=at)

    def is_in(self, item) -> bool:
        """Whether this very answer is the one of the remark."""
        sent = self.cleaned_data
        return (item.remark.outcome, item.remark.answer) == (
            sent.get("outcome"),
            sent.get("answer"),
        )


class Row:
    """One item on the screen: the form for it, or what was recorded.

    `conflict` is why what was typed was refused; `is_saved`, that it was recorded just now.
    """

    def __init__(self, item, sheet, data=None):
        self.sheet, self.conflict, self.is_saved = sheet, "", False
        self._show(item, data)

    def _show(self, item, data=None, **kwargs):
        """Put `item` and the form for it in the row."""
        item.meeting = self.sheet.meeting
        if item.proposal:
            item.proposal.plan = item.meeting.plan
        self.item, self.form = item, None
        if item.proposal or item.remark:
            form = DecisionRow if item.proposal else AnswerRow
            kwargs |= {"prefix": f"item-{item.pk}", "use_required_attribute": False}
            kwargs |= {"item": item, "sheet": self.sheet}
            self.form = form(data, **kwargs)
            if data and not self.form.typed:
                # Nothing is missing in a row that was left for later.
                self.form = form(**kwargs)

    @property
    def is_open(self) -> bool:
        """Whether something can be recorded here."""
        return bool(self.form) and not self.refusal

    @property
    def refusal(self) -> str:
        """Why nothing can be recorded here; empty when it can."""
        waits = _("A decision on this proposal waits to be confirmed.") if self.item.draft else ""
        return self.item.refusal or waits

    @property
    def is_filled(self) -> bool:
        """Whether something was typed here."""
        return bool(self.form) and self.form.is_bound

    @property
    def is_faulty(self) -> bool:
        """Whether what was typed was not recorded."""
        return bool(self.conflict) or (self.is_open and self.is_filled and not self.form.is_valid())

    def save(self, actor):
        """Record what was typed, in a transaction of its own. The same again changes nothing."""
        if not self.is_filled:
            return
        if not self.is_open:
            self._find_recorded(self.refusal)
        elif self.form.is_valid():
            try:
                self.item.record(self.form.act, actor)
            except (StaleVersion, IllegalMove, IllegalAnswer, NotRecorded) as refusal:
                self._read_again(str(refusal))
            else:
                self._show(self._item_now())
                self.is_saved = True

    def _item_now(self):
        return AgendaItem.objects.whole().get(pk=self.item.pk)

    def _find_recorded(self, refusal):
        """A refusal counts only when something else was recorded than what was typed."""
        same = self.form.is_valid() and self.form.is_in(self.item)
        self.conflict = "" if same else refusal

    def _read_again(self, refusal):
        """Show the item as it is now, with what was typed in a form that stands on it."""
        typed, data = self.form.cleaned_data, self.form.data
        now = self._item_now()
        self._show(now, data)
        if self.is_open:
            self.conflict = refusal
            self._show(now, initial=typed)
        else:
            self._find_recorded(refusal)


class EntrySheet:
    """The agenda of `meeting` on one screen, with what was sent in `data`. A fixed number of queries."""

    def __init__(self, meeting, user, data=None):
        self.meeting, self.user = meeting, user
        # Ticked: the decisions wait until they are published all together.
        self.is_held_back = bool(data and data.get("held_back"))
        self.rows = [Row(item, self, data) for item in meeting.agenda.whole()]

    @cached_property
    def project_choices(self):
        projects = self.meeting.plan.projects.all()
        return [("", "—"), *((project.pk, f"{project.number}. {project}") for project in projects)]

    @cached_property
    def reasons(self) -> list:
        """The coordinator's reusable reasons."""
        return list(self.meeting.plan.reason_texts.all())

    def save(self):
        """Record the rows that were filled in, each for itself."""
        actor = CommitteeMember.objects.actor(self.user, self.meeting.plan)
        for row in self.rows:
            row.save(actor)

    @property
    def saved(self) -> int:
        return sum(row.is_saved for row in self.rows)

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.is_faulty]

    @property
    def has_waiting_rows(self) -> bool:
        """Whether decisions of this meeting wait to be confirmed."""
        return self.meeting.draft_decisions.exists()

    @property
    def has_open_rows(self) -> bool:
        return any(row.is_open for row in self.rows)
