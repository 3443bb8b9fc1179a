"""What the admins of an edition's sheets share."""

from django.db import models
from django.utils.translation import gettext as _


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


class KeepsItsEdition:
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

    def is_kept(self, sheet) -> bool:
        """Whether a row of any other table points at `sheet`."""
        hangs = models.Q()
        for relation in self.opts.related_objects:
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
