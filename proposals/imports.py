"""Ideas sent in as a spreadsheet."""

from django.utils.translation import gettext_lazy as _

from consultations.imports import ArrivalImport, ArrivalRow, IdeasTarget, names_of_axes
from openmuni.columns import NamedChoice

from .forms import model_text
from .models import Proposal


class IdeaRow(ArrivalRow):
    """An idea."""

    title = model_text("title")
    body = model_text("body", lines=True)
    axis = NamedChoice(label=_("priority axis"), required=False)
    neighbourhood = model_text("neighbourhood")

    field_order = ["title", "body", "axis", "neighbourhood"]


class IdeaImport(ArrivalImport):
    """Ideas, one a row."""

    class Meta:
        name = _("ideas")
        file_stem = "ideas"

    target_form = IdeasTarget
    row_form = IdeaRow
    also = ArrivalImport.also | {
        "title": [_("title")],
        "body": [_("idea"), _("text"), _("description")],
    }

    def make_form(self):
        """With the axes of the edition."""
        form = super().make_form()
        form.fields["axis"].offer(names_of_axes(self.step.plan))
        return form

    def content(self, said):
        """What the idea says."""
        axis = said["axis"].pk if said["axis"] else ""
        return {n: said[n] for n in ("title", "body", "neighbourhood")} | {"axis": axis}

    def write(self, lines):
        """Keep the ideas."""
        names = ("title", "body", "axis", "neighbourhood")
        ideas = [(self.arrival(line), {name: line.said[name] for name in names}) for line in lines]
        Proposal.objects.receive_all(self.step, ideas)
