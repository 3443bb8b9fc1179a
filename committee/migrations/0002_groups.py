from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("consultations", "proposals", "committee")

# Sheets that the coordinator keeps, as (app, model, acts).
KEEP, WRITE, CORRECT = ("add", "change", "delete"), ("add", "change"), ("change",)
SHEETS = [
    ("consultations", "commune", CORRECT),
    ("consultations", "actionplan", WRITE),
    ("consultations", "statement", KEEP),
    # Ideas hang on an axis: it may be renamed, not taken away.
    ("consultations", "priorityaxis", WRITE),
    ("consultations", "step", KEEP),
    ("consultations", "stepdocument", KEEP),
    ("consultations", "project", KEEP),
    ("consultations", "remarkheading", KEEP),
    ("consultations", "remark", CORRECT),
    ("consultations", "holiday", KEEP),
    ("proposals", "reasontext", KEEP),
    ("committee", "committeemember", KEEP),
    ("committee", "committeemeeting", KEEP),
    ("committee", "agendaitem", KEEP),
    ("committee", "attendance", KEEP),
    ("committee", "councilsession", KEEP),
    ("committee", "deliberation", KEEP),
]

MODERATE = {("consultations", "moderate_submission")}
DECIDE = {
    ("proposals", "decide_proposal"),
    ("proposals", "change_proposal"),
    ("committee", "add_opinion"),
    ("committee", "change_opinion"),
}
COORDINATE = {
    # Deleting a contact erases what is private of a person and leaves the public act.
    ("consultations", "view_contact"),
    ("consultations", "delete_contact"),
    ("consultations", "add_planversion"),
    ("proposals", "export_proposal"),
    ("consultations", "export_project"),
    ("consultations", "export_remark"),
    ("committee", "export_committeemember"),
    *((app, f"{act}_{model}") for app, model, acts in SHEETS for act in acts),
}
# Enough to read an idea and to know what it answers; opinions are the committee's own.
READ_IDEAS = {
    *(
        ("consultations", f"view_{model}")
        for model in (
            "actionplan",
            "priorityaxis",
            "step",
            "project",
            "submission",
            "moderationact",
            "remarkcard",
            "remark",
        )
    ),
    ("proposals", "view_proposal"),
    ("proposals", "view_decision"),
}


def roles(read_all):
    """The permissions of each group as {name: {(app label, codename)}}."""
    return {
        "moderator": READ_IDEAS | MODERATE,
        "member": read_all | DECIDE,
        "coordinator": read_all | MODERATE | DECIDE | COORDINATE,
        "auditor": read_all,
    }


def create_groups(apps, schema_editor):
    """Make the four groups, or give them back their permissions. Harmless when done again."""
    using = schema_editor.connection.alias
    for label in APPS:
        # Permissions are made after all migrations; here they are needed before. The stub that
        # stands for an app in a migration says that it has no models.
        app = apps.get_app_config(label)
        app.models_module = getattr(app, "models_module", True)
        create_permissions(app, verbosity=0, using=using, apps=apps)
    permissions = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in apps.get_model("auth", "Permission")
        .objects.using(using)
        .filter(content_type__app_label__in=APPS)
        .select_related("content_type")
    }
    read_all = {key for key in permissions if key[1].startswith("view_")}
    read_all.remove(("consultations", "view_contact"))
    groups = apps.get_model("auth", "Group").objects.using(using)
    for name, keys in roles(read_all).items():
        group, _created = groups.get_or_create(name=name)
        group.permissions.set([permissions[key] for key in keys])


def delete_groups(apps, schema_editor):
    """Take the four groups away; accounts stay."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=roles(set())).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("consultations", "0001_initial"),
        ("proposals", "0001_initial"),
        ("committee", "0001_initial"),
    ]

    operations = [migrations.RunPython(create_groups, delete_groups)]
