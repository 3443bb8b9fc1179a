from importlib import import_module

from django.db import migrations

_sheets = import_module("committee.migrations.0005_grant_new_sheets")

NOTES = {("proposals", "add_staffnote"), ("proposals", "view_staffnote")}
TYPE_CARDS = {("committee", "add_typingdraft")}
SIGN = {("committee", "add_draftdecision"), ("committee", "delete_draftdecision")}
NEW = {
    "moderator": NOTES | TYPE_CARDS,
    "member": NOTES | SIGN,
    "coordinator": NOTES | TYPE_CARDS | SIGN,
}


def grant(apps, schema_editor):
    """Let staff write notes, type cards in and sign; who reads everything reads the log as well."""
    _sheets.grant(apps, schema_editor)
    using = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=NEW):
        for app, codename in NEW[group.name]:
            group.permissions.add(permissions.get(content_type__app_label=app, codename=codename))


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0007_decisions_that_wait"),
        ("consultations", "0003_log_promises_and_card_numbers"),
        ("proposals", "0003_kept_reasons_and_notes"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
