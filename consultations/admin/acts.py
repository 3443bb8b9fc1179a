"""What staff write in the forms of the admin, told to the log in the transaction that saves it."""

import datetime
import functools

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from consultations.actors import Actor
from consultations.acts import ALL, Act
from consultations.editions import edition_of_record
from consultations.models import ActLog
from openmuni.canonical import digest

# What the log says of a field whose content it does not tell.
UNSAID = "…"


class LogsActs:
    """An admin whose sheets are added, changed and deleted with one act in the log of their edition.

    A model, or its admin, names in `unsaid` the fields of which the log tells only that they
    changed: those that name people, or are the committee's own.
    """

    # From a sheet to its edition, as in a list_filter; None for what belongs to all editions.
    way_to_edition = "plan"
    unsaid = ()

    def edition_of(self, sheet):
        """The edition in whose log the acts on `sheet` are; None when there is none yet."""
        if self.way_to_edition is None:
            return edition_of_record()
        return functools.reduce(getattr, self.way_to_edition.split("__"), sheet)

    def told_by_verbs(self, form, change) -> set[str]:
        """The fields of a form that a verb saved, which has told the log of them."""
        return set()

    def told_besides(self, form) -> dict:
        """What a form writes beside the fields of its sheet."""
        return {}

    def save_related(self, request, form, formsets, change):
        """Save the sheets, then log what has changed; a form that changed nothing is no act."""
        super().save_related(request, form, formsets, change)
        names = [*(form.changed_data if change else form.fields)]
        kept = [name for name in names if name not in self.told_by_verbs(form, change)]
        before, after = changes(form, kept, self.unsaid)
        after |= self.told_besides(form)
        if not change:
            before = {}
        if lines := [line for formset in formsets for line in _lines(formset)]:
            after["lines"] = lines
        if before or after:
            act = Act.CHANGE_SHEET if change else Act.ADD_SHEET
            self.log_act(request, form.instance, act, before=before, after=after)

    def delete_model(self, request, obj):
        """Delete it; the log keeps what stood there."""
        names = [field.name for field in self.opts.fields if field.editable]
        self.log_act(request, obj, Act.DELETE_SHEET, before=values(obj, names, self.unsaid))
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        """One by one: each is an act, and may have files of its own."""
        for sheet in queryset:
            self.delete_model(request, sheet)

    def log_act(self, request, sheet, act, **states):
        """Log an act of the person who asks."""
        if plan := self.edition_of(sheet):
            by = Actor.of_account(request.user)
            ActLog.objects.append(plan, act, sheet, by=by, **states)


def changes(form, names, unsaid=()) -> tuple[dict, dict]:
    """What the fields `names` of a saved model form held before and hold now, as JSON holds it."""
    model = form.instance._meta.model
    names = [name for name in names if _field(model, name)]
    before = {name: _plain(model, name, form.initial.get(name), unsaid) for name in names}
    after = values(form.instance, names, unsaid)
    for name in names:
        if _field(model, name).many_to_many:
            after[name] = _plain(model, name, form.cleaned_data.get(name), unsaid)
    return before, after


def values(sheet, names, unsaid=()) -> dict:
    """What the fields `names` of `sheet` hold, as JSON holds it; those of many values aside."""
    fields = {name: _field(type(sheet), name) for name in names}
    return {
        name: _plain(type(sheet), name, field.value_from_object(sheet), unsaid)
        for name, field in fields.items()
        if not field.many_to_many
    }


def _lines(formset) -> list[dict]:
    """What was saved of the rows that belong to a sheet: an entry for each, or how many."""
    model = formset.model
    lines = [line for form in formset.forms if (line := _line(formset, form))]
    if lines and getattr(model, "unsaid", ()) == ALL:
        return [{"model": model._meta.label_lower, "changed": len(lines)}]
    return [{"model": model._meta.label_lower} | line for line in lines]


def _line(formset, form) -> dict | None:
    """What became of one row; None when nothing did."""
    own = {formset.model._meta.pk.name, formset.fk.name, "DELETE"}
    if form in formset.deleted_forms:
        gone, _now = changes(form, [name for name in form.fields if name not in own])
        return {"id": int(form[formset.model._meta.pk.name].data), "deleted": gone}
    names = [name for name in form.changed_data if name not in own]
    if not names or form.instance.pk is None:
        return None
    before, after = changes(form, names)
    if form in formset.initial_forms:
        return {"id": form.instance.pk, "before": before, "after": after}
    return {"id": form.instance.pk, "added": after}


def _field(model, name):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _is_unsaid(model, name, unsaid) -> bool:
    own = getattr(model, "unsaid", ())
    one_text = {name, name.removesuffix("_ar").removesuffix("_fr")}
    return own == ALL or bool(one_text & {*unsaid, *own})


def _plain(model, name, value, unsaid):
    """A value as JSON holds it: of a long text its digest, of what the log does not tell a mark."""
    field = model._meta.get_field(name)
    if _is_unsaid(model, name, unsaid):
        value = UNSAID
    elif field.many_to_many:
        value = sorted(getattr(one, "pk", one) for one in value or [])
    elif isinstance(field, models.TextField):
        value = digest(value)
    elif isinstance(field, models.DecimalField) and value is not None:
        value = f"{value:.{field.decimal_places}f}"
    elif isinstance(field, models.FileField):
        value = str(value)
    elif isinstance(value, datetime.date | datetime.time):
        value = value.isoformat()
    return value
