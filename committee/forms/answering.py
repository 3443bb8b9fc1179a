"""What the committee answers to the remarks of one card. The form checks; the models act."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Remark
from consultations.models.remark import ANSWER_MIN_LENGTH

from .acting import ActForm, text_field


class AnswersForm(ActForm):
    """An answer to each remark of a card: those that were written are saved, all or none.

    A row has three fields, named with the key of its remark: `outcome`, `answer` and `seen`, the
    moment of the answer that stood there when the page was made.
    """

    name, permission = "answer", "consultations.answer_remark"
    label, done = _("Save the answers"), _("The answers are saved and published.")
    label_on = _("Save the answers and go to the next")
    undone_by = "answer", _("Change them")

    def __init__(self, data=None, *, subject, **kwargs):
        super().__init__(data, subject=subject, **kwargs)
        self.remarks = list(subject.remarks.select_related("heading"))
        for remark in self.remarks:
            # What was typed is shown again, even where it comes too late.
            if not remark.is_final or (data and data.get(_names(remark)[1])):
                self._add_row(remark)

    def _add_row(self, remark):
        outcome, answer, seen = _names(remark)
        self.fields[outcome] = forms.ChoiceField(
            label=Remark._meta.get_field("outcome").verbose_name,
            choices=Remark.Outcome,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields[answer] = text_field(
            Remark,
            "answer",
            required=False,
            min_length=ANSWER_MIN_LENGTH,
            help_text=_("At least 20 characters, written for the author; it is published."),
        )
        self.fields[seen] = forms.DateTimeField(required=False, widget=forms.HiddenInput)
        for name, value in _kept(remark).items():
            self.fields[name].initial = value
        for name in (outcome, answer):
            # Sent along, so that what nobody touched here is told from what a colleague changed.
            self.fields[name].show_hidden_initial = True

    def fields_of(self, remark) -> list:
        """The fields of the row of `remark`; none when its answer is final."""
        return [self[name] for name in _names(remark) if name in self.fields]

    @property
    def written(self) -> list[Remark]:
        """The remarks whose outcome or answer was changed."""
        changed = {*self.changed_data}
        return [remark for remark in self.remarks if changed & {*_names(remark)[:2]}]

    @property
    def is_possible(self):
        card = self.subject
        open_rows = any(not remark.is_final for remark in self.remarks)
        return card.submission.is_public and not card.plan.is_closed and open_rows

    def clean(self):
        """A row that was begun has both its outcome and its answer."""
        sent = self.cleaned_data
        for remark in self.written:
            outcome, answer, _seen = _names(remark)
            if not sent.get(outcome) and outcome not in self.errors:
                self.add_error(outcome, _("Say what became of the remark."))
            if not sent.get(answer) and answer not in self.errors:
                self.add_error(answer, _("Write the answer to its author."))
        if not self.written:
            raise forms.ValidationError(_("Nothing new was written."))
        return sent

    @transaction.atomic
    def act(self, actor):
        """Give the answers that were written."""
        for remark in self.written:
            outcome, answer, seen = (self.cleaned_data[name] for name in _names(remark))
            remark.answered_at = seen  # the row as the person had read it
            remark.give_answer(outcome, answer, by=actor)

    def again(self, subject):
        """The same form on the card as it is now, with what was typed in the rows that were changed."""
        data, written = {}, self.written
        for remark in subject.remarks.all():
            if not remark.is_final or remark in written:
                for name, value in _kept(remark).items():
                    data[name] = data[self.add_initial_prefix(name)] = value
        for remark in written:
            data |= {name: self.data.get(name, "") for name in _names(remark)[:2]}
        return type(self)(data, subject=subject, user=self.user)


def _names(remark) -> tuple[str, str, str]:
    """The names of the fields of a row."""
    return f"outcome_{remark.pk}", f"answer_{remark.pk}", f"seen_{remark.pk}"


def _kept(remark) -> dict:
    """What is kept now, by the names of the fields."""
    seen = remark.answered_at.isoformat() if remark.answered_at else ""
    return dict(zip(_names(remark), (remark.outcome, remark.answer, seen), strict=True))
