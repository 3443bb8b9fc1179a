"""System checks of the commune's row: what the law asks a form to say before it goes public."""

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connections, router

_CONTACT = ("contact_phone", "contact_email", "contact_address_ar")
_CNDP = "cndp_number"


@checks.register(checks.Tags.database)
def commune_is_declared(databases=None, **kwargs):
    """While the portal is prepared, say what is still missing."""
    return [] if settings.PRODUCTION else _missing(databases, checks.Warning, "W")


@checks.register(checks.Tags.database, deploy=True)
def commune_is_declared_before_it_is_public(databases=None, **kwargs):
    """`check --deploy --database default` of a production site fails on what is missing."""
    return _missing(databases, checks.Error, "E") if settings.PRODUCTION else []


def _missing(databases, message, letter):
    commune = _commune(databases)
    found = []
    if commune and not any(commune[name] for name in _CONTACT):
        found.append(
            message(
                "The commune has no telephone, e-mail or address: nobody says whom to write to.",
                hint="Fill in the contact of the commune in the admin (law 09-08, article 5).",
                id=f"consultations.{letter}001",
            )
        )
    if commune and not commune[_CNDP]:
        found.append(
            message(
                "The commune has no CNDP receipt number: personal data may not be collected yet.",
                hint="Declare the portal to the CNDP and write the number down in the admin.",
                id=f"consultations.{letter}002",
            )
        )
    return found


def _commune(databases):
    """The named columns of the commune's row; None before it is there, or its table."""
    model = apps.get_model("consultations", "Commune")
    alias = router.db_for_read(model)
    if alias not in (databases or []):
        return None
    if model._meta.db_table not in connections[alias].introspection.table_names():
        return None
    return model.objects.using(alias).values(*_CONTACT, _CNDP).first()
