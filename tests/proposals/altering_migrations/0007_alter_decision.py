"""A migration such as a later release may bring: it alters the guarded table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0006_folded_neighbourhoods")]
    operations = [
        migrations.AlterField(
            "decision", "by_function", models.CharField(max_length=170, blank=True)
        ),
        migrations.AddField("decision", "passing", models.CharField(max_length=10, default="x")),
    ]
