"""Checks of who may sign in."""

from django.conf import settings
from django.core.checks import Tags, register
from django.core.checks import Warning as CheckWarning

from . import rehearsal


@register(Tags.database, deploy=True)
def rehearsal_is_over(app_configs, databases, **kwargs):
    """Warning in production when the rehearsal's accounts are open beside what real people sent."""
    asked = settings.PRODUCTION and databases
    if not asked or not rehearsal.accounts().filter(is_active=True).exists():
        return []
    if not rehearsal.real_submissions().exists():
        return []
    return [
        CheckWarning(
            "The rehearsal's accounts can sign in, and people have already written to this portal.",
            hint="End the rehearsal: manage.py rehearse --wipe.",
            id="committee.W001",
        )
    ]
