"""What staff type to sign in, to set up their second factor and to prove who they are."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committee.accounts import second_factor
from openmuni import clock
from openmuni.fields import DayField

_WRONG_CODE = _("This code is not right, or was used already. Wait for the next one and type it.")


def _code_field(**kwargs):
    # Not a number input: codes are typed in Arabic-Indic digits too, and pasted with spaces.
    box = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
    )
    return forms.CharField(label=_("Code"), max_length=40, widget=box, **kwargs)


class CodeForm(forms.Form):
    """A code of the app, or a recovery code. Valid, it is used up; `device` has made it."""

    code = _code_field(
        help_text=_("Six digits from the app on your phone, or twelve of a recovery code.")
    )

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user, self.device = user, None

    def clean_code(self):
        self.device = second_factor.check(self.user, self.cleaned_data["code"])
        if self.device is None:
            raise ValidationError(_WRONG_CODE)
        return ""


class AppForm(forms.Form):
    """The first code of an app. Valid, the app is in use; `codes` are the new recovery codes."""

    code = _code_field(help_text=_("The six digits that the app shows now."))

    def __init__(self, data=None, *, app):
        super().__init__(data)
        self.app, self.codes = app, None

    def clean_code(self):
        self.codes = second_factor.confirm(self.app, self.cleaned_data["code"])
        if self.codes is None:
            raise ValidationError(_WRONG_CODE)
        return ""


class ProofForm(forms.Form):
    """The password of the account, or a code of its second factor: either will do."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = _code_field(required=False)

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user = user
        if second_factor.app_of(user) is None:
            del self.fields["code"]

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password and not self.user.check_password(password):
            raise ValidationError(_("This is not your password."))
        return password

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and second_factor.check(self.user, code) is None:
            raise ValidationError(_WRONG_CODE)
        return code

    def clean(self):
        if not self.errors and not any(self.cleaned_data.values()):
            raise ValidationError(_("Type your password, or a code."))
        return self.cleaned_data


class WelcomeForm(SetPasswordForm):
    """The password that somebody who was invited chooses; what was typed stays when it is refused."""

    def __init__(self, user, data=None):
        super().__init__(user, data)
        for field in self.fields.values():
            field.widget.render_value = True


class EndForm(forms.Form):
    """The last day of a seat."""

    last_day = DayField(label=_("Last day"), initial=clock.today)
