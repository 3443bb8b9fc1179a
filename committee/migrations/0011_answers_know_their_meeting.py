from django.db import migrations, models

from openmuni import clock


def link(apps, schema_editor):
    """Until now an answer was a meeting's where it was given on its day."""
    items = apps.get_model("committee", "AgendaItem").objects.using(schema_editor.connection.alias)
    for item in items.exclude(remark__answered_at=None).select_related("meeting", "remark"):
        if clock.local(item.remark.answered_at).date() == item.meeting.date:
            items.filter(pk=item.pk).update(answered_at=item.remark.answered_at)


class Migration(migrations.Migration):
    dependencies = [("committee", "0010_may_import_members")]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="answered_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="answered at"),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
    ]
