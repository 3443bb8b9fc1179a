"""Checks of what the database itself has to hold."""

from django.core.checks import Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections

from . import guards


@register(Tags.database)
def guards_stand(app_configs, databases, **kwargs):
    """Warning when a guard of the status machine is missing: a migration that failed leaves them dropped."""
    faults = []
    for alias in databases or []:
        missing = guards.missing_guards(connections[alias])
        if missing:
            faults.append(
                # No error: that would stop the very `migrate` that mends it.
                CheckWarning(
                    f"The database does not hold the rules of decisions: {', '.join(sorted(missing))}.",
                    hint="Run migrate to its end: it re-creates the guards.",
                    id="proposals.W001",
                )
            )
    return faults
