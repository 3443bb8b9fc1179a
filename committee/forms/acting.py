"""The form of an act on something that came in: what all of them share."""

from django import forms
from django.urls import reverse

from openmuni.fields import CleanCharField

TEXT_MAX_LENGTH = 5000


def text_field(model, name, rows=4, **kwargs) -> CleanCharField:
    """A text of several lines in the words of the field `name` of `model`."""
    field = model._meta.get_field(name)
    options = {"required": not field.blank, "help_text": field.help_text} | kwargs
    box = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    made = CleanCharField(
        label=field.verbose_name, lines=True, max_length=TEXT_MAX_LENGTH, widget=box, **options
    )
    # A browser's own limit would cut a pasted text without a word.
    made.widget.attrs.pop("maxlength")
    return made


class ActForm(forms.Form):
    """One act on one subject: a proposal or a remarks card.

    `name` is its address, `permission` what it asks for. Each form has a method `act(actor)`, to be
    called when it is valid, which writes the act and raises one of the models' refusals when the
    subject is no longer what the person had read.
    """

    name = permission = label = done = None

    def __init__(self, data=None, *, subject, user, **kwargs):
        super().__init__(data, auto_id=f"id_{self.name}_%s", **kwargs)
        self.subject, self.user = subject, user

    @property
    def address(self) -> str:
        """Where it is sent to."""
        meta = self.subject._meta
        return reverse(
            f"admin:{meta.app_label}_{meta.model_name}_{self.name}", args=[self.subject.pk]
        )

    @property
    def is_possible(self) -> bool:
        """Whether the subject is in a state that allows the act."""
        return True

    @property
    def queue(self):
        """The subjects of the edition that wait for this same act, the present one among them."""
        return type(self.subject).objects.none()

    def again(self, subject):
        """The same form for `subject` as it is now, with all that was typed."""
        return type(self)(subject=subject, user=self.user, initial=self.cleaned_data)
