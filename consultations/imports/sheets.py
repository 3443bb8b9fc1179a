"""Rows that are sheets of an edition: its projects, their indicators."""

from collections import defaultdict

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from consultations.models import ActionPlan, Indicator, Project
from openmuni.arabic import fold
from openmuni.columns import NamedChoice, model_field
from openmuni.imports import CHANGED, NEW, SAME, ImportResource, StalePreview

from .arrivals import names_of_projects
from .targets import EditionRow, EditionTarget, names_of_axes


class SheetImport(ImportResource):
    """Rows that are sheets of one edition, found again by what names them; nothing is deleted.

    An empty cell leaves what stands. A subclass has `model`, `needed` (the columns of a new sheet),
    `naming` (those that say which sheet it is, and never change), `sheets()`, `key(said)`,
    `key_of(sheet)` and `begun(said)`.
    """

    target_form = EditionTarget
    model = None
    needed = naming = ()

    def __init__(self, plan):
        super().__init__()
        self.plan, self.is_locked = plan, False

    @property
    def target(self):
        """What is named above the preview."""
        return self.plan

    def make_form(self):
        """As the base makes it, for the rows of one edition."""
        form = super().make_form()
        form.offer_only(self.plan)
        return form

    def other_words(self):
        """A bare heading means the text in the language it is written in."""
        found = defaultdict(list, {name: list(words) for name, words in self.also.items()})
        for name in self.row_form.base_fields:
            bare, _underscore, language = name.rpartition("_")
            if bare and language in ("ar", "fr"):
                with translation.override(language):
                    found[name].append(str(self.model._meta.get_field(bare).verbose_name))
        return found

    def lock(self):
        """Wait for who closes the edition, and keep what is compared as it is."""
        if ActionPlan.objects.select_for_update().get(pk=self.plan.pk).is_closed:
            raise StalePreview
        self.is_locked = True

    def judge(self, lines):
        """A row is new, the same, or changes the sheet of its name."""
        sheets, found, first_of = self.sheets(), defaultdict(list), {}
        for sheet in sheets.select_for_update(of=("self",)) if self.is_locked else sheets:
            found[self.key_of(sheet)].append(sheet)
        for line in lines:
            key = self.key(line.said)
            if (row := first_of.setdefault(key, line.number)) != line.number:
                line.refuse(_("Row %(row)s is about the same thing.") % {"row": row})
            elif len(found[key]) > 1:
                line.refuse(_("Several have this name: change them on their own pages."))
            elif found[key]:
                self._compare(line, found[key][0])
            else:
                self._begin(line)

    def _compare(self, line, sheet):
        """What the row changes of `sheet`."""
        line.thing, line.name, line.verdict = sheet, str(sheet), SAME
        for name in self._written(line):
            before, after = getattr(sheet, name), line.said[name]
            if before != after:
                line.verdict = CHANGED
                line.changes.append((name, before, after))
                setattr(sheet, name, after)
        if line.changes:
            self._check(line)

    def _begin(self, line):
        """A sheet that is not there yet."""
        for name in self.needed:
            if line.said[name] in (None, ""):
                line.refuse(_("It is not there yet: a new one needs this."), self.label(name))
        if not line.faults:
            line.verdict, line.thing = NEW, self.begun(line.said)
            for name in self._written(line):
                setattr(line.thing, name, line.said[name])
            self._check(line)

    def _written(self, line):
        """The columns in which the row says something of its sheet."""
        apart = {"plan", *self.naming}
        return [n for n, v in line.said.items() if n not in apart and v not in (None, "")]

    def _check(self, line):
        """Refuse what the sheet's own page would refuse."""
        try:
            line.thing.clean()
        except ValidationError as refusal:
            for name, messages in refusal.message_dict.items():
                known = name in self.row_form.base_fields
                for message in messages:
                    line.refuse(message, self.label(name) if known else "")

    def write(self, lines):
        """Save what is new, and of the others the columns that change."""
        self.model.objects.bulk_create([line.thing for line in lines if line.verdict == NEW])
        for line in lines:
            if line.verdict == CHANGED:
                line.thing.save(update_fields=[name for name, _before, _after in line.changes])


class ProjectRow(EditionRow):
    """The columns of a project's sheet, in both languages; its lines have a file of their own."""

    number = model_field(Project, "number", required=True)
    title_ar = model_field(Project, "title_ar")
    title_fr = model_field(Project, "title_fr")
    axis = NamedChoice(label=_("priority axis"), required=False)
    problem_ar = model_field(Project, "problem_ar")
    problem_fr = model_field(Project, "problem_fr")
    solution_ar = model_field(Project, "solution_ar")
    solution_fr = model_field(Project, "solution_fr")
    funding_source_ar = model_field(Project, "funding_source_ar")
    funding_source_fr = model_field(Project, "funding_source_fr")
    followup_indicator_ar = model_field(Project, "followup_indicator_ar")
    followup_indicator_fr = model_field(Project, "followup_indicator_fr")
    impact_indicator_ar = model_field(Project, "impact_indicator_ar")
    impact_indicator_fr = model_field(Project, "impact_indicator_fr")
    lead_ar = model_field(Project, "lead_ar")
    lead_fr = model_field(Project, "lead_fr")
    partners_ar = model_field(Project, "partners_ar")
    partners_fr = model_field(Project, "partners_fr")
    starts_on = model_field(Project, "starts_on")
    ends_on = model_field(Project, "ends_on")
    platform_url = forms.URLField(
        label=_("page on the national platform"), required=False, assume_scheme="https"
    )


class ProjectImport(SheetImport):
    """The sheets of the projects, found again by their number."""

    class Meta:
        name = Project._meta.verbose_name_plural
        file_stem = "projects"

    row_form = ProjectRow
    model = Project
    needed = ("title_ar",)
    naming = ("number",)

    def make_form(self):
        """With the axes of the edition."""
        form = super().make_form()
        form.fields["axis"].offer(names_of_axes(self.plan))
        return form

    def sheets(self):
        """The projects of the edition."""
        return self.plan.projects.select_related("axis")

    def key(self, said):
        """Its number."""
        return said["number"]

    def key_of(self, sheet):
        """Its number."""
        return sheet.number

    def begun(self, said):
        """An empty sheet of that number."""
        return Project(plan=self.plan, number=said["number"])


class IndicatorRow(EditionRow):
    """The columns of an indicator."""

    project = NamedChoice(label=_("project"))
    kind = model_field(Indicator, "kind", required=True)
    name_ar = model_field(Indicator, "name_ar", required=True)
    name_fr = model_field(Indicator, "name_fr")
    unit_ar = model_field(Indicator, "unit_ar")
    unit_fr = model_field(Indicator, "unit_fr")
    baseline = model_field(Indicator, "baseline")
    target = model_field(Indicator, "target")
    due_on = model_field(Indicator, "due_on")


class IndicatorImport(SheetImport):
    """The indicators of the projects, found again by project, kind and Arabic name."""

    class Meta:
        name = Indicator._meta.verbose_name_plural
        file_stem = "indicators"

    row_form = IndicatorRow
    also = {"project": [_("number"), _("number of the project"), _("openness project")]}
    model = Indicator
    naming = ("project", "kind", "name_ar")

    def make_form(self):
        """With the projects of the edition."""
        form = super().make_form()
        projects = list(self.plan.projects.order_by("number"))
        form.fields["project"].offer(names_of_projects(projects))
        return form

    def sheets(self):
        """The indicators of the edition's projects."""
        return Indicator.objects.filter(project__plan=self.plan)

    def key(self, said):
        """Its project, its kind and its name in the spelling that is compared."""
        return said["project"].pk, said["kind"], fold(said["name_ar"])

    def key_of(self, sheet):
        """As `key`."""
        return sheet.project_id, sheet.kind, fold(sheet.name_ar)

    def begun(self, said):
        """An indicator of that name."""
        return Indicator(**{name: said[name] for name in self.naming})
