"""The form of an act on something that came in: what all of them share."""

from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from openmuni.fields import CleanCharField

TEXT_MAX_LENGTH = 5000


def text_field(model, name, rows=4, **kwargs) -> CleanCharField:
    """A text of several lines in the words of the field `name` of `model`."""
    field = model._meta.get_field(name)
    own = {"label": field.verbose_name, "required": not field.blank, "help_text": field.help_text}
    box = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    made = CleanCharField(lines=True, max_length=TEXT_MAX_LENGTH, widget=box, **(own | kwargs))
    # A browser's own limit would cut a pasted text without a word.
    made.widget.attrs.pop("maxlength")
    return made


class ActForm(forms.Form):
    """One act on one subject: a proposal or a remarks card.

    `name` is its address, `permission` what it asks for. Each form has a method `act(actor)`, to be
    called when it is valid, which writes the act and raises one of the models' refusals when the
    subject is no longer what the person had read. One after which the person goes on to the next
    case has `label_on`, the words of its button there; `undone_by` is the name of the act that takes
    it back, with the words of the link to it.
    """

    name = permission = label = done = label_on = undone_by = None
    # Set by the page: the filters of the list the case was opened from, whether another case follows.
    filters, goes_on = "", False

    def __init__(self, data=None, *, subject, user, **kwargs):
        super().__init__(data, auto_id=f"id_{self.name}_%s", **kwargs)
        self.subject, self.user = subject, user

    @property
    def address(self) -> str:
        """Where it is sent to, with the filters of the list the case was opened from."""
        meta = self.subject._meta
        path = reverse(
            f"admin:{meta.app_label}_{meta.model_name}_{self.name}", args=[self.subject.pk]
        )
        return (
            f"{path}?{urlencode({'_changelist_filters': self.filters})}" if self.filters else path
        )

    @property
    def button(self) -> str:
        """What its button says: also that the next case follows."""
        return self.label_on if self.label_on and self.goes_on else self.label

    @property
    def is_possible(self) -> bool:
        """Whether the subject is in a state that allows the act."""
        return True

    def again(self, subject):
        """The same form for `subject` as it is now, with all that was typed."""
        return type(self)(subject=subject, user=self.user, initial=self.cleaned_data)
