"""The members of the committee sent in as a spreadsheet."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from consultations.imports import EditionRow, SheetImport
from openmuni.arabic import fold
from openmuni.columns import NamedChoice, model_field, names_of

from .accounts.invitations import close_account
from .models import CommitteeMember


class MemberRow(EditionRow):
    """The columns of a member's seat; its account is given on its own page."""

    name_ar = model_field(CommitteeMember, "name_ar", required=True)
    name_fr = model_field(CommitteeMember, "name_fr")
    college = model_field(CommitteeMember, "college")
    role = model_field(CommitteeMember, "role")
    role_title_ar = model_field(CommitteeMember, "role_title_ar")
    role_title_fr = model_field(CommitteeMember, "role_title_fr")
    function_ar = model_field(CommitteeMember, "function_ar")
    function_fr = model_field(CommitteeMember, "function_fr")
    is_alternate = NamedChoice(
        label=CommitteeMember._meta.get_field("is_alternate").verbose_name, required=False
    )
    since = model_field(CommitteeMember, "since")
    until = model_field(CommitteeMember, "until")

    def clean(self):
        """Refuse an end before the beginning."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))
        return self.cleaned_data


class MemberImport(SheetImport):
    """The members, found again by their Arabic name; new ones come after the others, in their order."""

    class Meta:
        name = CommitteeMember._meta.verbose_name_plural
        file_stem = "members"

    row_form = MemberRow
    model = CommitteeMember
    needed = ("college",)
    naming = ("name_ar",)

    def make_form(self):
        """With the words for yes and no."""
        form = super().make_form()
        form.fields["is_alternate"].offer(names_of([(True, _("Yes")), (False, _("No"))]))
        return form

    def sheets(self):
        """The seats of the edition."""
        return CommitteeMember.objects.filter(plan=self.plan)

    def judge(self, lines):
        """As the base does, from the last place of the edition on."""
        self.last = self.sheets().aggregate(last=Max("order"))["last"] or 0
        super().judge(lines)

    def key(self, said):
        """The name in the spelling that is compared."""
        return fold(said["name_ar"])

    def key_of(self, sheet):
        """As `key`."""
        return fold(sheet.name_ar or "")

    def begun(self, said):
        """A seat of that name after all others."""
        self.last += 1
        return CommitteeMember(plan=self.plan, order=self.last, name_ar=said["name_ar"])

    def write(self, lines):
        """Save them; a last day ends the account as the act does."""
        super().write(lines)
        for line in lines:
            if "until" in [name for name, _before, _after in line.changes]:
                close_account(line.thing)
