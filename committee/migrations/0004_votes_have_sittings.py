import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from the rows that 0003 filled in: PostgreSQL alters no table with pending checks.
    dependencies = [("committee", "0003_council_and_recusals")]

    operations = [
        migrations.AlterField(
            model_name="deliberation",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliberations",
                to="committee.councilsitting",
                verbose_name="council sitting",
            ),
        ),
        migrations.RemoveField(
            model_name="deliberation",
            name="held_on",
        ),
        migrations.RemoveField(
            model_name="deliberation",
            name="session",
        ),
    ]
