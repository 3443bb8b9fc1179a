"""Running `manage.py rehearse` and looking at what it left in the tables."""

import io
import re

from django.apps import apps
from django.core.management import call_command

from consultations.models import ActionPlan


def rehearse(*flags):
    """What the command prints."""
    out = io.StringIO()
    call_command("rehearse", *flags, documents=False, stdout=out)
    return out.getvalue()


def passwords_in(output):
    """The printed passwords by sign-in name."""
    return dict(re.findall(r"^ +(\w+) +(\S+)$", output, re.MULTILINE))


def all_rows():
    """Every row of every table, by model."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
    }


def plan():
    """The rehearsal."""
    return ActionPlan.objects.get(is_rehearsal=True)


def real_plan():
    """The edition of the commune's own facts."""
    return ActionPlan.objects.get(is_rehearsal=False)
