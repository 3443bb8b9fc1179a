from importlib import import_module

from django.contrib.auth.management import create_permissions
from django.db import migrations

_groups = import_module("committee.migrations.0002_groups")

# Sheets that the coordinator keeps, as (app, model, acts).
SHEETS = [
    ("consultations", "association", _groups.KEEP),
    ("consultations", "stepattendance", _groups.KEEP),
    ("consultations", "projectprinciple", _groups.KEEP),
    ("consultations", "fundingline", _groups.KEEP),
    ("consultations", "indicator", _groups.KEEP),
    ("consultations", "milestone", _groups.KEEP),
    ("consultations", "erratum", ("add",)),
    ("committee", "recusal", _groups.KEEP),
    ("committee", "councilsitting", _groups.KEEP),
    ("committee", "deadline", _groups.KEEP),
]
ANSWER = {("consultations", "answer_remark")}


def grant(apps, schema_editor):
    """Give the groups the sheets that came since; what a coordinator changed by hand stays."""
    using = schema_editor.connection.alias
    _each_app(apps, using)
    permissions = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in apps.get_model("auth", "Permission")
        .objects.using(using)
        .filter(content_type__app_label__in=_groups.APPS)
        .select_related("content_type")
    }
    read_all = {key for key in permissions if key[1].startswith("view_")}
    read_all.remove(("consultations", "view_contact"))
    keep = {(app, f"{act}_{model}") for app, model, acts in SHEETS for act in acts}
    new = {
        "member": read_all | ANSWER,
        "coordinator": read_all | ANSWER | keep,
        "auditor": read_all,
    }
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=new):
        group.permissions.add(*(permissions[key] for key in new[group.name]))


def _each_app(apps, using):
    for label in _groups.APPS:
        # As in 0002: permissions are made after all migrations, and are needed here.
        app = apps.get_app_config(label)
        app.models_module = getattr(app, "models_module", True)
        create_permissions(app, verbosity=0, using=using, apps=apps)


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0004_votes_have_sittings"),
        ("consultations", "0002_timeline_sheets_and_answers"),
        ("proposals", "0002_card_parts"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
