from importlib import import_module

from django.db import migrations

_sheets = import_module("committee.migrations.0005_grant_new_sheets")

IMPORT = {
    ("consultations", "import_project"),
    ("consultations", "import_remark"),
    ("proposals", "import_proposal"),
    ("committee", "import_committeemember"),
}


def grant(apps, schema_editor):
    """Let the coordinator send in spreadsheets."""
    using = schema_editor.connection.alias
    _sheets._each_app(apps, using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name="coordinator"):
        for app, codename in IMPORT:
            group.permissions.add(permissions.get(content_type__app_label=app, codename=codename))


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0009_guesses_and_vacant_seats"),
        ("consultations", "0004_files_to_import"),
        ("proposals", "0004_may_import_proposals"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="committeemember",
            options={
                "ordering": ["plan", "order"],
                "permissions": [
                    ("export_committeemember", "Can export committee members"),
                    ("import_committeemember", "Can import committee members"),
                ],
                "verbose_name": "committee member",
                "verbose_name_plural": "committee members",
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
