"""What the admins of an edition's sheets share."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from consultations.models import ActionPlan

from .acts import LogsActs


def yes_or_no(value):
    """The word for a truth. Django's picture of it says True or False to a screen reader."""
    return _("Yes") if value else _("No")


class ReadOnly:
    """An admin or inline that shows and never writes: what happened is not edited."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ClosesWithItsEdition(LogsActs):
    """An admin whose sheets are read-only in a closed edition, which takes no new ones either."""

    actions = ["delete_selected"]

    def is_closed(self, sheet) -> bool:
        """Whether the edition of `sheet` is closed; False without a sheet."""
        return bool(sheet) and self.edition_of(sheet).is_closed

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not self.is_closed(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not self.is_closed(obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The field; the first on the way to the edition offers nothing of a closed one."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        first, *others = self.way_to_edition.split("__")
        if db_field.name == first:
            state = "__".join([*others, "state"])
            field.queryset = field.queryset.exclude(**{state: ActionPlan.State.CLOSED})
        return field

    @admin.action(permissions=["delete"], description=delete_selected.short_description)
    def delete_selected(self, request, queryset):
        """The stock action; where a sheet is kept, nothing is deleted and the sheet is named."""
        kept = [sheet for sheet in queryset if not self.has_delete_permission(request, sheet)]
        if not kept:
            return delete_selected(self, request, queryset)
        message = _(
            "Nothing was deleted: records hang on these, or their edition is closed: %(names)s"
        )
        names = " · ".join(str(sheet) for sheet in kept)
        self.message_user(request, message % {"names": names}, messages.ERROR)
        return None

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say besides why nothing can be written."""
        context["is_of_closed_edition"] = self.is_closed(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


class RefusableForm(forms.ModelForm):
    """A form that is not valid while a verb refuses what it asks; `refused` holds the words."""

    refused = ()

    def clean(self):
        cleaned = super().clean()
        if self.refused:
            self.add_error(None, [*self.refused])
        return cleaned


class GivesRefusalsBack:
    """An admin whose sheets are saved by verbs: what a verb refuses is said in the form, text kept.

    The form was valid a moment before, so it is somebody else who changed what the verb found.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As the stock one, whose transaction leaves nothing of what was refused."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.refused = refusal.messages
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, **kwargs):
        """The form, a RefusableForm, with what a verb has refused."""
        form = super().get_form(request, obj, **kwargs)
        form.refused = getattr(request, "refused", ())
        return form


class KeepsItsEdition(ClosesWithItsEdition):
    """An admin whose sheets stay in the edition they were made for: what hangs on them belongs to it."""

    def get_form(self, request, obj=None, **kwargs):
        """The form, whose edition is shown and not taken from what is posted."""
        form = super().get_form(request, obj, **kwargs)
        if obj and "plan" in form.base_fields:
            # As a read-only field it would not be validated, nor would the numbers unique within it.
            form.base_fields["plan"].disabled = True
        return form


class KeepsWhatHangsOnIt:
    """An admin whose sheets are deleted only while nothing hangs on them; the form says so."""

    change_form_template = "admin/consultations/kept_form.html"
    # The models whose rows are written on the sheet itself and go with it.
    belongings = ()

    def is_kept(self, sheet) -> bool:
        """Whether a row of any other table points at `sheet`, what belongs to it aside."""
        hangs = models.Q()
        for relation in self.opts.related_objects:
            if relation.related_model in self.belongings:
                continue
            hangs |= models.Q((f"{relation.name}__isnull", False))
        return self.model._base_manager.filter(hangs, pk=sheet.pk).exists()

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not (obj and self.is_kept(obj))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say besides why there is no button to those who miss it."""
        answer = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        shown = answer.context_data
        may = super().has_delete_permission(request, obj)
        shown["is_kept"] = bool(obj) and may and not shown["has_delete_permission"]
        return answer
